"""A form for each task that awaits a report, each sent, kept or refused by itself."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from django.utils import timezone

from splot.core.forms import offer
from splot.implementation.models import StatusUpdate, Task
from splot.implementation.periods import reporting_period_on
from splot.people.models import Municipality, PersonalLink, User
from splot.policy.models import Policy

from ..actions.reports import save_draft
from ..models import ReportDraft
from ..queries import draft_to_go_on_with, drafts_written
from ..requests import ReportRequest, awaited_reports, period_choices, period_to_report
from .report import ReportForm

CARD_PREFIX = "task-"


@dataclass
class ReportCard:
    """A task that awaits a report, or has had one since the requests were made: its `answer`; or
    one that somebody has begun to write of, though nothing is asked of it any more.
    """

    task: Task
    requests: list[ReportRequest]
    period: str
    form: ReportForm
    answer: StatusUpdate | None
    before: StatusUpdate | None
    draft: ReportDraft | None
    is_sendable: bool  # with a link only what is asked; the rest stays a draft

    @property
    def is_opened(self) -> bool:
        """Do obstacles or a reason stand in the form, or is something wrong with them?"""
        for field in (self.form["obstacles"], self.form["reason"]):
            if field.value() or (self.form.is_bound and field.errors):
                return True
        return False


def _form_prefix(task: Task) -> str:
    return f"{CARD_PREFIX}{task.pk}"


def is_card_sent(request: HttpRequest, task: Task) -> bool:
    return f"{_form_prefix(task)}-period" in request.POST


def build_card_form(
    task: Task,
    period: str,
    last: StatusUpdate | None,
    draft: ReportDraft | None,
    sent: HttpRequest | None,
) -> ReportForm:
    """The form of a card, which speaks of one period alone."""
    form = ReportForm(
        sent.POST if sent else None,
        files=sent.FILES if sent else None,
        task=task,
        row=last,
        draft=draft,
        prefix=_form_prefix(task),
        initial={"period": period},
        use_required_attribute=False,
    )
    offer(form, "period", [(period, period)])
    return form


class ReportCards:
    """One form for each task; every one is sent, kept or refused by itself.

    `own` are the tasks that the person can report on, in one `policy` if the page is about one.
    Those that await a report have a card (as it
    stood when the link was made, so that what is sent with it can be corrected), and so do those
    that something was written or sent of, whatever has become of the request.
    """

    def __init__(
        self,
        request: HttpRequest,
        own: Iterable[Task],
        *,
        municipality: Municipality,
        user: User | None,
        link: PersonalLink | None = None,
        policy: Policy | None = None,
    ) -> None:
        self.request, self.municipality, self.policy = request, municipality, policy
        self.user, self.link = user, link
        self.since: datetime | None = link.made_at if link else None
        own = list(own)
        self.own = {task.pk for task in own}
        drafts: dict[int, list[ReportDraft]] = defaultdict(list)
        for draft in drafts_written(user, link).filter(task__in=own):
            drafts[draft.task_id].append(draft)
        pairs = awaited_reports(own, timezone.localdate(), before=self.since)
        awaited = {task.pk for task, __ in pairs}
        for task in own:
            if task.pk not in awaited and (task.pk in drafts or is_card_sent(request, task)):
                pairs.append((task, []))
        self.cards = self._cards(pairs, drafts)

    def _cards(
        self,
        pairs: Sequence[tuple[Task, list[ReportRequest]]],
        drafts: dict[int, list[ReportDraft]],
    ) -> list[ReportCard]:
        tasks = [task for task, __ in pairs]
        updates = StatusUpdate.objects.filter(task__in=tasks)
        updates_of = updates.select_related("said_by", "said_for").by_task()
        cards = []
        for task, requests in pairs:
            own_drafts = drafts.get(task.pk, [])
            cards.append(self._card(task, requests, updates_of[task.pk], own_drafts))
        return cards

    def _card(
        self,
        task: Task,
        requests: list[ReportRequest],
        updates: list[StatusUpdate],
        drafts: list[ReportDraft],
    ) -> ReportCard:
        period = self._period_of(task, requests, drafts)
        last = next((update for update in updates if update.period == period), None)
        before = next((update for update in updates if update is not last), None)
        draft = draft_to_go_on_with(drafts, period)
        form = build_card_form(
            task, period, last, draft, self.request if is_card_sent(self.request, task) else None
        )
        is_answer = last and self.since and last.created_at >= self.since
        answer = last if is_answer else None
        is_sendable = self.link is None or period == period_to_report(requests)
        return ReportCard(task, requests, period, form, answer, before, draft, is_sendable)

    def _period_of(
        self, task: Task, requests: list[ReportRequest], drafts: list[ReportDraft]
    ) -> str:
        """The period that the form which was sent speaks of, though another one may be asked for by
        now; else the one that is asked for, or that of a draft where nothing is.
        """
        today = timezone.localdate()
        asked = period_to_report(requests)
        draft = draft_to_go_on_with(drafts, asked or "", or_any=True)
        sent = self.request.POST.get(f"{_form_prefix(task)}-period", "")
        if sent in period_choices(task):
            return sent
        return asked or (draft.period if draft else reporting_period_on(task.plan, today))

    def stranded(self) -> list[ReportDraft]:
        """Drafts that no card shows: the task is not theirs any more, or another period is asked
        for by now.
        """
        shown = [card.draft.pk for card in self.cards if card.draft]
        drafts = drafts_written(self.user, self.link).filter(municipality=self.municipality)
        if self.policy:
            drafts = drafts.filter(task__policy=self.policy)
        return list(drafts.exclude(pk__in=shown).select_related("task__policy"))

    @property
    def done(self) -> int:
        return sum(1 for card in self.cards if card.answer)

    def sent(self) -> list[ReportCard]:
        """The cards that the button sends: one, or all in which somebody wrote."""
        only, sent = self.request.POST.get("only", ""), []
        for card in self.cards:
            is_meant = str(card.task.pk) == only if only else card.form.is_touched()
            if card.form.is_bound and is_meant and card.is_sendable:
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
                card.form = build_card_form(card.task, card.period, last, card.draft, None)
        if self.since is None:  # what was reported awaits nothing any more
            self.cards = [card for card in self.cards if card not in sent]
        return len(sent), len(chosen) - len(sent)

    def left_files(self) -> list[int]:
        """The numbers of the tasks whose files were chosen and not sent."""
        left = []
        for key in self.request.FILES:
            for card in self.cards:
                is_sent = card.form.is_bound and card.form.is_valid()
                if key == card.form.add_prefix("files") and not is_sent:
                    left.append(card.task.number)
        return left

    def keep(self) -> int:
        """Keep as drafts what changed since it was kept last; gives how many."""
        changed = [card for card in self.cards if card.form.is_bound and self._is_new(card)]
        for card in changed:
            self._keep(card)
        return len(changed)

    def _is_new(self, card: ReportCard) -> bool:
        if card.draft and card.draft.form_key in card.form.form_keys():
            return bool(card.form.written() != card.draft.values)
        return card.form.is_touched()

    def _keep(self, card: ReportCard) -> None:
        values = card.form.written() if card.form.is_touched() else {}
        draft = save_draft(
            by=self.user,
            task=card.task,
            period=card.period,
            values=values,
            link=self.link,
            form=card.form.form_keys(),
        )
        card.draft = draft if draft.values else None
