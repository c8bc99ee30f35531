"""The person in charge says how a task goes, or ten of them: two minutes, on a phone."""

from babel.dates import format_time
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from splot.core.dates import Period
from splot.implementation.models import StatusUpdate, Task
from splot.implementation.queries import table_year, task_of
from splot.people.door import SignedInRequest, page
from splot.policy.models import Policy
from splot.policy.queries import policy_of
from splot.reporting.actions.reports import save_draft
from splot.reporting.forms.cards import ReportCards
from splot.reporting.forms.report import ReportForm
from splot.reporting.queries import draft_of, status_history_of
from splot.reporting.requests import (
    awaited_reports,
    period_choices,
    period_to_report,
    reportable_tasks,
    requests_by_task,
)
from splot.reporting.rules import can_report, can_report_here


@page(can_report, find=task_of, methods=("GET", "HEAD", "POST"))
def report_task(request: SignedInRequest, task: Task) -> HttpResponse:
    """One period at a time: what was said of it last is the start of a correction, and of nothing
    else.
    """
    updates = list(status_history_of(task)[:50])
    choices = period_choices(task)
    wanted = request.POST.get("period") or request.GET.get("period")
    period = wanted if wanted in choices else _awaited_period(task, updates)
    last = next((update for update in updates if update.period == period), None)
    draft = draft_of(task, period, user=request.user)
    start = {"period": period, **(draft.values if draft else {})}
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = ReportForm(sent[0], files=sent[1], task=task, row=last, initial=start)
    if request.method == "POST" and request.htmx:
        values = form.written() if form.is_touched() else {}
        save_draft(by=request.user, task=task, period=period, values=values)
        return render(
            request, "reporting/_draft_saved.html", {"time": _format_now(), "place": "kept"}
        )
    if request.method == "POST" and (update := form.send(by=request.user)):
        thanks = _("Thank you. Your report is saved.")
        if update.corrects_id:
            thanks = _("Your correction is saved.")
        messages.success(request, thanks)
        return redirect("task", task.municipality.slug, task.policy.term, task.number)
    periods = []
    for code in choices:
        label, is_current = str(Period.parse(code)), code == period
        periods.append({"label": label, "url": f"?period={code}", "current": is_current})
    context = {
        "form": form,
        "task": task,
        "policy": task.policy,
        "last": last,
        "periods": periods,
        "period": period,
    }
    return render(request, "reporting/report.html", {**context, "draft": draft})


def _awaited_period(task: Task, updates: list[StatusUpdate]) -> str:
    """The period that a report is asked for; when nothing is asked, that of the latest update in
    this year.
    """
    today = timezone.localdate()
    requests = requests_by_task([task], today).get(task.pk, [])
    year = table_year(task.policy, None, today)
    reported = next((update.period for update in updates if update.year == year), str(year))
    return period_to_report(requests) or reported


def _format_now() -> str:
    return format_time(timezone.localtime(), "short", locale=get_language())


@page(can_report_here, find=policy_of, methods=("GET", "HEAD", "POST"))
def report_many(request: SignedInRequest, policy: Policy) -> HttpResponse:
    """Every task of one's own that awaits a word, on one page; a mistake in one keeps the words of
    all.
    """
    cards = ReportCards(
        request,
        awaited_reports(reportable_tasks([policy], user=request.user), timezone.localdate()),
        user=request.user,
    )
    if request.method == "POST" and request.htmx:
        cards.keep()
        return render(
            request, "reporting/_draft_saved.html", {"time": _format_now(), "place": "kept"}
        )
    if request.method == "POST":
        sent, wrong = cards.send()
        if sent:
            message = ngettext(
                "Thank you. %(number)s report is saved.",
                "Thank you. %(number)s reports are saved.",
                sent,
            )
            messages.success(request, message % {"number": sent})
        if not wrong:
            return redirect("report_many", policy.municipality.slug, policy.term)
    return render(request, "reporting/my_tasks.html", {"cards": cards, "policy": policy})
