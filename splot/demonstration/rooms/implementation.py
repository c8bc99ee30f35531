"""Sensitive groups, and the table with what was reported on its tasks."""

from datetime import date
from decimal import Decimal
from typing import Any

from splot.core.values import Json
from splot.demonstration.municipality import DemoMunicipality, polish_text
from splot.implementation.actions.plans import add_group, start_plan
from splot.implementation.actions.status_updates import report_progress
from splot.implementation.actions.tasks import add_task, change_task
from splot.implementation.lines import (
    MilestoneLine,
    MoneyLine,
    ResourceLine,
    TargetLine,
    WindowLine,
)
from splot.implementation.models import Task

REACHED_FIELDS = {"": "value", "_qualifier": "qualifier", "_unit": "unit"}


def load(town: DemoMunicipality) -> None:
    groups = town.known["groups"] = {}
    for row in town.read("groups.json"):
        groups[row["id"]] = add_group(
            by=town.coordinator, municipality=town.municipality, name=polish_text(row["name"])
        )
    _fill_table(town)


def _fill_table(town: DemoMunicipality) -> None:
    """The rows of the table with what was said of them; `table.json` adds money, milestones and
    order to some.
    """
    plan = start_plan(
        by=town.coordinator, policy=town.policy, starts=town.policy.starts, ends=town.policy.ends
    )
    known = town.known
    known["tasks"] = {}
    further = town.read_if_there("table.json")
    for row in town.task_rows():
        timing, more = row["timing"], further.get(str(row["number"]), {})
        task = add_task(
            by=town.coordinator,
            plan=plan,
            number=row["number"],
            activities=[known["activities"][slug] for slug in row["activities"]],
            partners=[known["organisations"][id] for id in row["outside"]],
            groups=[known["groups"][id] for id in row["groups"]],
            resources=[_resource_line(resource) for resource in row["resources"]],
            targets=[_target_line(known, target) for target in row["targets"]],
            lead=known["organisations"][row["lead"]],
            leader=town.leaders.get(row["leader"]),
            timing=timing["kind"],
            starts=_parse_date(timing.get("starts")),
            due=_parse_date(timing.get("due")),
            entered_on=date(plan.starts, 1, 1),
            budget=[MoneyLine(**money) for money in more.get("budget", ())],
            windows=[WindowLine(*map(_parse_date, days)) for days in more.get("windows", ())],
            milestones=[_milestone_line(milestone) for milestone in more.get("milestones", ())],
            priority=more.get("priority"),
            disposition=more.get("disposition", ""),
            title=polish_text(row["title"]),
            audience=polish_text(row["audience"]),
            monitoring=polish_text(row["monitoring"]),
        )
        known["tasks"][row["number"]] = task
        for update in row["updates"]:
            _report_progress(town, task, update)
    for number, more in further.items():
        if before := more.get("after"):
            task = known["tasks"][int(number)]
            waits_for = [known["tasks"][number_before] for number_before in before]
            change_task(by=town.coordinator, task=task, version=task.version, depends_on=waits_for)


def _resource_line(row: Json) -> ResourceLine:
    return ResourceLine(row["kind"], polish_text(row["text"]))


def _milestone_line(row: Json) -> MilestoneLine:
    return MilestoneLine(
        polish_text(row["name"]), _parse_date(row["due"]), _parse_date(row["reached_on"])
    )


def _target_line(known: dict[str, dict[Any, Any]], row: Json) -> TargetLine:
    return TargetLine(
        indicator=known["indicators"][row["indicator"]],
        value=Decimal(row["value"]),
        by=row["by"],
        baseline=None if row["baseline"] is None else Decimal(row["baseline"]),
        baseline_period=row["baseline_period"] or "",
    )


def _parse_date(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None


def _report_progress(town: DemoMunicipality, task: Task, update: Json) -> None:
    reached_values = {}
    for suffix, key in REACHED_FIELDS.items():
        if key in (update["reached"] or {}):
            reached_values[f"reached{suffix}"] = update["reached"][key]
    report_progress(
        by=task.leader or town.coordinator,
        task=task,
        period=update["period"],
        status=update["status"],
        said_on=date.fromisoformat(update["said_on"]),
        narrative=polish_text(update.get("narrative")),
        obstacles=polish_text(update.get("obstacles")),
        reason=polish_text(update.get("reason")),
        **reached_values,
    )
