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


@pytest.mark.parametrize("path", CODE, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_file_outgrows_its_reader(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= 400


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_templates_are_short_and_carry_no_inline_style_or_script(path: Path) -> None:
    source = path.read_text("utf-8")
    assert len(source.splitlines()) <= 120
    if path.name not in FILES_TO_HAND_OVER:
        assert not re.search(r"""\sstyle=|<style|<script(?![^>]*\bsrc=)|\son\w+=""", source)


PAGES = [path for path in CODE if "pages" in path.parts and "splot" in path.parts]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_pages_start_from_the_municipality(path: Path) -> None:
    assert not re.search(r"\.objects\b|get_object_or_404|get_list_or_404", path.read_text("utf-8"))


def test_code_names_no_colleague_upstairs() -> None:
    """A lower room never uses a reverse accessor to a higher one."""
    for room, words in {"people": r"\.policies\b|\.indicators\b", "policy": r"\.tasks\b|\.reviews\b|\.plans\b"}.items():
        for path in (ROOT / "splot" / room).rglob("*.py"):
            if "migrations" not in path.parts:
                assert not re.search(words, path.read_text("utf-8")), path


@pytest.mark.django_db
def test_migrations_are_complete() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
