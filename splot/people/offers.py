"""What a room may offer to a municipality's desk, and in which shape.

`position` says where something stands among what all rooms offer, the lowest number first.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from splot.core.offers import Offer

from .models import Municipality, User


@dataclass(frozen=True)
class ScreenSection:
    """A part of a screen: a template, which finds `content` under the name `section`."""

    position: int
    template: str
    content: Mapping[str, object] = field(default_factory=dict)


class WaitingFor(Protocol):
    """`desk.py`: what waits for a person, each line ending in the one thing to do.

    A fixed number of queries, whatever the number of rows, which leave out large columns.
    """

    def __call__(
        self, user: User, municipality: Municipality, today: date
    ) -> list[ScreenSection]: ...


WAITING: Offer[WaitingFor] = Offer("desk", "waiting_for")
