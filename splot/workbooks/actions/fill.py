"""Writes the merged cells of a workbook into its tasks."""

from collections.abc import Collection
from dataclasses import replace
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from splot.core.dates import Period
from splot.core.languages import Text
from splot.core.values import Json
from splot.implementation.actions.money import change_budget_lines
from splot.implementation.actions.status_updates import save_status_updates
from splot.implementation.lines import BudgetLineChange, MoneyLine, line_values
from splot.implementation.models import BudgetLine, StatusUpdate, Task
from splot.implementation.progress import build_status_update
from splot.implementation.statuses import NEEDING_REASON
from splot.people.models import User
from splot.people.queries import share_parents

from ..cells import deserialise_reach
from ..models import IssuedWorkbook
from ..queries import budget_lines_by_task, current_values, fillable_line, updates_for_period
from ..schema import FILLABLE_FIGURES, PROGRESS_CELLS, CellValues


class TableWriter:
    """The tasks of a workbook as they are now, locked until its cells are written.

    `rows` is {task's number: Row}. What rows say is written together: call `finish` when all are
    filled.
    """

    def __init__(self, workbook: IssuedWorkbook, numbers: Collection[int]) -> None:
        policy = workbook.plan.policy
        rows = Task.objects.select_for_update(of=("self",)).filter(
            policy=policy, number__in=numbers
        )
        tasks = list(rows.current().select_related("lead", "leader").order_by("pk"))
        keys = [task.pk for task in tasks]
        updates, lines = updates_for_period(keys, workbook.period), budget_lines_by_task(keys)
        self.rows: dict[int, TaskWriter] = {}
        for task in tasks:
            share_parents(task, policy)
            self.rows[task.number] = TaskWriter(
                workbook, task, updates.get(task.pk), lines.get(task.pk, [])
            )

    def finish(self, by: User | None) -> None:
        reports: list[StatusUpdate] = []
        changes: list[BudgetLineChange] = []
        for row in self.rows.values():
            if row.report:
                reports.append(row.report)
            if row.figures:
                changes.append(row.figures)
        if reports:
            save_status_updates(by=by, reports=reports)
        if changes:
            change_budget_lines(by=by, changes=changes)


class TaskWriter:
    """A task with its latest update for the workbook's period and its money."""

    def __init__(
        self,
        workbook: IssuedWorkbook,
        task: Task,
        update: StatusUpdate | None,
        lines: list[BudgetLine],
    ) -> None:
        self.workbook, self.task, self.update, self.lines = workbook, task, update, lines
        self.year = Period.parse(workbook.period).year
        self.now = current_values(update, lines, self.year)
        self.figures: BudgetLineChange | None = None
        self.report: StatusUpdate | None = None

    def fill(self, values: CellValues) -> dict[str, str]:
        """{cell: why it cannot be written}. A row is filled once."""
        progress = {code: value for code, value in values.items() if code in PROGRESS_CELLS}
        money = {code: value for code, value in values.items() if code in FILLABLE_FIGURES}
        if money:
            self.figures = self._account(money)
        why = self._say(progress) if progress else ""
        return dict.fromkeys(progress, why) if why else {}

    def _say(self, values: CellValues) -> str:
        """A new word on the task: the last one with what is new. The reason why it cannot be said,
        or "".
        """
        status = values.get("status", self.update.status if self.update else "")
        if not status:
            return _("How the task goes is missing: choose it from the list.")
        fields: Json = {name: self._text(name, values) for name in ("narrative", "obstacles")}
        if status in NEEDING_REASON:
            before = self.update.reason if self.update and "obstacles" not in values else None
            fields["reason"] = before or fields["obstacles"]
        if reached := values.get("reached"):
            fields["reached_qualifier"], fields["reached"], fields["reached_unit"] = (
                deserialise_reach(reached)
            )
        elif self.update and "reached" not in values:
            for name in ("reached", "reached_qualifier", "reached_unit"):
                fields[name] = getattr(self.update, name)
        try:
            self.report = build_status_update(
                task=self.task,
                period=self.workbook.period,
                status=status,
                corrects=self.update,
                said_for=self.workbook.organisation,
                **fields,
            )
        except ValidationError as error:
            return " ".join(error.messages)
        return ""

    def _text(self, name: str, values: CellValues) -> Text:
        old = getattr(self.update, name) if self.update else Text()
        if name not in values or not (values[name] or old):
            return old
        return old.written(old.source or self.workbook.plan.policy.language, values[name])

    def _account(self, money: CellValues) -> BudgetLineChange:
        """New figures in the task's one line for this year, never in one without a year; a line
        needs a figure.
        """
        __, line = fillable_line(self.lines, self.year)
        figures: Json = {code: Decimal(value) if value else None for code, value in money.items()}
        day = min(timezone.localdate(), Period.parse(self.workbook.period).end)
        start = (
            MoneyLine(**line_values(line, MoneyLine(source=line.source)))
            if line
            else self._new_line()
        )
        wanted = replace(start, **figures, as_at=day)
        written = (wanted.planned, wanted.committed, wanted.paid)
        return BudgetLineChange(self.task, line, None if written == (None, None, None) else wanted)

    def _new_line(self) -> MoneyLine:
        """The source of the task's one line without a year, if it has one. Of money that nobody had
        planned: the municipality's own if it leads the task, and the note says why.
        """
        undated = [line for line in self.lines if line.year is None]
        if len(undated) == 1:
            undated_line = undated[0]
            names = ("source", "kind", "currency", "shared_with")
            fields: Json = {name: getattr(undated_line, name) for name in names}
            return MoneyLine(year=self.year, **fields)
        lead, policy = self.task.lead, self.workbook.plan.policy
        source = (
            BudgetLine.Source.OWN
            if lead is not None and lead.is_municipal
            else BudgetLine.Source.OTHER
        )
        with override(policy.language):
            sentence = _("From the sheet of %(institution)s; nobody has named the source.")
            note = sentence % {"institution": self.workbook.organisation}
        return MoneyLine(
            source=source, year=self.year, note=Text.of(policy.language, {policy.language: note})
        )
