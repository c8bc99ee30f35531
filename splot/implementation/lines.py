"""What a task has several of: relations to other rows, and lines of its own as plain values, as a
form, a spreadsheet or a test gives them.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db import models

from splot.core.languages import Text
from splot.core.values import Values
from splot.indicators.models import Indicator
from splot.people.models import Organisation

from .models import BudgetLine, Milestone, PartnerRole, Target, Task, TaskResource, Window


@dataclass(frozen=True)
class ResourceLine:
    kind: str
    text: Text


@dataclass(frozen=True)
class TargetLine:
    indicator: Indicator
    value: Decimal
    by: str
    baseline: Decimal | None = None
    baseline_period: str = ""


@dataclass(frozen=True)
class MoneyLine:
    """Figures in one currency; None is a figure that nobody gave."""

    source: str
    year: int | None = None
    kind: str = ""
    currency: str = "PLN"
    planned: Decimal | None = None
    committed: Decimal | None = None
    paid: Decimal | None = None
    as_at: date | None = None
    shared_with: str = ""
    note: Text = field(default_factory=Text)


@dataclass(frozen=True)
class WindowLine:
    starts: date | None
    due: date | None


@dataclass(frozen=True)
class MilestoneLine:
    name: Text
    due: date | None = None
    reached_on: date | None = None


@dataclass(frozen=True)
class RoleLine:
    organisation: Organisation
    role: Text


TaskLine = ResourceLine | TargetLine | MoneyLine | WindowLine | MilestoneLine | RoleLine


@dataclass(frozen=True)
class BudgetLineChange:
    """What a task's row of money becomes: a new one when `row` is None, none when `line` is."""

    task: Task
    row: BudgetLine | None
    line: MoneyLine | None


# The name of a task's list of lines: how a line is given, and the rows that keep it.
LINE_TYPES: dict[str, type[TaskLine]] = {
    "resources": ResourceLine,
    "targets": TargetLine,
    "budget": MoneyLine,
    "windows": WindowLine,
    "milestones": MilestoneLine,
    "partner_roles": RoleLine,
}
LINE_MODELS: dict[str, type[models.Model]] = {
    "resources": TaskResource,
    "targets": Target,
    "budget": BudgetLine,
    "windows": Window,
    "milestones": Milestone,
    "partner_roles": PartnerRole,
}
# The rows that a line points to, by the name of its field.
POINTER_MODELS: dict[str, type[models.Model]] = {
    "indicator": Indicator,
    "organisation": Organisation,
}
# The rows that a task is tied to, by the name of the relation.
RELATIONS: dict[str, type[models.Model]] = {
    relation.name: relation.related_model for relation in Task._meta.many_to_many
}


def line_values(line: object, like: TaskLine) -> Values:
    """The fields of a row, or of a line, that a line of this sort has."""
    return {name: getattr(line, name) for name in vars(like)}
