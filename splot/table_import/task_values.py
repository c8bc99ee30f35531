"""The values that a row of a file gives to a task, beside those that the task has."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _

from splot.core.languages import Text
from splot.core.values import Json, Values
from splot.implementation.cells import area_cell, areas_of_task, related_rows
from splot.implementation.columns import text_codes
from splot.implementation.lines import (
    MilestoneLine,
    MoneyLine,
    ResourceLine,
    RoleLine,
    TargetLine,
    line_values,
)
from splot.implementation.models import Task
from splot.language.normalisation import normalise_spaces
from splot.policy.models import Area

from .column_headings import DUE, STARTS
from .merge_money import loses_kinds, merge_money
from .parse.parsed_row import ParsedRow

TaskValues = Json
COMBINED_FIELDS = ("partners", "budget", "resources")  # of which several columns may speak


def task_values(parsed_row: ParsedRow, task: Task | None) -> TaskValues:
    """The fields, relations and lines that a row gives to a task, or to a new one."""
    values: TaskValues = {}
    for parsed in parsed_row.cells.values():
        for name, value in parsed.values.items():
            values[name] = [*values.get(name, []), *value] if name in COMBINED_FIELDS else value
    if "partners" in values:
        _add_partners(values, parsed_row, task)
    if "budget" in values:
        _add_money(values, parsed_row, task)
    if "resources" in values:
        _add_resources(values, parsed_row, task)
    _doubt_free_money(values, parsed_row, task)
    if task is not None:
        _keep_wordings(values, task)
    _resolve_dates(values, parsed_row, task)
    if task is not None and "area" in values:
        _doubt_area(values["area"], parsed_row, task)
    return values


def _doubt_area(area: Area, parsed_row: ParsedRow, task: Task) -> None:
    """A task for activities stands in their areas, whatever a file says."""
    if related_rows(task, "activities") and area not in areas_of_task(task):
        places = {"area": area_cell(task)[0], "theirs": area}
        parsed_row.doubts.append(
            _("its activities belong to “%(area)s”, the file has it under “%(theirs)s”") % places
        )


def _add_partners(values: TaskValues, parsed_row: ParsedRow, task: Task | None) -> None:
    """Partners named in the leading institution's cell are added to those that there are; roles
    stay.
    """
    partners = list(values["partners"])
    if task is not None and "partners" not in parsed_row.cells:
        partners = [*related_rows(task, "partners"), *partners]
    values["partners"] = [row for at, row in enumerate(partners) if row not in partners[:at]]
    if task is not None:
        roles: dict[int, RoleLine] = {}
        for row in related_rows(task, "partner_roles"):
            if row.organisation in values["partners"]:
                roles[row.organisation_id] = RoleLine(row.organisation, row.role)
        for line in values.get("partner_roles", ()):
            roles[line.organisation.pk] = line
        values["partner_roles"] = list(roles.values())


def _add_resources(values: TaskValues, parsed_row: ParsedRow, task: Task | None) -> None:
    """What a cell about money says of resources ("no cost") is added to those that there are, each
    once.
    """
    lines = list(values["resources"])
    if task is not None and "resources" not in parsed_row.cells:
        rows = related_rows(task, "resources")
        lines = [*(ResourceLine(row.kind, row.text) for row in rows), *lines]
    kinds = {line.kind: line for line in reversed(lines) if not line.text}
    values["resources"] = [line for line in lines if line.text or kinds[line.kind] is line]


def _doubt_free_money(values: TaskValues, parsed_row: ParsedRow, task: Task | None) -> None:
    """A row cannot cost nothing and something: a person has to say which."""
    before: TaskValues = {"resources": (), "budget": ()}
    if task is not None:
        before = {name: related_rows(task, name) for name in before}
    after = {name: values.get(name, rows) for name, rows in before.items()}
    if _is_free_and_costs(after) and not _is_free_and_costs(before):
        parsed_row.doubts.append(_("it says that it costs nothing, and a sum is planned"))


def _is_free_and_costs(values: TaskValues) -> bool:
    is_free = any(line.kind == "no_cost" for line in values["resources"])
    return is_free and any(line.planned for line in values["budget"])


def _add_money(values: TaskValues, parsed_row: ParsedRow, task: Task | None) -> None:
    rows = related_rows(task, "budget") if task is not None else ()
    empty_line = MoneyLine(source="")
    year = _single_year(values, task)
    ours: list[MoneyLine] = []
    for row in rows:
        line = MoneyLine(**line_values(row, empty_line))
        ours.append(replace(line, year=line.year or year))
    theirs = [replace(line, year=line.year or year) for line in values["budget"]]
    values["budget"] = merge_money(ours, theirs, says_source=any(line.source for line in theirs))
    if loses_kinds(ours, values["budget"]):
        parsed_row.doubts.append(_("the table divides this money by kind, the file does not"))


def _single_year(values: TaskValues, task: Task | None) -> int | None:
    """The year in which the whole task lies, by the file's dates or else by its own: money without
    a year is for it.
    """
    says_days = {"starts", "due", "timing"} & values.keys()
    windows = values.get(
        "windows", () if says_days or task is None else related_rows(task, "windows")
    )
    days: list[date | None] = []
    for line in windows:
        days += [line.starts, line.due]
    if not days:
        days = [values.get(name, getattr(task, name, None)) for name in ("starts", "due")]
    years = {day.year if day else None for day in days}
    return years.pop() if len(years) == 1 else None


def _keep_wordings(values: TaskValues, task: Task) -> None:
    """A text keeps its translations; so does a line that says the same as before, and a target its
    baseline.
    """
    for name in text_codes():
        if name in values and getattr(task, name):
            old = getattr(task, name)
            values[name] = old.written(old.source, values[name].source_wording)
    if "resources" in values:
        values["resources"] = _with_kept_texts(values["resources"], task)
    if "targets" in values:
        values["targets"] = _with_kept_baselines(values["targets"], task)
    if "milestones" in values:
        values["milestones"] = _with_kept_names(values["milestones"], task)


def _with_kept_texts(lines: list[ResourceLine], task: Task) -> list[ResourceLine]:
    """Resources whose words the task has already, with its own text in all its languages."""
    kept_texts: dict[tuple[str, str], Text] = {}
    for row in related_rows(task, "resources"):
        kept_texts[row.kind, normalise_spaces(row.text.source_wording)] = row.text
    resources = []
    for line in lines:
        key = (line.kind, normalise_spaces(line.text.source_wording))
        resources.append(ResourceLine(line.kind, kept_texts.get(key, line.text)))
    return resources


def _with_kept_names(lines: list[MilestoneLine], task: Task) -> list[MilestoneLine]:
    """Milestones whose words the task has already, with its own name in all its languages."""
    kept_names: dict[str, Text] = {}
    for row in related_rows(task, "milestones"):
        kept_names[normalise_spaces(row.name.source_wording)] = row.name
    milestones = []
    for line in lines:
        name = kept_names.get(normalise_spaces(line.name.source_wording), line.name)
        milestones.append(replace(line, name=name))
    return milestones


def _with_kept_baselines(lines: list[TargetLine], task: Task) -> list[TargetLine]:
    """Targets that the task has already, with the baseline that they had."""
    baselines: dict[tuple[int, str], Values] = {}
    for row in related_rows(task, "targets"):
        baseline = {"baseline": row.baseline, "baseline_period": row.baseline_period}
        baselines[row.indicator_id, row.by] = baseline
    targets = []
    for line in lines:
        targets.append(replace(line, **baselines.get((line.indicator.pk, line.by), {})))
    return targets


def _resolve_dates(values: TaskValues, parsed_row: ParsedRow, task: Task | None) -> None:
    """Days from columns of their own take the place of windows; an end before the start is left
    out, and said.
    """
    if "timing" not in values:
        for name in {"starts", "due"} & values.keys():
            if task is not None and values[name] == getattr(task, name):
                del values[name]
        if {"starts", "due"} & values.keys():
            values["windows"] = []
    starts = values.get("starts", getattr(task, "starts", None))
    due = values.get("due", getattr(task, "due", None))
    if starts and due and due < starts and not values.get("windows"):
        for name in ("starts", "due", "windows", "timing"):
            values.pop(name, None)
        parsed_row.doubts.append(_("it ends before it starts"))
        for name in ("when", STARTS, DUE):
            parsed_row.keep(name, parsed_row.texts.get(name, ""))
