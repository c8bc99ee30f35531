"""The report as a tagged PDF: its content as data of the template beside."""

from datetime import date
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import override

from splot.core.looks import print_fills
from splot.core.values import Json
from splot.documents.typesetting import (
    base_language_code,
    parse_markdown_blocks,
    serialise_for_typst,
    typeset_pdf,
)

from .content import ReportContent, annual_report_content

TEMPLATE = Path(__file__).parent / "report.typ"
TIMEOUT_SECONDS = 120  # a plan of 310 activities takes one


def render_pdf(facts: Json, language: str, draft: bool) -> bytes:
    """The report in one language as PDF bytes; the same facts give the same bytes. Raises
    TypesettingError.
    """
    with override(language):
        data = _typst_data(annual_report_content(facts, draft=draft), language)
    published = (facts.get("publication") or {}).get("published_on") or f"{facts['year']}-12-31"
    return typeset_pdf(TEMPLATE, data, made=date.fromisoformat(published), seconds=TIMEOUT_SECONDS)


def _typst_data(paper: ReportContent, language: str) -> Json:
    assessment = paper["assessment"].shown(language) if paper["assessment"] else None
    plain = {name: value for name, value in paper.items() if name != "assessment"}
    plain["indicators"] = [_printable_indicator(indicator) for indicator in paper["indicators"]]
    return {
        **serialise_for_typst(plain, language),
        "fills": print_fills(),
        "lang": base_language_code(language),
        "assessment": assessment
        and {
            "lang": base_language_code(assessment.language),
            "blocks": serialise_for_typst(parse_markdown_blocks(assessment.text), language),
        },
        "words": serialise_for_typst(_template_labels(paper), language),
    }


def _printable_indicator(indicator: ReportContent) -> ReportContent:
    # what a page draws from
    return {name: value for name, value in indicator.items() if name != "measured"}


def _template_labels(paper: ReportContent) -> dict[str, str]:
    """What stands between the facts: headings, labels, sentences."""
    return {
        "draft": _("Draft – not published"),
        "demonstration": _("Demonstration: the data are illustrative."),
        "brief": _("In brief"),
        "not_given": _("not given"),
        "page": _("Page {page} of {pages}"),
        "contents": _("Contents"),
        "numbers": _("The year in numbers"),
        "bar": _("Tasks by status"),
        "status": _("Status"),
        "tasks": _("Tasks"),
        "together": _("All together"),
        "by_area": _("Area by area at a glance"),
        "area": _("Area"),
        "areas": _("What was done, area by area"),
        "area_number": _("Area {number}"),
        "aim": _("Aim"),
        "reached": _("People reached"),
        "reached_note": _(
            "One person may be counted in several tasks. Persons, households and cases are not "
            "added together."
        ),
        "task": _("Task {number}"),
        "again": _("Described above, under another activity of this area."),
        "no_task": _("No task in %(year)s.") % {"year": paper["year"]},
        "area_others": _("Tasks of the area for no single activity"),
        "others": _("Outside the areas"),
        "indicators": _("Indicators against targets"),
        "no_indicators": _("No task of the year has an indicator with a target."),
        "counted": _("What is counted"),
        "source": _("Source"),
        "direction": _("Which way is better"),
        "target": _("Target"),
        "baseline": _("Baseline"),
        "last_value": _("Latest value"),
        "verdict": _("What can be said"),
        "new_definition": _("new definition"),
        "chart_note": _(
            "A lighter bar is preliminary or not exact; a broken frame stands for a value that is "
            "not known."
        ),
        "silent": _("What was not reported"),
        "nothing_silent": _("Every task of the year was reported on."),
        "silent_lead": _("Municipal institution"),
        "silent_leader": _("Person in charge"),
        "idle": _("Activities without a task in %(year)s") % {"year": paper["year"]},
        "assessment": _("The team’s assessment"),
        "no_assessment": _("The team has not written its assessment yet."),
        "proposals": _("Proposed corrections"),
        "no_proposals": _("The team proposes no corrections."),
        "about": _("Concerns"),
        "proposal": _("Proposal"),
        "disposition": _("What came of it"),
    }
