"""What a room says has happened, and in which shape."""

from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from typing import Protocol

from django.db.models import Model

from splot.core.derived_tables import RowSource
from splot.core.languages import Text
from splot.core.offers import Offer


@dataclass(frozen=True)
class Happening:
    """What a row says has happened, to the row `subject` (its model and key).

    It is shown as long as everybody can find the subject (see `splot.search`), under its title and
    address. `at` None: when the row was first recorded. `who` did it; `detail` says more in a word,
    shown as a status where it has a `look`.
    """

    row: Model
    kind: str
    subject: tuple[type[Model], int]
    at: datetime | None = None
    who: Text = field(default_factory=Text)
    detail: Text = field(default_factory=Text)
    look: str = ""


@dataclass(frozen=True)
class ChangeKind:
    """A kind of change, and how it is called: "Annual report published"."""

    code: str
    label: str


@dataclass(frozen=True)
class FeedSources:
    """What a room offers: its kinds of changes, and the rows that say that one has happened."""

    kinds: list[ChangeKind] = field(default_factory=list)
    sources: list[RowSource[Happening]] = field(default_factory=list)


class OfferFeed(Protocol):
    """`feed.py`: what happens in the room. Asks the database nothing."""

    def __call__(self) -> FeedSources: ...


FEED: Offer[OfferFeed] = Offer("feed", "feed_sources")


def change_kinds() -> dict[str, ChangeKind]:
    """{code: kind} of all rooms."""
    offered = [feed_sources().kinds for feed_sources in FEED.gather()]
    return {kind.code: kind for kind in chain.from_iterable(offered)}
