"""What is printed from the browser: what was folded too, and which policy a table belongs to."""

from io import BytesIO

from playwright.sync_api import Page
from pypdf import PdfReader

from tests.journeys.visits import Visits

POLICY = "/pl/poznan/policy/2023-2024"


def letters(text: str) -> str:
    """Without what a printed line adds: spaces, hyphens, capitals."""
    return "".join(filter(str.isalnum, text)).casefold()


def printed(page: Page) -> str:
    paper = PdfReader(BytesIO(page.pdf()))
    return letters("".join(sheet.extract_text() for sheet in paper.pages))


def test_what_is_folded_is_printed_and_stays_folded(visits: Visits) -> None:
    page = visits.open()
    page.goto(f"{POLICY}/reports/2023/")
    folded = page.locator("main details.folded:not([open])")
    words = folded.locator("a").first.text_content() or ""
    number = folded.count()
    assert number and words.strip()
    assert letters(words) in printed(page)
    assert folded.count() == number


def test_a_printed_table_names_its_policy_and_not_the_choice_of_columns(visits: Visits) -> None:
    page = visits.open()
    page.goto(f"{POLICY}/table/?year=2023")
    paper = printed(page)
    title = page.locator("main .page-head__kicker").text_content() or ""
    assert letters(title) and letters(title) in paper
    button = page.locator("main .no-print details.folded button").first
    assert letters(button.text_content() or "") not in paper
