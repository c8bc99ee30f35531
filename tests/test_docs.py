"""What the documentation points at is there, and what can be named is named."""

import re
from pathlib import Path

import pytest
import yaml
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import translation

from splot.cli import _build_parser
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


def test_the_index_knows_every_page() -> None:
    index = (ROOT / "docs/README.md").read_text("utf-8")
    listed = {(ROOT / "docs" / link.partition("#")[0]).resolve() for link in LINK.findall(index)}
    assert {page for page in PAGES if page.parent.parent == ROOT / "docs"} <= listed


def commands() -> dict[str, set[str]]:
    """{command: its options}, as the program itself has them."""
    found = next(action.choices for action in _build_parser()._actions if action.choices)
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
    command = (ROOT / "splot/cli.py").read_text("utf-8")
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
