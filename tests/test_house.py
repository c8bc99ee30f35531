"""Rules of the house that a reader of the code relies on."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
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
PRODUCT = [path for path in CODE if path.is_relative_to(ROOT / "splot")]
PRODUCT += [path for path in CODE if path.is_relative_to(ROOT / "config")]
TEMPLATES = sorted((ROOT / "splot").rglob("*.html"))
FILES_TO_HAND_OVER = {"report_file.html"}  # not served: they carry their style with them
INLINE = r"""\sstyle=|<style|<script(?![^>]*\bsrc=)|\son\w+="""


def test_no_file_outgrows_its_reader() -> None:
    assert longer_than(400, CODE) == []


def test_templates_are_short() -> None:
    assert longer_than(120, TEMPLATES) == []


def test_lines_of_templates_are_narrow() -> None:
    assert wider_than(120, TEMPLATES) == []


def test_templates_carry_no_inline_style_or_script() -> None:
    served = [path for path in TEMPLATES if path.name not in FILES_TO_HAND_OVER]
    assert saying(INLINE, served) == []


def test_pages_start_from_the_municipality() -> None:
    pages = [path for path in CODE if "pages" in path.parts and "splot" in path.parts]
    assert pages
    assert saying(r"\.objects\b|get_object_or_404|get_list_or_404", pages) == []


def test_names_and_types_are_those_of_a_field() -> None:
    """The figures are signs, not the aim; whoever passes one is named with all the others."""
    limits = {
        "% of functions have a name of one word": (20, one_word_names(PRODUCT)),
        "% of public names are defined twice": (3, names_defined_twice(PRODUCT)),
        "times Any": (200, mentions_of_any(PRODUCT)),
        "functions of more than 60 lines": (0, functions_longer_than(60, PRODUCT)),
    }
    broken = {
        f"{figure:.1f} {label}": offenders
        for label, (limit, (figure, offenders)) in limits.items()
        if figure > limit
    }
    assert broken == {}


LISTS = {"_build_parser"}  # the options of every command, one below the other: no steps to follow
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
Function = ast.FunctionDef | ast.AsyncFunctionDef
Found = tuple[float, list[str]]


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def public_names(paths: list[Path]) -> Iterator[tuple[Path, Function | ast.ClassDef]]:
    """Functions and classes at the top of a module."""
    for path in paths:
        for node in parsed(path).body:
            if isinstance(node, (*FUNCTIONS, ast.ClassDef)):
                yield path, node


def one_word_names(paths: list[Path]) -> Found:
    """The share of functions that do not say what they do to what. A page may be its noun, and
    the name of a tag is what templates say.
    """
    verbs = [path for path in paths if not {"pages", "templatetags"} & set(path.parts)]
    functions = [each for each in public_names(verbs) if isinstance(each[1], FUNCTIONS)]
    short = [each for each in functions if "_" not in each[1].name.strip("_")]
    return 100 * len(short) / len(functions), [place(*each) for each in short]


def names_defined_twice(paths: list[Path]) -> Found:
    """The share of public names that mean one thing here and another there."""
    modules = defaultdict(list)
    for path, node in public_names(paths):
        if not node.name.startswith("_"):
            modules[node.name].append(place(path, node))
    twice = [places for places in modules.values() if len(places) > 1]
    return 100 * len(twice) / len(modules), [", ".join(places) for places in twice]


def mentions_of_any(paths: list[Path]) -> Found:
    """How often a type is left open, import lines not counted."""
    lines = {
        path: len(re.findall(r"\bAny\b", source)) - source.count("import Any")
        for path in paths
        for source in [path.read_text("utf-8")]
    }
    return sum(lines.values()), [f"{name(path)}: {count}" for path, count in lines.items() if count]


def functions_longer_than(lines: int, paths: list[Path]) -> Found:
    long = [
        place(path, node)
        for path in paths
        for node in ast.walk(parsed(path))
        if isinstance(node, FUNCTIONS) and node.name not in LISTS
        if (node.end_lineno or 0) - node.lineno >= lines
    ]
    return len(long), long


def place(path: Path, node: Function | ast.ClassDef) -> str:
    return f"{name(path)}:{node.lineno} {node.name}"


def longer_than(lines: int, paths: list[Path]) -> list[str]:
    """The files with more lines than that, with how many they have."""
    lengths = {path: len(path.read_text("utf-8").splitlines()) for path in paths}
    return [f"{name(path)}: {length} lines" for path, length in lengths.items() if length > lines]


def wider_than(columns: int, paths: list[Path]) -> list[str]:
    """The lines with more columns than that, with how many they have."""
    lines = [
        (f"{name(path)}:{number}", len(line))
        for path in paths
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
    ]
    return [f"{place}: {width} columns" for place, width in lines if width > columns]


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
    wide = tmp_path / "wide.html"
    wide.write_text("<p>\n" + " " * 121 + "\n" + " " * 120 + "\n" + " " * 200)
    assert longer_than(120, [short, long]) == ["long.html: 121 lines"]
    assert wider_than(120, [short, wide]) == [
        "wide.html:2: 121 columns",
        "wide.html:4: 200 columns",
    ]
    assert saying(INLINE, [short, long]) == ["short.html: style=", "long.html: <script"]


def test_control_every_figure_sees_what_it_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.test_house.ROOT", tmp_path)
    here, there = tmp_path / "here.py", tmp_path / "there.py"
    here.write_text("def told(): ...\ndef parse_day(): ...\nclass Row: ...\n")
    there.write_text(
        "from typing import Any\nclass Row: ...\ndef fill_row(x: Any):\n" + " x\n" * 60
    )
    assert one_word_names([here, there]) == (pytest.approx(100 / 3), ["here.py:1 told"])
    assert names_defined_twice([here, there]) == (25, ["here.py:3 Row, there.py:2 Row"])
    assert mentions_of_any([here, there]) == (1, ["there.py: 1"])
    assert functions_longer_than(60, [here, there]) == (1, ["there.py:3 fill_row"])


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
