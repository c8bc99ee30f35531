"""The examples of CONTRIBUTING are added to a copy of the checkout, as they stand, and run there."""

import ast
import os
import re
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parent.parent
CONTRIBUTING = ROOT / "CONTRIBUTING.md"
SECTIONS = ("Add a page", "Add an action")
BLOCK = re.compile(r"^( *)```(\w+)\n(.*?)^\1```", re.M | re.S)
FILE = re.compile(r"`((?:splot|tests|docs)/[\w./]+\.\w+)`")
WITHOUT_A_PLACE = {".git", ".venv", "var", "__pycache__", "releases"}


def examples(section: str) -> list[tuple[str, str]]:
    """(file, code) of each block of a section: the file is the last one named before it."""
    text = re.split(r"^## ", CONTRIBUTING.read_text("utf-8"), flags=re.M)
    (part,) = [each for each in text if each.startswith(f"{section}\n")]
    return [
        (FILE.findall(part[: block.start()])[-1], textwrap.dedent(block[0]).split("\n", 1)[1][:-3])
        for block in BLOCK.finditer(part)
    ]


def add_example(path: Path, code: str) -> None:
    """What a contributor does with a block: a new file of it, or a part of the one that is there."""
    if not path.exists():
        path.write_text(code, "utf-8")
    elif path.suffix == ".md":
        head, row, tail = path.read_text("utf-8").rpartition("\n|")
        line, __, rest = tail.partition("\n")
        path.write_text(f"{head}{row}{line}\n{code}{rest}", "utf-8")
    else:
        path.write_text(with_code(path.read_text("utf-8"), code), "utf-8")


def with_code(source: str, code: str) -> str:
    """A module with its new imports on top, its new functions below and no old ones of their name,
    and its new addresses among the others.
    """
    imports, rest = parted(code)
    new = {getattr(node, "name", "") for node in ast.parse(rest).body} - {""}
    lines = source.splitlines(keepends=True)
    for node in reversed(ast.parse(source).body):
        if getattr(node, "name", "") in new:
            assert isinstance(node, ast.FunctionDef)
            del lines[
                min(each.lineno for each in [*node.decorator_list, node]) - 1 : node.end_lineno
            ]
    after = max(
        node.end_lineno or 0
        for node in ast.parse("".join(lines)).body
        if isinstance(node, (ast.Import, ast.ImportFrom))
    )
    lines.insert(after, imports)
    if rest.startswith("path("):
        head, bracket, tail = "".join(lines).rpartition("]")
        return f"{head}    {rest.rstrip()},\n{bracket}{tail}"
    return "".join([*lines, "\n\n", rest])


def parted(code: str) -> tuple[str, str]:
    """The imports of a block, and what follows them."""
    lines = code.splitlines(keepends=True)
    imports = [
        node.end_lineno or 0
        for node in ast.parse(code).body
        if isinstance(node, (ast.Import, ast.ImportFrom))
    ]
    end = max(imports, default=0)
    return "".join(lines[:end]), "".join(lines[end:]).lstrip("\n")


def run(where: Path, *command: str) -> str:
    """What Python says, run in a checkout; the test fails with it where it fails."""
    own = {"SPLOT_DATA": str(where / "var")}  # not the database of this run
    inherited = {
        name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")
    }
    done = subprocess.run(
        [sys.executable, *command],
        cwd=where,
        env=inherited | own,
        capture_output=True,
        text=True,
        timeout=900,
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
    return done.stdout


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the checkout with the examples in it, imports sorted as `ruff` sorts them."""
    copy = tmp_path_factory.mktemp("contributing") / "splot"
    shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(*WITHOUT_A_PLACE))
    for section in SECTIONS:
        for file, code in examples(section):
            add_example(copy / file, code)
    run(copy, "-m", "ruff", "check", "--quiet", "--fix", "--select", "I", "splot", "tests")
    run(copy, "-m", "ruff", "format", "--quiet", "splot", "tests")
    return copy


def test_every_example_says_where_it_goes() -> None:
    files = [file for section in SECTIONS for file, __ in examples(section)]
    assert files == [
        "splot/implementation/rules.py",
        "splot/implementation/queries/tasks.py",
        "splot/implementation/pages/gaps.py",
        "splot/implementation/urls.py",
        "docs/reference/addresses.md",
        "splot/implementation/templates/implementation/gaps.html",
        "tests/implementation/test_gaps.py",
        "splot/implementation/actions/plans.py",
        "tests/implementation/test_group_actions.py",
    ]


def test_the_new_page_and_the_action_do_what_is_said_of_them(checkout: Path) -> None:
    said = run(
        checkout,
        "-m",
        "pytest",
        "-q",
        "tests/implementation/test_gaps.py",
        "tests/implementation/test_group_actions.py",
        "tests/web/test_doors.py::test_every_address_declares_its_door",
        "tests/test_docs.py::test_every_address_is_described",
        "tests/test_house.py::test_pages_start_from_the_municipality",
    )
    assert re.search(r"^8 passed", said, re.M), said


def test_the_new_code_passes_the_checks_of_style_and_rooms(checkout: Path) -> None:
    run(checkout, "-m", "ruff", "check", "splot/implementation", "tests/implementation")
    lint = "from importlinter.cli import lint_imports_command as lint; lint()"
    said = run(checkout, "-c", lint, "--no-cache")
    assert "3 kept, 0 broken" in said
