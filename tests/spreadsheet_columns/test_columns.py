"""A room says which fields a spreadsheet can have, and gets the guess, the form and the memory."""

import ast
from collections.abc import Sequence
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy
from lxml import html

from splot.core.actions import action, record
from splot.documents.spreadsheets import read_sheets
from splot.documents.spreadsheets.finding import find_tables
from splot.documents.spreadsheets.tables import SheetTable
from splot.people.models import Municipality
from splot.spreadsheet_columns.actions import remember_columns
from splot.spreadsheet_columns.forms import column_choices, parse_columns
from splot.spreadsheet_columns.queries import remembered_columns
from splot.spreadsheet_columns.recognise import recognise_columns
from splot.spreadsheet_columns.schema import (
    UNMAPPED,
    ColumnMeaning,
    FieldOption,
    ImportField,
    ImportSchema,
    share_of_cells,
)

# As the data bank of local figures exports them: a heading of its own for the territory, values
# of one indicator below a heading that says nothing but its name.
FIGURES = """\
Kod;Nazwa;Rok;Cudzoziemcy zameldowani na pobyt czasowy [osoba];Atrybut
3064000;Powiat m. Poznań;2022;9 871;
3064000;Powiat m. Poznań;2023;11 204;
0663000;Powiat m. Lublin;2022;3 120;
0663000;Powiat m. Lublin;2023;3 498;
"""
TERRITORY = r"^(nazwa|gmina|powiat|jednostka|territory|municipality|назва)\b"


def is_figure(text: str) -> bool:
    return text.replace(" ", "").isdecimal() and len(text) > 4


def figures_schema(subject: str = "figures") -> ImportSchema:
    sex = FieldOption(
        code="sex",
        label="Sex",
        unset_label="everybody",
        choices=(("f", "women"), ("m", "men")),
        find_in_heading=lambda heading: "f" if "kobiet" in heading else "",
    )
    return ImportSchema(
        subject=subject,
        fields=(
            ImportField(
                code="year",
                label=gettext_lazy("Year"),
                headings=((0.9, r"^(rok|year|рік)$"),),
                stands_once=True,
            ),
            ImportField(
                code="territory",
                label="Territory",
                headings=((0.8, TERRITORY),),
                stands_once=True,
            ),
            ImportField(
                code="value", label="Value", recognise=share_of_cells(is_figure), options=(sex,)
            ),
        ),
        one_of=("value",),
        missing_message="Say which column holds the values.",
    )


@pytest.fixture
def table() -> SheetTable:
    (sheet,) = read_sheets(FIGURES.encode(), "figures.csv").sheets
    (found,) = find_tables(sheet)
    return found


def codes(columns: Sequence[object]) -> list[str]:
    return [column.meaning.code for column in columns]  # type: ignore[attr-defined]


def test_columns_are_guessed_by_heading_and_by_what_stands_below(table: SheetTable) -> None:
    kind, territory, year, value, attribute = recognise_columns(table, figures_schema(), {})
    assert [territory.meaning.code, year.meaning.code] == ["territory", "year"]
    assert (
        value.meaning == ColumnMeaning("value") and value.confidence < territory.confidence == 0.8
    )
    assert value.samples == ["9 871", "11 204", "3 120"]
    assert attribute.meaning == ColumnMeaning(UNMAPPED) and attribute.samples == []
    # a code looks like a figure too: that is why a person confirms
    assert kind.meaning.code == "value"


@pytest.mark.parametrize("heading", ["Year", "Rok", "РІК", "year, 1 January"])
def test_a_label_in_any_language_is_a_heading(heading: str, table: SheetTable) -> None:
    table.header[0] = heading
    assert recognise_columns(table, figures_schema(), {})[0].meaning.code == "year"


def test_a_field_that_stands_once_goes_to_the_column_that_fits_best(table: SheetTable) -> None:
    table.header[4] = "Gmina"
    assert codes(recognise_columns(table, figures_schema(), {})).count("territory") == 1


def test_options_come_from_the_heading(table: SheetTable) -> None:
    table.header[3] = "Ludność, kobiety"
    value = recognise_columns(table, figures_schema(), {})[3]
    assert value.meaning == ColumnMeaning("value", {"sex": "f"})


def shown(table: SheetTable, theirs: Sequence[ColumnMeaning] = ()) -> html.HtmlElement:
    schema = figures_schema()
    context = column_choices(schema, recognise_columns(table, schema, {}), theirs)
    name = "spreadsheet_columns/_columns.html"
    return html.fromstring(f"<form>{render_to_string(name, context)}</form>")


def test_the_form_sends_back_what_it_shows(table: SheetTable) -> None:
    table.header[3] = "Ludność, kobiety"
    form = shown(table)
    posted = dict(form.form_values())
    assert posted["sex-3"] == "f" and "sex-2" not in posted
    meanings, faults = parse_columns(posted, figures_schema(), len(table.header))
    assert meanings == [column.meaning for column in recognise_columns(table, figures_schema(), {})]
    assert faults == []
    words = " ".join(form.text_content().split())
    assert "Cudzoziemcy" not in words and "11 204" in words and "a guess" in words


def test_what_somebody_else_saved_stands_beside(table: SheetTable) -> None:
    theirs = [ColumnMeaning("value"), ColumnMeaning("year")]
    words = " ".join(shown(table, theirs).text_content().split())
    assert words.count("saved by somebody else: Year") == 1


def test_faults_of_the_form_are_said() -> None:
    schema = figures_schema()
    meanings, faults = parse_columns({"code-0": "year", "code-1": "year"}, schema, 3)
    assert [meaning.code for meaning in meanings] == ["year", "year", UNMAPPED]
    assert faults == [
        "Two columns are “Year”. Keep one of them.",
        "Say which column holds the values.",
    ]
    hostile = {"code-0": "<script>", "code-1": "value", "sex-1": "x", "sex-0": "f"}
    assert parse_columns(hostile, schema, 2) == ([ColumnMeaning(""), ColumnMeaning("value")], [])


@action
def confirm(*, by: None, town: Municipality, table: SheetTable, schema: ImportSchema) -> None:
    """As an action of a room above: its own record, and the columns remembered with it."""
    meanings = [column.meaning for column in recognise_columns(table, schema, {})]
    meanings[0] = ColumnMeaning(UNMAPPED)
    remember_columns(town, schema, zip(table.header, meanings, strict=True))
    record(by=by, verb="test.confirmed", of=town)


@pytest.mark.django_db
def test_what_was_confirmed_is_remembered_for_a_municipality_and_a_subject(
    table: SheetTable, town: Municipality, other_town: Municipality
) -> None:
    schema = figures_schema()
    table.header[3] = "Ludność, kobiety"
    confirm(by=None, town=town, table=table, schema=schema)
    confirm(by=None, town=town, table=table, schema=schema)  # a second time is no fault
    memory = remembered_columns(town, schema)
    assert memory["ludnosc kobiety"] == ColumnMeaning("value", {"sex": "f"})
    table.header[0] = "KOD:"
    first, *__ = recognise_columns(table, schema, memory)
    assert first.is_remembered and first.meaning == ColumnMeaning(UNMAPPED)
    assert remembered_columns(town, figures_schema("another subject")) == {}
    assert remembered_columns(other_town, schema) == {}


def test_nothing_here_knows_of_a_task() -> None:
    root = Path(__file__).resolve().parents[2]
    for path in [Path(__file__), *(root / "splot/spreadsheet_columns").rglob("*.py")]:
        modules = [
            node.module or ""
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
            if isinstance(node, ast.ImportFrom)
        ]
        rooms = ("splot.table_import", "splot.implementation", "splot.policy", "splot.indicators")
        assert [module for module in modules if module.startswith(rooms)] == [], path
