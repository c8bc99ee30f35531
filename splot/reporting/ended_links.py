"""What was sent of reports with a link that had ended meanwhile."""

from django.http import HttpRequest

from splot.core.unsaved.sent_forms import SentForm
from splot.people.models import PersonalLink

from .forms.strays import parse_late_reports


def parse_late_form(request: HttpRequest, link: PersonalLink) -> SentForm | None:
    """The reports that are neither sent nor kept as drafts."""
    return parse_late_reports(request, link)
