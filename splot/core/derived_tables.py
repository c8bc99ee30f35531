"""Tables that are made of the rows of other rooms, such as what can be found: which rows their
entries are made of, which entries a write touches, and how they are brought up to date.

Nothing here is an entry of the audit trail: an entry says only what another row says already.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import models, transaction

from .actions import RecordedWrite, increment_revisions

Offered = TypeVar("Offered")
Entry = TypeVar("Entry", bound="DerivedEntry")
Rows = models.QuerySet[Any]
BATCH_SIZE = 500


def no_other_rows(write: RecordedWrite) -> Rows | None:
    """A write touches the entries of its own row alone."""
    return None


@dataclass(frozen=True)
class RowSource(Generic[Offered]):
    """Rows of one model that entries are made of.

    `entries_of(rows)` gives what the rows offer now, in a fixed number of queries; a row that
    offers nothing is not shown. `rows_affected_by(write)` are further rows of the model whose
    entries follow from a write of another row. `fields` are those of a row that its entry is made
    of, None for any: a change of others touches no entry.
    """

    model: type[models.Model]
    entries_of: Callable[[Rows], Iterable[Offered]]
    rows_affected_by: Callable[[RecordedWrite], Rows | None] = no_other_rows
    fields: frozenset[str] | None = None

    @property
    def label(self) -> str:
        return self.model._meta.label_lower

    def all_keys(self) -> list[int]:
        return list(self.model._base_manager.order_by("pk").values_list("pk", flat=True))

    def offered_by(self, keys: Collection[int]) -> list[Offered]:
        """What the rows with these keys offer, in their order."""
        return list(self.entries_of(self.model._base_manager.filter(pk__in=keys).order_by("pk")))

    def keys_touched_by(self, writes: Sequence[RecordedWrite]) -> set[int]:
        """The keys of the rows whose entries follow from these writes."""
        keys: set[int] = set()
        for write in writes:
            if isinstance(write.row, self.model) and self._is_made_of(write.changed):
                keys.add(write.row.pk)
            rows = self.rows_affected_by(write)
            if rows is not None:
                keys.update(rows.values_list("pk", flat=True))
        return keys

    def _is_made_of(self, changed: frozenset[str]) -> bool:
        """Can a write that lists these fields change an entry? One that lists none made the row."""
        return not changed or self.fields is None or bool(changed & self.fields)


# Keys of rows of each source, in the order of the sources, not many at once.
Batch = dict[RowSource[Any], list[int]]
RowKey = tuple[str, int]  # a model's label, and the key of its row


class DerivedEntry(models.Model):
    """An entry: the row that it is made of, and the version of the code that made it."""

    scope = models.CharField(max_length=100)
    model = models.CharField(max_length=60)
    object_id = models.PositiveBigIntegerField()
    version = models.PositiveSmallIntegerField(default=1)

    class Meta:
        abstract = True


class DerivedTable(Generic[Offered, Entry]):
    """A table with at most one entry for each row of its sources.

    `version` is raised when entries are made in another way, so that a start makes them anew. Two
    entries that agree in the `compared` fields say the same; `needed` are further fields that
    `after_replacing` reads of an entry that went.
    """

    model: type[Entry]
    version: int
    compared: tuple[str, ...]
    needed: tuple[str, ...] = ()

    def sources(self) -> list[RowSource[Offered]]:
        """The rows that entries are made of; a parent comes before what belongs to it."""
        raise NotImplementedError

    def build(self, label: str, offered: Sequence[Offered]) -> list[Entry]:
        """The entries of what the rows of a source offer, not saved yet."""
        raise NotImplementedError

    def save(self, entries: list[Entry]) -> None:
        self.model._default_manager.bulk_create(entries)

    def delete(self, keys: Sequence[int]) -> None:
        """Delete the entries with these keys, at most BATCH_SIZE of them."""
        self.model._default_manager.filter(pk__in=keys).delete()

    def after_replacing(self, stale: Iterable[Entry], current: Mapping[RowKey, Entry]) -> None:
        """What else follows where entries went, and these stand now."""
        return

    def follow(self, writes: Sequence[RecordedWrite]) -> bool:
        """Bring the entries up to date that these writes touch. Has any of them changed?"""
        touched: dict[RowSource[Offered], Collection[int]] = {}
        for source in self.sources() if writes else ():
            if keys := source.keys_touched_by(writes):
                touched[source] = keys
        return bool(self._update(touched))

    def update(self, source: RowSource[Offered], keys: Collection[int] | None = None) -> set[str]:
        """Bring the entries of rows with these keys, or of all rows, up to date; returns the scopes
        where something changed.
        """
        if keys is not None:
            return self._update({source: keys})
        kept = self.model._default_manager.filter(model=source.label)
        gone = kept.exclude(object_id__in=source.model._base_manager.values("pk"))
        return self._update({source: source.all_keys()}) | self._drop(gone)

    def rebuild(self) -> None:
        """Make every entry anew that does not say what its row says."""
        with transaction.atomic():
            scopes: set[str] = set()
            for source in self.sources():
                scopes |= self.update(source)
            labels = [source.label for source in self.sources()]
            scopes |= self._drop(self.model._default_manager.exclude(model__in=labels))
            increment_revisions(scopes)

    def is_outdated(self) -> bool:
        """Was the table never filled, or filled by code that made entries in another way?"""
        entries = self.model._default_manager.all()
        has_others = entries.exclude(version=self.version).exists()
        return has_others or not entries.exists()

    def _update(self, touched: Mapping[RowSource[Offered], Collection[int]]) -> set[str]:
        scopes: set[str] = set()
        for batch in _batches(touched):
            entries: list[Entry] = []
            for source, keys in batch.items():
                entries += self.build(source.label, source.offered_by(keys))
            scopes |= self._replace(batch, entries)
        return scopes

    def _replace(self, batch: Batch, entries: list[Entry]) -> set[str]:
        """Write the entries of these rows that differ from those kept; returns their scopes."""
        fields = ("scope", "model", "object_id", "version", *self.compared, *self.needed)
        of_batch = models.Q()
        for source, keys in batch.items():
            of_batch |= models.Q(model=source.label, object_id__in=keys)
        rows = self.model._default_manager.filter(of_batch).only(*fields)
        kept = {(entry.model, entry.object_id): entry for entry in rows}
        current = {(entry.model, entry.object_id): entry for entry in entries}
        for entry in entries:
            entry.version = self.version
        in_both = kept.keys() & current.keys()
        same = {key for key in in_both if self._is_same(kept[key], current[key])}
        stale = [entry for key, entry in kept.items() if key not in same]
        changed = [entry for key, entry in current.items() if key not in same]
        self._delete_batches([entry.pk for entry in stale])
        if changed:
            self.save(changed)
        self.after_replacing(stale, current)
        return {entry.scope for entry in (*changed, *stale)}

    def _is_same(self, kept: Entry, new: Entry) -> bool:
        return all(
            getattr(kept, name) == getattr(new, name) for name in ("version", *self.compared)
        )

    def _drop(self, entries: "models.QuerySet[Entry]") -> set[str]:
        scopes = dict(entries.values_list("pk", "scope"))
        self._delete_batches(list(scopes))
        return set(scopes.values())

    def _delete_batches(self, keys: Sequence[int]) -> None:
        for start in range(0, len(keys), BATCH_SIZE):
            self.delete(keys[start : start + BATCH_SIZE])


def _batches(touched: Mapping[RowSource[Any], Collection[int]]) -> Iterator[Batch]:
    """These keys, BATCH_SIZE of all sources at a time."""
    batch: Batch = {}
    room = BATCH_SIZE
    for source, keys in touched.items():
        ordered = sorted(keys)
        while ordered:
            batch[source], ordered = ordered[:room], ordered[room:]
            room -= len(batch[source])
            if not room:
                yield batch
                batch, room = {}, BATCH_SIZE
    if batch:
        yield batch
