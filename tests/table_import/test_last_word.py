"""A value that was not understood to its last word is never sure: whatever the column, whatever the
word, wherever it stands.
"""

from collections.abc import Callable
from inspect import getmembers, isfunction
from types import ModuleType
from typing import Any, get_args, get_type_hints

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from splot import parsing
from splot.documents.spreadsheets import Cell
from splot.implementation.actions.plans import add_group
from splot.implementation.models import ImplementationPlan
from splot.indicators.actions import add_indicator
from splot.parsing import Parsed, amounts, codes, spans
from splot.people.models import User
from splot.table_import.context import load_context
from splot.table_import.parse import (
    activities,
    choices,
    edges,
    institutions,
    money,
    names,
    schedule,
    sources,
)
from splot.table_import.parse.parsed_row import ParsedRow
from splot.table_import.parse.rows import parse_row
from splot.table_import.source_table import SourceRow
from tests import factories
from tests.factories import text
from tests.table_import.tables import meanings_of

pytestmark = pytest.mark.django_db
MODULES = (parsing, amounts, codes, spans, activities, choices, edges, institutions, money, names,
           schedule, sources)  # fmt: skip

# values that are sure by themselves, by the column that they stand in
KNOWN = {
    "when": ["2024", "2023-2024", "do 30.06.2024", "III kw. 2024", "na bieżąco", "corocznie",
             "od września 2023", "1.03-30.06.2024", "12/31/2024", "2. pololetí 2024", "März 2024",
             "po zakończeniu zadania 7", "rok szkolny 2023/2024"],
    "starts": ["1.02.2023", "od marca 2023", "2023-2024"],
    "due": ["30.06.2024", "II kw. 2024", "2024"],
    "planned:2024": ["12 000 zł", "12 000", "ok. 12 tys. zł", "€1.2m", "10 x 500 zł",
                     "60% z 100 000 zł", "100 000 zł (60% UE)", "0 zł", "bez kosztów",
                     "5 000 zł z budżetu miasta", "w ramach bieżącej działalności"],
    "lead": ["Wydział Oświaty", "MOPR", "Lider: MOPR", "Wydział Oświaty (koordynator)",
             "MOPR przy współpracy z Fundacją Nauki"],
    "joint_leads": ["Wydział Oświaty"],
    "partners": ["Fundacja Nauki", "Fundacja Nauki; Wydział Oświaty"],
    "leader": ["Anna Nowak", "Nowak Anna"],
    "groups": ["osoby starsze"],
    "activities": ["§ 3 ust. 1 pkt 2", "3.1.2", "§ 3 ust. 1 pkt 2 szkolenia nauczycieli"],
    "own_role": ["koordynator", "Miasto wspiera", "supporting"],
    "decision": ["finansowane", "bez dodatkowych kosztów"],
    "disposition": ["kontynuacja"],
    "priority": ["2", "priorytet 2"],
    "targets": ["Uczestnicy kursów: 120 (2024)", "Uczestnicy kursów: 120 osoby (2024)"],
    "after": ["1", "zadanie 1"],
}  # fmt: skip
CASES = [(code, value) for code, values in KNOWN.items() for value in values]
# words of no language and no shorthand: a consonant, then vowels that stand side by side nowhere
UNKNOWN = st.text("qxvw", min_size=1, max_size=3).map(lambda word: f"ju{word}öqu")
PLACES = ("before", "after", "between", "in brackets", "on a line of its own", "behind a comma")

# what a partner does, kept as such; the name of another group, proposed for the list
WORDS_OF_THEIR_OWN = (
    ("partners", "in brackets"),
    ("groups", "on a line of its own"),
    ("groups", "behind a comma"),
)
Parse = Callable[[str, str], ParsedRow]


@pytest.fixture
def parse(plan: ImplementationPlan) -> Parse:
    """A row with this cell in the column of this code."""
    town = plan.municipality
    factories.organisation(town)
    factories.organisation(town, "Miejski Ośrodek Pomocy Rodzinie")
    factories.organisation(town, "Fundacja Nauki", "ngo")
    add_group(by=None, municipality=town, name=text("osoby starsze"))
    add_indicator(by=None, municipality=town, name=text("Uczestnicy kursów"), unit=text("osoby"))
    User.objects.filter(pk=factories.user(town, "leader").pk).update(name="Anna Nowak")
    context = load_context(plan)

    def parse_cell(code: str, cell: str) -> ParsedRow:
        columns = meanings_of(["title", code])
        row = SourceRow(2, [Cell("Kurs"), Cell(cell, heading="Kolumna")], [], 2)
        return parse_row(row, columns, context)

    return parse_cell


def with_word(value: str, word: str, place: str) -> str:
    first, *others = value.split(" ")
    return {
        "before": f"{word} {value}",
        "after": f"{value} {word}",
        "between": " ".join((first, word, *others)),
        "in brackets": f"{value} ({word})",
        "on a line of its own": f"{value}\n{word}",
        "behind a comma": f"{value}, {word}",
    }[place]


@pytest.mark.parametrize(("code", "value"), CASES)
def test_the_values_by_themselves_are_sure(parse: Parse, code: str, value: str) -> None:
    row = parse(code, value)
    assert row.all_doubts() == []
    assert row.after or any(cell.values for name, cell in row.cells.items() if name != "title")


@pytest.mark.slow
@settings(max_examples=600, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(CASES), UNKNOWN, st.sampled_from(PLACES))
def test_an_unknown_word_beside_a_value_is_a_doubt(
    parse: Parse, case: tuple[str, str], word: str, place: str
) -> None:
    code, value = case
    if (code, place) in WORDS_OF_THEIR_OWN:
        return
    text_of_cell = with_word(value, word, place)
    row = parse(code, text_of_cell)
    values = [cell.values for name, cell in row.cells.items() if name != "title"]
    assert row.all_doubts() or not (any(values) or row.after), text_of_cell
    shown = " ".join((*row.unread.values(), *row.all_doubts()))
    assert word in shown or word in str(values), text_of_cell


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_every_parser_returns_what_it_left_over(module: ModuleType) -> None:
    """A new parser of another type would be a way for words to get lost."""
    parsers = {
        name: function
        for name, function in getmembers(module, isfunction)
        if name.startswith("parse_") and function.__module__ == module.__name__
    }
    returned: dict[str, Any] = {}
    for name, function in parsers.items():
        kind = get_type_hints(function)["return"]
        returned[name] = next(iter(get_args(kind)), kind)
    others = [name for name, kind in returned.items() if not issubclass(kind, Parsed)]
    assert others == []
