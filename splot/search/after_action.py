"""Every write is followed by what can be found, in its own transaction."""

from collections.abc import Sequence

from splot.core.actions import RecordedWrite

from .actions import enqueue_word_forms
from .entries import search_table


def follow_writes(writes: Sequence[RecordedWrite]) -> None:
    if search_table.follow(writes):
        enqueue_word_forms()
