"""The table as it stood on a day, and what changed between two days, by whom."""

from datetime import date, datetime, time

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from splot.implementation.cells import CellLines
from splot.implementation.column import Column
from splot.implementation.columns import COLUMN_BY_CODE
from splot.implementation.history import changed_tasks, row_changes, rows_at
from splot.implementation.models import Task, TaskState
from splot.implementation.rules import can_edit_table, can_see_table_health
from splot.implementation.states import deserialise_task
from splot.implementation.table_view import DEFAULT_COLUMNS
from splot.parsing.form_fields import DayFormField
from splot.people.door import SignedInRequest, page
from splot.policy.models import Policy
from splot.policy.queries import policy_of

ROWS = 60


class DaysForm(forms.Form):
    since = DayFormField(label=gettext_lazy("What changed since"), required=False)
    on = DayFormField(label=gettext_lazy("As it stood on"), required=False)

    def clean(self) -> dict[str, object]:
        super().clean()
        values = self.cleaned_data
        since, on = values.get("since"), values.get("on") or timezone.localdate()
        if since and since > on:
            self.add_error("since", _("This day comes after the other one."))
        return values


@page(can_see_table_health, find=policy_of)
def table_history(request: SignedInRequest, policy: Policy) -> HttpResponse:
    form = DaysForm(request.GET or None)
    days = form.cleaned_data if form.is_bound and form.is_valid() else {}
    on, since = days.get("on") or timezone.localdate(), days.get("since")
    context: dict[str, object] = {
        "policy": policy,
        "form": form,
        "on": on,
        "since": since,
        "is_team": True,
        "can_edit": can_edit_table(request.user, policy),
    }
    if since:
        span = _end_of(since), _end_of(on)
        shown = Paginator(changed_tasks(policy, *span), ROWS).get_page(request.GET.get("page"))
        context |= {"page": shown, "changes": row_changes(shown.object_list, *span)}
    else:
        states = Paginator(rows_at(policy, _end_of(on)), ROWS).get_page(request.GET.get("page"))
        columns = [COLUMN_BY_CODE[code] for code in DEFAULT_COLUMNS]
        rows = [_row_with_cells(state, columns) for state in states.object_list]
        context |= {"page": states, "columns": columns, "rows": rows}
    return render(request, "implementation/history.html", context)


def _row_with_cells(
    state: TaskState, columns: list[Column]
) -> tuple[Task, list[tuple[Column, CellLines]]]:
    task = deserialise_task(state.data)
    return task, [(column, column.cell(task)) for column in columns]


def _end_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.max))
