"""A coordinator makes a policy of the council's act and fills the first row of its table."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.visits import Visits, click, follow, path_of, press, readable, words

TOWN = "/pl/lublin"
DRAFT = f"{TOWN}/policy/2031-2032"
MOVED = "para_4__subpara_2__point_5"  # § 4 ust. 2 pkt 5: of area 2, moved to area 5
TITLE = "Evening courses in the district libraries"


def test_a_coordinator_makes_a_draft_of_the_act_and_opens_its_table(
    visits: Visits, seed: Path
) -> None:
    page = given_a_coordinator_who_wants_to_read_an_act(visits)
    when_they_upload_it(page, seed)
    then_splot_proposes_six_areas_and_thirty_one_activities(page)

    when_they_rename_an_area_and_move_an_activity(page)
    when_they_make_it_a_draft_for_2031_and_2032(page)
    then_the_draft_follows_their_choices(page)

    when_they_open_the_table_and_add_a_task(page)
    then_the_task_stands_in_the_table_with_all_nine_columns(page)
    then_the_task_stands_at_its_activity(page)
    then_they_find_the_draft_again_from_their_desk(page)
    then_the_public_sees_nothing_of_it(visits)


def given_a_coordinator_who_wants_to_read_an_act(visits: Visits) -> Page:
    page = visits.open("coordinator@lublin.example")
    page.goto(f"{TOWN}/desk/")
    follow(page, "Read a resolution")
    return page


def when_they_upload_it(page: Page, act: Path) -> None:
    page.locator("[name=act]").set_input_files(act)
    press(page, "Read the file")


def then_splot_proposes_six_areas_and_thirty_one_activities(page: Page) -> None:
    names = [field.input_value() for field in page.locator("[name^=areas-][name$=-name]").all()]
    assert [bool(name) for name in names] == [True] * 6 + [False]
    roles = [select.input_value() for select in page.locator("select[name^=link-]").all()]
    assert len([role for role in roles if role.startswith("activity:")]) == 31
    assert len([role for role in roles if role.startswith("aim:")]) == 6


def when_they_rename_an_area_and_move_an_activity(page: Page) -> None:
    page.locator("[name=areas-4-name]").fill("Help in hard times")
    press(page, "Save the areas and stay here")
    moved = page.locator(f"[name=link-{MOVED}]")
    moved.select_option(label=words("activity: %(area)s", area="Help in hard times"))
    press(page, "Keep these choices and go on")


def when_they_make_it_a_draft_for_2031_and_2032(page: Page) -> None:
    guessed = [page.locator(f"[name={name}]").input_value() for name in ("title", "starts", "ends")]
    assert ("2023" in guessed[0], guessed[1:]) == (True, ["2023", "2024"])
    page.locator("[name=title]").fill("Integration in Lublin 2031-2032")
    page.locator("[name=starts]").fill("2031")
    page.locator("[name=ends]").fill("2032")
    expect(page.locator("[name=status]")).to_have_value("draft")
    press(page, "Make the policy")


def then_the_draft_follows_their_choices(page: Page) -> None:
    assert path_of(page) == f"{DRAFT}/"
    assert words("This is a draft. Only your team sees it.") in readable(page)
    expect(page.locator("main .cards > li")).to_have_count(6)
    click(page.get_by_role("link", name="Help in hard times"))
    numbers = [each.inner_text() for each in page.locator("main article .number").all()]
    assert numbers == ["§ 4 ust. 2 pkt 5", *(f"§ 4 ust. 5 pkt {point}" for point in range(1, 6))]


def when_they_open_the_table_and_add_a_task(page: Page) -> None:
    page.goto(f"{DRAFT}/table/")
    press(page, "Open the table")
    page.locator("[name=title]").fill(TITLE)
    page.locator("label", has_text=re.compile(r"§ 4 ust\. 1 pkt 1\b")).locator(
        "[name=activities]"
    ).check()
    page.locator("[name=audience]").fill("Parents who work shifts")
    page.locator("[name=lead]").select_option(index=1)
    page.locator("[name=partners]").first.check()
    page.locator("[name=groups]").first.check()
    page.locator("[name=timing][value=dates]").check()
    page.locator("[name=starts]").fill("2031-02-01")
    page.locator("[name=due]").fill("2032-06-30")
    page.locator("[name=resources-0-kind]").select_option("people")
    page.locator("[name=resources-0-text]").fill("two teachers")
    page.locator("[name=resources-1-kind]").select_option("money")
    page.locator("[name=resources-1-text]").fill("40,000 PLN a year")
    page.locator("[name=targets-0-indicator]").select_option(index=1)
    page.locator("[name=targets-0-baseline]").fill("12.5")
    page.locator("[name=targets-0-baseline_period]").fill("2030")
    page.locator("[name=targets-0-value]").fill("80")
    page.locator("[name=targets-0-by]").fill("2032")
    page.locator("[name=monitoring]").fill("A count after each term")
    press(page, "Save")


def then_the_task_stands_in_the_table_with_all_nine_columns(page: Page) -> None:
    assert path_of(page) == f"{DRAFT}/tasks/1/"
    page.goto(f"{DRAFT}/table/")
    row = page.locator("main table tbody tr:not(.group)")
    expect(row).to_have_count(1)
    cells = [cell.inner_text() for cell in row.locator("th, td").all()]
    assert len(cells) == 10
    expected = {
        0: TITLE,
        2: "Parents who work shifts",
        7: "40,000 PLN a year",
        8: "80",
        9: "A count after each term",
    }
    for column, part in expected.items():
        assert part in cells[column]
    assert "two teachers" in cells[7]
    expect(row.locator(".missing")).to_have_count(1)  # nobody is in charge yet


def then_the_task_stands_at_its_activity(page: Page) -> None:
    page.goto(f"{DRAFT}/activities/4-1-1/")
    expect(page.locator("main article h3")).to_have_text(f"1. {TITLE}")


def then_they_find_the_draft_again_from_their_desk(page: Page) -> None:
    page.goto(f"{TOWN}/desk/")
    expect(page.locator(f"main a[href='{DRAFT}/']").first).to_be_visible()


def then_the_public_sees_nothing_of_it(visits: Visits) -> None:
    visitor = visits.open()
    hidden = ["", "text/", "table/", "areas/1/", "activities/4-1-1/", "tasks/1/", "reports/"]
    assert [visitor.request.get(f"{DRAFT}/{part}").status for part in hidden] == [404] * len(hidden)
    visitor.goto(f"{TOWN}/policy/")
    links = visitor.locator("main .lines a").evaluate_all(
        "all => all.map(each => each.getAttribute('href'))"
    )
    assert f"{TOWN}/policy/2026-2030/" in links
    assert not [link for link in links if link.startswith(f"{DRAFT}/")]


@pytest.mark.parametrize("term", [("2032", "2031"), ("2026", "2030")], ids=["backwards", "taken"])
def test_a_term_that_cannot_be_is_refused_and_the_choices_are_kept(
    visits: Visits, seed: Path, term: tuple[str, str]
) -> None:
    page = given_a_coordinator_who_wants_to_read_an_act(visits)
    when_they_upload_it(page, seed)
    when_they_rename_an_area_and_move_an_activity(page)

    for name, year in zip(("starts", "ends"), term, strict=True):
        page.locator(f"[name={name}]").fill(year)
    press(page, "Make the policy")

    expect(page.locator(".form-errors")).to_be_focused()
    expect(page.locator("[name=starts]")).to_have_value(term[0])
    follow(page, "Back to the proposal")
    expect(page.locator("[name=areas-4-name]")).to_have_value("Help in hard times")
    expect(page.locator(f"[name=link-{MOVED}]")).to_have_value("activity:5")
