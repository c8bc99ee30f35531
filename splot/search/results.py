"""What a search shows: found entries, grouped by their kind, with the words that were found."""

from collections.abc import Collection
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from splot.core.addresses import address_in_language

from .models import SearchEntry
from .offers import SearchKind, search_kinds
from .queries import SearchedWord, entries_by_key
from .snippets import mark_title, snippet_of

SHOWN_OF_A_KIND = 5
SHOWN_ON_A_PAGE = 20


@dataclass(frozen=True)
class SearchResult:
    """A found entry as a page shows it."""

    url: str
    number: str
    context: str
    title: SafeString
    snippet: SafeString | None


@dataclass(frozen=True)
class ResultGroup:
    """The results of one kind: how many there are, and those that are shown."""

    kind: SearchKind
    total: int
    results: list[SearchResult]

    @property
    def has_more(self) -> bool:
        return self.total > len(self.results)


def first_results(
    found: dict[str, list[int]], words: Collection[SearchedWord]
) -> list[ResultGroup]:
    """The first results of each kind; a kind without any is left out."""
    kinds = [kind for kind in search_kinds() if kind.code in found]
    shown = {kind.code: found[kind.code][:SHOWN_OF_A_KIND] for kind in kinds}
    entries = entries_by_key([key for keys in shown.values() for key in keys])
    groups = []
    for kind in kinds:
        results = _results_of(shown[kind.code], entries, words)
        groups.append(ResultGroup(kind, len(found[kind.code]), results))
    return groups


def page_of_results(
    keys: list[int], number: str | None, words: Collection[SearchedWord]
) -> tuple["Page[int]", list[SearchResult]]:
    """One page of the results of a kind."""
    page = Paginator(keys, SHOWN_ON_A_PAGE).get_page(number)
    shown = list(page)
    return page, _results_of(shown, entries_by_key(shown), words)


def _results_of(
    keys: list[int], entries: dict[int, SearchEntry], words: Collection[SearchedWord]
) -> list[SearchResult]:
    reader = get_language() or ""
    results = []
    for key in keys:
        entry = entries[key]
        results.append(
            SearchResult(
                url=address_in_language(entry.address),
                number=entry.number,
                context=entry.context,
                title=mark_title(entry.title, words, reader),
                snippet=snippet_of(entry.texts, words, reader),
            )
        )
    return results
