"""The person in charge says how a task goes, or ten of them: two minutes, on a phone."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from splot.core.dates import Period
from splot.core.unsaved import mark_saved
from splot.implementation.models import StatusUpdate, Task
from splot.implementation.queries import table_year, task_of
from splot.people.door import SignedInRequest, page
from splot.people.unsaved import sender_by_account
from splot.policy.models import Policy
from splot.policy.queries import policy_of
from splot.reporting.actions.reports import save_draft
from splot.reporting.forms.cards import ReportCards
from splot.reporting.forms.report import ReportForm
from splot.reporting.forms.strays import keep_strays, report_entries, stranded_drafts
from splot.reporting.keeping import answer_draft_kept, answer_keeping, tell_left_files
from splot.reporting.queries import draft_to_go_on_with, drafts_written, status_history_of
from splot.reporting.requests import (
    period_choices,
    period_to_report,
    periods_to_offer,
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
    drafts = list(drafts_written(request.user).filter(task=task))
    draft = draft_to_go_on_with(drafts, period)
    form = ReportForm(
        request.POST or None,
        files=request.FILES or None,
        task=task,
        row=last,
        draft=draft,
        initial={"period": period},
    )
    if request.method == "POST":
        if not request.htmx and (update := form.send(by=request.user)):
            _thank(request, update, last)
            return redirect("task", task.municipality.slug, task.policy.term, task.number)
        values = form.written() if form.is_touched() else {}
        save_draft(by=request.user, task=task, period=period, values=values, form=form.form_keys())
        if request.htmx:
            return answer_draft_kept(request)
        mark_saved(request)  # as a draft; what is wrong stands in the form
    periods = []
    others = {other.period for other in drafts} - {period}
    for code in periods_to_offer(task, {period, *others, *(each.period for each in updates)}):
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
    return render(
        request, "reporting/report.html", {**context, "draft": draft, "others": sorted(others)}
    )


def _thank(request: SignedInRequest, update: StatusUpdate, last: StatusUpdate | None) -> None:
    if last is not None and update.pk == last.pk:
        messages.info(request, _("Nothing new was said: it stands there already."))
    elif update.corrects_id:
        messages.success(request, _("Your correction is saved."))
    else:
        messages.success(request, _("Thank you. Your report is saved."))


def _awaited_period(task: Task, updates: list[StatusUpdate]) -> str:
    """The period that a report is asked for; when nothing is asked, that of the latest update in
    this year.
    """
    today = timezone.localdate()
    requests = requests_by_task([task], today).get(task.pk, [])
    year = table_year(task.policy, None, today)
    reported = next((update.period for update in updates if update.year == year), str(year))
    return period_to_report(requests) or reported


@page(can_report_here, find=policy_of, methods=("GET", "HEAD", "POST"))
def report_many(request: SignedInRequest, policy: Policy) -> HttpResponse:
    """Every task of one's own that awaits a word, on one page; a mistake in one keeps the words of
    all.
    """
    town = policy.municipality
    sender = sender_by_account(request.user, town.scope)
    own = list(reportable_tasks([policy], user=request.user))
    cards = ReportCards(request, own, municipality=town, user=request.user, policy=policy)
    if request.method == "POST":
        stray = keep_strays(request, cards, sender)
        if answer := answer_keeping(request, cards, sender, stray):
            return answer
        sent, wrong = cards.send()
        tell_left_files(request, cards)
        if sent:
            message = ngettext(
                "Thank you. %(number)s report is saved.",
                "Thank you. %(number)s reports are saved.",
                sent,
            )
            messages.success(request, message % {"number": sent})
        if not wrong:
            return redirect("report_many", policy.municipality.slug, policy.term)
    context = {
        "cards": cards,
        "policy": policy,
        "entries": report_entries(cards, sender),
        "stranded": stranded_drafts(cards),
    }
    return render(request, "reporting/my_tasks.html", context)
