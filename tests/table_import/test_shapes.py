"""Files in the shapes of real plans, in five languages: each row is right, or a doubt that says why;
none is ticked and wrong.

What is expected of a row is on a line: "x" ticked, "?" doubtful, then its area, its institutions,
its times, its money.
"""

import itertools
import json
from collections import Counter
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from splot.core.values import Json
from splot.implementation.models import ImplementationPlan
from splot.policy.models import Area, Policy
from splot.table_import.dry_run import describe_tables, table_for
from splot.table_import.parser import parse_file
from tests import factories
from tests.factories import text

pytestmark = pytest.mark.django_db
SHAPES: dict[str, list[Json]] = {}
for path in sorted((Path(__file__).parent / "shapes").glob("*.json")):
    SHAPES[path.stem] = json.loads(path.read_text("utf-8"))

INSTITUTIONS = (
    ("Wydział Oświaty", "municipal_unit"),
    ("Miejski Ośrodek Pomocy Rodzinie", "municipal_unit"),
    ("Powiatowy Urząd Pracy", "government"),
    ("Fundacja Ocalenie", "ngo"),
    ("Caritas Poznań", "ngo"),
)


@pytest.fixture
def plan(policy: Policy) -> ImplementationPlan:
    """A table for 2023 to 2030 of a city with three areas and five institutions."""
    town = policy.municipality
    for name, kind in INSTITUTIONS:
        factories.organisation(town, name, kind)
    for number, name in enumerate(("Edukacja", "Praca"), 1):
        policy.areas.filter(number=number).update(name=text(name))
    with_number = {"number": 3, "municipality": town, "policy": policy}
    Area.everything.create(name=text("Zdrowie"), **with_number)
    return table_for(policy, 2023, 2030)


def file_of(shape: Json) -> bytes:
    if "csv" in shape:
        return "\n".join([*shape["csv"], ""]).encode()
    buffer = BytesIO()
    if "document" in shape:
        document = docx.Document()
        for rows in shape["document"]:
            table = document.add_table(rows=0, cols=max(map(len, rows)))
            for row in rows:
                for cell, words in zip(table.add_row().cells, row, strict=False):
                    cell.text = "" if words is None else str(words)
            document.add_paragraph("")
        document.save(buffer)
        return buffer.getvalue()
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, sheet in shape["sheets"].items():
        fill_sheet(book.create_sheet(name), sheet)
    book.save(buffer)
    return buffer.getvalue()


def fill_sheet(sheet: Worksheet, shape: Json) -> None:
    for row in shape["rows"]:
        sheet.append([value_of(value) for value in row])
    for merge in shape.get("merges", ()):
        sheet.merge_cells(merge)
    for place in shape.get("struck", ()):
        sheet[place].font = Font(strike=True)
    for place, colour in shape.get("fills", {}).items():
        sheet[place].fill = PatternFill("solid", fgColor=colour)
    for place, number_format in shape.get("formats", {}).items():
        sheet[place].number_format = number_format


def value_of(value: Any) -> Any:
    return date.fromisoformat(value["date"]) if isinstance(value, dict) else value


def line_of(row: Json) -> str:
    """What a row says, as the shapes expect it."""
    marks = {"doubtful": "?", "left_out": "left out"}
    mark = "x" if row["ticked"] else marks.get(row["state"], row["state"])
    parts = [row["title"].replace("\n", " / ")]
    for word, name in (("code", "code"), ("in", "area"), ("by", "lead")):
        parts += [f"{word} {row[name]}"] if row[name] else []
    parts += [f"with {', '.join(row['partners'])}"] if row["partners"] else []
    parts += [f"{starts or ''}..{due or ''}" for starts, due in row["windows"]]
    parts += [row["timing"]] if row["timing"] not in ("dates", "", None) else []
    for line in row["money"]:
        figure = "" if line["figure"] == "planned" else line["figure"]
        words = (str(line["year"] or ""), line["source"], figure, line["amount"], line["currency"])
        parts.append(" ".join(filter(None, words)))
    return f"{mark}: {'; '.join(parts)}"


def described(shape: Json, plan: ImplementationPlan) -> list[Json]:
    parsed = parse_file(file_of(shape), shape["file"])
    return [row for table in describe_tables(parsed, plan)["tables"] for row in table["rows"]]


@pytest.mark.parametrize("kind", SHAPES)
def test_rows_are_right_or_doubtful(plan: ImplementationPlan, kind: str) -> None:
    read: dict[str, list[str]] = {}
    for shape in SHAPES[kind]:
        rows = described(shape, plan)
        read[shape["name"]] = list(map(line_of, rows))
        assert all(row["doubts"] for row in rows if row["state"] == "doubtful"), shape["name"]
    assert read == {shape["name"]: shape["expected"] for shape in SHAPES[kind]}


def test_doubt_is_not_the_way_out(plan: ImplementationPlan) -> None:
    """Three of five files and more are read, and not doubted; none is ticked and wrong."""
    counts = Counter(
        verdict_on(list(map(line_of, described(shape, plan))), shape["expected"])
        for shape in itertools.chain.from_iterable(SHAPES.values())
    )
    assert counts["wrong"] == 0 and counts["right"] >= 0.6 * counts.total(), counts


def verdict_on(lines: list[str], expected: list[str]) -> str:
    """What the import made of a file: "wrong" where a ticked row is not as expected or an expected
    row is missing, "right" where most rows are ticked, else "doubtful".
    """
    ticked = [line for line in lines if line.startswith("x: ")]
    if len(lines) != len(expected) or Counter(ticked) - Counter(expected):
        return "wrong"
    doubtful = [line for line in lines if line.startswith("?: ")]
    return "right" if len(ticked) > len(doubtful) else "doubtful"


def test_the_count_of_files_tells_right_from_wrong() -> None:
    expected = ["x: Kurs; 2024", "x: Targi; 2025", "?: Baza"]
    assert verdict_on(expected, expected) == "right"
    assert verdict_on(["x: Kurs; 2024", "?: Targi", "?: Baza"], expected) == "doubtful"
    assert verdict_on(["x: Kurs; 2023", "x: Targi; 2025", "?: Baza"], expected) == "wrong"
    assert verdict_on(["x: Kurs; 2024", "x: Targi; 2025", "x: Baza"], expected) == "wrong"
    assert verdict_on(expected[:2], expected) == "wrong"
