"""What a room may offer to a municipality's desk, first screen and menus, and in which shape.

`position` says where something stands among what all rooms offer, the lowest number first.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from django.http import HttpRequest
from django.urls import ResolverMatch

from splot.core.offers import Offer
from splot.core.unsaved.sent_forms import SentForm

from .models import Municipality, PersonalLink, User
from .rules import Visitor


@dataclass(frozen=True)
class ScreenSection:
    """A part of a screen: a template, which finds `content` under the name `section`.

    On a first screen neighbours that are `narrow` stand beside each other.
    """

    position: int
    template: str
    content: Mapping[str, object] = field(default_factory=dict)
    narrow: bool = False


@dataclass(frozen=True)
class MenuEntry:
    """A line of a menu; `description` is for menus that explain their lines."""

    position: int
    label: str
    url: str
    description: str = ""


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


class MainMenu(Protocol):
    """`menu.py`: the room's entries in the main menu for a reader of the policy of a term ("" on
    pages of no policy). What every page shows may ask no query that pages do not ask anyway.
    """

    def __call__(self, user: Visitor, municipality: Municipality, term: str) -> list[MenuEntry]: ...


class MenuAddress(Protocol):
    """`menu.py`: the address of the entry of the main menu that a page of the room stands under,
    "" for none.
    """

    def __call__(self, page: ResolverMatch) -> str: ...


class SettingsMenu(Protocol):
    """`menu.py`: the room's entries among the coordinator's settings, each with a description."""

    def __call__(self, municipality: Municipality) -> list[MenuEntry]: ...


class Responsibilities(Protocol):
    """`hand_over.py`: what a person is in charge of in a municipality, and the one who follows
    would have to take on.
    """

    def __call__(self, user: User, municipality: Municipality) -> list[str]: ...


class HandOver(Protocol):
    """`hand_over.py`: give what a person is in charge of to another one, or to nobody; part of an
    action.
    """

    def __call__(
        self, *, by: User, municipality: Municipality, user: User, successor: User | None
    ) -> None: ...


class LateForm(Protocol):
    """`ended_links.py`: what of a form is kept nowhere that was sent to a page of the room with a
    link that had ended; None where nothing is.
    """

    def __call__(self, request: HttpRequest, link: PersonalLink) -> SentForm | None: ...


WAITING: Offer[WaitingFor] = Offer("desk", "waiting_for")
FIRST_SCREEN: Offer[FirstScreen] = Offer("home", "first_screen")
MAIN_MENU: Offer[MainMenu] = Offer("menu", "main_menu")
MENU_ADDRESS: Offer[MenuAddress] = Offer("menu", "menu_address")
SETTINGS_MENU: Offer[SettingsMenu] = Offer("menu", "settings_menu")
RESPONSIBILITIES: Offer[Responsibilities] = Offer("hand_over", "responsibilities_of")
LATE_FORM: Offer[LateForm] = Offer("ended_links", "parse_late_form")
HAND_OVER: Offer[HandOver] = Offer("hand_over", "hand_over_tasks")
