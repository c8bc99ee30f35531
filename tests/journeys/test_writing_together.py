"""What is typed is kept: by two people at once, while it is being saved, without a mouse and
without scripts.
"""

import pytest
from playwright.sync_api import Page, Route, expect

from tests.journeys.barriers import barriers
from tests.journeys.test_keyboard import tab_to
from tests.journeys.visits import (
    PHONE,
    Visits,
    click,
    follow,
    path_of,
    press,
    readable,
    until,
    words,
)

OWN_SERVER = True
COORDINATOR = "coordinator@lublin.example"
TOWN = "/pl/lublin"
FIRST = "mediacje w każdej dzielnicy"
SECOND = "mediacje w językach mieszkańców"
SAVING_SECONDS = 1.2
TERMS = iter(range(2040, 2090))


@pytest.fixture
def activity(visits: Visits) -> str:
    """The address of an activity in a draft of its own."""
    year = next(TERMS)
    page = visits.open(COORDINATOR)
    page.goto(f"{TOWN}/policy/new/")
    page.locator("[name=starts]").fill(str(year))
    page.locator("[name=ends]").fill(str(year))
    page.locator("[name=start][value=model]").check()
    press(page, "Begin")
    page.locator("#mediation [name$=-chosen]").check()
    page.locator("#mediation [name$=-whole]").check()
    press(page, "Save the choice")
    click(page.locator("#areas ol a").first)
    click(page.locator("#activities ol a").first)
    return path_of(page)


def windows(visits: Visits, address: str) -> tuple[Page, Page]:
    both = visits.open(COORDINATOR), visits.open(COORDINATOR)
    for window in both:
        window.goto(address)
    return both


def is_saved_by_itself(page: Page) -> None:
    expect(page.locator("[data-autosave-said]")).to_contain_text(
        words("Saved at %(time)s.", time="").strip(" .")
    )


def kept(visits: Visits, address: str) -> str:
    """The wording that the server has."""
    page = visits.open(COORDINATOR)
    page.goto(address)
    return page.locator("[name=text]").input_value()


class TestTwoPeople:
    def test_the_later_one_sees_both_wordings_and_nothing_is_lost(
        self, visits: Visits, activity: str
    ) -> None:
        first, second = windows(visits, activity)
        first.locator("[name=text]").fill(FIRST)
        is_saved_by_itself(first)
        second.locator("[name=text]").fill(SECOND)
        is_refused(second)
        press(second, "Save")
        row = second.locator("main table tbody tr").first
        expect(row).to_contain_text(FIRST)
        expect(row).to_contain_text(SECOND)
        expect(second.locator("[name=text]")).to_have_value(SECOND)
        assert barriers(second, "light", "dark") == []
        assert kept(visits, activity) == FIRST

        press(second, "Save mine")
        assert kept(visits, activity) == SECOND
        second.goto(f"{activity.partition('/write/')[0]}/write/steps/")
        click(second.locator("main ol.lines form button").first)
        assert kept(visits, activity) == FIRST

    def test_so_does_who_has_no_scripts(self, visits: Visits, activity: str) -> None:
        first = visits.open(COORDINATOR)
        second = visits.open(COORDINATOR, java_script_enabled=False, viewport=PHONE)
        for window in (first, second):
            window.goto(activity)
        first.locator("[name=text]").fill(FIRST)
        press(first, "Save")
        second.locator("[name=text]").fill(SECOND)
        press(second, "Save")
        expect(second.locator("main table tbody tr").first).to_contain_text(FIRST)
        expect(second.locator("[name=text]")).to_have_value(SECOND)
        assert kept(visits, activity) == FIRST

    def test_who_goes_on_typing_after_a_conflict_overwrites_nobody(
        self, visits: Visits, activity: str
    ) -> None:
        """Both wordings are shown until the writer says which one it is to be."""
        first, second = windows(visits, activity)
        first.locator("[name=text]").fill(FIRST)
        is_saved_by_itself(first)
        second.locator("[name=text]").fill(SECOND)
        is_refused(second)
        second.locator("[name=text]").press_sequentially(" i w piśmie")
        second.wait_for_timeout(2 * SAVING_SECONDS * 1000)
        assert kept(visits, activity) == FIRST
        press(second, "Save")
        expect(second.locator("main table tbody tr").first).to_contain_text(FIRST)
        second.locator("[name=text]").press_sequentially(", zawsze")
        second.wait_for_timeout(2 * SAVING_SECONDS * 1000)
        assert kept(visits, activity) == FIRST

    def test_words_typed_while_the_answer_is_on_its_way_are_kept(
        self, visits: Visits, activity: str
    ) -> None:
        first, second = windows(visits, activity)
        first.locator("[name=text]").fill(FIRST)
        is_saved_by_itself(first)
        slow(second, activity)
        second.locator("[name=text]").fill(SECOND)
        with second.expect_response(lambda answer: answer.request.method == "POST"):
            second.wait_for_timeout(SAVING_SECONDS * 1000 + 300)
            second.locator("[name=text]").press_sequentially(" i w piśmie")
        is_refused(second)
        expect(second.locator("[name=text]")).to_have_value(f"{SECOND} i w piśmie")
        second.unroute_all(behavior="ignoreErrors")  # what is sent on leaving is not held back


def is_refused(page: Page) -> None:
    """The form says that it was not saved, and leaves what is being typed alone."""
    expect(page.locator(".autosave__said--not")).to_be_visible()


def slow(page: Page, address: str) -> None:
    """The server takes a second and a half to answer what is sent to it."""

    def hold(route: Route) -> None:
        if route.request.method == "POST":
            answer = route.fetch()
            page.wait_for_timeout(1500)
            route.fulfill(response=answer)
        else:
            route.continue_()

    page.route(f"**{address}", hold)


class TestOnePerson:
    def test_a_text_that_is_cleared_and_written_anew_keeps_the_place(
        self, visits: Visits, activity: str
    ) -> None:
        """Whoever thinks for two seconds over an empty field types on in it."""
        page = visits.open(COORDINATOR)
        page.goto(activity)
        page.locator("[name=text]").fill("")
        page.wait_for_timeout(2 * SAVING_SECONDS * 1000)
        page.keyboard.type(FIRST)
        expect(page.locator("[name=text]")).to_have_value(FIRST)
        is_saved_by_itself(page)

    def test_what_one_wrote_oneself_is_no_conflict_for_the_other_buttons(
        self, visits: Visits, activity: str
    ) -> None:
        page = visits.open(COORDINATOR)
        page.goto(activity)
        page.locator("[name=text]").fill(FIRST)
        is_saved_by_itself(page)
        press(page, "Put it away")
        assert words(
            "Somebody changed this passage meanwhile. Look at it, then try again."
        ) not in readable(page)
        assert FIRST not in page.locator("#activities").inner_text()

    def test_a_second_button_does_not_throw_away_what_was_just_typed(
        self, visits: Visits, activity: str
    ) -> None:
        page = visits.open(COORDINATOR)
        page.goto(activity)
        page.locator("[name=text]").fill(FIRST)
        with page.expect_navigation():  # the page saves first, then sends what was pressed
            page.locator("aside button.button--link").first.click()
        assert kept(visits, activity) == FIRST

    def test_leaving_the_page_does_not_throw_away_what_was_just_typed(
        self, visits: Visits, activity: str
    ) -> None:
        page = visits.open(COORDINATOR)
        page.goto(activity)
        page.locator("[name=text]").fill(FIRST)
        follow(page, "Back to the list")
        page.wait_for_load_state()
        # it is sent while the page goes
        assert until(page, lambda: kept(visits, activity) == FIRST)

    def test_a_small_correction_may_be_said_to_be_one_after_it_was_made(
        self, visits: Visits, activity: str
    ) -> None:
        page = visits.open(COORDINATOR)
        page.goto(activity)
        wording = page.locator("[name=text]").input_value()
        page.locator("[name=text]").fill(f"{wording}!")
        is_saved_by_itself(page)
        page.locator("[name=minor]").check()
        press(page, "Save")
        page.goto(f"{activity.partition('/write/')[0]}/translations/uk/?state=outdated")
        expect(page.locator("article.translating")).to_have_count(0)


def test_enter_on_a_tick_moves_no_passage(visits: Visits, activity: str) -> None:
    """In a browser Enter presses the form's first button; that one may not be an arrow."""
    page = visits.open(COORDINATOR)
    page.goto(activity)
    follow(page, "Back to the list")
    page.locator("#activities [name=activity]").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_timeout(1000)
    assert "moved=" not in page.url


def test_by_keyboard_alone_and_without_scripts(visits: Visits) -> None:
    """Begin, choose, reword, freeze."""
    page = visits.open(COORDINATOR, java_script_enabled=False)
    page.goto(f"{TOWN}/policy/new/")
    typed(page, "starts", "2095")
    typed(page, "ends", "2099")
    tab_to(page, "[name=start]")
    while page.locator("[name=start]:checked").get_attribute("value") != "model":
        page.keyboard.press("ArrowUp")
    pressed(page, "main form .button")
    tab_to(page, "#mediation [name$=-chosen]")
    page.keyboard.press("Space")
    tab_to(page, "#mediation [name$=-whole]")
    page.keyboard.press("Space")
    pressed(page, ".form-actions .button")
    policy = f"{TOWN}/policy/2095-2099"
    assert path_of(page) == f"{policy}/write/"
    pressed(page, "#areas ol a")
    pressed(page, "#activities ol a")
    typed(page, "text", FIRST)
    pressed(page, ".form-actions .button")
    assert FIRST in readable(page)
    page.goto(f"{policy}/write/")
    pressed(page, f"a[href='{policy}/freeze/']")
    tab_to(page, "[name=stage]")
    page.keyboard.press("Space")
    pressed(page, "main form .button")
    assert path_of(page) == f"{policy}/versions/1/"
    assert FIRST in readable(page)


def typed(page: Page, name: str, wording: str) -> None:
    tab_to(page, f"[name={name}]")
    page.keyboard.press("Control+A")
    page.keyboard.type(wording)


def pressed(page: Page, selector: str) -> None:
    """Reach with Tab what the selector names, and press Enter: a page follows."""
    tab_to(page, selector)
    with page.expect_navigation():
        page.keyboard.press("Enter")


@pytest.mark.parametrize("list_of", ["areas", "values", "aims", "provisions"])
def test_the_button_that_moves_a_line_keeps_the_focus(visits: Visits, list_of: str) -> None:
    """In every list, not only among activities."""
    page = visits.open(COORDINATOR)
    page.goto(f"{TOWN}/policy/new/")
    year = str(next(TERMS))
    page.locator("[name=starts]").fill(year)
    page.locator("[name=ends]").fill(year)
    page.locator("[name=start][value=model]").check()
    press(page, "Begin")
    if list_of == "areas":
        for aspect in ("mediation", "culture"):
            page.locator(f"#{aspect} [name$=-chosen]").check()
        press(page, "Save the choice")
    else:
        page.goto(f"{TOWN}/policy/{year}/write/{list_of}/")
        offer = page.locator("form:has([name=take])").first
        for box in offer.locator("[name=take]").all()[:3]:
            box.check()
        click(offer.get_by_role("button").first)  # the list and what is written are one form
    line = page.locator("main ol.lines > li:has(button[value='1'])").first
    place = f"#{line.get_attribute('id')}"
    page.locator(f"{place} button[value='1']").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator(f"{place} button[value='1']")).to_be_focused()
