"""What a room may offer to a municipality's desk and first screen, and in which shape.

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
    """A part of a screen: a template, which finds `content` under the name `section`.

    On a first screen neighbours that are `narrow` stand beside each other.
    """

    position: int
    template: str
    content: Mapping[str, object] = field(default_factory=dict)
    narrow: bool = False


class WaitingFor(Protocol):
    """`desk.py`: what waits for a person, each line ending in the one thing to do.

    A fixed number of queries, whatever the number of rows, which leave out large columns.
    """

    def __call__(
        self, user: User, municipality: Municipality, today: date
    ) -> list[ScreenSection]: ...


class FirstScreen(Protocol):
    """`home.py`: what everybody sees first of a municipality."""

    def __call__(self, municipality: Municipality, today: date) -> list[ScreenSection]: ...


WAITING: Offer[WaitingFor] = Offer("desk", "waiting_for")
FIRST_SCREEN: Offer[FirstScreen] = Offer("home", "first_screen")
