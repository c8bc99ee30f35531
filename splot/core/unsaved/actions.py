"""Writes about entries that keep what could not be saved. The trail says nothing of them: they are
their writer's own business.
"""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from django.utils import timezone

from ..actions import action, record_nothing
from ..actors import By
from ..models import UnsavedEntry
from .reasons import Reason
from .sent_forms import SentForm

KEPT_FOR = timedelta(days=30)


@action
def keep_unsaved(
    *, by: By, scope: str, writer: str, sent: SentForm, reasons: Sequence[Reason], address: str = ""
) -> UnsavedEntry:
    """Keep what was sent for its writer; a later sending of the same form takes its place."""
    entry, __ = UnsavedEntry.objects.update_or_create(
        scope=scope,
        writer=writer,
        form_key=sent.form_key,
        defaults={
            "address": address[:500],
            "reasons": [[reason.message, dict(reason.values)] for reason in reasons],
            "words": [list(pair) for pair in sent.words],
            "data": sent.data,
        },
    )
    record_nothing()
    return entry


@action
def discard_unsaved(*, by: By, entries: Iterable[UnsavedEntry]) -> None:
    """Throw entries away: they were sent after all, or their writer does not need them."""
    for entry in entries:
        entry.delete()
    record_nothing()


def discard_expired() -> int:
    """Throw away what was kept for 30 days; how many entries. Nothing is written if there are
    none.
    """
    expired = list(UnsavedEntry.objects.filter(kept_at__lt=timezone.now() - KEPT_FOR))
    if expired:
        discard_unsaved(by=None, entries=expired)
    return len(expired)
