"""The report as a tagged PDF (PDF/UA-1), made by Typst from data alone: no text ever becomes markup."""

import json
import subprocess
import sys
import unicodedata
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from splot.core.languages import Text

from .blocks import blocks
from .paper import Paper, paper_of

TYPESETTER = Path(__file__).parent / "typesetter.py"
SECONDS = 120  # a plan of 310 activities takes one
SHOWN_CONTROLS = "\n\t\u200c\u200d\u200e\u200f"  # joiners and marks of direction, which scripts need


class NotTypeset(Exception):
    """The document could not be made; the message is the typesetter's."""


def render_pdf(facts: dict[str, Any], language: str, draft: bool) -> bytes:
    """The report in one language as PDF bytes; the same facts give the same bytes. Raises NotTypeset."""
    with override(language):
        data = _for_typst(paper_of(facts, draft=draft), language)
    published = (facts.get("publication") or {}).get("published_on") or f"{facts['year']}-12-31"
    made = int(datetime.fromisoformat(published).replace(tzinfo=UTC).timestamp())
    command, words = [sys.executable, "-I", str(TYPESETTER), str(made)], json.dumps(data, ensure_ascii=False)
    try:
        done = subprocess.run(command, input=words.encode(), capture_output=True, timeout=SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired) as failure:
        raise NotTypeset(str(failure)) from failure
    if done.returncode:
        raise NotTypeset(done.stderr.decode(errors="replace"))
    return done.stdout


def _for_typst(paper: Paper, language: str) -> dict[str, Any]:
    assessment = paper["assessment"].shown(language) if paper["assessment"] else None
    return {
        **_plain({name: value for name, value in paper.items() if name != "assessment"}, language),
        "lang": language.partition("-")[0],
        "assessment": assessment
        and {"lang": assessment.language.partition("-")[0], "blocks": _plain(blocks(assessment.text), language)},
        "words": _plain(_words(paper), language),
    }


def _plain(value: Any, language: str) -> Any:
    """Texts as strings, or as {text, lang} where they are in another language; signs that no page shows, gone."""
    if isinstance(value, Text):
        shown = value.shown(language)
        words = _printable(shown.text)
        return words if shown.language == language else {"text": words, "lang": shown.language.partition("-")[0]}
    if isinstance(value, str):
        return _printable(value)
    if isinstance(value, dict):
        return {key: _plain(each, language) for key, each in value.items() if key != "measured"}
    return [_plain(each, language) for each in value] if isinstance(value, list | tuple) else value


def _printable(text: str) -> str:
    """Without control characters, lone surrogates and overrides of the direction of reading."""
    return "".join(sign for sign in text if sign in SHOWN_CONTROLS or unicodedata.category(sign)[0] != "C")


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
