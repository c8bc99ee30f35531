"""A coordinator writes a policy from the model, gives it for consultation, has it adopted, and
amends it.
"""

import re
from collections.abc import Callable
from io import BytesIO

from docx import Document as WordFile
from lxml import etree
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from splot.documents.readers import read_document
from tests.journeys.barriers import barriers
from tests.journeys.visits import PHONE, Visits, click, follow, path_of, press, readable, words

OWN_SERVER = True  # policies are begun and adopted
COORDINATOR = "coordinator@lublin.example"
TOWN = "/pl/lublin"
POLICY = f"{TOWN}/policy/2033-2038"
AMENDMENT = f"{POLICY}-change-1"
VISION = "Lublin jest miastem, w którym każdy jest u siebie."
VISION_UK = "Люблін – це місто, у якому кожен удома."
TITLE_UK = "Політика інтеграції Любліна"
WORDING = "spotkania sąsiadów z mediatorem w każdej dzielnicy"
REWORDED = "spotkania sąsiadów z mediatorem w każdej dzielnicy dwa razy w roku"
MERGED = "szkolenie i wsparcie dla mediatorów społecznych"
AMENDED = "spotkania sąsiadów z mediatorem w każdej dzielnicy cztery razy w roku"
ADDED = "telefon zaufania dla sąsiadów w sporze"
INSTITUTION = "Centrum Mediacji przy Fontannie"


def test_a_policy_is_written_consulted_adopted_and_amended(visits: Visits) -> None:
    page = visits.open(COORDINATOR)
    given_a_draft_from_the_model(page, "2033", "2038")
    when_they_take_values_and_an_aim(page)
    when_they_write_the_vision_and_it_is_saved_by_itself(page)
    area = when_they_open_the_area_of_mediation(page)
    when_they_reword_an_activity(page)
    when_they_name_an_institution_that_was_missing(page)
    when_they_merge_two_activities(page, area)
    when_they_move_one_down_by_keyboard(page, area)
    when_they_put_one_away_and_take_that_back(page, area)
    when_they_mend_what_the_health_page_found(page)
    when_they_translate_two_passages(page)
    nothing_bars_the_way(visits, COORDINATOR, pages_of_writing(area))

    when_they_freeze_it_for_consultation(page)
    then_everybody_reads_the_frozen_text_and_nobody_the_draft(visits)

    when_they_reword_what_was_said_in_the_consultation(page, area)
    when_the_council_has_adopted_it(page)
    then_everybody_reads_the_adopted_text(visits)
    then_it_is_printed_in_every_format(visits)

    numbers = when_they_write_an_amendment(page)
    nothing_bars_the_way(
        visits, COORDINATOR, ["write/", "text/", "versions/", "adopt/", "freeze/"], AMENDMENT
    )
    when_the_council_has_adopted_the_amendment(page)
    then_the_versions_show_what_changed_and_the_numbers_stay(visits, numbers)
    nothing_bars_the_way(
        visits, "", ["text/", "versions/", "versions/2/", "versions/compare/", "numbers/1/"]
    )


def given_a_draft_from_the_model(page: Page, first: str, last: str) -> None:
    """Two aspects, one of them with all its activities; a third is left out with a reason."""
    page.goto(f"{TOWN}/policy/")
    follow(page, "Begin a policy")
    page.locator("[name=starts]").fill(first)
    page.locator("[name=ends]").fill(last)
    page.locator("[name=start][value=model]").check()
    press(page, "Begin")
    assert path_of(page) == f"{TOWN}/policy/{first}-{last}/write/aspects/"
    page.locator("#mediation [name$=-chosen]").check()
    page.locator("#mediation [name$=-whole]").check()
    page.locator("#culture [name$=-chosen]").check()
    page.locator("#housing [name$=-reason]").fill("Miasto ma osobny program mieszkaniowy.")
    press(page, "Save the choice")
    assert path_of(page) == f"{TOWN}/policy/{first}-{last}/write/"
    expect(page.locator("#areas ol > li")).to_have_count(2)


def when_they_take_values_and_an_aim(page: Page) -> None:
    for chapter in ("values", "aims"):
        page.goto(f"{POLICY}/write/{chapter}/")
        offer = page.locator("form:has([name=take])").first
        name = offer.locator("strong").first.inner_text()
        offer.locator("[name=take]").first.check()
        click(offer.get_by_role("button").first)
        expect(page.locator("main section").first).to_contain_text(name)
    page.goto(f"{POLICY}/write/")
    expect(page.locator("main section").first.locator(".missing")).to_have_count(1)  # the vision


def when_they_write_the_vision_and_it_is_saved_by_itself(page: Page) -> None:
    page.goto(f"{POLICY}/write/vision/")
    page.locator("[name=vision]").press_sequentially(VISION)
    is_saved_by_itself(page)
    page.reload()
    expect(page.locator("[name=vision]")).to_have_value(VISION)


def is_saved_by_itself(page: Page) -> None:
    expect(page.locator("[data-autosave-said]")).to_contain_text(
        words("Saved at %(time)s.", time="").strip(" .")
    )


def when_they_open_the_area_of_mediation(page: Page) -> str:
    page.goto(f"{POLICY}/write/")
    click(page.locator("#areas ol a").last)
    expect(page.locator("#activities ol > li")).to_have_count(3)
    return path_of(page)


def when_they_reword_an_activity(page: Page) -> None:
    click(page.locator("#activities ol a").first)
    page.locator("[name=text]").fill(WORDING)
    is_saved_by_itself(page)


def when_they_name_an_institution_that_was_missing(page: Page) -> None:
    page.locator("aside [name=institution-name]").fill(INSTITUTION)
    page.locator("aside select[name=institution-kind]").select_option("ngo")
    press(page, "Add it here")
    expect(page.get_by_role("checkbox", name=INSTITUTION)).to_be_checked()
    expect(page.locator("[name=text]")).to_have_value(WORDING)


def when_they_merge_two_activities(page: Page, area: str) -> None:
    page.goto(area)
    for line in page.locator("#activities ol > li").all()[1:]:
        line.get_by_role("checkbox").check()
    press(page, "Merge the ticked activities")
    page.locator("[name=text]").fill(MERGED)
    press(page, "Merge")
    assert path_of(page) == area
    assert activities(page) == [WORDING, MERGED]


def activities(page: Page) -> list[str]:
    return page.locator("#activities ol .lines__what > a").all_inner_texts()


def when_they_move_one_down_by_keyboard(page: Page, area: str) -> None:
    page.goto(area)
    line = page.locator("#activities ol > li", has_text=WORDING)
    line.locator("button[value='1']").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#activities ol > li").last).to_contain_text(WORDING)
    expect(line.locator("button[value='1']")).to_be_focused()
    line.locator("button[value='-1']").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#activities ol > li").first).to_contain_text(WORDING)
    expect(line.locator("button[value='-1']")).to_be_focused()


def when_they_put_one_away_and_take_that_back(page: Page, area: str) -> None:
    click(page.get_by_role("link", name=MERGED))
    press(page, "Put it away")
    assert path_of(page) == area
    assert activities(page) == [WORDING]
    page.goto(f"{POLICY}/write/steps/")
    click(page.locator("main ol.lines form button").first)
    expect(page.locator("main ol.lines > li").nth(1).locator(".tag")).to_have_text(
        words("taken back")
    )
    page.goto(area)
    assert activities(page) == [WORDING, MERGED]


def when_they_mend_what_the_health_page_found(page: Page) -> None:
    page.goto(f"{POLICY}/health/")
    finding = page.locator("#unfunded li a").first
    place = finding.get_attribute("href") or ""
    click(finding)
    page.locator("[name=funding][value=own]").check()
    is_saved_by_itself(page)
    page.goto(f"{POLICY}/health/")
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator(f"#unfunded a[href='{place}']")).to_have_count(0)


def when_they_translate_two_passages(page: Page) -> None:
    for wording in (TITLE_UK, VISION_UK):
        page.goto(f"{POLICY}/translations/uk/?state=missing")
        passage = page.locator("article.translating").first
        passage.locator("textarea").fill(wording)
        click(passage.get_by_role("button", name=words("Save"), exact=True))
        expect(page.locator(".translating__saved")).to_be_visible()
    page.goto(f"{POLICY}/translations/uk/")
    assert {TITLE_UK, VISION_UK} <= {
        each.input_value() for each in page.locator("article textarea").all()
    }


def pages_of_writing(area: str) -> list[str]:
    inside = area.removeprefix(f"{POLICY}/")
    fixed = ("", "vision/", "aspects/", "values/", "aims/", "provisions/", "steps/", "areas/new/")
    around = (
        "edit/",
        "health/",
        "text/",
        "versions/",
        "freeze/",
        "publish/",
        "translations/",
        "translations/uk/",
    )
    return [
        *(f"write/{each}" for each in fixed),
        inside,
        f"{inside}add/?aim=",
        f"{inside}add/",
        *around,
    ]


def nothing_bars_the_way(
    visits: Visits, account: str, parts: list[str], policy: str = POLICY
) -> None:
    """Wide in light, narrow in dark; on the way every activity's own page is met once."""
    met = {}
    for options, scheme in (({}, "light"), ({"viewport": PHONE}, "dark")):
        page = visits.open(account, **options)
        for part in parts:
            page.goto(f"{policy}/{part}")
            met[part, scheme] = barriers(page, scheme)
        if account and policy == POLICY:
            page.goto(f"{policy}/write/")
            click(page.locator("#areas ol a").last)
            click(page.locator("#activities ol a").first)
            met["an activity", scheme] = barriers(page, scheme)
            follow(page, "Make several activities of it")
            met["split", scheme] = barriers(page, scheme)
    assert {place: each for place, each in met.items() if each} == {}


def when_they_freeze_it_for_consultation(page: Page) -> None:
    page.goto(f"{POLICY}/freeze/")
    page.locator("[name=stage][value=consultation]").check()
    press(page, "Freeze")
    assert path_of(page) == f"{POLICY}/versions/1/"
    assert WORDING in readable(page)


def then_everybody_reads_the_frozen_text_and_nobody_the_draft(visits: Visits) -> None:
    visitor = visits.open()
    visitor.goto(f"{TOWN}/policy/")
    click(visitor.locator(f"main a[href='{POLICY}/versions/']"))
    click(visitor.locator("main ol.lines a").first)
    text = readable(visitor)
    assert WORDING in text
    assert VISION.rstrip(".") in text
    visitor.goto(f"{POLICY}/versions/1/".replace("/pl/", "/uk/"))
    assert VISION_UK.rstrip(".") in readable(visitor)
    hidden = ["", "text/", "text.pdf", "booklet.pdf", "table/"]
    assert [visitor.request.get(f"{POLICY}/{part}").status for part in hidden] == [404] * len(
        hidden
    )
    assert "/sign-in/" in visitor.request.get(f"{POLICY}/write/").url


def when_they_reword_what_was_said_in_the_consultation(page: Page, area: str) -> None:
    page.goto(area)
    click(page.get_by_role("link", name=WORDING))
    page.locator("[name=text]").fill(REWORDED)
    press(page, "Save")
    assert activities(page)[0] == REWORDED


def when_the_council_has_adopted_it(page: Page) -> None:
    page.goto(f"{POLICY}/publish/")
    expect(page.get_by_role("button", name=words("Publish"))).to_have_count(0)
    page.goto(f"{POLICY}/edit/")
    page.locator("[name=basis]").fill("Na podstawie art. 18 ust. 1 ustawy o samorządzie gminnym")
    press(page, "Save")
    page.goto(f"{POLICY}/write/")
    follow(page, "The council has adopted it")
    page.locator("[name=status][value=in_force]").check()
    page.locator("[name=responsible]").fill("Urząd Miasta Lublin")
    when_they_enter_the_resolution(page, "XXI/7/2032", "2032-11-25")
    press(page, "Publish")
    assert path_of(page) == f"{POLICY}/"


def when_they_enter_the_resolution(page: Page, number: str, day: str) -> None:
    page.locator("[name=number]").fill(number)
    page.locator("[name=body]").fill("Rada Miasta Lublin")
    page.locator("[name=adopted_on]").fill(day)


def then_everybody_reads_the_adopted_text(visits: Visits) -> None:
    visitor = visits.open()
    visitor.goto(f"{POLICY}/text/")
    text = readable(visitor)
    assert "XXI/7/2032" in text
    assert "25 listopada 2032" in text
    assert REWORDED in text
    visitor.goto(f"{POLICY}/versions/1/")
    assert REWORDED not in readable(visitor)


READERS: dict[str, Callable[[bytes], str]] = {
    "pdf": lambda data: " ".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages),
    "docx": lambda data: " ".join(
        etree.tostring(WordFile(BytesIO(data)).element, method="text", encoding=str).split()
    ),
    "xml": lambda data: " ".join(etree.fromstring(data).itertext()),
    "html": lambda data: " ".join(etree.fromstring(data, etree.HTMLParser()).itertext()),
    "md": lambda data: " ".join(read_document(data, "act.md").words()),
    "txt": lambda data: " ".join(read_document(data, "act.txt").words()),
}


def then_it_is_printed_in_every_format(visits: Visits) -> None:
    visitor = visits.open()
    visitor.goto(f"{POLICY}/text/")
    follow_summary(visitor, "Print or download")
    found = {}
    for link in visitor.locator("main details a").all():
        with visitor.expect_download() as waiting:
            link.click()
        name, data = waiting.value.suggested_filename, waiting.value.path().read_bytes()
        form = name.rpartition(".")[2]
        found[re.sub("^[0-9-]+-", "", name)] = REWORDED in " ".join(READERS[form](data).split())
        if form in ("docx", "xml") and "booklet" not in name:
            assert REWORDED in " ".join(read_document(data, name).words())
    texts = [f"pl.{form}" for form in ("pdf", "docx", "xml", "html", "md", "txt")]
    booklets = [f"booklet-pl.{form}" for form in ("pdf", "docx", "html")]
    assert found == dict.fromkeys([*texts, *booklets], True)


def follow_summary(page: Page, message: str) -> None:
    click(page.locator("main summary", has_text=words(message)))


def when_they_write_an_amendment(page: Page) -> dict[str, str]:
    """One activity gets other words, one is new. Gives the adopted numbers: {words: number}."""
    page.goto(f"{POLICY}/versions/")
    press(page, "Write an amendment")
    assert path_of(page) == f"{AMENDMENT}/write/"
    click(page.locator("#areas ol a").last)
    area = path_of(page)
    lines = page.locator("#activities ol > li").all()
    numbers = {
        line.locator(".lines__what > a").inner_text(): line.locator(".number").inner_text()
        for line in lines
    }
    click(page.get_by_role("link", name=REWORDED))
    page.locator("[name=text]").fill(AMENDED)
    press(page, "Save")
    click(page.locator(f"a[href*='{area}add/?aim=']").first)
    page.locator("[name=text]").fill(ADDED)
    press(page, "Add")
    assert activities(page) == [AMENDED, MERGED, ADDED]
    return numbers


def when_the_council_has_adopted_the_amendment(page: Page) -> None:
    page.goto(f"{AMENDMENT}/write/")
    follow(page, "The council has adopted the amendment")
    when_they_enter_the_resolution(page, "XXX/9/2034", "2034-02-23")
    press(page, "Amend the policy")
    assert path_of(page) == f"{POLICY}/text/"
    assert AMENDED in readable(page)


def then_the_versions_show_what_changed_and_the_numbers_stay(
    visits: Visits, numbers: dict[str, str]
) -> None:
    visitor = visits.open()
    visitor.goto(f"{POLICY}/versions/")
    follow(visitor, "Compare two versions")
    reworded = visitor.locator("article.change", has_text="cztery")
    expect(reworded.locator("ins")).to_contain_text("cztery")
    expect(reworded.locator("del")).to_contain_text("dwa")
    expect(reworded.locator(".number")).to_contain_text(numbers[REWORDED])
    expect(visitor.locator("article.change", has_text=ADDED).locator("ins")).to_contain_text(ADDED)
    expect(
        visitor.locator("article.change", has_text=MERGED).locator(".number")
    ).not_to_contain_text("→")
    slug = "-".join(re.findall(r"\d+", numbers[REWORDED]))
    visitor.goto(f"{POLICY}/activities/{slug}/")
    expect(visitor.get_by_role("heading", level=1)).to_contain_text(AMENDED, ignore_case=True)
