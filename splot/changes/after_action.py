"""Every write is followed by what it says has happened, in its own transaction."""

from collections.abc import Sequence

from splot.core.actions import RecordedWrite
from splot.core.row_sources import affected_keys

from .entries import all_sources, update_entries


def follow_writes(writes: Sequence[RecordedWrite]) -> None:
    for source in all_sources() if writes else ():
        if keys := affected_keys(source, writes):
            update_entries(source, keys)
