"""A file beside a report, to keep; never shown in the page's own name."""

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from splot.implementation.rules import can_read_task
from splot.people.door import page
from splot.reporting.models import Attachment
from splot.reporting.queries import attachment_of


@page(can_read_task, find=attachment_of, public=True)
def attachment(request: HttpRequest, file: Attachment) -> HttpResponse:
    response = HttpResponse(bytes(file.content), content_type=file.media_type)
    response["Content-Disposition"] = content_disposition_header(True, file.name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Robots-Tag"] = "noindex"
    return response
