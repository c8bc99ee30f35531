"""What a room offers to the search, and in which shape."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import chain
from typing import Protocol

from django.db.models import Model

from splot.core.derived_tables import RowSource
from splot.core.languages import Text
from splot.core.offers import Offer

PUBLIC = ""  # the audience of what everybody may see
NOBODY = "nobody"


@dataclass(frozen=True)
class Searchable:
    """What can be found of one row.

    `audience` is PUBLIC, NOBODY or the permission that one needs to see the row. With a `parent`
    (a row that can be found too) one must be allowed to see that as well. `address` leads to its
    page, see `address_to_keep`. `number` is what is printed before the title, `context` a word on
    where it belongs. `year` orders what is of one kind, the newest first.
    """

    row: Model
    kind: str
    title: Text
    address: str
    texts: Iterable[Text] = ()
    number: str = ""
    context: str = ""
    audience: str = PUBLIC
    parent: tuple[type[Model], int] | None = None
    year: int = 0


@dataclass(frozen=True)
class SearchKind:
    """A kind of results, with the heading over them."""

    position: int
    code: str
    label: str


@dataclass(frozen=True)
class SearchSources:
    """What a room offers: its kinds of results, and the rows they are made of, parents first."""

    kinds: list[SearchKind] = field(default_factory=list)
    sources: list[RowSource[Searchable]] = field(default_factory=list)


class OfferSearch(Protocol):
    """`search.py`: what can be found in the room. Asks the database nothing."""

    def __call__(self) -> SearchSources: ...


SEARCH: Offer[OfferSearch] = Offer("search", "search_sources")


def search_kinds() -> list[SearchKind]:
    """The kinds of results of all rooms, in the order in which they are shown."""
    offered = [search_sources().kinds for search_sources in SEARCH.gather()]
    return sorted(chain.from_iterable(offered), key=lambda kind: kind.position)
