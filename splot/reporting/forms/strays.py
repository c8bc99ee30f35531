"""What was sent of tasks that are not the person's to report on any more: kept, and told why."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from splot.core.dates import Period
from splot.core.models import UnsavedEntry
from splot.core.unsaved import KeptWords, mark_kept, show_entry, unsaved_entries
from splot.core.unsaved.sent_forms import KEY_FIELD, SentForm, form_key_of, hash_keys
from splot.implementation.models import StatusUpdate, Task
from splot.people.models import Municipality, PersonalLink
from splot.people.unsaved import Sender, restoring_address, unsaved_query

from ..actions.reports import FormKeys, keep_stray_reports
from ..labels import report_words
from ..models import ReportDraft
from ..queries import drafts_written, report_address, tasks_by_key
from ..requests import unreportable_reason
from .cards import CARD_PREFIX, ReportCards
from .report import ReportForm

_FIELD = re.compile(rf"{CARD_PREFIX}([0-9]{{1,15}})-(\w+)")
Fields = dict[str, str]  # of one task's form


@dataclass(frozen=True)
class StrayReport:
    """What was written of a task without a card; None for a task that is not there at all."""

    key: int
    task: Task | None
    fields: Fields
    form: FormKeys | None

    @property
    def data(self) -> list[tuple[str, str]]:
        """Its fields as the form sends them."""
        return [(f"{CARD_PREFIX}{self.key}-{name}", text) for name, text in self.fields.items()]


def keep_strays(request: HttpRequest, cards: ReportCards, sender: Sender) -> UnsavedEntry | None:
    """Keep what was written of tasks that have no card, for its writer; None where nothing was."""
    known = {card.task.pk for card in cards.cards}
    strays = _stray_reports(request, cards.municipality, known)
    if not strays:
        return None
    words, data = _words_and_data(strays)
    mark_kept(request)
    return keep_stray_reports(
        by=cards.user,
        link=cards.link,
        sender=sender,
        sent=SentForm(_key_of(data), urlencode(data), words),
        reasons=[unreportable_reason(stray.task) for stray in strays],
        keys={stray.key: stray.form for stray in strays if stray.form},
    )


def parse_late_reports(request: HttpRequest, link: PersonalLink) -> SentForm | None:
    """What was written with a link that had ended, of every task of the page: what is neither said
    nor kept as a draft. None where nothing is.
    """
    kept = {draft.task_id: draft.values for draft in drafts_written(link.user, link)}
    strays: list[StrayReport] = []
    for stray in _stray_reports(request, link.municipality, set()):
        draft = kept.get(stray.key)
        if draft is None or any(
            draft.get(name, "") != stray.fields.get(name, "") for name in draft
        ):
            strays.append(stray)
    if not strays:
        return None
    words, data = _words_and_data(strays)
    return SentForm(form_key_of(request.POST, request.path), urlencode(data), words)


def _words_and_data(
    strays: Iterable[StrayReport],
) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """What its writer reads again, by task, and the fields as the form sent them."""
    words: list[tuple[str, str]] = []
    data: list[tuple[str, str]] = []
    for stray in strays:
        words += report_words(stray.task, stray.fields)
        data += stray.data
    return words, data


def _stray_reports(
    request: HttpRequest, municipality: Municipality, known: Collection[int]
) -> list[StrayReport]:
    """The tasks without a card (the `known` ones have one) of which somebody wrote more than what
    had been said before.
    """
    fields_by_task = _stray_fields(request, known)
    if not fields_by_task:
        return []
    tasks = tasks_by_key(municipality, fields_by_task)
    updates = StatusUpdate.objects.filter(task__in=tasks.values()).by_task()
    strays = []
    for key, fields in fields_by_task.items():
        task = tasks.get(key)
        form = _stray_form(request, task, updates[key], fields) if task else None
        if (form is None or form.is_touched()) and report_words(task, fields):
            strays.append(StrayReport(key, task, fields, form.form_keys() if form else None))
    return strays


def report_entries(cards: ReportCards, sender: Sender) -> list[tuple[KeptWords, str]]:
    """What the person sent of reports and could not be saved, each with the address that opens its
    form with the words, where it is still theirs to send.
    """
    entries = []
    for entry in unsaved_entries(sender.scope, sender.writers):
        fields = QueryDict(entry.data)
        tasks = {int(match[1]) for match in map(_FIELD.fullmatch, fields) if match}
        if tasks & {card.task.pk for card in cards.cards}:
            entries.append((show_entry(entry), unsaved_query(entry)))
        elif tasks or "narrative" in fields:
            entries.append((show_entry(entry), restoring_address(entry)))
    return entries


def name_draft(draft: ReportDraft) -> str:
    """How the button "discard" names a draft, apart from the entries beside it."""
    return f"draft-{draft.pk}"


def stranded_drafts(cards: ReportCards) -> list[tuple[KeptWords, str]]:
    """Drafts that no card shows, each with the address of its form, where its writer can still
    open one.
    """
    drafts = []
    for draft in cards.stranded():
        is_own = draft.task_id in cards.own
        kept = KeptWords(
            name=name_draft(draft),
            reason=_other_period(draft) if is_own else str(unreportable_reason(draft.task)),
            words=report_words(draft.task, draft.values),
            kept_at=draft.saved_at,
            is_draft=True,
        )
        can_open = is_own and cards.link is None
        drafts.append((kept, report_address(draft.task, draft.period) if can_open else ""))
    return drafts


def _other_period(draft: ReportDraft) -> str:
    return _("It is about %(period)s, and nothing is asked about that any more.") % {
        "period": Period.parse(draft.period)
    }


def _stray_fields(request: HttpRequest, known: Collection[int]) -> dict[int, Fields]:
    """{key of a task without a card: what was sent of it}."""
    fields_by_task: dict[int, Fields] = {}
    for name, text in request.POST.items():
        match = _FIELD.fullmatch(name)
        if match and int(match[1]) not in known:
            fields = fields_by_task.setdefault(int(match[1]), {})
            fields[match[2]] = str(text).replace("\0", "")
    return fields_by_task


def _stray_form(
    request: HttpRequest, task: Task, updates: list[StatusUpdate], fields: Fields
) -> ReportForm:
    period = fields.get("period")
    last = next((update for update in updates if update.period == period), None)
    prefix = f"{CARD_PREFIX}{task.pk}"
    return ReportForm(request.POST, task=task, row=last, prefix=prefix)


def _key_of(data: list[tuple[str, str]]) -> str:
    """Another key than that of the page's whole form, in which the other tasks may be saved."""
    return hash_keys(["strays", *(text for name, text in data if name.endswith(KEY_FIELD))])
