"""Tables that are made of the rows of other rooms: which rows they are made of, and which of those
a write touches.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import models

from .actions import RecordedWrite

Entry = TypeVar("Entry")
Rows = models.QuerySet[Any]
BATCH_SIZE = 500


def no_other_rows(write: RecordedWrite) -> Rows | None:
    """A write touches the entries of its own row alone."""
    return None


@dataclass(frozen=True)
class RowSource(Generic[Entry]):
    """Rows of one model that entries are made of.

    `entries_of(rows)` gives the entries that the rows have now, in a fixed number of queries; a row
    without one is not shown. `rows_affected_by(write)` are further rows of the model whose entries
    follow from a write of another row.
    """

    model: type[models.Model]
    entries_of: Callable[[Rows], Iterable[Entry]]
    rows_affected_by: Callable[[RecordedWrite], Rows | None] = no_other_rows

    @property
    def label(self) -> str:
        return self.model._meta.label_lower

    def batches(self, keys: Iterable[int] | None = None) -> Iterator[tuple[list[int], Rows]]:
        """The rows with these keys, or all of them, a bounded number at a time: (keys, rows)."""
        manager = self.model._base_manager
        if keys is None:
            keys = manager.order_by("pk").values_list("pk", flat=True)
        ordered = sorted(keys)
        for start in range(0, len(ordered), BATCH_SIZE):
            batch = ordered[start : start + BATCH_SIZE]
            yield batch, manager.filter(pk__in=batch).order_by("pk")


def affected_keys(source: RowSource[Entry], writes: Sequence[RecordedWrite]) -> set[int]:
    """The keys of the rows of a source that writes touch."""
    keys: set[int] = set()
    for write in writes:
        if isinstance(write.row, source.model):
            keys.add(write.row.pk)
        rows = source.rows_affected_by(write)
        if rows is not None:
            keys.update(rows.values_list("pk", flat=True))
    return keys
