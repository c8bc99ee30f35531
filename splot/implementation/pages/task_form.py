"""A row of the table, as the coordinator fills it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from splot.core.actions import Conflict
from splot.core.bounds import years_around
from splot.core.forms import RowForm, act_or_warn
from splot.core.values import Values
from splot.implementation.actions.tasks import add_task, archive_task, change_task
from splot.implementation.forms import (
    LineFormSet,
    MilestoneFormSet,
    MoneyFormSet,
    ResourceFormSet,
    TargetFormSet,
    TaskForm,
    WindowFormSet,
)
from splot.implementation.models import Task
from splot.implementation.queries import plan_of, task_of
from splot.implementation.rules import can_edit_table, can_edit_task
from splot.people.door import SignedInRequest, page
from splot.policy.models import Policy
from splot.policy.queries import policy_of


def _handle_form(request: SignedInRequest, policy: Policy, task: Task | None) -> HttpResponse:
    municipality, years = policy.municipality, years_around(policy.years)
    data = request.POST or None
    form = TaskForm(data, row=task, policy=policy, **_initial_values(request, policy, task))
    lines: dict[str, LineFormSet[Any, Any]] = {
        "windows": WindowFormSet(data, task=task, years=years),
        "milestones": MilestoneFormSet(data, task=task, language=policy.language, years=years),
        "resources": ResourceFormSet(data, task=task, language=policy.language),
        "budget": MoneyFormSet(data, task=task),
        "targets": TargetFormSet(data, task=task, municipality=municipality),
    }
    if request.method == "POST" and all(
        [form.is_valid(), *(formset.is_valid() for formset in lines.values())]
    ):
        values = {
            **form.values(),
            **{name: formset.lines() for name, formset in lines.items() if formset.is_sent},
        }
        try:
            task = _save_task(request, policy, task, form, values)
        except ValidationError as error:
            form.show_refusal(error)
        except Conflict as conflict:
            form.show_conflict(conflict.current)
            assert isinstance(conflict.current, Task)
            for formset in lines.values():
                form.conflicts += formset.conflicts(conflict.current)
            if task and not form.conflicts and not values.get("let_go"):  # it was sent twice
                return redirect("task", municipality.slug, policy.term, task.number)
        else:
            messages.success(request, _("Task %(number)s is saved.") % {"number": task.number})
            if "another" in request.POST:
                return redirect("add_task", municipality.slug, policy.term)
            return redirect("task", municipality.slug, policy.term, task.number)
    is_first = task is None and not policy.tasks.exists()
    context = {"form": form, "policy": policy, "task": task, "is_first": is_first, **lines}
    return render(request, "implementation/task_form.html", context)


def _initial_values(request: SignedInRequest, policy: Policy, task: Task | None) -> Values:
    """A new task that was asked for on an activity's page begins with that activity."""
    if task is not None:
        return {}
    asked = request.GET.get("activity", "").replace("\0", "")
    return {"initial": {"activities": list(policy.activities.filter(slug=asked))}}


def _save_task(
    request: SignedInRequest,
    policy: Policy,
    task: Task | None,
    form: TaskForm,
    values: Values,
) -> Task:
    if task is None:
        plan = plan_of(policy)
        assert plan is not None
        return add_task(
            by=request.user,
            plan=plan,
            idempotency_key=form.cleaned_data["idempotency_key"],
            **values,
        )
    return change_task(by=request.user, task=task, version=form.cleaned_data["version"], **values)


@page(can_edit_table, find=policy_of, methods=("GET", "HEAD", "POST"))
def new_task(request: SignedInRequest, policy: Policy) -> HttpResponse:
    if plan_of(policy) is None:
        return redirect("table", policy.municipality.slug, policy.term)
    return _handle_form(request, policy, None)


@page(can_edit_task, find=task_of, methods=("GET", "HEAD", "POST"))
def edit_task(request: SignedInRequest, task: Task) -> HttpResponse:
    return _handle_form(request, task.policy, task)


class ArchiveForm(RowForm):
    is_archived = forms.BooleanField(required=False)


@page(can_edit_task, find=task_of, methods=("POST",))
def archive_or_restore_task(request: SignedInRequest, task: Task) -> HttpResponse:
    """Take a task off the table, or put it back; nothing is lost."""
    form = ArchiveForm(request.POST)
    if form.is_valid():
        archived, version = form.cleaned_data["is_archived"], form.cleaned_data["version"]

        def archive() -> None:
            archive_task(by=request.user, task=task, version=version, archived=archived)

        if act_or_warn(request, archive, changed=_changed_meanwhile()):
            off, back = _("The task is off the table. You can put it back."), _("The task is back.")
            messages.success(request, off if archived else back)
    return redirect("task", task.municipality.slug, task.policy.term, task.number)


class UnparsedForm(RowForm):
    column = forms.CharField(max_length=200)


@page(can_edit_task, find=task_of, methods=("POST",))
def dismiss_unparsed(request: SignedInRequest, task: Task) -> HttpResponse:
    """Somebody has dealt with words of a spreadsheet that were not understood: they need not be
    kept beside the row.
    """
    form = UnparsedForm(request.POST)
    if form.is_valid():
        left = {
            name: text for name, text in task.unread.items() if name != form.cleaned_data["column"]
        }
        version = form.cleaned_data["version"]

        def dismiss() -> None:
            change_task(by=request.user, task=task, version=version, unread=left)

        if act_or_warn(request, dismiss, changed=_changed_meanwhile()):
            messages.success(request, _("The words are put away. The audit trail still has them."))
    return redirect("task", task.municipality.slug, task.policy.term, task.number)


def _changed_meanwhile() -> str:
    return _("Somebody changed this task meanwhile. Look at it, then try again.")
