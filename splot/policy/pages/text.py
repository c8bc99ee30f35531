"""The text: as adopted, as it was frozen, or, while it is written, as it would be printed today."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language

from splot.documents.readers.tables import is_table
from splot.documents.tree import SIGNATURE, Document, citation_of
from splot.documents.typesetting.provisions import title_lines
from splot.people.door import page
from splot.policy.amending_act import current_amending_act
from splot.policy.models import Policy, PolicyVersion
from splot.policy.queries import (
    changing_versions,
    later_changes,
    newest_version,
    policy_of,
    version_as_passed,
    version_of,
    versions_of,
)
from splot.policy.rules import (
    can_read_policy,
    can_read_version,
    can_translate_policy,
    can_write_policy,
)
from splot.policy.standing import standing_of
from splot.policy.text import current_text

TEXT_FORMS = [
    ("pdf", "PDF"),
    ("docx", "Word (DOCX)"),
    ("xml", "Akoma Ntoso (XML)"),
    ("html", "HTML"),
    ("md", "Markdown"),
    ("txt", "TXT"),
]
BOOKLET_FORMS = [("pdf", "PDF"), ("docx", "Word (DOCX)"), ("html", "HTML")]


@page(can_read_policy, find=policy_of, public=True)
def policy_text(request: HttpRequest, policy: Policy) -> HttpResponse:
    """The text that counts today; of a policy that is being written, as it would be printed."""
    context: dict[str, object] = {
        "policy": policy,
        "versions": versions_of(policy, public=policy.is_public),
        "can_write": can_write_policy(request.user, policy),
        "can_read_policy": True,
        "can_translate": can_translate_policy(request.user, policy),
        "text_forms": TEXT_FORMS,
        "booklet_forms": BOOKLET_FORMS,
    }
    version = newest_version(policy)
    if policy.is_open:
        document, language = current_text(policy, get_language())
        context |= _document_context(document, language, policy.language)
        context["standing"] = standing_of(None, language)
    elif version:
        context |= _version_context(version)
    return render(request, "policy/text.html", context)


@page(can_read_policy, find=policy_of, public=True)
def text_as_passed(request: HttpRequest, policy: Policy) -> HttpResponse:
    """Lead to the text as the council passed it, whatever has changed it since."""
    version = version_as_passed(policy)
    if version is None:
        raise Http404
    return redirect("version", policy.municipality.slug, policy.term, version.ordinal)


@page(can_read_version, find=version_of, public=True)
def version_text(request: HttpRequest, version: PolicyVersion) -> HttpResponse:
    policy = version.policy
    context = {
        "policy": policy,
        "frozen": True,
        "versions": versions_of(policy, public=True),
        "can_read_policy": can_read_policy(request.user, policy),
        "text_forms": TEXT_FORMS,
        **_version_context(version),
    }
    return render(request, "policy/text.html", context)


@page(can_read_version, find=version_of, public=True)
def version_amending_act(request: HttpRequest, version: PolicyVersion) -> HttpResponse:
    """The resolution that led to an amended text."""
    if not version.amending_act:
        raise Http404
    document, language = version.amending_document(get_language())
    context = {
        "policy": version.policy,
        "version": version,
        "amending": True,
        "can_read_policy": can_read_policy(request.user, version.policy),
        "text_forms": TEXT_FORMS,
        **_document_context(document, language, version.language),
    }
    return render(request, "policy/text.html", context)


@page(can_read_policy, find=policy_of)
def draft_amending_act(request: HttpRequest, policy: Policy) -> HttpResponse:
    """The amending resolution as it would be laid before the council today."""
    if not (policy.amends and policy.is_open):
        raise Http404
    document, language = current_amending_act(policy, get_language())
    context = {
        "policy": policy,
        "amending": True,
        "can_write": can_write_policy(request.user, policy),
        "can_read_policy": True,
        "text_forms": TEXT_FORMS,
        "standing": standing_of(None, language),
        **_document_context(document, language, policy.language),
    }
    return render(request, "policy/text.html", context)


def _version_context(version: PolicyVersion) -> dict[str, object]:
    """A frozen text, and which text of the act it is."""
    document, language = version.document(get_language())
    changes = changing_versions(version) if version.is_consolidated else later_changes(version)
    return {
        "version": version,
        "standing": standing_of(version, language),
        "changes": changes if version.is_adopted else [],
        "passed": version_as_passed(version.policy) if version.is_consolidated else version,
        **_document_context(document, language, version.language),
    }


def _document_context(document: Document, language: str, own: str) -> dict[str, object]:
    notice = "missing" if language != get_language() else "" if language == own else "translation"
    return {
        "document": document,
        "title_lines": title_lines(document),
        "language": language,
        "passages": _passage_rows(document),
        "notice": notice,
    }


def _passage_rows(document: Document) -> list[dict[str, object]]:
    """Every passage in reading order, a table as one; words that close a list stand with its last
    passage.
    """
    passages: list[dict[str, object]] = []
    closing: list[tuple[int, str]] = []  # (depth, words) of the lists that are still open
    for node, ancestors in document.walk():
        if any(map(is_table, ancestors)):
            continue
        while closing and closing[-1][0] >= len(ancestors):
            passages[-1]["closing"] = closing.pop()[1]
        citation = citation_of([*ancestors, node])
        rows = node.children if is_table(node) else []
        look = SIGNATURE if node.ref == SIGNATURE else node.kind
        passage = {"node": node, "look": look, "citation": citation, "closing": "", "rows": rows}
        passages.append(passage)
        if node.closing:
            closing.append((len(ancestors), node.closing))
    for __, closing_words in reversed(closing):
        passages[-1]["closing"] = f"{passages[-1]['closing']} {closing_words}".strip()
    return passages
