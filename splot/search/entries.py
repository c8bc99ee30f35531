"""Makes search entries of what the rooms offer, and replaces those that no longer say what their
rows say.
"""

import json
from collections.abc import Collection, Iterable
from hashlib import blake2b
from itertools import chain

from django.db.models import Q

from splot.core.languages import Text
from splot.core.row_sources import BATCH_SIZE, RowSource
from splot.language.folding import compose, folded_words

from .models import MAX_WORD_LENGTH, EntryWord, SearchEntry
from .offers import NOBODY, SEARCH, Searchable

Source = RowSource[Searchable]


def all_sources() -> list[Source]:
    """The rows that entries are made of; a parent comes before what belongs to it."""
    offered = [search_sources().sources for search_sources in reversed(SEARCH.gather())]
    return list(chain.from_iterable(offered))


def update_entries(source: Source, keys: Collection[int] | None = None) -> set[str]:
    """Bring the entries of rows with these keys, or of all rows, up to date; returns the scopes
    where something changed.
    """
    scopes: set[str] = set()
    kept = SearchEntry.objects.filter(model=source.label)
    for batch, rows in source.batches(keys):
        entries = [build_entry(each) for each in source.entries_of(rows)]
        scopes |= _replace(batch, entries, source.label)
    if keys is None:
        gone = kept.exclude(object_id__in=source.model._base_manager.values("pk"))
        scopes.update(gone.values_list("scope", flat=True))
        _delete_entries(gone.values_list("pk", flat=True))
    return scopes


def build_entry(found: Searchable) -> SearchEntry:
    """The entry of a row, not saved yet and without what its parent says."""
    parent_model, parent_id = found.parent or (None, None)
    entry = SearchEntry(
        scope=found.row.scope,  # type: ignore[attr-defined]  # every row that is recorded has one
        model=found.row._meta.label_lower,
        object_id=found.row.pk,
        kind=found.kind,
        audience=found.audience,
        parent_model=parent_model._meta.label_lower if parent_model else "",
        parent_id=parent_id,
        title=found.title,
        number=found.number,
        context=found.context,
        year=found.year,
        address=found.address,
        texts=_wordings(found.texts),
    )
    entry.checksum = _checksum(entry)
    return entry


def _wordings(texts: Iterable[Text]) -> dict[str, str]:
    """{language: all wordings in it, a paragraph for each text}."""
    paragraphs: dict[str, list[str]] = {}
    for text in texts:
        for language, wording in text.texts.items():
            if wording.strip():
                paragraphs.setdefault(language, []).append(compose(wording.strip()))
    return {language: "\n".join(wordings) for language, wordings in paragraphs.items()}


def _checksum(entry: SearchEntry) -> str:
    own = ("scope", "kind", "audience", "parent_model", "parent_id", "number", "context", "year")
    values = [getattr(entry, name) for name in own]
    said = json.dumps([*values, entry.title.to_json(), entry.address, entry.texts], sort_keys=True)
    return blake2b(said.encode(), digest_size=16).hexdigest()


def _replace(batch: list[int], entries: list[SearchEntry], label: str) -> set[str]:
    """Write the entries of a batch of rows that differ from those kept; returns their scopes."""
    rows = SearchEntry.objects.filter(model=label, object_id__in=batch)
    kept = {entry.object_id: entry for entry in rows.only(*_COMPARED_FIELDS)}
    new = {entry.object_id: entry for entry in entries}
    same = {key for key in kept.keys() & new.keys() if _is_same(kept[key], new[key])}
    stale = [entry for key, entry in kept.items() if key not in same]
    changed = [entry for key, entry in new.items() if key not in same]
    _delete_entries([entry.pk for entry in stale])
    _save_entries(changed)
    for entry in stale:
        now = new.get(entry.object_id)
        _tell_children(entry, now.audience if now else NOBODY)
    return {entry.scope for entry in (*changed, *stale)}


_COMPARED_FIELDS = ("model", "object_id", "scope", "checksum", "version", "audience")


def _is_same(kept: SearchEntry, new: SearchEntry) -> bool:
    return (kept.checksum, kept.version) == (new.checksum, new.version)


def _tell_children(kept: SearchEntry, audience: str) -> None:
    """What belongs to a row becomes public with it, and private again."""
    if audience != kept.audience:
        children = SearchEntry.objects.filter(parent_model=kept.model, parent_id=kept.object_id)
        children.update(parent_audience=audience)


def _delete_entries(keys: Iterable[int]) -> None:
    stale = list(keys)
    for start in range(0, len(stale), BATCH_SIZE):
        batch = stale[start : start + BATCH_SIZE]
        EntryWord.objects.filter(entry__in=batch).delete()
        SearchEntry.objects.filter(pk__in=batch).delete()


def _save_entries(entries: list[SearchEntry]) -> None:
    parents = _audiences_of_parents(entries)
    for entry in entries:
        if entry.parent_model:
            entry.parent_audience = parents.get((entry.parent_model, entry.parent_id), NOBODY)
    words = []
    for entry in SearchEntry.objects.bulk_create(entries):
        for word, in_title in words_of(entry).items():
            words.append(EntryWord(entry=entry, word=word, in_title=in_title))
    EntryWord.objects.bulk_create(words, batch_size=2000)


def _audiences_of_parents(entries: list[SearchEntry]) -> dict[tuple[str, int | None], str]:
    """{(model, key): audience} of the entries' parents, in one query where there are any."""
    parents: dict[str, set[int | None]] = {}
    for entry in entries:
        if entry.parent_model:
            parents.setdefault(entry.parent_model, set()).add(entry.parent_id)
    wanted = Q()
    for model, keys in parents.items():
        wanted |= Q(model=model, object_id__in=keys)
    rows = SearchEntry.objects.filter(wanted) if parents else SearchEntry.objects.none()
    audiences: dict[tuple[str, int | None], str] = {}
    for model, key, audience in rows.values_list("model", "object_id", "audience"):
        audiences[model, key] = audience
    return audiences


def words_of(entry: SearchEntry) -> dict[str, bool]:
    """{folded word: whether it stands in the title} in all languages."""
    words: dict[str, bool] = {}
    for wording in entry.texts.values():
        words.update(dict.fromkeys(_words_in(wording), False))
    for wording in entry.title.texts.values():
        words.update(dict.fromkeys(_words_in(wording), True))
    numbers = [word for word in _words_in(entry.number) if any(map(str.isdigit, word))]
    return {**words, **dict.fromkeys(numbers, True)}


def _words_in(wording: str) -> list[str]:
    return [word[:MAX_WORD_LENGTH] for word, __, ___ in folded_words(compose(wording)) if word]
