"""A workbook for each institution goes out, two come back, and where both sides wrote the
coordinator decides.
"""

import io
import zipfile
from pathlib import Path

from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.journeys.barriers import barriers
from tests.journeys.visits import (
    DESKTOP,
    PATIENCE,
    PHONE,
    Visits,
    click,
    follow,
    path_of,
    press,
    readable,
    words,
)

OWN_SERVER = True  # words are reported and decided about
POLICY = "/pl/poznan/policy/2023-2024"
PAIRS = 8  # led by the department of education, whose person in charge has an account
THEIRS, ACCOUNTS = "Par jest teraz 310.", "Mamy 300 par, najwięcej w podstawówkach."
FESTIVAL, REMARK = "Wydarzenia odbyły się zgodnie z planem.", "Prosimy o rozmowę o budżecie."


def test_two_of_the_workbooks_come_back_and_a_conflict_is_decided(
    visits: Visits, tmp_path: Path
) -> None:
    page = visits.open("coordinator@poznan.example")
    education, culture = when_the_coordinator_makes_the_workbooks(page, tmp_path)
    when_the_institutions_fill_them(education, culture)
    when_somebody_reports_meanwhile(visits)
    when_the_coordinator_takes_them_back(page, education, culture)

    then_what_is_new_stands_in_the_table(visits)
    then_both_texts_stand_side_by_side(page)
    then_nothing_bars_the_way(page)

    when_the_coordinator_takes_what_the_institution_wrote(page)
    then_the_table_says_so(visits)
    then_the_list_knows_what_came_back(page)
    then_nothing_bars_the_way(page)


def when_the_coordinator_makes_the_workbooks(page: Page, folder: Path) -> list[Path]:
    """Downloads the ZIP; gives the workbooks of two departments."""
    page.goto(f"{POLICY}/table/")
    follow(page, "Sheets")
    expect(page.locator("main .subnav--grouped [aria-current=page]")).to_have_text(words("Sheets"))
    with page.expect_download() as coming:
        press(page, "Make all workbooks for %(words)s (ZIP)", words="2024")
    with zipfile.ZipFile(coming.value.path()) as made:
        made.extractall(folder)
    return [next(folder.glob(f"*{name}*")) for name in ("oswiaty", "kultury")]


def when_the_institutions_fill_them(education: Path, culture: Path) -> None:
    first = fill(culture, None, narrative=FESTIVAL)
    assert first is not None
    fill(education, PAIRS, narrative=THEIRS, remark=REMARK)


def fill(path: Path, number: int | None, **cells: str) -> int:
    """Write into the row of a task, of the first one if no number is given; gives its number."""
    book = load_workbook(path)
    sheet = book.worksheets[0]
    columns = {cell.value: cell.column for cell in sheet[1]}
    rows = {sheet.cell(row, columns["number"]).value: row for row in range(5, sheet.max_row + 1)}
    number = number or min(rows)
    for name, value in cells.items():
        sheet.cell(rows[number], columns[name]).value = value
    kept = io.BytesIO()
    book.save(kept)
    path.write_bytes(kept.getvalue())
    return number


def when_somebody_reports_meanwhile(visits: Visits) -> None:
    page = visits.open("leader-education@poznan.example")
    page.goto(f"{POLICY}/tasks/{PAIRS}/report/?period=2024")
    page.locator("[name=narrative]").fill(ACCOUNTS)
    press(page, "Save the report")


def when_the_coordinator_takes_them_back(page: Page, *files: Path) -> None:
    page.goto(f"{POLICY}/sheets/")
    follow(page, "Take workbooks back")
    page.locator("[name=files]").set_input_files(files)
    press(page, "Take them back")
    conflict, taken = (
        page.locator("main .lines > li", has_text=name) for name in ("oswiaty", "kultury")
    )
    expect(conflict).to_contain_text(words("to be decided"), timeout=2 * PATIENCE)
    expect(taken).to_contain_text(words("taken over"))
    click(conflict.locator("a.lines__do"))


def then_what_is_new_stands_in_the_table(visits: Visits) -> None:
    visitor = visits.open()
    visitor.goto(f"{POLICY}/tasks/26/")
    assert FESTIVAL in readable(visitor)


def then_both_texts_stand_side_by_side(page: Page) -> None:
    sides = page.locator("main .side-by-side section")
    expect(sides).to_have_count(2)
    expect(sides.nth(0)).to_contain_text(ACCOUNTS)
    expect(sides.nth(1)).to_contain_text(THEIRS)
    assert REMARK in readable(page)


def when_the_coordinator_takes_what_the_institution_wrote(page: Page) -> None:
    page.locator("main .side-by-side [value=overruled]").check()
    press(page, "Save the decisions")
    expect(page.locator("main .side-by-side")).to_have_count(0)


def then_the_table_says_so(visits: Visits) -> None:
    visitor = visits.open()
    visitor.goto(f"{POLICY}/tasks/{PAIRS}/")
    text = readable(visitor)
    assert text.index(THEIRS) < text.index(ACCOUNTS)  # the other side's words stay in the history


def then_the_list_knows_what_came_back(page: Page) -> None:
    follow(page, "Sheets for institutions")
    assert path_of(page) == f"{POLICY}/sheets/"
    expect(page.locator("main tbody a[href*='/returns/']")).to_have_count(2)


def then_nothing_bars_the_way(page: Page) -> None:
    for viewport in (PHONE, DESKTOP):
        page.set_viewport_size(viewport)
        assert barriers(page, "light", "dark") == [], page.url
