"""A form that does not save itself: its page is given up for nothing that would lose the words."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Server
from tests.journeys.visits import Visits, click, until, words

OWN_SERVER = True  # it is stopped and started
POLICY = "/pl/poznan/policy/2023-2024"
AUDIENCE = "Wszyscy, którzy uczą się polskiego"


@pytest.fixture
def page(visits: Visits) -> Page:
    page = visits.open("coordinator@poznan.example")
    visits.missing.update({"/health/", f"{POLICY}/tasks/18/edit/"})
    page.goto(f"{POLICY}/tasks/18/edit/")
    return page


def audience(page: Page):
    return page.locator("[name=audience]")


def save(page: Page) -> None:
    click(page.locator("main .form-actions button").first)


def asked_before(page: Page, leave) -> list[str]:
    """What the browser asks when somebody leaves; they stay."""
    asked: list[str] = []

    def stay(dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    leave()
    page.wait_for_timeout(500)
    page.remove_listener("dialog", stay)
    return asked


def test_one_is_asked_before_leaving_what_was_typed(page: Page) -> None:
    header = page.locator("header a").first
    audience(page).fill(AUDIENCE)
    assert asked_before(page, lambda: header.click(no_wait_after=True)) == ["beforeunload"]
    expect(audience(page)).to_have_value(AUDIENCE)
    cancel = page.locator("main .form-actions a").last  # says it already
    assert asked_before(page, lambda: cancel.click(no_wait_after=True)) == []
    page.wait_for_url(f"**{POLICY}/table/")


def test_nothing_is_asked_where_nothing_was_typed_or_all_is_sent(page: Page) -> None:
    header = page.locator("header a").first
    assert asked_before(page, lambda: header.click(no_wait_after=True)) == []
    page.goto(f"{POLICY}/tasks/18/edit/")
    audience(page).fill(AUDIENCE)
    assert asked_before(page, lambda: save(page)) == []
    expect(page.locator("main")).to_contain_text(AUDIENCE)


def test_a_server_that_is_away_leaves_the_words_in_the_page(server: Server, page: Page) -> None:
    audience(page).fill(f"{AUDIENCE} w mieście")
    server.stop()
    save(page)
    expect(page.locator("[role=alert]")).to_contain_text(
        words("Not sent: Splot does not answer. Your words are still here; try again soon.")
    )
    expect(audience(page)).to_have_value(f"{AUDIENCE} w mieście")
    server.start()
    server.wait()
    save(page)
    page.wait_for_url(f"**{POLICY}/tasks/18/")
    expect(page.locator("main")).to_contain_text(f"{AUDIENCE} w mieście")


def test_a_browser_without_a_network_leaves_the_words_in_the_page(page: Page) -> None:
    audience(page).fill(f"{AUDIENCE} od roku")
    page.context.set_offline(True)
    save(page)
    expect(page.locator("[role=alert]")).to_be_visible()
    page.context.set_offline(False)
    save(page)
    page.wait_for_url(f"**{POLICY}/tasks/18/")
    expect(page.locator("main")).to_contain_text(f"{AUDIENCE} od roku")


def test_a_cell_of_the_table_says_that_it_was_not_sent(
    server: Server, visits: Visits, page: Page
) -> None:
    page.goto(f"{POLICY}/table/")
    cell = page.locator(".cell__edit[hx-get*='/cells/audience/']").first
    visits.missing.add(urlsplit(cell.get_attribute("hx-get") or "").path)
    script = page.locator("script[src*=htmx]").get_attribute("src") or ""
    visits.missing.add(urlsplit(script).path)  # says in the console what it could not send
    cell.click()
    field = page.locator(".cell__form textarea, .cell__form input[type=text]").first
    field.fill(AUDIENCE)
    page.context.set_offline(True)
    page.locator(".cell__form button").first.click()
    expect(page.locator(".cell__form [role=alert]")).to_be_visible()
    expect(field).to_have_value(AUDIENCE)
    page.context.set_offline(False)
    page.locator(".cell__form button").first.click()
    assert until(page, lambda: page.locator(".cell__form").count() == 0)


def test_what_is_too_large_is_said_before_it_is_sent(page: Page) -> None:
    audience(page).fill(AUDIENCE * 200)
    page.evaluate("document.body.dataset.maxBytes = '5000'")
    save(page)
    expect(page.locator(".unsaved__said")).to_contain_text("12 MB")
    expect(audience(page)).to_have_value(AUDIENCE * 200)
    audience(page).fill(AUDIENCE)
    page.evaluate("document.body.dataset.maxBytes = '12000000'")
    save(page)
    page.wait_for_url(f"**{POLICY}/tasks/18/")
