"""One annual report: as a page, as a PDF, as data."""

import logging

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from splot.core.languages import language_name, text_direction
from splot.monitoring.documents import TypesettingError, annual_report_page_content, render_pdf
from splot.monitoring.facts import annual_report_facts, serialise_facts
from splot.monitoring.models import Review
from splot.monitoring.queries import decisions_since, files_are_overdue, review_file_of, review_of
from splot.monitoring.rules import can_edit_review, can_propose, can_read_review
from splot.people.door import page
from splot.people.rules import can_read_drafts

logger = logging.getLogger(__name__)


@page(can_read_review, find=review_of, public=True)
def annual_report(request: HttpRequest, review: Review) -> HttpResponse:
    facts = annual_report_facts(review)
    paper = annual_report_page_content(
        facts, draft=not review.is_public, decisions=decisions_since(review, facts)
    )
    context = {
        "review": review,
        "policy": review.policy,
        "paper": paper,
        "files": _pdf_links(review),
        "can_edit": can_edit_review(request.user, review),
        "can_propose": not review.is_public and can_propose(request.user, review),
        "files_overdue": can_read_drafts(request.user, review) and files_are_overdue(review),
    }
    return render(request, "monitoring/annual_report.html", context)


@page(can_read_review, find=review_of, public=True)
def annual_report_pdf(request: HttpRequest, review: Review) -> HttpResponse:
    """The kept file; before it is made, and for a draft, the same drawn at once."""
    language = get_language()
    kept = review_file_of(review, language)
    try:
        content = (
            kept.content
            if kept
            else render_pdf(annual_report_facts(review), language, draft=not review.is_public)
        )
    except TypesettingError:
        logger.exception("no PDF of review %s in %s", review.pk, language)
        message = _(
            "The PDF cannot be made at the moment. The report can be read as a page; please "
            "try again later."
        )
        return HttpResponse(
            message,
            status=503,
            content_type="text/plain; charset=utf-8",
            headers={"Retry-After": "600"},
        )
    name = f"{review.municipality.slug}-{review.policy.term}-{review.year}-{language}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(bytes(content), content_type="application/pdf", headers=headers)


@page(can_read_review, find=review_of, public=True)
def annual_report_json(request: HttpRequest, review: Review) -> HttpResponse:
    """The facts behind the report, as they were frozen."""
    frozen = review.facts if review.is_public else serialise_facts(annual_report_facts(review))
    return JsonResponse(frozen, json_dumps_params={"ensure_ascii": False, "indent": 1})


def _pdf_links(review: Review) -> list[dict[str, str]]:
    """The PDF's address in every language."""
    files = []
    for code, __ in settings.LANGUAGES:
        with override(code):
            url = reverse(
                "annual_report_pdf",
                args=[review.municipality.slug, review.policy.term, review.year],
            )
        files.append(
            {"code": code, "name": language_name(code), "url": url, "dir": text_direction(code)}
        )
    return files
