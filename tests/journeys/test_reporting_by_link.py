"""Without an account: a link from the coordinator, a phone, two minutes, and nobody else's
tasks.
"""

import io
import re
import subprocess
import sys
from urllib.parse import urlsplit

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.journeys.barriers import barriers
from tests.journeys.conftest import ROOT, Server, environment
from tests.journeys.visits import PHONE, Visits, click, path_of, readable, words

OWN_SERVER = True  # links are made and withdrawn
POLICY = "/pl/poznan/policy/2023-2024"
SAID = "Punkt konsultacyjny działał w każdy wtorek."


# Tasks that nobody has spoken of yet, for people who have said everything else.
UNSPOKEN = """
from datetime import date
import django; django.setup()
from splot.core.languages import Text
from splot.implementation.actions.tasks import add_task
from splot.people.queries import user_by_email
from splot.policy.models import Policy
plan = Policy.objects.get(term="2023-2024").plans.get()
for name in ("health", "education", "education", "education", "work", "work"):
    leader = user_by_email(f"leader-{name}@poznan.example")
    add_task(by=None, plan=plan, title=Text.of("pl", {"pl": "Spotkania sąsiedzkie"}), timing="yearly", leader=leader, entered_on=date(2023, 1, 1))
"""


@pytest.fixture(autouse=True, scope="module")
def unspoken(server: Server) -> None:
    surroundings = {**environment(server.data), "DJANGO_SETTINGS_MODULE": "config.settings"}
    subprocess.run([sys.executable, "-c", UNSPOKEN], env=surroundings, cwd=ROOT, check=True)


@pytest.mark.parametrize(
    ("person", "scripts"),
    [("Referat zdrowia", True), ("Referat rynku pracy", False)],
    ids=["with scripts", "without scripts"],
)
def test_a_phone_and_a_link_are_enough(visits: Visits, person: str, scripts: bool) -> None:
    desk = visits.open("coordinator@poznan.example")
    link = when_the_coordinator_makes_a_link(desk, person)

    phone = visits.open(viewport=PHONE, java_script_enabled=scripts, has_touch=True)
    phone.goto(link)
    card = then_it_shows_tasks_that_await_a_word(phone)
    task = card.get_attribute("id")
    number = re.match(r"(\d+)\.", card.locator("h2").inner_text())[1]
    if scripts:
        when_they_write_and_are_interrupted(phone, task)
        then_their_words_are_still_there(phone, task)
        assert barriers(phone, "light", "dark") == []
    when_they_send_it_with_a_picture(phone, task)

    expect(phone.locator("main [role=status]").first).to_contain_text("1")
    expect(phone.locator(f"#{task}")).to_contain_text(SAID)  # to be corrected, if need be
    then_everybody_can_read_it(visits, number)

    when_the_coordinator_withdraws_it(desk, person)
    visits.missing.add(urlsplit(link).path)
    assert phone.goto(link).status == 404
    assert SAID not in readable(phone)


def row_of(desk: Page, person: str):
    return desk.locator("main .lines > li", has_text=person).first


def when_the_coordinator_makes_a_link(desk: Page, person: str) -> str:
    desk.goto(f"{POLICY}/links/")
    click(row_of(desk, person).locator("button[value=show]"))
    return desk.locator("#shown-link").inner_text()


def then_it_shows_tasks_that_await_a_word(phone: Page):
    cards = phone.locator("main section[id^=task-]")
    assert cards.count() > 0
    assert phone.locator("header").get_by_text(words("Sign out")).count() == 0
    return cards.first


def when_they_write_and_are_interrupted(phone: Page, task: str) -> None:
    phone.locator(f"#{task} textarea").first.fill(SAID)
    expect(phone.locator("[data-autosave-said]")).not_to_be_empty()


def then_their_words_are_still_there(phone: Page, task: str) -> None:
    phone.reload()
    expect(phone.locator(f"#{task} textarea").first).to_have_value(SAID)


def when_they_send_it_with_a_picture(phone: Page, task: str) -> None:
    card = phone.locator(f"#{task}")
    card.locator("textarea").first.fill(SAID)
    card.locator("label.choice", has=phone.locator("input[value=on_time]")).tap()
    picture = {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": photograph()}
    card.locator("input[type=file]").set_input_files([picture])
    card.locator("button[name=only]").tap()
    phone.wait_for_load_state()


def photograph() -> bytes:
    kept = io.BytesIO()
    Image.new("RGB", (800, 600), (90, 120, 60)).save(kept, "JPEG")
    return kept.getvalue()


def then_everybody_can_read_it(visits: Visits, number: str) -> None:
    visitor = visits.open()
    visitor.goto(f"{POLICY}/tasks/{number}/")
    assert path_of(visitor) == f"{POLICY}/tasks/{number}/"
    assert SAID in readable(visitor)


def when_the_coordinator_withdraws_it(desk: Page, person: str) -> None:
    desk.goto(f"{POLICY}/links/")
    click(row_of(desk, person).locator("button[value=withdraw]"))
    expect(row_of(desk, person).locator("button[value=withdraw]")).to_have_count(0)


def test_ten_tasks_on_one_page_keep_what_is_right_and_what_is_not(visits: Visits) -> None:
    page = visits.open("leader-education@poznan.example", viewport=PHONE)
    page.goto(f"{POLICY}/report/")
    cards = page.locator("main section[id^=task-]")
    before = cards.count()
    assert before > 2
    good, bad = (cards.nth(place).get_attribute("id") for place in (0, 1))
    for task, status in ((good, "done"), (bad, "abandoned")):
        page.locator(f"#{task} textarea").first.fill(SAID)
        page.locator(f"#{task} input[value={status}]").check()
    click(page.locator(".form-actions--sticky button").first)

    expect(page.locator(".form-errors")).to_contain_text(words("Why was it abandoned?"))
    expect(page.locator(f"#{good}")).to_have_count(0)
    expect(page.locator(f"#{bad} textarea").first).to_have_value(SAID)
    expect(cards).to_have_count(before - 1)
    assert barriers(page, "light", "dark") == []


def test_the_coordinators_pages_stand_in_nobodys_way(visits: Visits) -> None:
    desk = visits.open("coordinator@poznan.example", viewport=PHONE)
    for address in (
        f"{POLICY}/links/",
        f"{POLICY}/reminders/",
        "/pl/poznan/calendar/",
        "/pl/account/",
    ):
        desk.goto(address)
        assert barriers(desk, "light", "dark") == [], address
