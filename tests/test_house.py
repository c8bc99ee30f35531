"""Rules of the house that a reader of the code relies on."""

import re
from pathlib import Path

import pytest
from django.core.management import call_command

ROOT = Path(__file__).resolve().parent.parent
CODE = [
    path
    for folder in ("splot", "config", "tests", "benchmarks")
    for path in sorted((ROOT / folder).rglob("*.py"))
    if "migrations" not in path.parts
]
TEMPLATES = sorted((ROOT / "splot").rglob("*.html"))
FILES_TO_HAND_OVER = {"report_file.html"}  # not served: they carry their style with them
INLINE = r"""\sstyle=|<style|<script(?![^>]*\bsrc=)|\son\w+="""


def test_no_file_outgrows_its_reader() -> None:
    assert longer_than(400, CODE) == []


def test_templates_are_short() -> None:
    assert longer_than(120, TEMPLATES) == []


def test_templates_carry_no_inline_style_or_script() -> None:
    served = [path for path in TEMPLATES if path.name not in FILES_TO_HAND_OVER]
    assert saying(INLINE, served) == []


def test_pages_start_from_the_municipality() -> None:
    pages = [path for path in CODE if "pages" in path.parts and "splot" in path.parts]
    assert pages
    assert saying(r"\.objects\b|get_object_or_404|get_list_or_404", pages) == []


def longer_than(lines: int, paths: list[Path]) -> list[str]:
    """The files with more lines than that, with how many they have."""
    lengths = {path: len(path.read_text("utf-8").splitlines()) for path in paths}
    return [f"{name(path)}: {length} lines" for path, length in lengths.items() if length > lines]


def saying(pattern: str, paths: list[Path]) -> list[str]:
    """The files in which the pattern is found, with what it matches first."""
    found = {path: re.search(pattern, path.read_text("utf-8")) for path in paths}
    return [f"{name(path)}: {match[0].strip()}" for path, match in found.items() if match]


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_control_every_offender_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.test_house.ROOT", tmp_path)
    short, long = tmp_path / "short.html", tmp_path / "long.html"
    short.write_text("<p style='color: red'>")
    long.write_text("<p>\n" * 120 + "<script>")
    assert longer_than(120, [short, long]) == ["long.html: 121 lines"]
    assert saying(INLINE, [short, long]) == ["short.html: style=", "long.html: <script"]


def test_code_names_no_colleague_upstairs() -> None:
    """A lower room never uses a reverse accessor to a higher one."""
    for room, words in {
        "people": r"\.policies\b|\.indicators\b",
        "policy": r"\.tasks\b|\.reviews\b|\.plans\b",
    }.items():
        lower = [path for path in CODE if path.is_relative_to(ROOT / "splot" / room)]
        assert lower
        assert saying(words, lower) == []


@pytest.mark.django_db
def test_migrations_are_complete() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
