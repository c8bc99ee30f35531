"""The lines of one sort that a task has, as a form: what every such form does."""

from collections.abc import Sequence
from typing import Any, Generic, TypeVar

from django import forms
from django.db import models
from django.http import QueryDict

from splot.core.values import Json, Words
from splot.implementation.models import Task

from .line_forms import LineForm

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
        initial = None if data else [self._initial(row) for row in self.before]
        formset = forms.formset_factory(
            self.form, extra=self.spare, max_num=30, absolute_max=40, validate_max=True
        )
        # what was sent is compared with nothing: a new line that is saved already, sent twice, is a
        # line all the same
        self.formset = formset(data, initial=initial, prefix=self.prefix, form_kwargs=form_kwargs)

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
    def describe_line(line: Row | Line) -> str:
        """A line as a reader compares it."""
        raise NotImplementedError

    def _initial(self, row: Row) -> Json:
        values = self.start(row)
        return {**values, "was": self._mark(values)}

    def _mark(self, values: Json) -> str:
        return "|".join(str(values.get(name) or "") for name in self.marks)

    def filled(self) -> list[tuple[Json, Row | None]]:
        """What each form says, with the row that it showed or that says the same; None for a new
        line.

        Somebody may have put lines before it or changed them since, so the place says nothing.
        """
        unmatched = [(self._mark(self.start(row)), row) for row in self.before]
        filled: list[tuple[Json, Row | None]] = []
        for form in self.formset:
            values = form.cleaned_data
            row = _take_row(unmatched, values.get("was")) or _take_row(
                unmatched, self._mark(values)
            )
            filled.append((values, row))
        return filled

    def is_valid(self) -> bool:
        """Lines that a form does not speak of, or that it leaves as they are, need not be right."""
        if not self.is_sent:
            return True
        for form in self.formset:
            if not form.is_valid():
                form.keep_if_unchanged(map(self.start, self.before))
        return self.formset.is_valid() and not self.repeated()

    def repeated(self) -> bool:
        """Does a line stand twice, where it may stand once? Says so on the later one."""
        return False

    def conflicts(self, current: Task) -> list[tuple[str, str, str]]:
        """What the task's lines are by now and what the form says, if they differ; as
        RowForm.conflicts.
        """
        if not self.is_sent:
            return []
        theirs = "\n".join(map(self.describe_line, self.rows(current)))
        mine = "\n".join(map(self.describe_line, self.lines()))
        return [(str(self.label), theirs or "—", mine or "—")] if theirs != mine else []


def _take_row(unmatched: list[tuple[str, Row]], mark: str | None) -> Row | None:
    """Take the first row with this mark out of those that no form was matched with yet."""
    for pair in unmatched:
        if mark and pair[0] == mark:
            unmatched.remove(pair)
            return pair[1]
    return None
