"""Steps of sections 15 to 17: an amendment, an act that exists, and finding it all again."""

from playwright.sync_api import expect

from tests.journeys.visits import click

from .reader import Reader
from .sentences import Sentence
from .steps import step


@step(15, "You are at a writing desk once more")
def amendment(reader: Reader, sentence: Sentence) -> None:
    assert reader.page.url.endswith("-change-1/write/")
    reader.sees("This is an amendment in writing.")


@step(15, "It stands last")
def move_up(reader: Reader, sentence: Sentence) -> None:
    expect(reader.main.locator("#activities ol > li").last).to_contain_text("telefon zaufania")
    reader.press("Move up: telefon zaufania dla sąsiadów w sporze")


@step(15, "The reworded activity is still")
def numbers(reader: Reader, sentence: Sentence) -> None:
    reader.sees(*sentence.all_of("quoted"))
    area = reader.main.inner_text().partition("§ 7.")[2]
    order = ["(repealed)", "cztery razy w roku", "2a)", "telefon zaufania", "3)"]
    places = [area.index(words) for words in order]
    assert places == sorted(places)


@step(15, "What is not translated yet")
def text_in_polish(reader: Reader, sentence: Sentence) -> None:
    reader.sees("telefon zaufania", *sentence.all_of("bold"))
    polish, english = sentence.all_of("italic")
    for language, word in ((polish, "(uchylony)"), (english, "(repealed)")):
        reader.page.locator("header .menu--always summary").first.click()
        click(reader.page.locator("header").get_by_role("link", name=language, exact=True))
        reader.sees(word)


@step(16, "You see what Splot has found")
@step(16, "You see a title, the years")
def found(reader: Reader, sentence: Sentence) -> None:
    """The fields and counts are read by the sentence after it, and here where they are fields."""
    if reader.page.url.endswith("/save/"):
        for label, value in (("Number of the resolution", "DEMO/2/2026"), ("Last year", "2027")):
            expect(reader.field(label)).to_have_value(value)


@step(16, "Look at § 3 ust. 1")
def passage(reader: Reader, sentence: Sentence) -> None:
    row = reader.main.locator("tr").filter(has_text="§ 3 ust. 1 So that every child")
    chosen = row.locator("select").evaluate("list => list.selectedOptions[0].text")
    assert chosen.strip() == sentence.all_of("italic")[0]
    expect(row).to_contain_text(sentence.all_of("quoted")[0])


@step(16, "Where Splot is wrong")
def choices(reader: Reader, sentence: Sentence) -> None:
    reader.sees(*sentence.all_of("italic"))


@step(16, "You see the policy as its readers would")
def made_policy(reader: Reader, sentence: Sentence) -> None:
    reader.sees("Neighbours", "Who carries it out", "§ 4 pkt 1", "draft")


@step(17, "Write mediators in the search field")
def search(reader: Reader, sentence: Sentence) -> None:
    field = reader.page.locator("header [name=q]")
    field.fill(sentence.all_of("italic")[0])
    field.press("Enter")
    reader.sees("Texts of policies", "An open evening with the mediators")


@step(17, "Choose the town")
def changes(reader: Reader, sentence: Sentence) -> None:
    click(reader.page.locator("header").get_by_role("link", name="Poznań").first)
    reader.sees(*sentence.all_of("quoted"))
    reader.press(*sentence.all_of("bold"))


@step(17, "act.read stands near the top")
def trail(reader: Reader, sentence: Sentence) -> None:
    newest, oldest = sentence.all_of("code")
    reader.sees(newest)
    click(reader.main.locator("nav a[href*='page=']").nth(-2))
    while not reader.main.get_by_text(oldest).count():
        click(reader.main.get_by_role("link", name="Previous"))
