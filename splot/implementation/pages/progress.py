"""The person in charge says how a task goes: two minutes, on a phone."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from splot.core.dates import Period
from splot.core.forms import RowForm, TextFormField
from splot.core.numbers import Qualifier
from splot.implementation.actions.progress import report_progress
from splot.implementation.models import Status, StatusUpdate, Task
from splot.implementation.queries import history_of, table_year, task_of
from splot.implementation.rules import can_report
from splot.people.door import page


class ProgressForm(RowForm):
    period = forms.ChoiceField(label=gettext_lazy("Period"), widget=forms.HiddenInput)
    status = forms.ChoiceField(
        label=gettext_lazy("How does the task go?"), choices=Status.choices, widget=forms.RadioSelect
    )
    narrative = TextFormField(
        label=gettext_lazy("What was done?"),
        rows=5,
        help_text=gettext_lazy("Two or three sentences that a resident understands."),
    )
    obstacles = TextFormField(label=gettext_lazy("What stood in the way?"), rows=3, required=False)
    reason = TextFormField(
        label=gettext_lazy("Why was it abandoned?"),
        rows=2,
        required=False,
        help_text=gettext_lazy("Only for an abandoned task."),
    )
    reached = forms.IntegerField(
        label=gettext_lazy("How many were reached?"),
        min_value=0,
        max_value=2_000_000_000,
        required=False,
        help_text=gettext_lazy("Leave empty if you do not know; 0 means nobody."),
    )
    reached_qualifier = forms.ChoiceField(
        label=gettext_lazy("How sure is the number?"), choices=Qualifier.choices, initial=Qualifier.EXACT
    )
    reached_unit = forms.ChoiceField(label=gettext_lazy("What is counted?"), choices=StatusUpdate.ReachUnit.choices)

    def __init__(self, *args: Any, task: Task, **kwargs: Any) -> None:
        super().__init__(*args, language=task.policy.language, **kwargs)
        self.fields["period"].choices = [(code, code) for code in _periods(task)]

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if values.get("status") == Status.ABANDONED and not values.get("reason"):
            self.add_error("reason", _("Say why the task was abandoned."))
        return values


@page(can_report, find=task_of, methods=("GET", "HEAD", "POST"))
def report(request: HttpRequest, task: Task) -> HttpResponse:
    """One period at a time: what was said of it last is the start of a correction, and of nothing else."""
    updates = list(history_of(task)[:50])
    asked = request.POST.get("period") or request.GET.get("period")
    period = asked if asked in _periods(task) else _awaited(task, updates)
    last = next((update for update in updates if update.period == period), None)
    form = ProgressForm(request.POST or None, task=task, row=last, initial={"period": period})
    if request.method == "POST" and form.is_valid():
        try:
            update = report_progress(by=request.user, task=task, once=form.cleaned_data["once"], **form.values())
        except ValidationError as error:
            form.add_error(None, error)
        else:
            said = _("Your correction is saved.") if update.corrects_id else _("Thank you. Your report is saved.")
            messages.success(request, said)
            return redirect("task", task.municipality.slug, task.policy.term, task.number)
    periods = [
        {"label": str(Period.parse(code)), "url": f"?period={code}", "current": code == period}
        for code in _periods(task)
    ]
    context = {"form": form, "task": task, "policy": task.policy, "last": last, "periods": periods, "period": period}
    return render(request, "implementation/report.html", context)


def _periods(task: Task) -> list[str]:
    """Those of the term that have begun; a term that lies ahead offers its first year."""
    codes = [code for year in task.policy.years for code in (f"{year}", f"{year}-H1", f"{year}-H2")]
    today = timezone.localdate()
    return [code for code in codes if Period.parse(code).start <= today] or codes[:1]


def _awaited(task: Task, updates: list[StatusUpdate]) -> str:
    """The year that a report is awaited for: this one, but until March the last one while nobody spoke of it."""
    today = timezone.localdate()
    year = table_year(task.policy, None, today)
    before = today.year - 1
    silent = all(update.year != before for update in updates)
    return str(before if today.month <= 3 and before in task.policy.years and silent else year)
