"""All lines of a task of one sort as a form: resources, money, windows of time, milestones,
indicators with their targets.
"""

from collections.abc import Sequence
from typing import Any, Generic, TypeVar

from django import forms
from django.db import models
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from splot.core.languages import Text
from splot.core.values import Json, Values, Words
from splot.implementation.lines import (
    MilestoneLine,
    MoneyLine,
    ResourceLine,
    TargetLine,
    WindowLine,
)
from splot.implementation.models import BudgetLine, Milestone, Target, Task, TaskResource, Window
from splot.people.models import Municipality

from .line_forms import LineForm, MilestoneForm, MoneyForm, ResourceForm, TargetForm, WindowForm

Row = TypeVar("Row", bound=models.Model)
Line = TypeVar("Line")


class LineFormSet(Generic[Row, Line]):
    """A formset over a task's lines with room for new ones; an emptied line is taken away."""

    form: type[LineForm]
    prefix: str
    label: Words
    # the fields by which a line whose further words the form does not show is known again
    marks: Sequence[str] = ()
    spare = 2

    def __init__(self, data: QueryDict | None, task: Task | None, **form_kwargs: Any) -> None:
        self.is_sent = data is not None and f"{self.prefix}-TOTAL_FORMS" in data
        data = data if self.is_sent else None
        self.before = self.rows(task) if task else []
        start = [{**self.start(row), "was": self._mark(self.start(row))} for row in self.before]
        formset = forms.formset_factory(
            self.form, extra=self.spare, max_num=30, absolute_max=40, validate_max=True
        )
        # what was sent is compared with nothing: a new line that is saved already, sent twice, is a
        # line all the same
        self.formset = formset(
            data, initial=None if data else start, prefix=self.prefix, form_kwargs=form_kwargs
        )

    def start(self, row: Row) -> Json:
        """What the form of a row begins with."""
        raise NotImplementedError

    def lines(self) -> list[Line]:
        """What the form says."""
        raise NotImplementedError

    @staticmethod
    def rows(task: Task) -> list[Row]:
        """What the task has."""
        raise NotImplementedError

    @staticmethod
    def words(line: Row | Line) -> str:
        """A line as a reader compares it."""
        raise NotImplementedError

    def _mark(self, values: Json) -> str:
        return "|".join(str(values.get(name) or "") for name in self.marks)

    def filled(self) -> list[tuple[Json, Row | None]]:
        """What each form says, with the row that it showed or that says the same; None for a new
        line.

        Somebody may have put lines before it or changed them since, so the place says nothing.
        """
        left = [(self._mark(self.start(row)), row) for row in self.before]
        found = []
        for form in self.formset:
            values = form.cleaned_data
            wanted = (values.get("was"), self._mark(values))
            pair = next((pair for mark in wanted if mark for pair in left if pair[0] == mark), None)
            if pair:
                left.remove(pair)
            found.append((values, pair[1] if pair else None))
        return found

    def is_valid(self) -> bool:
        """Lines that a form does not speak of stay as they are, so nothing is wrong with them."""
        return not self.is_sent or (self.formset.is_valid() and not self.repeated())

    def repeated(self) -> bool:
        """Does a line stand twice, where it may stand once? Says so on the later one."""
        return False

    def conflicts(self, current: Task) -> list[tuple[str, str, str]]:
        """What the task's lines are by now and what the form says, if they differ; as
        RowForm.conflicts.
        """
        if not self.is_sent:
            return []
        theirs = "\n".join(map(self.words, self.rows(current)))
        mine = "\n".join(map(self.words, self.lines()))
        return [(str(self.label), theirs or "—", mine or "—")] if theirs != mine else []


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
        return {"kind": row.kind, "text": row.text.words}

    def lines(self) -> list[ResourceLine]:
        """What the form says; a line keeps its translations, outdated when its wording changed."""
        found = []
        for values, row in self.filled():
            if values.get("kind"):
                text = _updated_text(
                    row.text if row else None, values.get("text", ""), self.language
                )
                found.append(ResourceLine(values["kind"], text))
        return found

    @staticmethod
    def rows(task: Task) -> list[TaskResource]:
        return list(task.resources.all())

    @staticmethod
    def words(line: TaskResource | ResourceLine) -> str:
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
        found = []
        for said, row in self.filled():
            values: Values = {name: said.get(name) for name in self.names}
            if values["source"]:
                note = row.note if row else Text()
                words = {name: values[name] or "" for name in ("kind", "shared_with")}
                values |= {**words, "currency": values["currency"] or "PLN", "note": note}
                found.append(MoneyLine(**values))
        return found

    @staticmethod
    def rows(task: Task) -> list[BudgetLine]:
        return list(task.budget.all())

    @staticmethod
    def words(line: BudgetLine | MoneyLine) -> str:
        figures = " / ".join(
            "–" if each is None else f"{each:.2f}"
            for each in (line.planned, line.committed, line.paid)
        )
        return (
            f"{line.year or '…'} · {BudgetLine.Source(line.source).label}: {figures} "
            f"{line.currency}"
        )


class WindowFormSet(LineFormSet[Window, WindowLine]):
    form, prefix, label = WindowForm, "windows", gettext_lazy("Several stretches of time")

    def start(self, row: Window) -> Json:
        return {"starts": row.starts, "due": row.due}

    def lines(self) -> list[WindowLine]:
        values = [form.cleaned_data for form in self.formset]
        spans = [(each.get("starts"), each.get("due")) for each in values]
        return [WindowLine(starts, due) for starts, due in spans if starts or due]

    @staticmethod
    def rows(task: Task) -> list[Window]:
        return list(task.windows.all())

    @staticmethod
    def words(line: Window | WindowLine) -> str:
        return f"{line.starts or '…'} – {line.due or '…'}"


class MilestoneFormSet(LineFormSet[Milestone, MilestoneLine]):
    form, prefix, label, marks = MilestoneForm, "milestones", gettext_lazy("Milestones"), ("name",)

    def __init__(self, data: QueryDict | None, *, task: Task | None, language: str) -> None:
        self.language = language
        super().__init__(data, task)

    def start(self, row: Milestone) -> Json:
        return {"name": row.name.words, "due": row.due, "reached_on": row.reached_on}

    def lines(self) -> list[MilestoneLine]:
        found = []
        for values, row in self.filled():
            if values.get("name", "").strip():
                name = _updated_text(row.name if row else None, values["name"], self.language)
                found.append(MilestoneLine(name, values.get("due"), values.get("reached_on")))
        return found

    @staticmethod
    def rows(task: Task) -> list[Milestone]:
        return list(task.milestones.all())

    @staticmethod
    def words(line: Milestone | MilestoneLine) -> str:
        return f"{line.name} · {line.due or '…'} · {line.reached_on or '…'}"


class TargetFormSet(LineFormSet[Target, TargetLine]):
    form, prefix, label = TargetForm, "targets", gettext_lazy("Indicators")
    names = ("indicator", "baseline", "baseline_period", "value", "by")

    def __init__(
        self, data: QueryDict | None, *, task: Task | None, municipality: Municipality
    ) -> None:
        super().__init__(data, task, municipality=municipality)

    def start(self, row: Target) -> Json:
        return {name: _normalise_decimal(getattr(row, name)) for name in self.names}

    def lines(self) -> list[TargetLine]:
        rows = [form.cleaned_data for form in self.formset if form.cleaned_data.get("indicator")]
        return [TargetLine(**{name: row[name] for name in self.names}) for row in rows]

    def repeated(self) -> bool:
        seen: set[tuple[object, str]] = set()
        for form in self.formset:
            place = form.cleaned_data.get("indicator"), form.cleaned_data.get("by", "")
            if place[0] and place in seen:
                form.add_error("by", _("This indicator has a target for this period already."))
                return True
            seen.add(place)
        return False

    @staticmethod
    def rows(task: Task) -> list[Target]:
        return list(task.targets.select_related("indicator"))

    @staticmethod
    def words(line: Target | TargetLine) -> str:
        baseline = (
            f"{_normalise_decimal(line.baseline)} ({line.baseline_period})"
            if line.baseline is not None
            else "—"
        )
        return f"{line.indicator}: {baseline} → {_normalise_decimal(line.value)} ({line.by})"


def _normalise_decimal(value: Any) -> Any:
    """Decimals without trailing zeros, as people write them."""
    return f"{value.normalize():f}" if hasattr(value, "normalize") else value


def _updated_text(old: Text | None, words: str, language: str) -> Text:
    """A wording in the language of what stood there, else in the policy's; nothing stays
    nothing.
    """
    old, words = old or Text(), words.strip()
    return old.written(old.source or language, words) if words or old else Text()
