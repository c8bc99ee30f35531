"""Somebody new in town reads what the city promised, in their own language, without an account."""

import re

import pytest
from django.utils.translation import override
from playwright.sync_api import Page, expect

from splot.implementation.statuses import STATUS_LABELS
from tests.journeys.visits import PHONE, Visits, click, follow, path_of, readable, words

POLICY = "/uk/poznan/policy/2023-2024"
VISION = "Познань — місто, де кожен, хто оселився тут учора чи сорок років тому, знає сусідів"


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_newcomer_reads_from_the_vision_down_to_a_task(visits: Visits, scripts: bool) -> None:
    page = given_a_newcomer_with_a_phone_in_ukrainian(visits, scripts)
    when_they_type_the_bare_address(page)
    then_the_site_speaks_ukrainian_and_offers_both_towns(page)

    click(page.get_by_role("link", name="Познань"))
    then_they_see_the_vision_and_six_areas_with_counts_in_words(page)

    click(page.get_by_role("link", name="Освіта"))
    then_they_see_the_area_with_its_activities(page)

    click(page.locator(f"main a[href='{POLICY}/activities/4-1-2/']"))
    then_they_see_the_promise_with_its_number(page)

    follow(page, "Read it in the resolution", language="uk")
    then_they_stand_at_the_passage_in_the_adopted_text(page)

    page.go_back()
    click(page.locator(f"main a[href='{POLICY}/tasks/3/']"))
    then_they_see_the_task_and_all_that_was_said_of_it(page)


def given_a_newcomer_with_a_phone_in_ukrainian(visits: Visits, scripts: bool) -> Page:
    return visits.open(viewport=PHONE, locale="uk-UA", java_script_enabled=scripts)


def when_they_type_the_bare_address(page: Page) -> None:
    page.goto("/")


def then_the_site_speaks_ukrainian_and_offers_both_towns(page: Page) -> None:
    assert path_of(page) == "/uk/"
    expect(page.locator("html")).to_have_attribute("lang", "uk")
    expect(page.locator("main .cards a")).to_have_text(["Люблін", "Познань"])


def then_they_see_the_vision_and_six_areas_with_counts_in_words(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_contain_text(VISION)
    expect(page.locator("main .cards > li")).to_have_count(6)
    with override("uk"):
        statuses = {str(label) for label in STATUS_LABELS.values()}
    for card in page.locator("main .cards > li").all():
        head = card.locator(".status-bar__head").inner_text()
        counted = [
            line.inner_text().split(maxsplit=1)
            for line in card.locator(".status-bar__words li").all()
        ]
        assert {status.strip() for __, status in counted} <= statuses
        assert sum(int(number) for number, __ in counted) == max(
            map(int, re.findall(r"\d+", head))
        ), head


def then_they_see_the_area_with_its_activities(page: Page) -> None:
    assert path_of(page) == f"{POLICY}/areas/1/"
    expect(page.get_by_role("heading", level=1)).to_have_text("Освіта")
    expect(page.locator("main article")).to_have_count(6)


def then_they_see_the_promise_with_its_number(page: Page) -> None:
    expect(page.locator(".page-head")).to_contain_text("§ 4 ust. 1 pkt 2")
    expect(page.locator(f"main article h3 a[href='{POLICY}/tasks/3/']")).to_be_visible()


def then_they_stand_at_the_passage_in_the_adopted_text(page: Page) -> None:
    assert path_of(page) == f"{POLICY}/text/"
    passage = page.locator(":target")
    expect(passage).to_be_in_viewport()
    assert passage.inner_text().strip().startswith("2)")
    expect(page.locator("main .provisions")).to_have_attribute("lang", "uk")
    notice = "This is a translation for information. The text in the language of adoption binds."
    assert words(notice, "uk") in readable(page)


def then_they_see_the_task_and_all_that_was_said_of_it(page: Page) -> None:
    assert path_of(page) == f"{POLICY}/tasks/3/"
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    statuses = page.locator("main .history > li .status")
    done, on_time = words("done", "uk"), words("on time", "uk")
    assert [each.inner_text().strip().lower() for each in statuses.all()] == [
        done,
        on_time,
        on_time,
    ]
