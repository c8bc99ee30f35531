"""The words of the longest part of a report: areas, their activities, and the tasks that serve
them.
"""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from splot.core.dates import Period, format_day
from splot.core.numbers import format_number
from splot.core.templatetags.states import bar_segments, summarise_segments
from splot.core.values import Json
from splot.implementation.models import Task, TaskResource, format_reach
from splot.implementation.statuses import STATUS_LABELS, STATUS_LOOKS, status_segments

Facts = Json
ReportContent = Json


def area_content(area: Facts, tasks: dict[int, ReportContent]) -> ReportContent:
    described: set[int] = set()
    activities = []
    for activity in area["activities"]:
        rows = [{**tasks[task], "again": task in described} for task in activity["tasks"]]
        described |= set(activity["tasks"])
        activities.append({**activity, "tasks": rows})
    others = [tasks[number] for number in area.get("other_tasks", ())]  # not in older facts
    pieces = status_segments(area["statuses"])
    head, tail = summarise_segments(bar_segments(pieces))
    return {
        "number": area["number"],
        "name": area["name"],
        "aims": area["aims"],
        "segments": pieces,
        "all_of_it": _("All activities and tasks of area %(number)s") % {"number": area["number"]},
        "key": bar_legend(pieces),
        "words": f"{head}: {tail}" if tail else head,
        "tasks": format_number(area["tasks"]),
        "counts": [format_number(count) for __, __, count in pieces],
        "reached": _reach_lines(area),
        "activities": activities,
        "others": others,
    }


def _reach_lines(area: Facts) -> list[str]:
    """People reached, each unit by itself, and how many tasks gave no figure."""
    lines = [
        ngettext("%(figure)s in %(tasks)s task", "%(figure)s in %(tasks)s tasks", row["tasks"])
        % {
            "figure": format_reach(row["value"], row["qualifier"], row["unit"]),
            "tasks": format_number(row["tasks"]),
        }
        for row in area["reached"]
    ]
    if area["without_reach"]:
        silent = ngettext(
            "%(count)s reported task gives no number",
            "%(count)s reported tasks give no number",
            area["without_reach"],
        )
        lines.append(silent % {"count": format_number(area["without_reach"])})
    return lines


def task_content(row: Facts, year: int) -> ReportContent:
    update = row["update"]
    return {
        "number": row["number"],
        "title": row["title"],
        "lead": row["lead"],
        "leader": row["leader"],
        # in older facts a task without an activity stood in no area
        "areas": row.get("areas", row["activities"]),
        "code": row["status"],
        "look": STATUS_LOOKS[row["status"]],
        "label": str(STATUS_LABELS[row["status"]]),
        "facts": _task_lines(row),
        "update": _update_content(update) if update else None,
        "silence": _("Nobody reported on this task for %(year)s.") % {"year": year},
    }


def _task_lines(row: Facts) -> list[tuple[str, list[object]]]:
    """(label, values) of what a report says of a task, also where the table has nothing; outside
    institutions and sensitive groups only where it names some.
    """
    lines = [(_("Municipal institution"), _given(row["lead"]))]
    if row["partners"]:
        lines.append((_("Outside institutions"), row["partners"]))
    lines.append((_("Person in charge"), _given(row["leader"])))
    lines.append((_("For whom"), _given(row["audience"])))
    if row["groups"]:
        lines.append((_("Particularly sensitive groups"), row["groups"]))
    if "resources" in row:  # not in older facts
        lines.append((_("Resources"), _resource_values(row["resources"])))
    lines.append((_("When"), _given(format_timing(row))))
    return lines


def _given(value: object) -> list[object]:
    return [value] if value else []


def _resource_values(resources: list[Facts]) -> list[object]:
    """Each resource as its kind ("no cost" is one), or as {kind, text} when something is said of
    it.
    """
    values: list[object] = []
    for resource in resources:
        kind = str(TaskResource.Kind(resource["kind"]).label)
        values.append({"kind": kind, "text": resource["text"]} if resource["text"] else kind)
    return values


def _update_content(update: Facts) -> ReportContent:
    reach = (
        format_reach(update["reached"], update["reached_qualifier"], update["reached_unit"])
        if update["reached"] is not None
        else None
    )
    extras = [
        (_("Reached"), reach),
        (_("Obstacles"), update["obstacles"]),
        (_("Why it was abandoned"), update["reason"]),
    ]
    said_on = {
        "period": str(Period.parse(update["period"])),
        "date": format_day(date_or_none(update["said_on"])),
    }
    return {
        "when": _("For %(period)s, reported on %(date)s") % said_on,
        "narrative": update["narrative"],
        "extras": [(label, value) for label, value in extras if value],
    }


def format_timing(row: Facts) -> str:
    """When a task runs, "" if nobody said."""
    due = format_day(date.fromisoformat(row["due"])) if row["due"] else ""
    by = _("by %(date)s") % {"date": due} if due else ""
    if row["timing"] != Task.Timing.DATES:
        return ", ".join(filter(None, [str(Task.Timing(row["timing"]).label), by]))
    if row["starts"] and due:
        return f"{format_day(date.fromisoformat(row['starts']))} – {due}"
    return by


def bar_legend(pieces: list[tuple[str, str, int]]) -> list[tuple[str, str]]:
    """(look, words) of what a bar shows: "4 done", in the order of words that the language
    wants.
    """
    return [(segment.look.name, segment.words) for segment in bar_segments(pieces)]


def date_or_none(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None
