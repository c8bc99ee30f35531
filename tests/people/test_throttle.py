"""Tries are counted once for all processes, forgotten in time, and say nothing about who tried."""

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.db import connection

from splot.core.guard import refuse_writes
from splot.people import throttle
from splot.people.models import Attempts
from splot.people.throttle import exceeds_limit, forget_attempts

ROOT = Path(__file__).resolve().parent.parent.parent
TRY_THRICE = """
from splot.people.throttle import exceeds_limit
print([exceeds_limit("x", limit=4, seconds=900) for __ in range(3)])
"""


def tried(what: str = "sign-in ada@example.org", limit: int = 2) -> bool:
    return exceeds_limit(what, limit=limit, seconds=900)


@pytest.mark.django_db
def test_the_limit_counts_for_each_apart() -> None:
    assert [tried(), tried(), tried()] == [False, False, True]
    assert not tried("sign-in jan@example.org")


@pytest.mark.django_db
def test_success_forgets() -> None:
    assert [tried(), tried()] == [False, False]
    forget_attempts("sign-in ada@example.org")
    assert not tried()


@pytest.mark.django_db
def test_a_window_ends_from_its_first_try(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [1_000_000.0]
    monkeypatch.setattr(throttle, "time", lambda: clock[0])
    assert [tried(), tried(), tried()] == [False, False, True]
    clock[0] += 899
    assert tried()  # going on does not make it longer
    clock[0] += 1
    assert [tried(), tried(), tried()] == [False, False, True]


@pytest.mark.django_db
def test_what_is_over_goes_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [1_000_000.0]
    monkeypatch.setattr(throttle, "time", lambda: clock[0])
    for number in range(20):
        tried(f"from 10.0.0.{number}")
    clock[0] += 500
    tried("from 10.0.1.1")
    clock[0] += 400
    tried("from 10.0.1.2")
    assert Attempts.objects.count() == 2


@pytest.mark.django_db
def test_nobodys_address_is_kept() -> None:
    tried("sign-in ada@example.org")
    (row,) = Attempts.objects.values()
    assert len(row.pop("key")) == 64
    assert "ada" not in str(row)


@pytest.mark.django_db
def test_a_get_may_count() -> None:
    with connection.execute_wrapper(refuse_writes(safe=True)):
        tried()
        forget_attempts("sign-in ada@example.org")


@pytest.mark.django_db(transaction=True)
def test_two_processes_behave_as_one() -> None:
    """Also a third that is started later: what was counted stays."""
    assert [said_by_a_process() for __ in range(3)] == [
        "[False, False, False]",
        "[False, True, True]",
        "[True, True, True]",
    ]


def said_by_a_process() -> str:
    name = str(connection.settings_dict["NAME"])
    given = urlsplit(os.environ.get("DATABASE_URL", ""))
    url = f"sqlite:///{name}"
    if connection.vendor == "postgresql":
        url = urlunsplit(given._replace(path=f"/{name}"))
    done = subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), "shell", "--no-imports", "-c", TRY_THRICE],
        capture_output=True,
        text=True,
        env={**os.environ, "DATABASE_URL": url},
        check=True,
    )
    return done.stdout.strip()
