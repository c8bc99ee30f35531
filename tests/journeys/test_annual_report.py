"""The coordinator writes and publishes the annual report; from then on it does not move."""

from io import BytesIO

from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.journeys.visits import Visits, click, follow, path_of, press, readable, words

OWN_SERVER = True  # a report is published once
POLICY = "/pl/poznan/policy/2023-2024"
REPORT = f"{POLICY}/reports/2024"
COORDINATOR = "coordinator@poznan.example"
ASSESSMENT = "Rok był dobry tam, gdzie ktoś odpowiadał za zadanie z imienia."
PROPOSAL = "Przenieść warsztaty dla pracodawców na wiosnę i podać terminy do końca stycznia."
LATER = "Katalog umiejętności, wydanie drugie"


def test_a_coordinator_publishes_the_report_of_the_year(visits: Visits) -> None:
    page = given_a_coordinator_with_a_draft_that_the_public_does_not_see(visits)
    when_they_write_the_assessment(page)
    when_they_add_a_proposal(page)
    when_they_publish(page)

    resident = visits.open()
    report = then_everybody_reads_it(resident)

    when_a_task_changes_later(page)
    then_the_report_stays_as_it_was(resident, report)
    then_it_can_be_downloaded_as_pdf(resident, "pl", ASSESSMENT)
    then_it_can_be_downloaded_as_pdf(resident, "en", None)


def given_a_coordinator_with_a_draft_that_the_public_does_not_see(visits: Visits) -> Page:
    assert [
        visits.open().request.get(f"{REPORT}{part}").status for part in ("/", ".pdf", ".json")
    ] == [404] * 3
    page = visits.open(COORDINATOR)
    page.goto("/pl/poznan/desk/")
    click(page.locator(f"main a.button[href='{REPORT}/edit/']"))
    return page


def when_they_write_the_assessment(page: Page) -> None:
    before = page.locator("[name=assessment]").input_value()
    page.locator("[name=assessment]").fill(f"{before}\n\n{ASSESSMENT}")
    press(page, "Save the assessment")
    expect(page.locator("main [role=status]")).to_contain_text(words("Saved."))


def when_they_add_a_proposal(page: Page) -> None:
    press(page, "Save and add a proposal")
    page.locator("[name=text]").fill(PROPOSAL)
    page.locator("[name=task]").select_option(index=1)
    press(page, "Save")
    expect(page.locator("#proposals")).to_contain_text(PROPOSAL)


def when_they_publish(page: Page) -> None:
    press(page, "Save and publish…")
    assert words("It cannot be taken back.") in readable(page)
    press(page, "Publish")
    assert path_of(page) == f"{REPORT}/"
    expect(page.locator("main [role=status]")).to_be_visible()


def then_everybody_reads_it(resident: Page) -> str:
    resident.goto("/pl/poznan/")
    click(resident.locator(f"main a[href='{REPORT}/']").first)
    report = readable(resident)
    assert ASSESSMENT in report
    assert PROPOSAL in report
    return report


def when_a_task_changes_later(page: Page) -> None:
    page.goto(f"{POLICY}/tasks/22/edit/")
    page.locator("[name=title]").fill(LATER)
    press(page, "Save")
    page.goto(f"{POLICY}/tasks/42/report/")
    page.locator("[name=status][value=done]").check()
    press(page, "Save the report")


def then_the_report_stays_as_it_was(resident: Page, report: str) -> None:
    resident.goto(f"{POLICY}/tasks/22/")
    expect(resident.get_by_role("heading", level=1)).to_have_text(LATER)
    resident.goto(f"{REPORT}/")
    assert readable(resident) == report


def then_it_can_be_downloaded_as_pdf(resident: Page, language: str, sentence: str | None) -> None:
    link = resident.locator(f"main a[href='{REPORT.replace('/pl/', f'/{language}/')}.pdf']").first
    answer = resident.request.get(link.get_attribute("href") or "")
    assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf")
    assert answer.body().startswith(b"%PDF")
    paper = PdfReader(BytesIO(answer.body()))
    assert len(paper.pages) > 1
    assert (paper.root_object["/Lang"] or "").startswith(language)
    text = " ".join(" ".join(page.extract_text() for page in paper.pages).split())
    assert "2024" in text
    assert sentence is None or sentence in text


def test_a_year_is_begun_from_the_list_of_reports(visits: Visits) -> None:
    page = visits.open("coordinator@lublin.example")
    page.goto("/pl/lublin/policy/2026-2030/reports/")
    press(page, "Start the report for %(year)s", year="2026")
    assert path_of(page) == "/pl/lublin/policy/2026-2030/reports/2026/edit/"
    follow(page, "Read the draft")
    assert words("A draft: only your team sees it") in readable(page)
    draft = page.request.get("/pl/lublin/policy/2026-2030/reports/2026.pdf")
    assert draft.body().startswith(b"%PDF")
