"""Each word of the vocabulary is known to the import of tables and to that of acts: a word that is
added there needs no other place.
"""

import re

import pytest

from splot.documents.readers.plan_words import DETAIL, parse_plan_heading
from splot.documents.spreadsheets.headings import HEADING_STEMS
from splot.language.normalisation import normalise_name
from splot.parsing.vocabulary import details, entries_of, plan_parts, roles
from splot.table_import.column_headings import AREA, HEADINGS

KNOWN_AS = {  # meaning: what it says in an act, columns of a table
    plan_parts.AREA: ("area", {AREA, "priority"}),
    plan_parts.PILLAR: ("area", {AREA}),
    plan_parts.AIM: ("aim", {AREA}),
    plan_parts.ACTIVITY: ("activity", {"title"}),
    plan_parts.TASK: ("activity", {"title"}),
    roles.AUDIENCE: ("audience", {"audience"}),
    roles.PARTNER: ("partner", {"partners"}),
    details.TIME: (DETAIL, {"when"}),
    details.INDICATOR: (DETAIL, {"targets"}),
    details.COST: (DETAIL, {"planned"}),
    details.SOURCE: (DETAIL, {"sources"}),
}


def first_form(entry: str) -> str:
    """A word in which an entry stands in a file: "grup(a/y) docelow*|odbiorc*" is "Grupa docelow"."""
    words = [word.split("|")[0] for word in entry.lstrip("+").split()]
    return re.sub(r"\(([^/)]*)[^)]*\)\??|\*", r"\1", " ".join(words)).capitalize()


@pytest.mark.parametrize("meaning", KNOWN_AS)
def test_a_word_is_known_in_acts_and_in_tables(meaning: str) -> None:
    says, columns = KNOWN_AS[meaning]
    unknown: list[str] = []
    for heading in map(first_form, entries_of(meaning)):
        word = parse_plan_heading(heading)
        patterns = [pattern for column in columns for __, pattern in HEADINGS[column]]
        is_column = any(re.search(pattern, normalise_name(heading)) for pattern in patterns)
        if word is None or word.says != says or not is_column or not HEADING_STEMS.match(heading):
            unknown.append(heading)
    assert unknown == []
