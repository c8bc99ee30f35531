"""All lines of a task of one sort as a form: resources, money, windows of time, milestones,
indicators with their targets.
"""

from decimal import Decimal
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from splot.core.languages import Text
from splot.core.values import Json, Values
from splot.implementation.lines import (
    MilestoneLine,
    MoneyLine,
    ResourceLine,
    TargetLine,
    WindowLine,
)
from splot.implementation.models import BudgetLine, Milestone, Target, Task, TaskResource, Window
from splot.people.models import Municipality

from .line_forms import MilestoneForm, MoneyForm, ResourceForm, TargetForm, WindowForm
from .line_formset import LineFormSet


class ResourceFormSet(LineFormSet[TaskResource, ResourceLine]):
    form, prefix, label, marks = (
        ResourceForm,
        "resources",
        gettext_lazy("Resources"),
        ("kind", "text"),
    )

    def __init__(self, data: QueryDict | None, *, task: Task | None, language: str) -> None:
        self.language = language
        super().__init__(data, task)

    def start(self, row: TaskResource) -> Json:
        return {"kind": row.kind, "text": row.text.source_wording}

    def lines(self) -> list[ResourceLine]:
        """What the form says; a line keeps its translations, outdated when its wording changed."""
        lines = []
        for values, row in self.filled():
            if values.get("kind"):
                before = row.text if row else None
                text = _updated_text(before, values.get("text", ""), self.language)
                lines.append(ResourceLine(values["kind"], text))
        return lines

    @staticmethod
    def rows(task: Task) -> list[TaskResource]:
        return list(task.resources.all())

    @staticmethod
    def describe_line(line: TaskResource | ResourceLine) -> str:
        return f"{TaskResource.Kind(line.kind).label}: {line.text}"


class MoneyFormSet(LineFormSet[BudgetLine, MoneyLine]):
    form, prefix, label = MoneyForm, "budget", gettext_lazy("Money")
    marks = ("source", "year", "kind", "currency")
    names = (
        "source",
        "year",
        "kind",
        "planned",
        "committed",
        "paid",
        "currency",
        "as_at",
        "shared_with",
    )

    def start(self, row: BudgetLine) -> Json:
        return {name: getattr(row, name) for name in self.names}

    def lines(self) -> list[MoneyLine]:
        """What the form says; a line keeps its note, which the form does not show."""
        lines = []
        for filled, row in self.filled():
            values: Values = {name: filled.get(name) for name in self.names}
            if values["source"]:
                values["kind"] = values["kind"] or ""
                values["shared_with"] = values["shared_with"] or ""
                values["currency"] = values["currency"] or "PLN"
                values["note"] = row.note if row else Text()
                lines.append(MoneyLine(**values))
        return lines

    @staticmethod
    def rows(task: Task) -> list[BudgetLine]:
        return list(task.budget.all())

    @staticmethod
    def describe_line(line: BudgetLine | MoneyLine) -> str:
        amounts = map(_format_amount, (line.planned, line.committed, line.paid))
        source = f"{line.year or '…'} · {BudgetLine.Source(line.source).label}"
        return f"{source}: {' / '.join(amounts)} {line.currency}"


class WindowFormSet(LineFormSet[Window, WindowLine]):
    form, prefix, label = WindowForm, "windows", gettext_lazy("Several stretches of time")

    def start(self, row: Window) -> Json:
        return {"starts": row.starts, "due": row.due}

    def lines(self) -> list[WindowLine]:
        lines = []
        for form in self.formset:
            starts, due = form.cleaned_data.get("starts"), form.cleaned_data.get("due")
            if starts or due:
                lines.append(WindowLine(starts, due))
        return lines

    @staticmethod
    def rows(task: Task) -> list[Window]:
        return list(task.windows.all())

    @staticmethod
    def describe_line(line: Window | WindowLine) -> str:
        return f"{line.starts or '…'} – {line.due or '…'}"


class MilestoneFormSet(LineFormSet[Milestone, MilestoneLine]):
    form, prefix, label, marks = MilestoneForm, "milestones", gettext_lazy("Milestones"), ("name",)

    def __init__(
        self, data: QueryDict | None, *, task: Task | None, language: str, years: range
    ) -> None:
        self.language = language
        super().__init__(data, task, years=years)

    def start(self, row: Milestone) -> Json:
        return {"name": row.name.source_wording, "due": row.due, "reached_on": row.reached_on}

    def lines(self) -> list[MilestoneLine]:
        lines = []
        for values, row in self.filled():
            if values.get("name", "").strip():
                name = _updated_text(row.name if row else None, values["name"], self.language)
                lines.append(MilestoneLine(name, values.get("due"), values.get("reached_on")))
        return lines

    @staticmethod
    def rows(task: Task) -> list[Milestone]:
        return list(task.milestones.all())

    @staticmethod
    def describe_line(line: Milestone | MilestoneLine) -> str:
        return f"{line.name} · {line.due or '…'} · {line.reached_on or '…'}"


class TargetFormSet(LineFormSet[Target, TargetLine]):
    form, prefix, label = TargetForm, "targets", gettext_lazy("Indicators")
    names = ("indicator", "baseline", "baseline_period", "value", "by")

    def __init__(
        self, data: QueryDict | None, *, task: Task | None, municipality: Municipality
    ) -> None:
        super().__init__(data, task, municipality=municipality)

    def start(self, row: Target) -> Json:
        return {name: getattr(row, name) for name in self.names}

    def lines(self) -> list[TargetLine]:
        lines = []
        for form in self.formset:
            values = form.cleaned_data
            if values.get("indicator"):
                lines.append(TargetLine(**{name: values[name] for name in self.names}))
        return lines

    def repeated(self) -> bool:
        seen: set[tuple[object, str]] = set()
        for form in self.formset:
            key = form.cleaned_data.get("indicator"), form.cleaned_data.get("by", "")
            if key[0] and key in seen:
                form.add_error("by", _("This indicator has a target for this period already."))
                return True
            seen.add(key)
        return False

    @staticmethod
    def rows(task: Task) -> list[Target]:
        return list(task.targets.select_related("indicator"))

    @staticmethod
    def describe_line(line: Target | TargetLine) -> str:
        baseline = (
            f"{_normalise_decimal(line.baseline)} ({line.baseline_period})"
            if line.baseline is not None
            else "—"
        )
        return f"{line.indicator}: {baseline} → {_normalise_decimal(line.value)} ({line.by})"


def _format_amount(amount: Decimal | None) -> str:
    return "–" if amount is None else f"{amount:.2f}"


def _normalise_decimal(value: Any) -> Any:
    """Decimals without trailing zeros, as people write them."""
    return f"{value.normalize():f}" if hasattr(value, "normalize") else value


def _updated_text(old: Text | None, wording: str, language: str) -> Text:
    """A wording in the language of what stood there, else in the policy's; nothing stays
    nothing.
    """
    old, wording = old or Text(), wording.strip()
    return old.written(old.source or language, wording) if wording or old else Text()
