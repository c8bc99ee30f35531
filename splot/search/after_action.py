"""Every write is followed by what can be found, in its own transaction."""

from collections.abc import Sequence

from splot.core.actions import RecordedWrite
from splot.core.row_sources import affected_keys

from .actions import enqueue_word_forms
from .entries import all_sources, update_entries


def follow_writes(writes: Sequence[RecordedWrite]) -> None:
    changed = False
    for source in all_sources() if writes else ():
        if keys := affected_keys(source, writes):
            changed |= bool(update_entries(source, keys))
    if changed:
        enqueue_word_forms()
