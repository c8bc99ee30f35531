"""The text and the booklet as files: to read, to edit, to send to the council."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from splot.documents.tree import Document
from splot.documents.writing import write
from splot.people.door import page
from splot.policy.actions.versions import text_now
from splot.policy.booklet import BOOKLET_FORMS, booklet_of
from splot.policy.contents import contents_of
from splot.policy.models import Policy, PolicyVersion
from splot.policy.queries import policy_of, text_of, version_of
from splot.policy.rules import can_read_policy, can_read_version

TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xml": "application/akn+xml",
    "html": "text/html; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
}


def _with_form(find: Callable[..., Any]) -> Callable[..., Any]:
    """Find the thing, and let it know in which form it is asked for; another form is not there."""

    def found(*place: Any, form: str, **address: Any) -> Any:
        if form not in TYPES:
            raise Http404
        thing = find(*place, **address)
        thing.form = form
        return thing

    return found


@page(can_read_policy, find=_with_form(policy_of), public=True)
def text(request: HttpRequest, policy: Policy) -> HttpResponse:
    """The adopted text; of a policy that is being written, the text as it would be printed today."""
    version = None if policy.is_open else text_of(policy)
    if version is None:
        if not policy.is_open:
            raise Http404
        document, language = text_now(policy, get_language())
    else:
        document, language = version.document(get_language())
    return _file(document, language, policy, version, policy.form, "")


@page(can_read_version, find=_with_form(version_of), public=True)
def version(request: HttpRequest, version: PolicyVersion) -> HttpResponse:
    document, language = version.document(get_language())
    return _file(document, language, version.policy, version, version.form, f"-{version.ordinal}")


def _file(
    document: Document, language: str, policy: Policy, version: PolicyVersion | None, form: str, which: str
) -> HttpResponse:
    options: dict[str, Any] = {}
    if form == "pdf":
        adopted = version is not None and version.stage in (version.Stage.ADOPTED, version.Stage.AMENDED)
        with override(language):
            options = {"draft": "" if adopted else _("Draft – not adopted")}
    elif form == "xml":
        options = {"teryt": policy.municipality.teryt}
    return _answer(write(document, form, language=language, **options), form, f"{policy.term}{which}-{language}.{form}")


@page(can_read_policy, find=_with_form(policy_of), public=True)
def booklet(request: HttpRequest, policy: Policy) -> HttpResponse:
    """Vision, values, aims and tables, as a booklet to read."""
    if policy.form not in BOOKLET_FORMS:
        raise Http404
    made = BOOKLET_FORMS[policy.form](booklet_of(contents_of(policy), get_language()))
    return _answer(made, policy.form, f"{policy.term}-booklet-{get_language()}.{policy.form}")


def _answer(data: bytes, form: str, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=TYPES[form])
    response["Content-Disposition"] = content_disposition_header(True, name) or ""
    response["X-Robots-Tag"] = "noindex"
    return response
