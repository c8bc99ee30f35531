"""Somebody writes while the server is down, or after their session has ended: they are told so, and
no word is lost.
"""

import re
import subprocess
import sys
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from splot.people.models import DEMONSTRATION_PASSWORD
from tests.journeys.barriers import barriers
from tests.journeys.conftest import ROOT, Server, environment
from tests.journeys.visits import PHONE, Visits, click, until, words

OWN_SERVER = True  # it is stopped and started
LEADER = "leader-education@poznan.example"
POLICY = "/pl/poznan/policy/2023-2024"
FIRST = "Spotkania odbywały się w każdy wtorek."
SECOND = "Spotkania odbywały się w każdy wtorek i czwartek."

UNSPOKEN = """
from datetime import date
import django; django.setup()
from splot.core.languages import Text
from splot.implementation.actions.tasks import add_task
from splot.people.queries import user_by_email
from splot.policy.models import Policy
plan = Policy.objects.get(term="2023-2024").plans.get()
leader = user_by_email("leader-education@poznan.example")
for each in range(3):
    add_task(by=None, plan=plan, title=Text.of("pl", {"pl": "Spotkania"}), timing="yearly", leader=leader, entered_on=date(2023, 1, 1))
"""


@pytest.fixture(autouse=True, scope="module")
def unspoken(server: Server) -> None:
    surroundings = {**environment(server.data), "DJANGO_SETTINGS_MODULE": "config.settings"}
    subprocess.run([sys.executable, "-c", UNSPOKEN], env=surroundings, cwd=ROOT, check=True)


@pytest.fixture
def page(visits: Visits) -> Page:
    """All tasks of a person on one page, on a phone."""
    page = visits.open(LEADER, viewport=PHONE)
    # the browser reports what it could not send
    visits.missing.update({f"{POLICY}/report/", urlsplit(page.url).path})
    page.goto(f"{POLICY}/report/")
    return page


def narrative(page: Page):
    return page.locator("main section[id^=task-] textarea").first


def said(page: Page):
    return page.locator("[data-autosave-said]")


def asks_before_leaving(page: Page) -> bool:
    """Close the page as a person does, and stay if one is asked."""
    asked: list[str] = []

    def stay(dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.once("dialog", stay)
    page.close(run_before_unload=True)
    return until(page, lambda: asked == ["beforeunload"])


def test_a_server_that_is_away_is_told_and_tried_again(
    server: Server, visits: Visits, page: Page
) -> None:
    narrative(page).press_sequentially(FIRST)
    expect(said(page)).to_contain_text(re.compile(r"\d\d?:\d\d"))
    expect(said(page)).not_to_have_class(re.compile("said--not"))

    server.stop()
    narrative(page).fill(SECOND)
    expect(said(page)).to_have_class(re.compile("said--not"))
    expect(said(page)).to_contain_text(re.compile(r"\d\d?:\d\d"))
    assert asks_before_leaving(page)
    click_without_waiting(page)
    expect(narrative(page)).to_have_value(SECOND)  # the page was not given up

    server.start()
    server.wait()
    expect(said(page)).not_to_have_class(re.compile("said--not"))
    assert barriers(page, "light") == []
    page.reload()
    expect(narrative(page)).to_have_value(SECOND)


def click_without_waiting(page: Page) -> None:
    page.locator(".form-actions--sticky button").first.click(no_wait_after=True)
    page.wait_for_timeout(500)


def test_signing_in_again_leads_back_to_the_words(visits: Visits, page: Page) -> None:
    page.context.clear_cookies(name="sessionid")
    narrative(page).press_sequentially(FIRST)
    way = said(page).get_by_role("link", name=words("Sign in to go on"))
    expect(way).to_be_visible()
    narrative(page).fill(SECOND)  # goes on writing, and is kept
    page.wait_for_timeout(2500)
    visits.missing.add(urlsplit(page.url).path)

    click(way)
    expect(page.locator("main")).to_contain_text(
        words("Your session has ended. What you wrote is kept: sign in to go on.")
    )
    page.locator("#id_username").fill(LEADER)
    page.locator("#id_password").fill(DEMONSTRATION_PASSWORD)
    page.locator("#id_password").press("Enter")
    page.wait_for_url("**/report/?unsaved=*")
    expect(narrative(page)).to_have_value(SECOND)
    assert barriers(page, "light", "dark") == []

    page.locator("main section[id^=task-] input[value=on_time]").first.check()
    click(page.locator(".form-actions--sticky button").first)
    page.goto("/pl/poznan/unsaved/")
    expect(page.locator("main")).not_to_contain_text(SECOND)


def test_without_scripts_too(visits: Visits) -> None:
    page = visits.open(LEADER, java_script_enabled=False)
    page.goto(f"{POLICY}/report/")
    narrative(page).fill(FIRST)
    page.context.clear_cookies(name="sessionid")
    click(page.locator(".form-actions--sticky button").first)
    page.locator("#id_username").fill(LEADER)
    page.locator("#id_password").fill(DEMONSTRATION_PASSWORD)
    click(page.locator("main form button").first)
    page.wait_for_url("**/report/?unsaved=*")
    expect(narrative(page)).to_have_value(FIRST)


def test_what_cannot_be_saved_is_shown_without_barriers(visits: Visits) -> None:
    page = visits.open("coordinator@poznan.example", viewport=PHONE)
    page.goto(f"{POLICY}/tasks/18/edit/")
    page.locator("main form").last.evaluate("form => { form.noValidate = true; }")
    page.locator("[name=title]").fill("")
    page.locator("[name=audience]").fill("Wszyscy mieszkańcy, którzy uczą się polskiego")
    click(page.locator("main .form-actions button").first)
    page.goto("/pl/poznan/unsaved/")
    expect(page.locator("main")).to_contain_text("Wszyscy mieszkańcy, którzy uczą się polskiego")
    assert barriers(page, "light", "dark") == []
    page.goto("/pl/poznan/desk/")
    expect(page.locator("main")).to_contain_text(words("What you wrote was not saved"))
    page.goto("/pl/poznan/unsaved/")
    click(page.get_by_role("link", name=words("Open the form with these words")))
    expect(page.locator("[name=audience]")).to_have_value(
        "Wszyscy mieszkańcy, którzy uczą się polskiego"
    )
