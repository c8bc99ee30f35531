"""The table as it stood on a day, and what changed between two days, by whom."""

from collections import defaultdict
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy

from splot.core.languages import Text
from splot.implementation.columns import BY_CODE, COLUMNS, Cell
from splot.implementation.models import TaskState
from splot.implementation.queries import states_between, states_on
from splot.implementation.showing import DEFAULT
from splot.implementation.states import task_from
from splot.people.door import page
from splot.people.rules import is_coordinator, is_staff
from splot.policy.models import Policy
from splot.policy.queries import policy_of

DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class DaysForm(forms.Form):
    since = forms.DateField(label=gettext_lazy("What changed since"), required=False, widget=DATE)
    on = forms.DateField(label=gettext_lazy("As it stood on"), required=False, widget=DATE)


@page(is_staff, find=policy_of)
def history(request: HttpRequest, policy: Policy) -> HttpResponse:
    form = DaysForm(request.GET or None)
    days = form.cleaned_data if form.is_bound and form.is_valid() else {}
    on, since = days.get("on") or timezone.localdate(), days.get("since")
    context: dict[str, Any] = {"policy": policy, "form": form, "on": on, "since": since, "is_team": True}
    context["can_edit"] = is_coordinator(request.user, policy)
    now = states_on(policy, _end_of(on))
    if since and since <= on:
        before = states_on(policy, _end_of(since))
        context["changes"] = _changes(before, now, states_between(policy, _end_of(since), _end_of(on)))
    else:
        present = [state for state in now.values() if not state.is_archived]
        tasks = sorted((task_from(state.data) for state in present), key=lambda task: task.number)
        columns = [BY_CODE[code] for code in DEFAULT]
        context |= {
            "columns": columns,
            "rows": [(task, [(each, each.cell(task)) for each in columns]) for task in tasks],
        }
    return render(request, "implementation/history.html", context)


def _end_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.max))


def _changes(before: dict[int, TaskState], now: dict[int, TaskState], steps: Any) -> list[dict[str, Any]]:
    """Per row: new, taken off, put back or changed; the cells that differ; who touched it, and when."""
    touched: dict[int, list[TaskState]] = defaultdict(list)
    for step in steps:
        touched[step.task_id].append(step)
    found = []
    for key, state in now.items():
        old = before.get(key)
        cells = _differences(old, state)
        kind = "new" if old is None else "same"
        if old and old.is_archived != state.is_archived:
            kind = "archived" if state.is_archived else "restored"
        elif old and cells:
            kind = "changed"
        if kind != "same":
            found.append({"task": task_from(state.data), "kind": kind, "cells": cells, "steps": touched[key]})
    return sorted(found, key=lambda row: row["task"].number)


def _differences(old: TaskState | None, new: TaskState) -> list[tuple[Any, Cell, Cell]]:
    """The columns whose cells differ: (column, before, after)."""
    if old is None:
        return []
    earlier, later = task_from(old.data), task_from(new.data)
    pairs = [(column, column.cell(earlier), column.cell(later)) for column in COLUMNS]
    return [(column, was, now) for column, was, now in pairs if _plain(was) != _plain(now)]


def _plain(cell: Cell) -> list[Any]:
    return [line.texts if isinstance(line, Text) else line for line in cell]
