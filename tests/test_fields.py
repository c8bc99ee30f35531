"""One check at every door: whatever way a value comes in, the same is taken and the same refused."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError

from splot.cli import main
from splot.core import bounds
from splot.documents.spreadsheets import Cell
from splot.implementation.actions.plans import start_plan
from splot.implementation.models import ImplementationPlan
from splot.indicators.actions import add_indicator
from splot.parsing import form_fields
from splot.spreadsheet_columns.schema import ColumnMeaning
from splot.table_import.column_imports import parse_cell
from splot.table_import.context import load_context
from splot.table_import.parse.money import parse_money_cell
from splot.workbooks import cells
from tests.factories import text
from tests.fields import door_rows, form_classes, visible_fields
from tests.table_import.tables import meanings_of

DATA = Path(__file__).parent.parent / "docs/reference/data.md"
NUMBERS = (forms.IntegerField, forms.DateField, forms.DateTimeField, forms.TimeField)

# What is typed, and what it is; None where it is refused.
SUMS: dict[str, Decimal | None] = {
    "1 234,50": Decimal("1234.50"),
    "480 000,50 zł": Decimal("480000.50"),
    "480\u00a0000,50\u00a0zł": Decimal("480000.50"),
    "1.5": Decimal("1.5"),
    "1.234,50": Decimal("1234.50"),
    "12 tys. zł": Decimal("12000"),
    "0": Decimal(0),
    "1.234": None,
    "1,005": None,
    "10-12": None,
    "1e5": None,
    "nan": None,
    "dużo": None,
    "9999999999999999": None,
    "1,2345": None,
    "20 zł/os.": None,
}
COUNTS: dict[str, int | None] = {
    "120": 120,
    "1 200": 1200,
    "0": 0,
    "1,5": None,
    "-5": None,
    "2 000 000 001": None,
    "wielu": None,
}
DAYS: dict[str, date | None] = {
    "31.12.2024": date(2024, 12, 31),
    "2024-12-31": date(2024, 12, 31),
    "31 grudnia 2024 r.": date(2024, 12, 31),
    "III kw. 2024": date(2024, 9, 30),
    "24": None,
    "31.12.24": None,
    "0024-12-31": None,
    "31.12.0024": None,
    "31.12.9999": None,
    "9999-12-31": None,
    "31.12.2150": None,
    "31.02.2024": None,
    "03/04/2024": None,
    "wkrótce": None,
}
YEARS: dict[str, int | None] = {"2024": 2024, "24": None, "0024": None, "9999": None, "MMXX": None}


def outcome(take: Callable[[str], object], written: str) -> tuple[object, list[str]]:
    """What a door makes of it: the value, or the words with which it is refused."""
    try:
        return take(written), []
    except ValidationError as refusal:
        return None, refusal.messages
    except cells.InvalidCell as refusal:
        return None, [str(refusal)]


def fields_of(kind: type[forms.Field]) -> Iterator[tuple[str, forms.Field]]:
    for form in form_classes():
        for name, field in visible_fields(form).items():
            if isinstance(field, kind):
                yield f"{form.__name__}.{name}", field


def test_the_reference_lists_every_field_of_every_door() -> None:
    missing = [row for row in door_rows() if row not in DATA.read_text()]
    assert missing == [], "docs/reference/data.md lacks rows, or has old ones"


def test_the_reference_says_the_bounds_that_there_are() -> None:
    text = DATA.read_text()
    for number in (bounds.MAX_COUNT, bounds.MAX_PRIORITY, int(bounds.MAX_AMOUNT)):
        assert f"{number:,}".replace(",", " ") in text
    assert f"{bounds.FIRST_YEAR} to {bounds.LAST_YEAR}" in text


def test_no_form_takes_a_number_or_a_day_by_a_parser_of_its_own() -> None:
    own = []
    for form in form_classes():
        for name, field in visible_fields(form).items():
            if isinstance(field, NUMBERS):
                own.append(f"{form.__name__}.{name}")
    assert own == []


@pytest.mark.parametrize(
    "kind, values",
    [
        (form_fields.AmountFormField, SUMS),
        (form_fields.DayFormField, DAYS),
        (form_fields.YearFormField, YEARS),
    ],
)
def test_every_form_takes_the_same_with_the_same_words(
    kind: type[forms.Field], values: dict[str, object]
) -> None:
    fields = list(fields_of(kind))
    assert len(fields) > 2
    for written, meant in values.items():
        outcomes = {}
        for name, field in fields:
            is_start = getattr(field, "edge", "due") == "starts" and meant and "kw" in written
            if not is_start:
                outcomes[name] = outcome(field.clean, written)
        first = next(iter(outcomes.values()))
        assert set(map(str, outcomes.values())) == {str(first)}, written
        assert first[0] == meant, written
        assert bool(first[1]) == (meant is None)


def test_a_count_is_the_same_in_a_report_and_in_a_workbook() -> None:
    (field,) = [field for name, field in fields_of(form_fields.CountFormField) if "reached" in name]
    for written, meant in COUNTS.items():
        value, words = outcome(field.clean, written)
        filled, filled_words = outcome(_fill("reached"), written)
        assert value == meant, written
        assert filled == (None if meant is None else f"exact {meant} persons"), written
        assert words == filled_words


def _fill(code: str) -> Callable[[str], object]:
    return lambda written: cells.parse_cell(code, {code: Cell(written)})


@pytest.mark.parametrize("code", ["committed", "paid"])
def test_a_sum_is_the_same_in_a_form_and_in_a_workbook(code: str) -> None:
    field = form_fields.AmountFormField()
    for written, meant in {**SUMS, "-5": None}.items():
        value, words = outcome(field.clean, written)
        filled, filled_words = outcome(_fill(code), written)
        assert (value, filled) == (meant, None if meant is None else f"{meant:.2f}"), written
        assert words == filled_words


@pytest.fixture
def plan(policy: Any) -> ImplementationPlan:
    made = start_plan(by=None, policy=policy, starts=2023, ends=2024)
    made.policy, made.municipality = policy, policy.municipality
    return made


@pytest.mark.django_db
def test_an_import_is_sure_of_nothing_that_a_form_refuses(plan: ImplementationPlan) -> None:
    context = load_context(plan)
    (meaning,) = meanings_of(["planned:2024:own"])
    for written, meant in SUMS.items():
        assert _sure_sum(written, context, meaning) == meant, written
    for written, day in DAYS.items():
        for code in ("due", "when"):
            parsed = parse_cell(code, Cell(written), context)
            sure = parsed.values.get("due") if not (parsed.doubts or parsed.left) else None
            assert sure == day, (code, written)
    for written, number in {"3": 3, "0": None, "10000": None, "pierwszy": None}.items():
        assert parse_cell("priority", Cell(written), context).values.get("priority") == number


def _sure_sum(written: str, context: Any, meaning: ColumnMeaning) -> Decimal | None:
    parsed = parse_money_cell(Cell(written), context, meaning, "own")
    lines = parsed.values.get("budget", [])
    is_sure = len(lines) == 1 and not parsed.doubts and not parsed.left
    return lines[0].planned if is_sure else None


@pytest.mark.django_db
@pytest.mark.parametrize(
    "command",
    [
        ["report", "-o", "x.pdf", "--year"],
        ["read-table", "x.csv", "--term", "2023-2024", "--from"],
        ["read-table", "x.csv", "--term", "2023-2024", "--to"],
    ],
)
def test_a_command_refuses_a_year_in_the_words_of_forms(
    policy: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    command: list[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("x.csv").write_text("Zadanie;Termin\nKurs;2024\nTargi;2023\n")
    for written, meant in YEARS.items():
        refused = main([*command, written, "--municipality", policy.municipality.slug])
        __, words = outcome(form_fields.YearFormField().clean, written)
        err = capsys.readouterr().err
        assert (refused != 0) == (meant is None), (written, err)
        assert all(sentence in err for sentence in words)


@pytest.mark.django_db
def test_a_target_in_a_file_is_sure_where_a_form_takes_it(plan: ImplementationPlan) -> None:
    for name, unit in (("Kursy", "kursy"), ("Udział", "%")):
        add_indicator(by=None, municipality=plan.municipality, name=text(name), unit=text(unit))
    context = load_context(plan)
    for written, value in {
        "Kursy: 120 (2024)": Decimal(120),
        "Kursy: 1 200,5 (2024)": Decimal("1200.5"),
        "Kursy: 1.234 (2024)": None,
        "Kursy: 1,2345 (2024)": None,
        "Kursy: 9999999999999 (2024)": None,
        "Udział: 45 % (2024)": Decimal(45),
        "Udział: 450 % (2024)": None,
    }.items():
        parsed = parse_cell("targets", Cell(written), context)
        lines = parsed.values.get("targets", [])
        sure = lines[0].value if lines and not (parsed.doubts or parsed.left) else None
        assert sure == value, written
