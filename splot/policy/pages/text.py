"""The text: as adopted, as it was frozen, or, while it is written, as it would be printed today."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from splot.documents.readers.tables import is_table
from splot.documents.tree import Document, citation_of
from splot.documents.typesetting.provisions import title_lines
from splot.people.door import page
from splot.policy.models import Policy, PolicyVersion
from splot.policy.queries import newest_version, policy_of, version_of, versions_of
from splot.policy.rules import (
    can_read_policy,
    can_read_version,
    can_translate_policy,
    can_write_policy,
)
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
    elif version:
        context |= {
            "version": version,
            **_document_context(*version.document(get_language()), version.language),
        }
    return render(request, "policy/text.html", context)


@page(can_read_version, find=version_of, public=True)
def version_text(request: HttpRequest, version: PolicyVersion) -> HttpResponse:
    policy = version.policy
    context = {
        "policy": policy,
        "version": version,
        "frozen": True,
        "versions": versions_of(policy, public=True),
        "can_read_policy": can_read_policy(request.user, policy),
        "text_forms": TEXT_FORMS,
        **_document_context(*version.document(get_language()), version.language),
    }
    return render(request, "policy/text.html", context)


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
        passages.append({"node": node, "citation": citation, "closing": "", "rows": rows})
        if node.closing:
            closing.append((len(ancestors), node.closing))
    for __, closing_words in reversed(closing):
        passages[-1]["closing"] = f"{passages[-1]['closing']} {closing_words}".strip()
    return passages
