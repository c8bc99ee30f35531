"""The content of a report in the active language, not laid out yet: HTML and PDF are rendered from
it.

It is a dict of strings, numbers and Texts (what people wrote, which may exist in another
language only).
"""

from collections import Counter
from collections.abc import Iterator

from babel.numbers import format_percent
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from splot.core.dates import format_day
from splot.core.languages import MISSING, Text
from splot.core.numbers import format_number
from splot.core.values import Json
from splot.implementation.statuses import (
    NOT_REPORTED,
    STATUS_LABELS,
    STATUS_LOOKS,
    Status,
    status_segments,
    statuses_in,
)

from ..models import CorrectiveProposal
from .chapters import area_content, bar_legend, date_or_none, task_content
from .indicators import indicator_content
from .summary import summary_sentences

Facts = Json
ReportContent = Json


def annual_report_content(
    facts: Facts, *, draft: bool, decisions: dict[int, Facts] | None = None
) -> ReportContent:
    """Word the facts of a year (see `splot.monitoring.facts`).

    `decisions` are what came of proposals after the facts were frozen, {number: {disposition,
    reason}}.
    """
    tasks = {task["number"]: task_content(task, facts["year"]) for task in facts["tasks"]}
    indicators = [indicator_content(row, facts["year"]) for row in facts["indicators"]]
    idle: list[Facts] = []
    areas: list[ReportContent] = []
    for area in facts["areas"]:
        areas.append(area_content(area, tasks))
        idle += [activity for activity in area["activities"] if not activity["tasks"]]
    others, silent = [], []
    for task in tasks.values():
        if not task["areas"]:
            others.append(task)
        if task["code"] == NOT_REPORTED:
            silent.append(task)
    proposals = [_proposal_content(row, decisions or {}) for row in facts.get("proposals", [])]
    segments = status_segments(facts["counts"]["statuses"])
    return {
        "language": get_language(),
        "draft": draft,
        "demonstration": facts["municipality"].get("is_demonstration", False),
        "year": facts["year"],
        "municipality": facts["municipality"]["name"],
        "slug": facts["municipality"]["slug"],
        "term": facts["policy"]["term"],
        "title": _("Report on the implementation of the policy in %(year)s")
        % {"year": facts["year"]},
        "policy_title": facts["policy"]["title"],
        "front": _front_matter(facts),
        "translation_note": _translation_note(facts),
        "brief": summary_sentences(facts),
        "figures": _key_figures(facts),
        "statuses": _status_table(facts["counts"]["statuses"]),
        "notes": _status_notes(facts["counts"]),
        "areas": areas,
        "others": others,
        "indicators": indicators,
        "silent": silent,
        "idle": idle,
        "assessment": facts.get("assessment"),
        "proposals": proposals,
        "publication": facts.get("publication"),
        "segments": segments,
        "key": bar_legend(segments),
    }


def texts_in(value: object) -> Iterator[Text]:
    """Every Text inside a value."""
    if isinstance(value, Text):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from texts_in(part)
    elif isinstance(value, list):
        for part in value:
            yield from texts_in(part)


def format_part_of(part: int, whole: int) -> str:
    """A share that names its denominator: "4 of 14"."""
    return _("%(value)s of %(whole)s") % {
        "value": format_number(part),
        "whole": format_number(whole),
    }


def _front_matter(facts: Facts) -> list[tuple[str, str, object]]:
    """What stands on the first page: label, printed number if there is one, value."""
    policy, publication = facts["policy"], facts.get("publication") or {}
    act, duty = policy["resolution"] or {}, policy["duty"] or {}
    resolution = [
        act.get("number"),
        act.get("body"),
        format_day(date_or_none(act.get("adopted_on"))),
    ]
    rows = [
        (_("Policy"), "", policy["title"]),
        (_("Resolution"), "", ", ".join(filter(None, resolution))),
        (_("Duty to report"), duty.get("number", ""), duty.get("text")),
        (
            _("Who answers for the content"),
            "",
            publication.get("responsible") or policy["responsible"],
        ),
        (_("Published by"), "", publication.get("published_by")),
        (_("Published on"), "", format_day(date_or_none(publication.get("published_on")))),
    ]
    return [(label, number, value) for label, number, value in rows if value]


def _translation_note(facts: Facts) -> str:
    states = Counter(text.state(get_language() or "") for text in texts_in(facts) if text)
    if not states[MISSING]:
        return ""
    return ngettext(
        "%(count)s text of this report is not translated yet; you see it in its own language.",
        "%(count)s texts of this report are not translated yet; "
        "you see them in their own language.",
        states[MISSING],
    ) % {"count": format_number(states[MISSING])}


def _key_figures(facts: Facts) -> list[tuple[str, str]]:
    counts, year = facts["counts"], {"year": facts["year"]}
    tasks = counts["tasks"]
    reported = tasks - counts["statuses"][NOT_REPORTED]
    measured = tasks - counts["without_target"]
    return [
        (_("activities in the policy"), format_number(counts["activities"])),
        (
            _("activities with a task in %(year)s") % year,
            format_part_of(counts["activities_with_tasks"], counts["activities"]),
        ),
        (_("tasks in %(year)s") % year, format_number(tasks)),
        (_("tasks reported on"), format_part_of(reported, tasks)),
        (_("tasks with an indicator and a target"), format_part_of(measured, tasks)),
    ]


def _status_table(counts: dict[str, int]) -> ReportContent:
    """The table of statuses; each column of shares names its denominator."""
    total = sum(counts.values())
    reported = total - counts[NOT_REPORTED]
    rows = [
        {
            "code": code,
            "look": STATUS_LOOKS[code],
            "label": str(STATUS_LABELS[code]),
            "number": format_number(counts[code]),
            "of_all": _format_percent(counts[code], total),
            "of_reported": _format_percent(counts[code], reported if code != NOT_REPORTED else 0),
        }
        for code in statuses_in(counts)
    ]
    return {
        "finding": _(
            "%(done)s of %(total)s tasks are done; %(silent)s of %(total)s were not reported"
        )
        % {
            "done": format_number(counts[Status.DONE]),
            "total": format_number(total),
            "silent": format_number(counts[NOT_REPORTED]),
        },
        "total": format_number(total),
        "of_all": _("Share of all %(count)s tasks") % {"count": format_number(total)},
        "of_reported": _("Share of the %(count)s reported") % {"count": format_number(reported)},
        "rows": rows,
    }


def _status_notes(counts: Facts) -> list[str]:
    notes = [
        _(
            "Not reported means that nobody said how a task goes. It does not mean that nothing "
            "was "
            "done."
        ),
        _("Shares are rounded to whole per cent."),
    ]
    if several := counts["in_several_areas"]:
        notes.append(
            ngettext(
                "%(count)s task serves several areas: it stands in each and counts once in the "
                "totals.",
                "%(count)s tasks serve several areas: they stand in each and count once in the "
                "totals.",
                several,
            )
            % {"count": format_number(several)}
        )
    if counts.get("without_area", counts["without_activity"]):  # older facts have the second
        notes.append(_("Tasks outside the areas count in the totals alone."))
    return notes


def _proposal_content(row: Facts, decisions: dict[int, Facts]) -> ReportContent:
    about = [row["activity"]] if row["activity"] else []
    about += [_("task %(number)s") % {"number": row["task"]}] if row["task"] else []
    later = decisions.get(row["number"])
    return {
        "number": row["number"],
        "text": row["text"],
        "about": ", ".join(about),
        "activity": row["activity"],
        "task": row["task"],
        "disposition": str(CorrectiveProposal.Disposition(row["disposition"]).label),
        "reason": row["reason"],
        "later": later
        and {
            "disposition": str(CorrectiveProposal.Disposition(later["disposition"]).label),
            "reason": later["reason"],
        },
    }


def _format_percent(part: int, whole: int) -> str:
    return format_percent(part / whole, locale=get_language()) if whole else "–"
