"""Machine translation of what is missing: asked for on the page, done in the background, marked
until checked.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task as background
from django_tasks_db.models import DBTaskResult

from splot.core.actions import Conflict, Refused, action, record
from splot.core.languages import MISSING
from splot.core.models import AuditEntry
from splot.core.values import Json
from splot.people.models import User
from splot.translations.machine import (
    TranslatorFailed,
    TranslatorUnreachable,
    configured_translator,
)
from splot.translations.machine.markup import translate_texts

from ...models import Policy
from ...translations import PolicyTranslation, TranslatablePassage
from .frozen_text import refresh_frozen_text
from .writing import write_translation

BATCH_SIZE = 10  # texts kept at once: what a stopped server cannot take away again
STALLED_AFTER = timedelta(minutes=10)  # without a sign of life
UNREACHABLE, REFUSED, UNKNOWN_LANGUAGE, BROKEN = (
    "unreachable",
    "refused",
    "unknown_language",
    "broken",
)
VERB_STARTED, VERB_SAVED = "policy.machine_translation_started", "policy.translated_by_machine"


@dataclass(frozen=True)
class MachineStatus:
    """How the machine stands to one translation: whether it is offered, at work, and what the last
    work ended with.

    `texts` is what it set out to translate, `done` how much of that is translated now. `why` says
    what stopped it (UNREACHABLE, REFUSED, UNKNOWN_LANGUAGE, BROKEN or ""), `detail` in the words of
    the server. `damaged` texts were left out because their marks would not have survived.
    """

    is_offered: bool
    is_working: bool = False
    texts: int = 0
    done: int = 0
    why: str = ""
    detail: str = ""
    damaged: int = 0


def machine_status(translation: PolicyTranslation) -> MachineStatus:
    """Two queries, none without a translator."""
    if configured_translator() is None:
        return MachineStatus(is_offered=False)
    job = _last_job(translation)
    if job is None:
        return MachineStatus(is_offered=True)
    texts = job.args_kwargs["kwargs"]["texts"]
    done = max(0, texts - translation.counts[MISSING])
    if job.status in ("READY", "RUNNING"):
        is_working = _last_heartbeat(job, translation.policy) > timezone.now() - STALLED_AFTER
        return MachineStatus(True, is_working, texts, done, "" if is_working else BROKEN)
    ended = job.return_value or {"why": BROKEN}
    return MachineStatus(
        True, False, texts, done, ended["why"], ended.get("detail", ""), ended.get("damaged", 0)
    )


def _last_job(translation: PolicyTranslation) -> DBTaskResult | None:
    asked = {
        "args_kwargs__kwargs__policy": translation.policy.pk,
        "args_kwargs__kwargs__language": translation.language,
    }
    jobs = DBTaskResult.objects.filter(task_path=translate_missing.module_path, **asked)
    return jobs.order_by("-enqueued_at").first()


def _last_heartbeat(job: DBTaskResult, policy: Policy) -> datetime:
    entries = AuditEntry.objects.filter(
        model=policy._meta.label_lower, object_id=policy.pk, verb=VERB_SAVED
    )
    last = entries.order_by("-id").values_list("at", flat=True).first()
    return max(filter(None, [job.enqueued_at, job.started_at, last]))


@action
def start_machine_translation(*, by: User | None, translation: PolicyTranslation) -> None:
    """Let the background worker translate what is missing. Raises Refused when there is nothing to
    start.
    """
    machine, missing = machine_status(translation), translation.counts[MISSING]
    if not machine.is_offered:
        raise Refused(_("No machine translation is set up on this server."))
    if machine.is_working:
        raise Refused(_("The machine is translating already."))
    if not missing:
        raise Refused(_("Nothing is missing: there is nothing to translate."))
    policy, language = translation.policy, translation.language
    record(by=by, verb=VERB_STARTED, of=policy, changes={"language": [None, language]})
    translate_missing.enqueue(
        policy=policy.pk, language=language, texts=missing, by=by.pk if by else None
    )


@background()
def translate_missing(*, policy: int, language: str, texts: int, by: int | None) -> Json:
    """Translate what is missing now, a batch at a time; what is kept stays, whatever happens to the
    next.

    Gives {"kept", "damaged", "why", "detail"}, see Machine. Safe to repeat: what is there is left
    alone. `texts`, the number when it was asked for, is for the page that shows the progress.
    """
    translation = PolicyTranslation(
        Policy.objects.select_related("municipality", "amends").get(pk=policy), language
    )
    person = User.objects.filter(pk=by).first() if by else None
    ended: Json = {"kept": 0, "damaged": 0, "why": "", "detail": ""}
    machine = configured_translator()
    assert machine is not None
    try:
        languages = machine.languages()
        if languages is not None and language not in languages:
            return ended | {"why": UNKNOWN_LANGUAGE}
        for source, batch in _missing_batches(translation):
            originals = [passage.text.source_wording for passage in batch]
            answers = translate_texts(machine, originals, source, language)
            told = []
            for passage, words in zip(batch, answers, strict=True):
                if words:
                    told.append((passage, words))
            ended["damaged"] += len(batch) - len(told)
            if told:
                ended["kept"] += save_machine_translations(
                    by=person, translation=translation, told=told
                )
    except TranslatorUnreachable as error:
        return ended | {"why": UNREACHABLE, "detail": str(error)}
    except TranslatorFailed as error:
        return ended | {"why": REFUSED, "detail": str(error)}
    return ended


def _missing_batches(
    translation: PolicyTranslation,
) -> Iterator[tuple[str, list[TranslatablePassage]]]:
    """What is missing, in reading order: (source language, at most BATCH passages)."""
    missing = []
    for passage in translation.passages:
        if passage.text.state(translation.language) == MISSING:
            missing.append(passage)
    for source, group in groupby(missing, lambda passage: passage.text.source):
        passages = list(group)
        for start in range(0, len(passages), BATCH_SIZE):
            yield source, passages[start : start + BATCH_SIZE]


@action
def save_machine_translations(
    *, by: User | None, translation: PolicyTranslation, told: list[tuple[TranslatablePassage, str]]
) -> int:
    """Keep what a machine wrote, except where a person was faster. Gives how many were kept."""
    policy, language, kept = translation.policy, translation.language, 0
    for passage, words in told:
        try:
            write_translation(
                by=by,
                row=passage.row,
                field=passage.field,
                language=language,
                wording=words,
                seen="",
                original=passage.text.source_wording,
                machine=True,
            )
        except Conflict:
            continue
        kept += 1
    refresh_frozen_text(policy, language)
    record(
        by=by,
        verb=VERB_SAVED,
        of=policy,
        changes={"language": [None, language], "texts": [None, kept]},
    )
    return kept
