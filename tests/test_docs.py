"""What the documentation points at is there, and what can be named is named."""

import ast
import io
import re
import subprocess
import tokenize
from functools import cache
from pathlib import Path

import pytest
import yaml
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import translation

from splot.cli import build_parser
from splot.documents.readers import read_document
from splot.documents.readers.cleaning import INVISIBLE
from splot.documents.tree import EID_PREFIXES
from splot.people.management.commands.roles import with_current_table
from splot.people.models import Membership
from splot.policy.act_mapping import suggest_mapping

ROOT = Path(__file__).resolve().parent.parent
REFERENCE = ROOT / "docs/reference"
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")


def without_code(text: str) -> str:
    """Markdown without its blocks of code, in which brackets mean something else."""
    return re.sub(r"^```.*?^```", "", text, flags=re.M | re.S)


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as readers of Markdown make them."""
    headings = re.findall(r"^#+ (.+)$", without_code(page.read_text("utf-8")), re.M)
    return {
        re.sub(r"[^\w -]", "", heading.lower()).strip().replace(" ", "-") for heading in headings
    }


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_and_pictures_lead_somewhere(path: Path) -> None:
    for link in LINK.findall(without_code(path.read_text("utf-8"))):
        if link.startswith(("http://", "https://")):
            continue
        file, __, anchor = link.partition("#")
        target = (path.parent / file).resolve() if file else path
        assert target.is_file() and target.is_relative_to(ROOT), link
        assert not anchor or anchor in anchors(target), link


# what CONTRIBUTING adds as an example, and what a checkout makes
MADE_LATER = re.compile(
    r"gaps|without_leader|test_group_actions|^var$|secret_key|\.sqlite3|splot\.(css|1a2b)"
)
# names of others, and parts of an eId
FOREIGN = re.compile(r"^(\.venv/|pg_dump$|django\.)|^[a-z_]+(_\d+)+$")
CODED = [*PAGES, ROOT / "splot/core/components/README.md", ROOT / "publiccode.yml"]
FENCE = re.compile(r"^ *```.*?^ *```", re.M | re.S)
TICKED = re.compile(r"`([^`\n]+)`")
IS_PATH = re.compile(
    r"[\w.-]+(?:/[\w.-]+)*\.(?:py|html|toml|typ|css|js|md|po)|[\w.-]+(?:/[\w.-]+)+/?"
)
IS_NAME = re.compile(
    r"@?([a-z_]+(?:_[a-z0-9_]+)+|(?:[A-Z]+[a-z0-9]+){2,}|[A-Z]+(?:_[A-Z]+)+)(?:\(.*\))?"
)
IS_CALL = re.compile(r"([a-z_]\w*)\(.*\)")
IS_DOTTED = re.compile(r"(?:\w+\.)+\w+")


@cache
def files() -> set[str]:
    """The files of the checkout, from its root."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return set(listed.stdout.splitlines())


@cache
def words_of_the_code() -> set[str]:
    """Every name that the code defines or uses, and every word of its strings and templates, but
    not those of comments and docstrings: they may be as old as the documentation.
    """
    words: set[str] = set()
    for name in files():
        if not name.startswith(("splot/", "config/", "tests/")) or name == "tests/test_docs.py":
            continue
        if name.endswith(".py"):
            words |= words_of_python((ROOT / name).read_text("utf-8"))
        elif name.endswith((".html", ".typ", ".toml", ".css", ".js")):
            words |= set(re.findall(r"\w+", (ROOT / name).read_text("utf-8")))
    return words


def words_of_python(source: str) -> set[str]:
    words: set[str] = set()
    before = tokenize.NEWLINE
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        opens = before in (tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENCODING)
        if token.type == tokenize.NAME or (token.type == tokenize.STRING and not opens):
            words |= set(re.findall(r"\w+", token.string))
        if token.type not in (tokenize.NL, tokenize.COMMENT):
            before = token.type
    return words


def stale_names(text: str) -> list[str]:
    """What stands between backticks as a path, a module or a name of the code, and is none."""
    return [each for each in TICKED.findall(FENCE.sub("", text)) if is_stale(each)]


def is_stale(ticked: str) -> bool:
    if MADE_LATER.search(ticked) or FOREIGN.search(ticked) or "…" in ticked or "<" in ticked:
        return False
    if IS_DOTTED.fullmatch(ticked) and ticked.split(".")[0] == "splot":
        return not is_importable(ticked)
    if IS_PATH.fullmatch(ticked):
        return not is_file(ticked)
    if call := IS_NAME.fullmatch(ticked) or IS_CALL.fullmatch(ticked):
        return call[1] not in words_of_the_code()
    return (
        IS_DOTTED.fullmatch(ticked) is not None and ticked.split(".")[-1] not in words_of_the_code()
    )


def is_file(path: str) -> bool:
    """A file or folder of the checkout, from its root or, with its last parts, from a room."""
    path = f"/{path.rstrip('/')}/"
    product = [f"/{file}/" for file in files() if file.startswith("splot/")]
    return any(f"/{file}/".startswith(path) for file in files()) or any(
        path in file for file in product
    )


def is_importable(dotted: str) -> bool:
    """A module, or a name that one defines."""
    module, __, name = dotted.rpartition(".")
    as_path = dotted.replace(".", "/")
    if f"{as_path}.py" in files() or f"{as_path}/__init__.py" in files():
        return True
    return any(
        name in words_of_python((ROOT / path).read_text("utf-8"))
        for path in (f"{module.replace('.', '/')}.py", f"{module.replace('.', '/')}/__init__.py")
        if path in files()
    )


@pytest.mark.parametrize("path", CODED, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_files_and_names_of_the_code_exist(path: Path) -> None:
    assert stale_names(path.read_text("utf-8")) == []


def test_tags_and_imports_in_examples_exist() -> None:
    for path in CODED:
        text = path.read_text("utf-8")
        tags = set(re.findall(r"\{% (?:end)?(\w+)", text)) - words_of_the_code()
        assert tags == set(), path
        for module, names in re.findall(r"^ *from (splot[\w.]+) import ([\w, ]+)$", text, re.M):
            missing = [each for each in names.split(", ") if not is_importable(f"{module}.{each}")]
            assert MADE_LATER.search(module + names) or missing == [], (path, module)


def test_journeys_name_what_the_files_define() -> None:
    """A name belongs to the last file before it."""
    lines = re.findall(r"^\d+\. .+$", (REFERENCE / "journeys.md").read_text("utf-8"), re.M)
    assert len(lines) == 30
    for line in lines:
        file = ""
        for ticked in TICKED.findall(line):
            file = ticked if "/" in ticked else file
            assert ticked == file or ticked in defined_in(file), line


def test_the_glossary_says_where_things_are() -> None:
    """`name`, `other` in `file`."""
    text = (REFERENCE / "glossary.md").read_text("utf-8")
    places = re.findall(r"((?:`\w+`, )*`\w+`) in `([\w./]+\.py)`", text)
    assert len(places) > 15
    for names, file in places:
        assert set(TICKED.findall(names)) <= defined_in(file), file


@cache
def defined_in(file: str) -> set[str]:
    """Functions, classes and methods that a file defines."""
    return {
        node.name
        for node in ast.walk(ast.parse((ROOT / file).read_text("utf-8")))
        if isinstance(node, (ast.FunctionDef, ast.ClassDef))
    }


def test_control_a_name_that_is_gone_is_noticed() -> None:
    text = "`splot/policy/composing.py`, `policy/compose.py`, `compose_document`, `bind_words(x)`, "
    text += "`splot.policy.compose.compose_document`, `splot.policy.compose.composing_of`, `todo`"
    gone = ["splot/policy/composing.py", "bind_words(x)", "splot.policy.compose.composing_of"]
    assert stale_names(text) == gone
    assert words_of_python('"""A thing."""\nx = "told"  # said\n') == {"x", "told"}


def test_the_index_knows_every_page() -> None:
    index = (ROOT / "docs/README.md").read_text("utf-8")
    listed = {(ROOT / "docs" / link.partition("#")[0]).resolve() for link in LINK.findall(index)}
    assert {page for page in PAGES if page.parent.parent == ROOT / "docs"} <= listed


def commands() -> dict[str, set[str]]:
    """{command: its options}, as the program itself has them."""
    found = next(action.choices for action in build_parser()._actions if action.choices)
    return {
        name: {
            option
            for action in parser._actions
            for option in action.option_strings
            if option != "-h"
        }
        - {"--help"}
        for name, parser in found.items()
    }


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_commands_that_are_named_exist(path: Path) -> None:
    text = path.read_text("utf-8")
    named = re.findall(r"(?:`|\.venv/bin/|^    )splot ([a-z][a-z-]*)", text, re.M)
    targets = re.findall(r"(?:`|^    |=\S+ )make ([a-z]+)", text, re.M)
    makefile = (ROOT / "Makefile").read_text("utf-8")
    assert set(named) <= set(commands())
    assert [target for target in targets if not re.search(rf"^{target}:", makefile, re.M)] == []


def test_every_command_is_described_with_its_options() -> None:
    page = (REFERENCE / "commands.md").read_text("utf-8")
    headings = dict(re.findall(r"^## `splot ([a-z-]+)(.*)`$", page, re.M))
    assert set(headings) == set(commands())
    for name, options in commands().items():
        assert {option for option in options if option not in headings[name]} <= {"--output"}


def test_every_setting_is_described_and_every_described_one_is_read() -> None:
    settings = (ROOT / "config/settings.py").read_text("utf-8")
    command = (ROOT / "splot/cli/serving.py").read_text("utf-8")
    read = set(re.findall(r"os\.environ(?:\.get\(|\[)\s*\"(\w+)\"", settings + command))
    read |= {"DATABASE_URL"} if "dj_database_url.config(" in settings else set()
    described = re.findall(
        r"^\| `([A-Z_]+)` \|", (REFERENCE / "settings.md").read_text("utf-8"), re.M
    )
    assert set(described) == read


def patterns(resolver: URLResolver, prefix: str = "") -> list[str]:
    found = []
    for each in resolver.url_patterns:
        path = prefix + str(each.pattern)
        found += [path] if isinstance(each, URLPattern) else patterns(each, path)
    return found


def test_every_address_is_described() -> None:
    page = (REFERENCE / "addresses.md").read_text("utf-8")
    parts = {
        part for path in patterns(get_resolver()) for part in re.sub(r"<[^>]+>", " ", path).split()
    }
    fixed = {
        word
        for part in parts
        for word in part.strip("/.").split("/")
        if word and word not in ("pl", "en")
    }
    assert {word for word in fixed if word not in page} == set()


def test_every_role_is_described() -> None:
    page = (REFERENCE / "roles.md").read_text("utf-8").lower()
    with translation.override("en"):
        assert [role.label for role in Membership.Role if str(role.label) not in page] == []


def test_roles_may_what_the_page_says() -> None:
    text = (REFERENCE / "roles.md").read_text("utf-8")
    assert with_current_table(text) == text, "Renew it: .venv/bin/python manage.py roles"
    assert "| see the audit trail |" in text


def test_control_a_table_that_says_something_else_is_noticed() -> None:
    text = (REFERENCE / "roles.md").read_text("utf-8")
    assert with_current_table(text.replace("yes", "", 1)) == text


def test_every_kind_and_code_of_the_document_tree_is_described() -> None:
    page = (REFERENCE / "document-tree.md").read_text("utf-8")
    described = {
        code
        for cell in re.findall(r"^\| (`.+?) \|", page, re.M)
        for code in re.findall(r"`([\w-]+)`", cell)
    }
    source = "\n".join(
        path.read_text("utf-8") for path in (ROOT / "splot/documents/readers").glob("*.py")
    )
    codes = set(re.findall(r"\b(?:mended|changed|Problem|_problem)\(\s*\"([a-z-]+)\"", source))
    codes |= set(re.findall(r"\(\"([a-z-]+)\", (?:SIGNATURE|PAGE_NUMBER|of_)", source)) | {
        what for what, __ in INVISIBLE
    }
    assert len(codes) > 15
    assert codes | set(EID_PREFIXES) <= described


def test_the_tutorial_shows_what_its_resolution_gives() -> None:
    tutorial = (ROOT / "docs/tutorial.md").read_text("utf-8")
    document = read_document((ROOT / "docs/examples/resolution.txt").read_bytes(), "resolution.txt")
    roles = [role.partition(":")[0] for role in suggest_mapping(document).links.values()]
    said = "areas: {area} · aims: {aim} · activities: {activity}"
    assert (
        said.format(**{name: roles.count(name) for name in ("area", "aim", "activity")}) in tutorial
    )
    assert [(problem.code, problem.place) for problem in document.problems] == [
        ("missing", "§ 3 ust. 2 pkt 4"),
        ("reference", "§ 7"),
    ]


REQUIRED = (
    "publiccodeYmlVersion",
    "name",
    "url",
    "platforms",
    "categories",
    "developmentStatus",
    "softwareType",
)


def test_the_entry_for_catalogues_of_public_software_is_whole() -> None:
    entry = yaml.safe_load((ROOT / "publiccode.yml").read_text("utf-8"))
    assert [key for key in REQUIRED if not entry.get(key)] == []
    assert entry["legal"]["license"] == "EUPL-1.2"
    assert (
        entry["maintenance"]["type"] in ("internal", "community")
        and entry["maintenance"]["contacts"]
    )
    for language in ("pl", "en"):
        words = entry["description"][language]
        assert len(words["shortDescription"]) <= 150 <= len(words["longDescription"]) <= 10_000
        assert words["features"]
        assert all((ROOT / picture).is_file() for picture in words["screenshots"])


def test_the_entry_names_the_languages_of_the_interface(settings) -> None:
    entry = yaml.safe_load((ROOT / "publiccode.yml").read_text("utf-8"))
    assert entry["localisation"]["availableLanguages"] == [code for code, __ in settings.LANGUAGES]
