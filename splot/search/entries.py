"""Makes search entries of what the rooms offer."""

import json
from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from itertools import chain

from django.db.models import Q

from splot.core.derived_tables import DerivedTable, RowKey, RowSource
from splot.core.languages import Text
from splot.language.folding import compose, folded_words

from .models import MAX_WORD_LENGTH, EntryWord, SearchEntry
from .offers import NOBODY, SEARCH, Searchable


class SearchTable(DerivedTable[Searchable, SearchEntry]):
    """What can be found. A row that others belong to lends them its audience."""

    model = SearchEntry
    version = 1
    compared = ("checksum",)
    needed = ("model", "audience")

    def sources(self) -> list[RowSource[Searchable]]:
        offered = [search_sources().sources for search_sources in reversed(SEARCH.gather())]
        return list(chain.from_iterable(offered))

    def build(self, label: str, offered: Sequence[Searchable]) -> list[SearchEntry]:
        return [build_entry(searchable) for searchable in offered]

    def save(self, entries: list[SearchEntry]) -> None:
        parents = _audiences_of_parents(entries)
        for entry in entries:
            parents[entry.model, entry.object_id] = entry.audience
        for entry in entries:
            if entry.parent_model:
                entry.parent_audience = parents.get((entry.parent_model, entry.parent_id), NOBODY)
        words = []
        for entry in SearchEntry.objects.bulk_create(entries):
            for word, in_title in words_of(entry).items():
                words.append(EntryWord(entry=entry, word=word, in_title=in_title))
        EntryWord.objects.bulk_create(words, batch_size=2000)

    def delete(self, keys: Sequence[int]) -> None:
        EntryWord.objects.filter(entry__in=keys).delete()
        super().delete(keys)

    def after_replacing(
        self, stale: Iterable[SearchEntry], current: Mapping[RowKey, SearchEntry]
    ) -> None:
        """What belongs to a row becomes public with it, and private again."""
        for entry in stale:
            now = current.get((entry.model, entry.object_id))
            audience = now.audience if now else NOBODY
            if audience != entry.audience:
                children = SearchEntry.objects.filter(
                    parent_model=entry.model, parent_id=entry.object_id
                )
                children.update(parent_audience=audience)


search_table = SearchTable()


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
