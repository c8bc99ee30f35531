"""The text and the booklet as files: to read, to edit, to send to the council."""

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import get_language

from splot.documents.tree import Document
from splot.documents.writers import write_document
from splot.people.door import page
from splot.policy.amending_act import current_amending_act
from splot.policy.booklet import BOOKLET_FORMS, booklet_of
from splot.policy.contents import contents_of
from splot.policy.models import Policy, PolicyVersion
from splot.policy.queries import newest_version, policy_of, version_of
from splot.policy.rules import can_read_policy, can_read_version
from splot.policy.standing import standing_of
from splot.policy.text import current_text

Thing = TypeVar("Thing", Policy, PolicyVersion)

CONTENT_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xml": "application/akn+xml",
    "html": "text/html; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
}


def _with_form(find: Callable[..., Thing]) -> Callable[..., Thing]:
    """Find the resource, and let it know in which form it is asked for; another form is not
    there.
    """

    def find_with_form(*parents: object, form: str, **address: object) -> Thing:
        if form not in CONTENT_TYPES:
            raise Http404
        resource = find(*parents, **address)
        vars(resource)["form"] = form
        return resource

    return find_with_form


def _form_of(resource: Policy | PolicyVersion) -> str:
    return str(vars(resource)["form"])


@page(can_read_policy, find=_with_form(policy_of), public=True)
def policy_text_file(request: HttpRequest, policy: Policy) -> HttpResponse:
    """The adopted text; of a policy that is being written, the text as it would be printed
    today.
    """
    version = None if policy.is_open else newest_version(policy)
    if version is None:
        if not policy.is_open:
            raise Http404
        document, language = current_text(policy, get_language())
    else:
        document, language = version.document(get_language())
    standing = standing_of(version, language)
    made = version.made_at.date() if version else None
    return _document_response(document, language, policy, standing, _form_of(policy), "", made)


@page(can_read_version, find=_with_form(version_of), public=True)
def version_file(request: HttpRequest, version: PolicyVersion) -> HttpResponse:
    document, language = version.document(get_language())
    form, which = _form_of(version), f"-{version.ordinal}"
    standing = standing_of(version, language)
    made = version.made_at.date()
    return _document_response(document, language, version.policy, standing, form, which, made)


@page(can_read_version, find=_with_form(version_of), public=True)
def version_amending_file(request: HttpRequest, version: PolicyVersion) -> HttpResponse:
    if not version.amending_act:
        raise Http404
    document, language = version.amending_document(get_language())
    form, which = _form_of(version), f"-{version.ordinal}-amending-act"
    made = version.made_at.date()
    return _document_response(document, language, version.policy, [], form, which, made)


@page(can_read_policy, find=_with_form(policy_of))
def draft_amending_file(request: HttpRequest, policy: Policy) -> HttpResponse:
    if not (policy.amends and policy.is_open):
        raise Http404
    document, language = current_amending_act(policy, get_language())
    form, standing = _form_of(policy), standing_of(None, language)
    return _document_response(document, language, policy, standing, form, "-amending-act")


def _document_response(
    document: Document,
    language: str,
    policy: Policy,
    standing: list[str],
    form: str,
    which: str,
    made: date | None = None,
) -> HttpResponse:
    """The document in a form; `made` is the day of a text that was frozen, today for another."""
    made = made or timezone.localdate()
    options: dict[str, object] = {"standing": standing}
    if form == "xml":
        options |= {"teryt": policy.municipality.teryt or "", "made": made}
    return _file_response(
        write_document(document, form, language=language, **options),
        form,
        f"{policy.term}{which}-{language}.{form}",
    )


@page(can_read_policy, find=_with_form(policy_of), public=True)
def booklet_file(request: HttpRequest, policy: Policy) -> HttpResponse:
    """Vision, values, aims and tables, as a booklet to read."""
    form = _form_of(policy)
    if form not in BOOKLET_FORMS:
        raise Http404
    booklet = BOOKLET_FORMS[form](booklet_of(contents_of(policy), get_language()))
    return _file_response(booklet, form, f"{policy.term}-booklet-{get_language()}.{form}")


def _file_response(data: bytes, form: str, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=CONTENT_TYPES[form])
    response["Content-Disposition"] = content_disposition_header(True, name) or ""
    response["X-Robots-Tag"] = "noindex"
    return response
