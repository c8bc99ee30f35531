"""A spreadsheet as people write it goes into the table: columns, every row beside what is there,
and all of it back.
"""

import io

from openpyxl import Workbook
from playwright.sync_api import Locator, Page, expect

from tests.journeys.barriers import barriers
from tests.journeys.visits import (
    DESKTOP,
    PHONE,
    Visits,
    click,
    follow,
    path_of,
    press,
    readable,
    words,
)

OWN_SERVER = True  # rows come into the table and leave it
TABLE = "/pl/poznan/policy/2023-2024/table/"
CAFES, TRAINING = "Kawiarenki językowe dla rodziców", "Szkolenie asystentów międzykulturowych"
EXPERIENCES = "Sieć wymiany doświadczeń szkół i przedszkoli"
HEAD = (
    "Lp.",
    "Nr działania",
    "Nazwa zadania",
    "Jednostka odpowiedzialna",
    "Termin realizacji",
    "Koszt (zł)",
    "Wskaźnik",
)
ROWS = (
    ("OBSZAR 1. EDUKACJA",),
    (
        1,
        "§ 4 ust. 1 pkt 1",
        CAFES,
        "Wydział Oświaty",
        "III kw. 2024",
        "ok. 12 tys. zł",
        "Liczba spotkań: 24",
    ),
    (2, "2.1.2a", TRAINING, None, "do 30.06.2024", "bez kosztów", None),
    (3, "§ 4 ust. 1 pkt 1", EXPERIENCES, "Wydział Oświaty", "na bieżąco", None, None),
    ("Razem", None, None, None, None, "12 000,00", None),
)


def test_a_spreadsheet_goes_into_the_table_and_out_again(visits: Visits) -> None:
    page = given_a_coordinator_at_the_table(visits)
    when_they_give_a_picture_it_is_refused(page)
    when_they_give_the_workbook(page)
    then_its_columns_are_known(page)
    then_nothing_bars_the_way(page)

    when_they_confirm_the_columns(page)
    then_every_row_is_seen_before_anything_changes(page)
    then_nothing_bars_the_way(page)

    when_they_take_a_doubtful_row_too(page)
    then_the_rows_stand_in_the_table(page)
    then_nothing_bars_the_way(page)

    when_they_undo_the_file(page)
    then_the_table_is_as_before(page)


def given_a_coordinator_at_the_table(visits: Visits) -> Page:
    page = visits.open("coordinator@poznan.example")
    page.goto(TABLE)
    follow(page, "Read a spreadsheet")
    expect(page.locator("main [aria-current=page]")).to_have_text(words("Read a spreadsheet"))
    return page


def when_they_give_a_picture_it_is_refused(page: Page) -> None:
    picture = {
        "name": "zdjęcie.xlsx",
        "mimeType": "image/jpeg",
        "buffer": b"\xff\xd8\xff\xe0 no workbook",
    }
    page.locator("[name=file]").set_input_files([picture])
    press(page, "Read the file")
    expect(page.locator(".form-errors")).to_contain_text("zdjęcie.xlsx")


def when_they_give_the_workbook(page: Page) -> None:
    file = {
        "name": "harmonogram.xlsx",
        "mimeType": "application/vnd.ms-excel",
        "buffer": workbook(),
    }
    page.locator("[name=file]").set_input_files([file])
    press(page, "Read the file")
    page.locator("label", has_text="Harmonogram").locator("[name=chosen]").check()
    press(page, "Take this table")


def workbook() -> bytes:
    """With a title over all columns, headings of areas, a sum, one unit over two rows, and a list
    of abbreviations.
    """
    book = Workbook()
    sheet = book.active
    sheet.title = "Harmonogram"
    sheet.append(["Harmonogram wdrożenia w 2024 r."])
    sheet.merge_cells("A1:G1")
    for row in (HEAD, *ROWS):
        sheet.append(row)
    sheet.merge_cells("A3:G3")
    sheet.merge_cells("D4:D5")
    abbreviations = book.create_sheet("Skróty")
    for row in (("skrót", "rozwinięcie"), ("WO", "Wydział Oświaty")):
        abbreviations.append(row)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def then_its_columns_are_known(page: Page) -> None:
    chosen = [select.input_value() for select in page.locator("select[name^=code-]").all()]
    assert chosen == ["order", "activities", "title", "lead", "when", "planned", "targets"]


def when_they_confirm_the_columns(page: Page) -> None:
    press(page, "Show the rows")


def row_of(page: Page, title: str) -> Locator:
    return page.locator("main form tbody tr", has_text=title)


def then_every_row_is_seen_before_anything_changes(page: Page) -> None:
    # neither the heading of the area nor the sum
    expect(page.locator("main form tbody tr")).to_have_count(3)
    new, doubtful = row_of(page, CAFES), row_of(page, TRAINING)
    expect(new).to_contain_text("Wydział Oświaty")
    expect(new).to_contain_text("1 lip 2024 – 30 wrz 2024")
    expect(new.get_by_role("checkbox")).to_be_checked()
    expect(doubtful).to_contain_text("2.1.2a")
    expect(doubtful).to_contain_text("Wydział Oświaty")  # of the merged cell
    expect(doubtful.get_by_role("checkbox")).not_to_be_checked()


def when_they_take_a_doubtful_row_too(page: Page) -> None:
    row_of(page, TRAINING).get_by_role("checkbox").check()
    row_of(page, EXPERIENCES).get_by_role("checkbox").uncheck()
    press(page, "Take the ticked rows into the table")


def then_the_rows_stand_in_the_table(page: Page) -> None:
    added = page.locator("main .lines a")
    assert [words_of.split(". ", 1)[1] for words_of in added.all_inner_texts()] == [CAFES, TRAINING]
    reading = page.url
    click(added.nth(1))
    assert "2.1.2a" in readable(page)  # what was not understood is kept beside the row
    page.goto(f"{TABLE}?year=2024&words=Kawiarenki")
    expect(page.locator("main tbody tr", has_text=CAFES)).to_have_count(1)
    page.goto(reading)


def when_they_undo_the_file(page: Page) -> None:
    press(page, "Undo")


def then_the_table_is_as_before(page: Page) -> None:
    assert words("What the file had added") in readable(page)
    page.goto(f"{TABLE}?year=2024&words=Kawiarenki")
    assert path_of(page) == TABLE
    expect(page.locator("main tbody tr", has_text=CAFES)).to_have_count(0)


def then_nothing_bars_the_way(page: Page) -> None:
    for viewport in (PHONE, DESKTOP):
        page.set_viewport_size(viewport)
        assert barriers(page, "light", "dark") == [], page.url
