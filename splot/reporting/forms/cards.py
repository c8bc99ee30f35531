"""A form for each task that awaits a report, each sent, kept or refused by itself."""

from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpRequest
from django.utils import timezone

from splot.core.forms import offer
from splot.implementation.models import StatusUpdate, Task
from splot.implementation.periods import reporting_period_on
from splot.people.models import PersonalLink, User

from ..actions.reports import save_draft
from ..models import ReportDraft
from ..requests import ReportRequest, period_to_report
from .report import ReportForm

Drafts = dict[tuple[int, str], ReportDraft]  # by task and period


@dataclass
class ReportCard:
    """A task that awaits a report, or has had one since the requests were made: its `answer`."""

    task: Task
    requests: list[ReportRequest]
    period: str
    form: ReportForm
    answer: StatusUpdate | None
    before: StatusUpdate | None
    draft: ReportDraft | None

    @property
    def is_opened(self) -> bool:
        """Do obstacles or a reason stand in the form, or is something wrong with them?"""
        for field in (self.form["obstacles"], self.form["reason"]):
            if field.value() or (self.form.is_bound and field.errors):
                return True
        return False


def _form_prefix(task: Task) -> str:
    return f"task-{task.pk}"


def _card_form(
    task: Task,
    period: str,
    last: StatusUpdate | None,
    start: dict[str, str],
    sent: HttpRequest | None,
) -> ReportForm:
    """The form of a card, which speaks of one period alone."""
    form = ReportForm(
        sent.POST if sent else None,
        files=sent.FILES if sent else None,
        task=task,
        row=last,
        prefix=_form_prefix(task),
        initial={"period": period, **start},
        use_required_attribute=False,
    )
    offer(form, "period", [(period, period)])
    return form


class ReportCards:
    """One form for each task; every one is sent, kept or refused by itself.

    `awaited` are the tasks with what is asked. A report made since `since` counts as an answer, and
    can be corrected.
    """

    def __init__(
        self,
        request: HttpRequest,
        awaited: list[tuple[Task, list[ReportRequest]]],
        *,
        user: User | None,
        link: PersonalLink | None = None,
        since: datetime | None = None,
    ) -> None:
        self.request, self.user, self.link, self.since = request, user, link, since
        tasks = [task for task, __ in awaited]
        updates = StatusUpdate.objects.filter(task__in=tasks).select_related("said_by").by_task()
        owner = {"link": link} if link else {"user": user}
        drafts = ReportDraft.objects.filter(task__in=tasks, **owner)
        kept = {(draft.task_id, draft.period): draft for draft in drafts}
        today = timezone.localdate()
        self.cards = [
            self._card(task, requests, updates[task.pk], kept, today) for task, requests in awaited
        ]

    def _card(
        self,
        task: Task,
        requests: list[ReportRequest],
        updates: list[StatusUpdate],
        kept: Drafts,
        today: date,
    ) -> ReportCard:
        period = period_to_report(requests) or reporting_period_on(task.plan, today)
        last = next((update for update in updates if update.period == period), None)
        before = next((update for update in updates if update is not last), None)
        draft = kept.get((task.pk, period))
        is_sent = (
            self.request.method == "POST" and f"{_form_prefix(task)}-period" in self.request.POST
        )
        form = _card_form(
            task, period, last, draft.values if draft else {}, self.request if is_sent else None
        )
        is_answer = last and self.since and last.created_at >= self.since
        return ReportCard(task, requests, period, form, last if is_answer else None, before, draft)

    @property
    def done(self) -> int:
        return sum(1 for card in self.cards if card.answer)

    def sent(self) -> list[ReportCard]:
        """The cards that the button sends: one, or all in which somebody wrote."""
        only, sent = self.request.POST.get("only", ""), []
        for card in self.cards:
            is_meant = str(card.task.pk) == only if only else card.form.is_touched()
            if card.form.is_bound and is_meant:
                sent.append(card)
        return sent

    def send(self) -> tuple[int, int]:
        """Send what is valid, keep the rest as drafts. Gives how many were sent and how many
        not.
        """
        chosen, sent = self.sent(), []
        for card in chosen:
            if update := card.form.send(by=self.user, link=self.link):
                card.answer = update
                sent.append(card)
        for card in self.cards:
            if card not in sent and card.form.is_bound and card.form.is_touched():
                self._keep(card)
        for card in self.cards:
            # nobody is told what is wrong with what was not sent
            if card not in chosen and card.form.is_bound:
                last = card.form.row if isinstance(card.form.row, StatusUpdate) else None
                card.form = _card_form(card.task, card.period, last, card.form.written(), None)
        if self.since is None:  # what was reported awaits nothing any more
            self.cards = [card for card in self.cards if card not in sent]
        return len(sent), len(chosen) - len(sent)

    def keep(self) -> int:
        """Keep as drafts what changed since it was kept last; gives how many."""
        changed = [card for card in self.cards if card.form.is_bound and self._is_new(card)]
        for card in changed:
            self._keep(card)
        return len(changed)

    def _is_new(self, card: ReportCard) -> bool:
        if card.draft:
            return bool(card.form.written() != card.draft.values)
        return card.form.is_touched()

    def _keep(self, card: ReportCard) -> None:
        values = card.form.written() if card.form.is_touched() else {}
        save_draft(by=self.user, task=card.task, period=card.period, values=values, link=self.link)
