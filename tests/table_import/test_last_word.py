"""A value that was not understood to its last word is never sure: whatever the column, whatever the
word, wherever it stands.
"""

from collections.abc import Callable
from importlib import import_module
from inspect import getmembers, isfunction
from pkgutil import iter_modules
from types import ModuleType
from typing import Any, get_args, get_type_hints

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import splot.parsing
import splot.table_import.parse
from splot.documents.spreadsheets import Cell
from splot.implementation.actions.plans import add_group
from splot.implementation.columns import COLUMNS
from splot.implementation.models import BudgetLine, ImplementationPlan
from splot.indicators.actions import add_indicator
from splot.parsing import Parsed, exact
from splot.people.models import User
from splot.table_import.column_headings import GROUP, STATUS
from splot.table_import.columns import table_schema
from splot.table_import.context import load_context
from splot.table_import.parse.parsed_row import ParsedRow
from splot.table_import.parse.rows import parse_row
from splot.table_import.source_table import SourceRow
from tests import factories
from tests.factories import text
from tests.table_import.tables import meanings_of

pytestmark = pytest.mark.django_db
MODULES = tuple(
    import_module(found.name)
    for package in (splot.parsing, splot.table_import.parse)
    for found in iter_modules(package.__path__, f"{package.__name__}.")
)
NOT_PARSED = {STATUS, GROUP}  # columns of files that say nothing of a task
TEXTS = [column.code for column in COLUMNS if column.is_text]

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
    "committed:2024": ["12 000 zł", "5 tys. zł"],
    "paid:2024": ["12 000 zł", "1 200,50"],
    "sources": ["budżet miasta", "środki UE"],
    "resources": ["Pracownicy: lektorka", "dwa laptopy", "sala"],
    "milestones": ["Umowa (30.06.2024)", "Umowa – 30.06.2024", "Umowa"],
    "area": ["1", "Edukacja"],
    "number": ["12"],
    "code": ["E.1"],
    "order": ["1"],
    **{code: ["Kurs języka"] for code in TEXTS},
}  # fmt: skip
CASES = [(code, value) for code, values in KNOWN.items() for value in values]
# words of no language and no shorthand: a consonant, then vowels that stand side by side nowhere
UNKNOWN = st.text("qxvw", min_size=1, max_size=3).map(lambda word: f"ju{word}öqu")
PLACES = ("before", "after", "between", "in brackets", "on a line of its own", "behind a comma")

# what a partner does, kept as such; the name of another group, proposed for the list
OF_WORDS = {*TEXTS, "resources", "milestones", "code", "order"}  # words are what they hold
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
    plan.policy.areas.filter(number=1).update(name=text("Edukacja"))
    factories.organisation(town)
    factories.organisation(town, "Miejski Ośrodek Pomocy Rodzinie")
    factories.organisation(town, "Fundacja Nauki", "ngo")
    add_group(by=None, municipality=town, name=text("osoby starsze"))
    add_indicator(by=None, municipality=town, name=text("Uczestnicy kursów"), unit=text("osoby"))
    User.objects.filter(pk=factories.user(town, "leader").pk).update(name="Anna Nowak")
    context = load_context(plan)

    def parse_cell(code: str, cell: str) -> ParsedRow:
        columns, cells = [code], [Cell(cell, heading="Kolumna")]
        if code != "title":
            columns, cells = ["title", *columns], [Cell("Kurs"), *cells]
        if code == "sources":  # said of the money beside it
            columns, cells = [*columns, "planned:2024"], [*cells, Cell("100 zł")]
        return parse_row(SourceRow(2, cells, [], 2), meanings_of(columns), context)

    return parse_cell


def said_by(row: ParsedRow, code: str) -> list[Any]:
    """What a row says of its task in a column, nothing where the cell was not understood."""
    if code == "sources":
        lines = row.cells["planned"].values["budget"]
        return [line.source for line in lines if line.source != BudgetLine.Source.UNSTATED]
    cells = [cell.values for name, cell in row.cells.items() if name != "title" or code == name]
    return list(filter(None, (*cells, row.after, row.areas, row.number, row.code, row.order)))


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
    assert said_by(row, code)


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
    said = said_by(row, code)
    is_own_text = code in OF_WORDS and word in str(said)
    assert row.all_doubts() or not said or is_own_text, text_of_cell
    shown = " ".join((*row.unread.values(), *row.all_doubts()))
    assert word in shown or word in str(said), text_of_cell


def test_every_column_of_a_file_has_values_here() -> None:
    codes = {field.code for field in table_schema().fields}
    assert codes - {code.partition(":")[0] for code in KNOWN} == NOT_PARSED


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_every_parser_returns_what_it_left_over(module: ModuleType) -> None:
    """A new parser of another type would be a way for words to get lost."""
    if module is exact:
        return  # refuses what is not certain
    parsers = {
        name: function
        for name, function in getmembers(module, isfunction)
        if name.startswith("parse_") and function.__module__ == module.__name__
    }
    returned: dict[str, Any] = {}
    for name, function in parsers.items():
        hints = get_type_hints(function)
        kind = hints["return"]
        if kind is type(None):  # parses into the row that it is given
            kind = hints.get("parsed_row", kind)
        returned[name] = next(iter(get_args(kind)), kind)
    others = [name for name, kind in returned.items() if not issubclass(kind, (Parsed, ParsedRow))]
    assert others == []
