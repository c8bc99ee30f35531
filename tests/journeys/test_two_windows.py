"""Two people write in the same place at the same time: the later one is shown both texts, and
chooses.
"""

from playwright.sync_api import Page, expect

from tests.journeys.barriers import barriers
from tests.journeys.visits import Visits, path_of, press, words

FIRST = "Stanowisko informacji, czynne też w soboty"
SECOND = "Stanowisko informacji z tłumaczem na miejscu"
BOTH = "Stanowisko informacji z tłumaczem, czynne też w soboty"
PEOPLE = "Osoby szukające pierwszej pracy"
ACT = """Uchwała
§ 1. Celem jest dobra szkoła.
§ 2. 1. Szkoła wymaga:
1) lekcji polskiego;
2) szkoleń nauczycieli.
"""
POLICY = "/pl/poznan/policy/2023-2024"
COORDINATOR = "coordinator@poznan.example"


def test_the_later_of_two_writers_sees_both_texts_and_chooses(visits: Visits) -> None:
    first, second = given_two_windows(visits, f"{POLICY}/tasks/18/edit/")
    before = second.locator("[name=audience]").input_value()

    when_they_save(first, title=FIRST, audience=PEOPLE)
    assert path_of(first) == f"{POLICY}/tasks/18/"
    when_they_save(second, title=SECOND)

    then_both_texts_are_shown(
        second,
        {words("What will be done"): (FIRST, SECOND), words("Who it is for"): (PEOPLE, before)},
    )
    then_the_task_is_still_as_the_first_left_it(visits, 18, FIRST)

    when_they_save(second, title=BOTH, audience=PEOPLE)
    assert path_of(second) == f"{POLICY}/tasks/18/"
    expect(second.get_by_role("heading", level=1)).to_have_text(BOTH)
    expect(second.locator("main")).to_contain_text(PEOPLE)


def test_what_the_first_one_ticked_and_listed_is_shown_too(visits: Visits) -> None:
    first, second = given_two_windows(visits, f"{POLICY}/tasks/25/edit/")
    partner = first.locator("[name=partners]:not(:checked)").first
    name = partner.locator("xpath=ancestor::label").inner_text().strip()
    partner.check()
    first.locator("[name=resources-0-text]").fill("trzy osoby na pół etatu")
    press(first, "Save")

    when_they_save(second, title="Doradztwo zawodowe po ludzku")

    both = second.locator("main table").first
    expect(both).to_contain_text(name)
    expect(both).to_contain_text("trzy osoby na pół etatu")


def given_two_windows(visits: Visits, address: str) -> tuple[Page, Page]:
    """The same form, open in two browsers."""
    windows = visits.open(COORDINATOR), visits.open(COORDINATOR)
    for window in windows:
        window.goto(address)
    return windows


def when_they_save(page: Page, **values: str) -> None:
    for name, value in values.items():
        page.locator(f"[name={name}]").fill(value)
    press(page, "Save")


def then_both_texts_are_shown(page: Page, expected: dict[str, tuple[str, str]]) -> None:
    expect(page.locator(".form-errors")).to_be_focused()
    rows = page.locator("main table").first.locator("tbody tr")
    shown = {
        row.locator("th").inner_text(): row.locator("td").all_inner_texts() for row in rows.all()
    }
    assert {label: tuple(texts) for label, texts in shown.items() if label in expected} == expected
    assert barriers(page, "light", "dark") == []


def then_the_task_is_still_as_the_first_left_it(visits: Visits, number: int, title: str) -> None:
    resident = visits.open()
    resident.goto(f"{POLICY}/tasks/{number}/")
    expect(resident.get_by_role("heading", level=1)).to_have_text(title)


def test_the_later_proposal_of_an_act_is_not_lost_either(visits: Visits) -> None:
    """The same where an act is taken apart: other page, other form."""
    page = visits.open(COORDINATOR)
    page.goto("/pl/poznan/policy/import/")
    page.locator("[name=act]").set_input_files(
        {"name": "act.txt", "mimeType": "text/plain", "buffer": ACT.encode()}
    )
    press(page, "Read the file")
    first, second = given_two_windows(visits, path_of(page))
    for window, name in ((first, "Szkoła"), (second, "Oświata")):
        window.locator("[name=areas-0-name]").fill(name)
        press(window, "Save the areas and stay here")

    shown = " ".join(
        [second.locator("main").inner_text(), second.locator("[name=areas-0-name]").input_value()]
    )
    assert "Szkoła" in shown
    assert "Oświata" in shown
