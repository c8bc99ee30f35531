"""Tables as people lay them out: headings, codes, times and names, and what is not understood."""

import io
from datetime import date
from typing import Any

import pytest
from django.utils.translation import override
from openpyxl import load_workbook

from splot.documents.spreadsheets import Sheet, Workbook, read_sheets
from splot.documents.spreadsheets.model import Cell
from splot.documents.spreadsheets.tables import SheetTable
from splot.implementation.columns import COLUMN_BY_CODE
from splot.implementation.lines import WindowLine
from splot.implementation.models import ImplementationPlan
from splot.spreadsheet_columns.recognise import recognise_columns
from splot.spreadsheet_columns.schema import ColumnMeaning
from splot.table_import.columns import table_schema
from splot.table_import.context import kind_of_institution, load_context
from splot.table_import.money_columns import source_of_column, year_of_column
from splot.table_import.source_table import find_source_tables
from tests import factories
from tests.documents.spreadsheets import make_xlsx, saved
from tests.table_import.tables import looked_at, meanings, one, planned, table_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        (
            ["rozwiązanie", "grupa docelowa (do kogo)", "instytucja miejska",
             "instytucja zewnętrzna, np.\nNGO", "termin realizacji", "grupy szczególnie wrażliwe",
             "zasoby (finansowe, rzeczowe i inne)", "wskaźniki", "metody monitoringu i ewaluacji"],
            ["title", "audience", "lead", "partners", "when", "groups", "resources", "targets", "monitoring"],
        ),
        (
            ["solution", "target audience", "municipal institution", "outside institution", "due date",
             "particularly sensitive groups", "resources", "indicators", "methods of monitoring and evaluation"],
            ["title", "audience", "lead", "partners", "when", "groups", "resources", "targets", "monitoring"],
        ),
        (
            ["Lp.", "Cel operacyjny", "Działanie", "Zadanie", "Podmiot odpowiedzialny", "Podmioty współpracujące",
             "Data rozpoczęcia", "Data zakończenia", "Źródło finansowania", "Budżet 2024 (tys. zł)",
             "Wykonanie 2024", "Uwagi"],
            ["order", "area", "activities", "title", "lead", "partners", "starts", "due", "sources", "planned:2024",
             "paid:2024", ""],
        ),
        (
            ["Завдання", "Цільова група", "Відповідальний", "Партнери", "Термін", "Бюджет", "Показники"],
            ["title", "audience", "lead", "partners", "when", "planned", "targets"],
        ),
        (["Nr zadania", "Działanie", "Kto", "Kiedy", "Koszt"], ["number", "title", "lead", "when", "planned"]),
        (["Kod", "Nazwa zadania", "Środki UE 2023", "Ryzyka", "Priorytet"],
         ["code", "title", "planned:2023:eu", "risks", "priority"]),
    ],
)  # fmt: skip
def test_headings_are_recognised(
    plan: ImplementationPlan, headings: list[str], expected: list[str]
) -> None:
    table = table_of([headings, ["x"] * len(headings), ["y"] * len(headings)])
    assert meanings(plan, table) == expected


def test_headings_of_two_rows_give_money_its_year(plan: ImplementationPlan) -> None:
    rows = [
        ["Zadanie", "Budżet", None, "Uwagi"],
        [None, "2023", "2024", None],
        ["Kurs", 1000, 2000, "x"],
    ]
    assert meanings(plan, table_of(rows)) == ["title", "planned:2023", "planned:2024", ""]
    (row,) = looked_at(plan, rows).rows
    assert [(line.year, line.planned) for line in row.values["budget"]] == [
        (2023, 1000),
        (2024, 2000),
    ]


def test_what_a_person_said_of_a_heading_counts_first(plan: ImplementationPlan) -> None:
    table = table_of([["Zadanie", "Termin"], ["Kurs", "2024"]])
    schema = table_schema(context=load_context(plan))
    columns = recognise_columns(table, schema, {"termin": ColumnMeaning("risks")})
    assert [(column.meaning.code, column.is_remembered) for column in columns] == [
        ("title", False),
        ("risks", True),
    ]


def test_a_table_without_a_header_is_read_by_what_stands_in_it(plan: ImplementationPlan) -> None:
    factories.organisation(plan.municipality)
    rows = [[1, "Kurs języka polskiego dla dorosłych", "Wydział Oświaty", "III kw. 2024"],
            [2, "Szkolenie nauczycieli w szkołach", "Wydział Oświaty", "do 30.06.2024"]]  # fmt: skip
    table = SheetTable(
        [], ["", "", "", ""], table_of([["a", "b", "c", "d"], *rows]).rows, [1, 2, 3, 4]
    )
    assert meanings(plan, table)[1:] == ["title", "lead", "when"]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("III kw. 2024", ("dates", date(2024, 7, 1), date(2024, 9, 30))),
        ("do 30.06.2024", ("dates", None, date(2024, 6, 30))),
        ("do końca 2023 r.", ("dates", None, date(2023, 12, 31))),
        ("na bieżąco", ("continuous", None, None)),
        ("corocznie", ("yearly", None, None)),
        ("od 1 września 2023", ("dates", date(2023, 9, 1), None)),
        (date(2024, 5, 31), ("dates", None, date(2024, 5, 31))),
    ],
)
def test_times_as_people_write_them(plan: ImplementationPlan, cell: Any, expected: tuple) -> None:
    row = one(plan, "Termin", cell, "when")
    assert tuple(row.values[name] for name in ("timing", "starts", "due")) == expected
    assert (row.state, row.unread) == ("new", [])


def test_several_times_are_windows(plan: ImplementationPlan) -> None:
    row = one(plan, "Termin", "I kw. 2023; I kw. 2024", "when")
    assert row.values["windows"] == [
        WindowLine(date(2023, 1, 1), date(2023, 3, 31)),
        WindowLine(date(2024, 1, 1), date(2024, 3, 31)),
    ]


@pytest.mark.parametrize(
    "cell", ["po remoncie szkoły", "do ustalenia", "24-25", "31.02.2024", "do 30.06."]
)
def test_a_time_that_is_not_understood_keeps_its_words(plan: ImplementationPlan, cell: str) -> None:
    row = one(plan, "Termin", cell, "when")
    assert row.values.get("unread", {}).get("when") == cell or (
        row.state == "doubtful" and row.doubts
    )
    assert "2025" not in str(row.values.get("due", "")) or row.doubts


@pytest.mark.parametrize(
    "cell",
    [
        "§ 3 ust. 1 pkt 2",
        "3.1.2",
        "3-1-2",
        "Działanie 3.1.2",
        "§3 ust.1 pkt 2 – szkolenia nauczycieli",
    ],
)
def test_codes_of_many_shapes_find_the_activity(plan: ImplementationPlan, cell: str) -> None:
    row = one(plan, "Działanie", cell, "activities")
    assert [activity.slug for activity in row.values["activities"]] == ["3-1-2"]
    assert (row.state, row.unread) == ("new", [])


def test_an_activity_is_found_by_its_words_and_by_a_code_without_its_beginning(
    plan: ImplementationPlan,
) -> None:
    by_words = one(plan, "Działanie", "Szkolenia nauczycieli", "activities")
    assert [activity.slug for activity in by_words.values["activities"]] == ["3-1-2"]
    bare = one(plan, "Działanie", "2.1", "activities")
    assert [activity.slug for activity in bare.values["activities"]] == ["3-2-1"]
    assert bare.state == "doubtful" and "§ 3 ust. 2 pkt 1" in bare.doubts[0]
    with_words = one(plan, "Działanie", "2.1 poradnictwo dla pracowników", "activities")
    assert [activity.slug for activity in with_words.values["activities"]] == ["3-2-1"]
    assert with_words.state == "new" and "§ 3 ust. 2 pkt 1" in with_words.notes[0]


def test_dead_repeated_and_missing_codes_are_reported(plan: ImplementationPlan) -> None:
    rows = [
        ["Kod", "Działanie", "Zadanie"],
        ["1.A.1", "§ 3 ust. 1 pkt 1", "Kurs"],
        ["1.A.1", "9.9.9", "Szkolenie"],
        [None, None, "Punkt"],
    ]
    with override("en"):
        made = looked_at(plan, rows, ["code", "activities", "title"])
    first, dead, bare = made.rows
    assert (first.state, dead.state, bare.state) == ("new", "doubtful", "new")
    assert dead.doubts == ["Activities: the policy has no activity 9.9.9"]
    assert dead.values["unread"] == {"activities": "9.9.9", "code": "1.A.1"}
    assert made.findings == [
        "The code 1.A.1 stands in rows 2, 3.",
        "Without a code: rows 4.",
        "Without an activity of the policy: rows 3, 4.",
    ]


def test_institutions_are_found_however_they_are_written(plan: ImplementationPlan) -> None:
    town = plan.municipality
    for name, kind in [("Wydział Oświaty", "municipal_unit"), ("Miejski Ośrodek Pomocy Rodzinie", "municipal_unit"),
                       ("Fundacja Nauki", "ngo")]:  # fmt: skip
        factories.organisation(town, name, kind)
    for cell in (
        "Wydział Oświaty",
        "WYDZIAŁ  OŚWIATY",
        "Wydz. Oświaty",
        "Wydziału Oświaty",
        "Wydzial Oswiaty",
    ):
        assert str(one(plan, "Kto", cell, "lead").values["lead"]) == "Wydział Oświaty", cell
    row = one(plan, "Kto", "MOPR, Wydział Oświaty i Fundacja Nauki", "lead")
    assert str(row.values["lead"]) == "Miejski Ośrodek Pomocy Rodzinie"
    assert list(map(str, row.values["joint_leads"])) == ["Wydział Oświaty"]
    assert list(map(str, row.values["partners"])) == ["Fundacja Nauki"]
    misprint = one(plan, "Kto", "Miejski Ośrodek Pomcy Rodzinie", "lead")
    assert misprint.state == "doubtful" and str(misprint.values["lead"]) == (
        "Miejski Ośrodek Pomocy Rodzinie"
    )


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Wydział Kultury, Sportu i Turystyki", "municipal_unit"),
        ("Wydział Współpracy z Organizacjami Pozarządowymi", "municipal_unit"),
        ("MOPR", "municipal_unit"),
        ("Urząd Miasta", "municipal_unit"),
        ("Fundacja Dom", "ngo"),
        ("Stowarzyszenie „Most”", "ngo"),
        ("Uniwersytet Medyczny", "university"),
        ("Wojewódzki Urząd Pracy", "government"),
        ("jak wyżej", ""),
    ],
)
def test_the_kind_of_a_new_institution_is_guessed_from_its_name(name: str, kind: str) -> None:
    assert kind_of_institution(name) == kind


def test_a_person_decides_what_a_new_name_becomes(plan: ImplementationPlan) -> None:
    known = factories.organisation(plan.municipality, "Fundacja Nauki", "ngo")
    rows = [["Zadanie", "Partnerzy"], ["Kurs", "Fundacja Nowa; Coś; FN 2"]]
    made = looked_at(plan, rows, ["title", "partners"])
    assert {key: each.becomes for key, each in made.unmatched_names.items()} == {
        "fundacja nowa": "ngo",
        "cos": "",
        "fn 2": "",
    }
    assert made.rows[0].values["unread"] == {"partners": "Coś; FN 2"}
    names = {"fundacja nowa": "", "cos": "employer", "fn 2": f"={known.pk}"}
    made = looked_at(plan, rows, ["title", "partners"], names=names)
    assert list(map(str, made.rows[0].values["partners"])) == ["Coś", "Fundacja Nauki"]
    assert made.rows[0].values["unread"] == {"partners": "Fundacja Nowa"}


def test_group_rows_merged_cells_and_sums(plan: ImplementationPlan) -> None:
    rows = [
        ["Plan wdrożenia na lata 2023-2024"],
        ["Lp.", "Zadanie", "Partnerzy", "Koszt 2024"],
        ["Obszar 1. edukacja"],
        ["§ 3 ust. 1 pkt 1 uczenia języka polskiego"],
        [1, "Kurs", "Fundacja A", 100],
        [None, None, "Fundacja B", None],
        [2, "Punkt", None, 50],
        ["Razem", None, None, 150],
    ]
    book = load_workbook(io.BytesIO(make_xlsx(rows)))
    for merge in ("A1:D1", "A3:D3", "A4:D4", "A5:A6", "B5:B6"):
        book.active.merge_cells(merge)
    table = find_source_tables(read_sheets(saved(book), "a.xlsx"))[0]
    made = planned(plan, table, ["order", "title", "partners", "planned:2024"])
    kurs, punkt = made.rows
    assert [activity.slug for activity in kurs.values["activities"]] == ["3-1-1"]
    assert list(map(str, kurs.values["partners"])) == ["Fundacja A", "Fundacja B"]
    assert [activity.slug for activity in punkt.values["activities"]] == ["3-1-1"]
    assert [(other.number, other.kind) for other in made.others] == [
        (3, "group"),
        (4, "group"),
        (8, "sum"),
    ]


def test_a_column_that_means_nothing_here_is_kept_as_text_and_so_is_a_comment(
    plan: ImplementationPlan,
) -> None:
    sheet = Sheet("a", rows=[[Cell("Zadanie", "Zadanie"), Cell("Uwagi", "Uwagi")],
                             [Cell("Kurs", "Kurs", comment="pilne"), Cell("od Ani", "od Ani")]])  # fmt: skip
    with override("en"):
        (row,) = planned(plan, find_source_tables(Workbook([sheet]))[0], ["title", ""]).rows
    assert row.values["unread"] == {"Uwagi": "od Ani", "Zadanie, comment": "pilne"}


def test_a_formula_without_a_result_and_an_error_are_doubtful(plan: ImplementationPlan) -> None:
    head = [Cell(words, words) for words in ("Zadanie", "Kto", "Koszt")]
    rows = [[Cell("Kurs", "Kurs"), Cell("x", "x"), Cell(formula=True)],
            [Cell("Punkt", "Punkt"), Cell("x", "x"), Cell("#REF!", error="#REF!")]]  # fmt: skip
    table = find_source_tables(Workbook([Sheet("a", rows=[head, *rows])]))[0]
    made = planned(plan, table, ["title", "", "planned"])
    assert [row.state for row in made.rows] == ["doubtful", "doubtful"]
    assert not any("budget" in row.values for row in made.rows)


def test_a_colour_alone_is_a_doubt_and_a_ditto_mark_is_no_value(plan: ImplementationPlan) -> None:
    head = [Cell(words, words) for words in ("Zadanie", "Stan", "Realizator")]
    rows = [
        [Cell("Kurs", "Kurs"), Cell(fill="FF00B050"), Cell("MOPR", "MOPR")],
        [Cell("Punkt", "Punkt"), Cell("trwa", "trwa"), Cell("j.w.", "j.w.")],
    ]
    table = find_source_tables(Workbook([Sheet("a", rows=[head, *rows])]))[0]
    with override("en"):
        coloured, ditto = planned(plan, table, ["title", "", "lead"]).rows
    assert coloured.doubts == ["Stan: the cell says something by its colour alone"]
    assert "lead" not in ditto.values and ditto.values["unread"]["lead"] == "j.w."
    assert ditto.doubts == ["Realizator: “j.w.” repeats another row, and was not filled in"]


@pytest.mark.parametrize(
    ("starts", "due", "expected", "state"),
    [
        ("2023-2024", None, (date(2023, 1, 1), date(2024, 12, 31)), "new"),
        ("II kw. 2024", "IV kw. 2024", (date(2024, 4, 1), date(2024, 12, 31)), "new"),
        ("II kw. 2024", None, (date(2024, 4, 1), date(2024, 6, 30)), "doubtful"),
        (None, "1.03-30.06.2024", (date(2024, 3, 1), date(2024, 6, 30)), "new"),
        (None, "II kw. 2024", (None, date(2024, 6, 30)), "new"),
        ("2023-2024", "30.06.2024", (date(2023, 1, 1), date(2024, 6, 30)), "doubtful"),
    ],
)
def test_a_wide_time_in_one_of_two_columns_keeps_both_its_ends(
    plan: ImplementationPlan, starts: Any, due: Any, expected: tuple, state: str
) -> None:
    rows = [["Zadanie", "Początek", "Koniec", "Uwagi"], ["Kurs", starts, due, "x"]]
    (row,) = looked_at(plan, rows, ["title", "starts", "due", ""]).rows
    assert ((row.values.get("starts"), row.values["due"]), row.state) == (expected, state)


def test_a_provision_before_a_name_is_its_activity(plan: ImplementationPlan) -> None:
    rows = [["Zadanie", "Uwagi"], ["§ 3 ust. 1 pkt 2 – Kurs dla nauczycieli", "x"],
            ["§ 3 ust. 1 pkt 1 i 2 Szkolenia", "x"], ["§ 9 ust. 9 Inne", "x"]]  # fmt: skip
    one_activity, two, dead = looked_at(plan, rows, ["title", ""]).rows
    assert (one_activity.title, one_activity.state) == ("Kurs dla nauczycieli", "new")
    assert [activity.slug for activity in one_activity.values["activities"]] == ["3-1-2"]
    assert [activity.slug for activity in two.values["activities"]] == ["3-1-1", "3-1-2"]
    assert (dead.title, dead.state) == ("§ 9 ust. 9 Inne", "doubtful")


def test_a_number_shown_as_a_share_or_as_people_is_no_money(plan: ImplementationPlan) -> None:
    rows = [["Zadanie", "Koszt"], ["Kurs", 0.25], ["Punkt", 12], ["Targi", 12], ["Dzień", 1200]]
    book = load_workbook(io.BytesIO(make_xlsx(rows)))
    formats = {2: "0%", 3: '0 "osób"', 4: '0 "tys. zł"', 5: '# ##0 "zł"'}
    for row, code in formats.items():
        book.active.cell(row, 2).number_format = code
    table = find_source_tables(read_sheets(saved(book), "a.xlsx"))[0]
    share, people, thousands, plain = planned(plan, table, ["title", "planned:2024"]).rows
    assert (share.state, people.state, thousands.state, plain.state) == (
        *["doubtful"] * 3,
        "new",
    )
    assert "budget" not in share.values and "budget" not in people.values
    assert [line.planned for line in plain.values["budget"]] == [1200]


def test_cells_of_thirty_thousand_signs_and_two_hundred_columns(plan: ImplementationPlan) -> None:
    long = "słowo " * 5000
    row = one(plan, "Zadanie", long, "risks")
    assert row.values["risks"].source_wording == long.strip()
    for code in COLUMN_BY_CODE:
        one(plan, "Kolumna", long, code)  # whatever is expected there, it is no fault
    headings = ["Zadanie", *(f"Kolumna {number}" for number in range(199))]
    made = looked_at(
        plan, [headings, [f"x{number}" for number in range(200)]], ["title", *[""] * 199]
    )
    assert len(made.rows[0].values["unread"]) == 199


@pytest.mark.parametrize(
    ("kept", "expected"),
    [
        ({"code": "planned", "year": "2024", "source": "eu"}, ("planned", 2024, "eu")),
        (
            {"code": "planned", "year": 2024, "source": ""},
            ("planned", 2024, ""),
        ),  # of earlier years
        ({"code": "planned", "year": "x", "source": "y"}, ("planned", None, "")),
        ({"code": "risks", "year": "2024", "source": "eu"}, ("risks", None, "")),
        ({"code": "risks"}, ("risks", None, "")),
        ({"code": "; drop"}, ("", None, "")),
    ],
)
def test_what_is_no_meaning_of_a_column_is_kept_as_text(kept: dict, expected: tuple) -> None:
    meaning = table_schema().parse_json(kept)
    assert (meaning.code, year_of_column(meaning), source_of_column(meaning)) == expected
    assert table_schema().parse_json(meaning.to_json()) == meaning


def test_a_task_that_begins_like_a_sum_stays_a_task_and_is_doubtful(
    plan: ImplementationPlan,
) -> None:
    lines = [["Zadanie", "Koszt 2024"], ["Kurs", 100], ["Punkt", 50],
             ["Suma doświadczeń – wystawa", 300], ["Razem", 450]]  # fmt: skip
    made = looked_at(plan, lines)
    *__, exhibition = made.rows
    assert (str(exhibition.values["title"]), exhibition.state) == (
        "Suma doświadczeń – wystawa",
        "doubtful",
    )
    assert "a sum of other rows, or a task?" in " ".join(exhibition.doubts)
    assert [(other.number, other.kind) for other in made.others] == [(5, "sum")]
