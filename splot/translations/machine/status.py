"""How far machine translation of a collection into a language is, and what it ended with."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from splot.core.languages import MISSING
from splot.core.models import AuditEntry

from ..texts import Translation
from . import configured_translator

MACHINE_TASK = "splot.translations.actions.machine.translate_missing"
STALLED_AFTER = timedelta(minutes=10)  # without a sign of life
UNREACHABLE, REFUSED, UNKNOWN_LANGUAGE, BROKEN = (
    "unreachable",
    "refused",
    "unknown_language",
    "broken",
)


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


def machine_status(translation: Translation) -> MachineStatus:
    """Two queries, none without a translator."""
    if configured_translator() is None:
        return MachineStatus(is_offered=False)
    job = _last_job(translation)
    if job is None:
        return MachineStatus(is_offered=True)
    texts = job.args_kwargs["kwargs"]["texts"]
    done = max(0, texts - translation.counts[MISSING])
    if job.status in ("READY", "RUNNING"):
        is_working = _last_heartbeat(job, translation) > timezone.now() - STALLED_AFTER
        return MachineStatus(True, is_working, texts, done, "" if is_working else BROKEN)
    ended = job.return_value or {"why": BROKEN}
    return MachineStatus(
        True, False, texts, done, ended["why"], ended.get("detail", ""), ended.get("damaged", 0)
    )


def _last_job(translation: Translation) -> "DBTaskResult[Any, Any] | None":
    subject = translation.collection.subject
    arguments = {
        "args_kwargs__kwargs__model": subject._meta.label_lower,
        "args_kwargs__kwargs__key": subject.pk,
        "args_kwargs__kwargs__language": translation.language,
    }
    jobs = DBTaskResult.objects.filter(task_path=MACHINE_TASK, **arguments)
    return jobs.order_by("-enqueued_at").first()


def _last_heartbeat(job: "DBTaskResult[Any, Any]", translation: Translation) -> datetime:
    subject = translation.collection.subject
    entries = AuditEntry.objects.filter(
        model=subject._meta.label_lower, object_id=subject.pk, verb=verb_saved(translation)
    )
    last = entries.order_by("-id").values_list("at", flat=True).first()
    signs: list[datetime | None] = [job.enqueued_at, job.started_at, last]
    return max(sign for sign in signs if sign)


def verb_started(translation: Translation) -> str:
    return f"{translation.collection.subject._meta.model_name}.machine_translation_started"


def verb_saved(translation: Translation) -> str:
    return f"{translation.collection.subject._meta.model_name}.translated_by_machine"
