"""The report as a tagged PDF: its words, for the template beside."""

from datetime import date
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import override

from splot.core.values import Json
from splot.documents.typesetting import blocks, plain, short_code, typeset

from .paper import Paper, paper_of

TEMPLATE = Path(__file__).parent / "report.typ"
SECONDS = 120  # a plan of 310 activities takes one


def render_pdf(facts: Json, language: str, draft: bool) -> bytes:
    """The report in one language as PDF bytes; the same facts give the same bytes. Raises NotTypeset."""
    with override(language):
        data = _for_typst(paper_of(facts, draft=draft), language)
    published = (facts.get("publication") or {}).get("published_on") or f"{facts['year']}-12-31"
    return typeset(TEMPLATE, data, made=date.fromisoformat(published), seconds=SECONDS)


def _for_typst(paper: Paper, language: str) -> Json:
    assessment = paper["assessment"].shown(language) if paper["assessment"] else None
    return {
        **plain({name: value for name, value in paper.items() if name not in ("assessment", "indicators")}, language),
        "indicators": [plain(_printed(each), language) for each in paper["indicators"]],
        "lang": short_code(language),
        "assessment": assessment
        and {"lang": short_code(assessment.language), "blocks": plain(blocks(assessment.text), language)},
        "words": plain(_words(paper), language),
    }


def _printed(indicator: Paper) -> Paper:
    return {name: value for name, value in indicator.items() if name != "measured"}  # what a page draws from


def _words(paper: Paper) -> dict[str, str]:
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
            "One person may be counted in several tasks. Persons, households and cases are not added together."
        ),
        "task": _("Task {number}"),
        "again": _("Described above, under another activity of this area."),
        "no_task": _("No task in %(year)s.") % {"year": paper["year"]},
        "others": _("Tasks tied to no activity"),
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
            "A lighter bar is preliminary or not exact; a broken frame stands for a value that is not known."
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
