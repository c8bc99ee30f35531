"""A checkout whose catalogues are not compiled says so."""

import os
from pathlib import Path
from typing import Any

import pytest
from django.core.checks import run_checks
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from splot.cli import main
from splot.core.checks import CATALOGUES
from tests import conftest


@pytest.fixture
def locale(tmp_path: Path, settings: Any) -> Path:
    """A folder where both languages have catalogues that are compiled."""
    settings.LOCALE_PATHS = [tmp_path]
    for language in ("pl", "uk"):
        folder = tmp_path / language / "LC_MESSAGES"
        folder.mkdir(parents=True)
        (folder / "django.po").touch()
        (folder / "django.mo").touch()
    return tmp_path


def said() -> list[tuple[str, str]]:
    return [(each.id, each.msg) for each in run_checks(tags=[CATALOGUES])]


def age(compiled: Path) -> None:
    """As after an update of the checkout: the source is newer."""
    made = compiled.with_suffix(".po").stat().st_mtime
    os.utime(compiled, (made - 60, made - 60))


def test_catalogues_that_are_compiled_are_passed_over(locale: Path) -> None:
    assert said() == []
    (locale / "pl/LC_MESSAGES/django.po").unlink()  # installed without the sources
    assert said() == []


def test_a_missing_catalogue_is_an_error_and_an_old_one_a_warning(locale: Path) -> None:
    missing, old = locale / "pl/LC_MESSAGES/django.mo", locale / "uk/LC_MESSAGES/django.mo"
    missing.unlink()
    age(old)
    assert said() == [
        ("splot.E001", f"{missing} is missing. Run `make setup`."),
        ("splot.W001", f"{old} is older than django.po. Run `make setup`."),
    ]
    with pytest.raises(SystemCheckError, match=r"pl/LC_MESSAGES/django\.mo is missing"):
        call_command("check")


def test_nothing_is_served_without_a_catalogue(
    locale: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (locale / "uk/LC_MESSAGES/django.mo").unlink()
    assert main(["serve", "--port", "1"]) == 1
    assert "uk/LC_MESSAGES/django.mo is missing. Run `make setup`." in capsys.readouterr().err


def test_no_tests_run_without_or_with_old_catalogues(locale: Path) -> None:
    conftest.pytest_sessionstart()
    age(locale / "uk/LC_MESSAGES/django.mo")
    with pytest.raises(
        pytest.exit.Exception, match=r"uk/LC_MESSAGES/django\.mo is older.* `make setup`"
    ):
        conftest.pytest_sessionstart()
