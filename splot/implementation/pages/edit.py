"""A row of the table, as the coordinator fills it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from splot.core.actions import Conflict
from splot.core.forms import RowForm, Rows, TextFormField
from splot.implementation.actions.tasks import add_task, archive_task, change_task
from splot.implementation.forms import ResourceLines, TargetLines
from splot.implementation.models import Task
from splot.implementation.queries import plan_of, task_of
from splot.implementation.rules import can_edit_table, can_edit_task
from splot.people.door import page
from splot.people.queries import people_in_charge
from splot.policy.models import Policy
from splot.policy.queries import policy_of

DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class TaskForm(RowForm):
    title = TextFormField(label=gettext_lazy("What will be done"), max_length=400)
    activities = Rows(
        label=gettext_lazy("For which activities of the policy"),
        queryset=None,
        widget=forms.CheckboxSelectMultiple,
    )
    audience = TextFormField(
        label=gettext_lazy("Who it is for"),
        rows=2,
        required=False,
        help_text=gettext_lazy("The people whose life should become easier."),
    )
    lead = forms.ModelChoiceField(
        label=gettext_lazy("Municipal institution that answers for it"), queryset=None, required=False
    )
    leader = forms.ModelChoiceField(label=gettext_lazy("Person in charge"), queryset=None, required=False)
    partners = Rows(
        label=gettext_lazy("Outside institutions"),
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    timing = forms.ChoiceField(label=gettext_lazy("When"), choices=Task.Timing.choices, widget=forms.RadioSelect)
    starts = forms.DateField(label=gettext_lazy("Start date"), required=False, widget=DATE)
    due = forms.DateField(label=gettext_lazy("Due date"), required=False, widget=DATE)
    groups = Rows(
        label=gettext_lazy("Particularly sensitive groups"),
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    monitoring = TextFormField(label=gettext_lazy("How it is monitored and evaluated"), rows=2, required=False)

    def __init__(self, *args: Any, policy: Policy, **kwargs: Any) -> None:
        row = kwargs.get("row")
        if row is not None:
            names = ("activities", "partners", "groups")
            kwargs["initial"] = {name: list(getattr(row, name).all()) for name in names}
        super().__init__(*args, language=policy.language, **kwargs)
        municipality = policy.municipality
        groups = municipality.sensitive_groups.filter(is_archived=False)
        if row is not None:
            groups = groups | row.groups.all()
        institutions = municipality.organisations.all()
        self.fields["activities"].queryset = policy.activities.select_related("area")
        # what a row names already stays on offer, whatever became of it meanwhile
        lead, leader, partners = (row.lead_id, row.leader_id, row.partners.values("pk")) if row else (None, None, [])
        self.fields["lead"].queryset = institutions.municipal() | institutions.filter(pk=lead)
        self.fields["partners"].queryset = institutions.outside() | institutions.filter(pk__in=partners)
        self.fields["groups"].queryset = groups.distinct()
        self.fields["leader"].queryset = people_in_charge(municipality, and_also=leader)

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        starts, due = values.get("starts"), values.get("due")
        if starts and due and due < starts:
            self.add_error("due", _("The due date comes before the beginning."))
        if values.get("timing") == Task.Timing.DATES and not due:
            self.add_error("due", _("Give a due date, or choose “every year” or “continuously”."))
        return values


def _handle(request: HttpRequest, policy: Policy, task: Task | None) -> HttpResponse:
    municipality = policy.municipality
    data = request.POST or None
    form = TaskForm(data, row=task, policy=policy, **_start(request, policy, task))
    resources = ResourceLines(data, task=task, language=policy.language)
    targets = TargetLines(data, task=task, municipality=municipality)
    if request.method == "POST" and all([form.is_valid(), resources.is_valid(), targets.is_valid()]):
        values = {**form.values(), "resources": resources.lines(), "targets": targets.lines()}
        try:
            task = _save(request, policy, task, form, values)
        except Conflict as conflict:
            form.show_conflict(conflict.current)
            form.conflicts += [*resources.conflicts(conflict.current), *targets.conflicts(conflict.current)]
        else:
            messages.success(request, _("Task %(number)s is saved.") % {"number": task.number})
            if "another" in request.POST:
                return redirect("add_task", municipality.slug, policy.term)
            return redirect("task", municipality.slug, policy.term, task.number)
    context = {"form": form, "resources": resources, "targets": targets, "policy": policy, "task": task}
    return render(request, "implementation/edit.html", context)


def _start(request: HttpRequest, policy: Policy, task: Task | None) -> dict[str, Any]:
    """A new task that was asked for on an activity's page begins with that activity."""
    if task is not None:
        return {}
    asked = request.GET.get("activity", "").replace("\0", "")
    return {"initial": {"activities": list(policy.activities.filter(slug=asked))}}


def _save(request: HttpRequest, policy: Policy, task: Task | None, form: TaskForm, values: dict[str, Any]) -> Task:
    if task is None:
        plan = plan_of(policy)
        return add_task(by=request.user, plan=plan, once=form.cleaned_data["once"], **values)
    return change_task(by=request.user, task=task, version=form.cleaned_data["version"], **values)


@page(can_edit_table, find=policy_of, methods=("GET", "HEAD", "POST"))
def add(request: HttpRequest, policy: Policy) -> HttpResponse:
    if plan_of(policy) is None:
        return redirect("table", policy.municipality.slug, policy.term)
    return _handle(request, policy, None)


@page(can_edit_task, find=task_of, methods=("GET", "HEAD", "POST"))
def edit(request: HttpRequest, task: Task) -> HttpResponse:
    return _handle(request, task.policy, task)


class ArchiveForm(RowForm):
    is_archived = forms.BooleanField(required=False)


@page(can_edit_task, find=task_of, methods=("POST",))
def archive(request: HttpRequest, task: Task) -> HttpResponse:
    """Take a task off the table, or put it back; nothing is lost."""
    form = ArchiveForm(request.POST)
    if form.is_valid():
        archived = form.cleaned_data["is_archived"]
        try:
            archive_task(by=request.user, task=task, version=form.cleaned_data["version"], archived=archived)
        except Conflict:
            messages.warning(request, _("Somebody changed this task meanwhile. Look at it, then try again."))
        else:
            said = _("The task is off the table. You can put it back.") if archived else _("The task is back.")
            messages.success(request, said)
    return redirect("task", task.municipality.slug, task.policy.term, task.number)
