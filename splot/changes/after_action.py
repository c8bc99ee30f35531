"""Every write is followed by what it says has happened, in its own transaction."""

from collections.abc import Sequence

from splot.core.actions import RecordedWrite

from .entries import feed_table


def follow_writes(writes: Sequence[RecordedWrite]) -> None:
    feed_table.follow(writes)
