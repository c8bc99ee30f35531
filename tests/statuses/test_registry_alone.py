"""No other file lists the statuses: whoever adds one would have to find it."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

import splot
from splot.implementation.statuses import (
    STATUS_LABELS,
    Status,
)

# Sentences that speak of one status in their own words; everything else asks the registry.
NAMED = {
    "content.py": {"DONE"},
    "summary.py": {"DONE", "LATE"},
    "desk.py": {"LATE"},
}
# The same words where they are no code: placeholders of those sentences, states of steps, how many
# cards are answered, labels in samples, "late 2025", a background worker that is late.
OTHER_MEANINGS = {
    "content.py": {"done"},
    "summary.py": {"done", "late"},
    "steps.html": {"done"},
    "ways.py": {"done"},
    "gallery.py": {"done"},
    "links.py": {"done"},
    "sample.html": {"late"},
    "approximate_dates.py": {"late"},
    "__init__.py": {"late"},
    "worker.py": {"late"},
}
REGISTRY = "implementation/statuses.py"
KINDS = (".py", ".html", ".css", ".js", ".typ", ".toml")


def codes_written_in(source: str) -> set[str]:
    """Codes of statuses in quotation marks or as a part of the name of a class or a pattern."""
    codes = "|".join(sorted(STATUS_LABELS, key=len, reverse=True))
    return set(re.findall(rf"""["'-]({codes})(?=["'\s{{,)])""", source))


def members_named_in(source: str) -> set[str]:
    return set(re.findall(rf"(?<!\.)\bStatus\.({'|'.join(Status.names)})\b", source))


def found_in_the_code(search: Callable[[str], set[str]]) -> dict[str, set[str]]:
    """{name of a file: what is found in it}, for all files but the registry itself."""
    root, found = Path(splot.__file__).parent, {}
    for path in root.rglob("*"):
        is_code = path.suffix in KINDS and "data" not in path.parts and path != root / REGISTRY
        if is_code and (words := search(path.read_text())):
            found.setdefault(path.name, set()).update(words)
    return found


def test_nothing_but_the_registry_lists_statuses() -> None:
    assert found_in_the_code(members_named_in) == NAMED
    assert found_in_the_code(codes_written_in) == OTHER_MEANINGS


@pytest.mark.parametrize(
    "forgotten",
    [
        'if status in ("done", "late"):',
        ".status--late { color: red }",
        "url(#pattern-not_reported)",
        "{% status 'on_time' x %}",
    ],
)
def test_control_a_list_of_codes_is_seen(forgotten: str) -> None:
    assert codes_written_in(forgotten)


def test_control_a_member_is_seen() -> None:
    assert members_named_in("if status == Status.ABANDONED:") == {"ABANDONED"}
    assert members_named_in("Observation.Status.SECRET, Policy.Status.DRAFT") == set()
