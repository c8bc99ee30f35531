"""A resident reads the report in Ukrainian, and is never told that a Polish sentence is
Ukrainian.
"""

import re

from playwright.sync_api import expect

from tests.journeys.visits import Visits, words

REPORT = "/uk/poznan/policy/2023-2024/reports/2023/"
# Words with letters of Polish; one alone may be a name.
POLISH = re.compile(r"\w*[ąęłńśźżćó]\w*", re.IGNORECASE)

TEXTS_IN = """root => {
    const found = [];
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const node = walker.currentNode;
        if (node.textContent.trim()) found.push([node.parentElement.closest("[lang]").lang, node.textContent.trim()]);
    }
    return found;
}"""


def test_a_resident_reads_the_report_in_ukrainian(visits: Visits) -> None:
    page = visits.open(locale="uk-UA")
    page.goto(REPORT)
    expect(page.locator("html")).to_have_attribute("lang", "uk")
    expect(page.get_by_role("heading", name=words("The team’s assessment", "uk"))).to_be_visible()
    texts = page.locator("main").evaluate(TEXTS_IN)
    then_no_polish_sentence_passes_for_ukrainian(texts)
    then_what_nobody_translated_is_there_and_marked(texts)


def then_no_polish_sentence_passes_for_ukrainian(texts: list[list[str]]) -> None:
    assert [text for language, text in texts if language != "pl" and is_polish(text)] == []
    assert (
        len([text for language, text in texts if language == "uk" and re.search("[іїєґ]", text)])
        > 100
    )


def then_what_nobody_translated_is_there_and_marked(texts: list[list[str]]) -> None:
    assert any(language == "pl" and is_polish(text) for language, text in texts)


def is_polish(text: str) -> bool:
    return len(POLISH.findall(text)) > 1
