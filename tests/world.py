"""A municipality with a row for every address. Each room's tests make the rows of that room and say
which arguments lead to them: `addresses(town)` in tests/<room>/world.py.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from splot.core.locks import WORKER_LOCK, hold_lock
from splot.core.offers import installed_rooms
from splot.implementation.models import Task
from splot.people.models import Organisation
from splot.policy.models import Policy
from tests import factories


@contextmanager
def working_installation(data: Path) -> Iterator[None]:
    """An installation whose background worker runs, as /health/ wants it."""
    lock = hold_lock(data / WORKER_LOCK)
    assert lock is not None
    with lock, pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "DATA_DIR", data)
        patch.setattr(settings, "BACKUPS_DIR", None)
        yield


Addresses = dict[str, dict[str, Any]]  # {name of an address: its arguments}


def patterns(resolver: URLResolver | None = None) -> Iterator[URLPattern]:
    """Every address of the project."""
    for each in (resolver or get_resolver()).url_patterns:
        if isinstance(each, URLResolver):
            yield from patterns(each)
        else:
            yield each


PATTERNS = {each.name: each for each in patterns() if each.name and each.name != "asset"}
NAMES = sorted(PATTERNS)


class Town:
    """A municipality with a draft policy and everything that hangs on it; nothing of it is
    public.
    """

    organisation: Organisation
    policy: Policy
    task: Task

    def __init__(self, slug: str) -> None:
        self.municipality = factories.municipality(slug)
        self.arguments: Addresses = {}
        for room in rooms_with_a_world():
            self.arguments |= import_module(f"tests.{room}.world").addresses(self)
        assert missing_addresses(self.arguments) == []
        self.addresses = {
            name: reverse(name, kwargs=arguments) for name, arguments in self.arguments.items()
        }

    def here(self, *names: str, **arguments: Any) -> Addresses:
        """Addresses in this municipality, all with these further arguments."""
        return {name: {"municipality": self.municipality.slug, **arguments} for name in names}

    def in_policy(self, *names: str, **arguments: Any) -> Addresses:
        """Addresses below this municipality's policy, all with these further arguments."""
        return self.here(*names, term=self.policy.term, **arguments)


def rooms_with_a_world() -> list[str]:
    """The rooms that have addresses, the lowest first: the rows of a room hang on those below."""
    having_addresses = {room_of(name) for name in NAMES}
    rooms = [room.label for room in reversed(installed_rooms())]
    return [room for room in rooms if room in having_addresses]


def room_of(name: str) -> str:
    return PATTERNS[name].callback.__module__.split(".")[1]


def missing_addresses(given: Addresses) -> list[str]:
    """A sentence for each address of the project that no room gave arguments for."""
    return [
        f"tests/{room_of(name)}/world.py gives no arguments for the address {name!r}"
        for name in NAMES
        if name not in given
    ]


def addresses_to_write_at(town: Town) -> list[str]:
    """The addresses of all pages that take a form, or that open to somebody signed in; the page of
    a personal link has a task to report on.
    """
    policy = factories.policy(town.municipality, term=(2019, 2020))
    factories.task(policy, lead=town.organisation)
    doors = {name: PATTERNS[name].callback.door for name in NAMES}
    taking = [name for name, door in doors.items() if "POST" in door.methods or door.asks_who()]
    return [town.addresses[name] for name in taking]
