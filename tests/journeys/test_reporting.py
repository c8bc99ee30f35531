"""The person in charge says how a task goes: from a phone, in two minutes, without losing a
word.
"""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.visits import PHONE, Visits, path_of, press, readable, words

POLICY = "/pl/poznan/policy/2023-2024"
SAID = "Audycje wróciły na antenę, a nagrania są w bibliotekach."


@pytest.mark.parametrize(
    ("account", "task", "scripts"),
    [("leader-equality@poznan.example", 13, True), ("leader-culture@poznan.example", 28, False)],
    ids=["with scripts", "without scripts"],
)
def test_a_person_in_charge_reports_and_corrects(
    visits: Visits, account: str, task: int, scripts: bool
) -> None:
    page = visits.open(account, viewport=PHONE, java_script_enabled=scripts, has_touch=True)
    page.goto("/desk/")
    then_the_desk_shows_what_waits(page, task)

    page.locator(f"main a.button[href='{POLICY}/tasks/{task}/report/']").tap()
    when_they_report(page, reached="120", qualifier="over")
    then_the_task_page_says_it(page, task, words("over %(number)s", number="120"))

    page.locator(f"main a.button[href='{POLICY}/tasks/{task}/report/']").tap()
    then_the_form_starts_from_what_was_said(page)
    when_they_report(page, reached="135", qualifier="exact")
    then_the_task_page_says_it(page, task, "135")
    then_both_words_stay_in_the_history(page)


def then_the_desk_shows_what_waits(page: Page, task: int) -> None:
    assert path_of(page) == "/pl/poznan/desk/"
    waiting = page.locator("main section", has_text=words("Past the due date")).first
    expect(waiting.locator(f"a[href='{POLICY}/tasks/{task}/']")).to_be_visible()


def when_they_report(page: Page, *, reached: str, qualifier: str) -> None:
    page.locator("[name=status][value=done]").check()
    page.locator("[name=narrative]").fill(SAID)
    page.locator("[name=reached_qualifier]").select_option(qualifier)
    page.locator("[name=reached]").fill(reached)
    page.locator("[name=reached_unit]").select_option("persons")
    press(page, "Save the report")


def then_the_task_page_says_it(page: Page, task: int, reached: str) -> None:
    assert path_of(page) == f"{POLICY}/tasks/{task}/"
    expect(page.locator("main [role=status]")).to_be_visible()
    now = page.locator("main section").first
    expect(now).to_contain_text(SAID)
    expect(now).to_contain_text(reached)


def then_the_form_starts_from_what_was_said(page: Page) -> None:
    expect(page.locator("[name=narrative]")).to_have_value(SAID)
    expect(page.locator("[name=reached]")).to_have_value("120")
    expect(page.locator("[name=reached_qualifier]")).to_have_value("over")


def then_both_words_stay_in_the_history(page: Page) -> None:
    rows = page.locator("main .history > li", has=page.locator(".entry__title", has_text="2024"))
    expect(rows).to_have_count(2)
    expect(rows.nth(0)).to_contain_text("135")
    expect(rows.nth(0)).to_contain_text(words("corrects the entry before it"))
    expect(rows.nth(1)).to_contain_text(words("over %(number)s", number="120"))


SEND_TWICE = """form => Promise.all([1, 2].map(() =>
    fetch(form.action, {method: "POST", body: new FormData(form), redirect: "manual"})))"""


@pytest.mark.parametrize("twice", ["double click", "resent at the same moment"])
def test_a_report_that_is_sent_twice_is_one_report(visits: Visits, twice: str) -> None:
    task = {"double click": 36, "resent at the same moment": 40}[twice]
    page = visits.open("leader-support@poznan.example", viewport=PHONE)
    before = said_of(page, task)
    page.goto(f"{POLICY}/tasks/{task}/report/")
    page.locator("[name=narrative]").fill(SAID)

    sent: list[str] = []
    page.on(
        "request", lambda request: sent.append(request.url) if request.method == "POST" else None
    )
    if twice == "double click":
        page.locator("main form button").dblclick()
        expect(page).to_have_url(
            re.compile(f"/tasks/{task}/$")
        )  # the second click aborts the first
    else:
        page.locator("main form.form").evaluate(SEND_TWICE)
        assert len(sent) == 2

    assert said_of(page, task) == before + 1


def said_of(page: Page, task: int) -> int:
    """How many entries the history of a task has."""
    page.goto(f"{POLICY}/tasks/{task}/")
    return page.locator("main .history > li").count()


def test_a_report_that_lacks_something_comes_back_with_every_word(visits: Visits) -> None:
    page = visits.open("leader-work@poznan.example", viewport=PHONE)
    before = said_of(page, 20)
    page.goto(f"{POLICY}/tasks/20/report/")
    page.locator("[name=status][value=abandoned]").check()
    page.locator("[name=narrative]").fill(SAID)
    press(page, "Save the report")

    expect(page.locator(".form-errors")).to_be_focused()
    expect(page.locator(".field--wrong")).to_contain_text(words("Say why the task was abandoned."))
    expect(page.locator("[name=narrative]")).to_have_value(SAID)
    assert said_of(page, 20) == before


def test_nobody_reports_on_a_task_that_is_not_theirs(visits: Visits) -> None:
    page = visits.open("leader-work@poznan.example")
    assert page.request.get(f"{POLICY}/tasks/13/report/").status == 404
    page.goto(f"{POLICY}/tasks/13/")
    assert words("Report on progress") not in readable(page)
