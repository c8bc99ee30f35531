"""Makes feed entries of what the rooms say, and replaces those that no longer say what their rows
say.
"""

from collections.abc import Collection, Iterable
from itertools import chain

from splot.core.queries import first_recorded_at
from splot.core.row_sources import RowSource

from .models import FeedEntry
from .offers import FEED, Happening

Source = RowSource[Happening]

COMPARED_FIELDS = (
    "kind",
    "at",
    "subject_model",
    "subject_id",
    "who",
    "detail",
    "look",
    "version",
)


def all_sources() -> list[Source]:
    """The rows that say that something has happened."""
    offered = [feed_sources().sources for feed_sources in FEED.gather()]
    return list(chain.from_iterable(offered))


def update_entries(source: Source, keys: Collection[int] | None = None) -> set[str]:
    """Bring the entries of rows with these keys, or of all rows, up to date; returns the scopes
    where something changed.
    """
    scopes: set[str] = set()
    for batch, rows in source.batches(keys):
        entries = _build_entries(source.label, list(source.entries_of(rows)))
        scopes |= _replace(batch, entries, source.label)
    if keys is None:
        kept = FeedEntry.objects.filter(model=source.label)
        gone = kept.exclude(object_id__in=source.model._base_manager.values("pk"))
        scopes.update(gone.values_list("scope", flat=True))
        gone.delete()
    return scopes


def _build_entries(label: str, happenings: Collection[Happening]) -> list[FeedEntry]:
    """Entries that are not saved yet; there is none of what nobody knows the moment of."""
    undated = [each.row.pk for each in happenings if each.at is None]
    moments = first_recorded_at(label, undated) if undated else {}
    entries = []
    for happening in happenings:
        at = happening.at or moments.get(happening.row.pk)
        if at is not None:
            model, key = happening.subject
            entry = FeedEntry(
                scope=happening.row.scope,  # type: ignore[attr-defined]  # as rows that are recorded
                model=label,
                object_id=happening.row.pk,
                kind=happening.kind,
                at=at,
                subject_model=model._meta.label_lower,
                subject_id=key,
                who=happening.who,
                detail=happening.detail,
                look=happening.look,
            )
            entries.append(entry)
    return entries


def _replace(batch: list[int], entries: Iterable[FeedEntry], label: str) -> set[str]:
    """Write the entries of a batch of rows that differ from those kept; returns their scopes."""
    rows = FeedEntry.objects.filter(model=label, object_id__in=batch)
    kept = {entry.object_id: entry for entry in rows}
    new = {entry.object_id: entry for entry in entries}
    same = {key for key in kept.keys() & new.keys() if _is_same(kept[key], new[key])}
    stale = [entry for key, entry in kept.items() if key not in same]
    changed = [entry for key, entry in new.items() if key not in same]
    if stale:
        rows.filter(pk__in=[entry.pk for entry in stale]).delete()
    FeedEntry.objects.bulk_create(changed)
    return {entry.scope for entry in (*changed, *stale)}


def _is_same(kept: FeedEntry, new: FeedEntry) -> bool:
    return all(getattr(kept, name) == getattr(new, name) for name in COMPARED_FIELDS)
