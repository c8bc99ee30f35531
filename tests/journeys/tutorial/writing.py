"""Steps of sections 1 to 10: a policy from the model to its adoption."""

import re

from playwright.sync_api import Locator, expect

from .reader import WAYS_TO_WRITING_DESK, Reader, controls
from .sentences import ROOT, Sentence
from .steps import step

FORMATS = ["pdf", "docx", "xml", "html", "md", "txt"]


@step(1, "make run")
def start(reader: Reader, sentence: Sentence) -> None:
    target = str(sentence).removeprefix("make ")
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text("utf-8"), re.M)


@step(1, "You see two towns")
def two_towns(reader: Reader, sentence: Sentence) -> None:
    expect(reader.main.locator(".cards a")).to_have_count(2)


@step(2, "Press Sign in beside")
def sign_in(reader: Reader, sentence: Sentence) -> None:
    reader.sign_in(sentence.all_of("italic")[0])


@step(3, "A title stands there already")
def title(reader: Reader, sentence: Sentence) -> None:
    expect(reader.field("Title of the policy")).to_have_value(re.compile("^Polityka"))


@step(3, "You see the twelve aspects")
def twelve_aspects(reader: Reader, sentence: Sentence) -> None:
    expect(reader.main.locator("[name$=-chosen]")).to_have_count(12)


@step(3, "Under both tick")
def whole_aspects(reader: Reader, sentence: Sentence) -> None:
    chosen = reader.main.locator("section, article, li").filter(
        has=reader.page.locator("[name$=-chosen]:checked")
    )
    for box in chosen.get_by_label(sentence.all_of("italic")[0]).all():
        box.check()


@step(3, "You can leave it at any time")
def back_from_desk(reader: Reader, sentence: Sentence) -> None:
    desk, write = sentence.all_of("bold")
    reader.choose_from_menu_of_account(desk)
    reader.press(write)


@step(3, "From a page of writing")
def ways_back(reader: Reader, sentence: Sentence) -> None:
    assert set(sentence.all_of("bold")) == set(WAYS_TO_WRITING_DESK)


@step(4, "Pages of writing save by themselves")
def save_goes_back(reader: Reader, sentence: Sentence) -> None:
    reader.press(sentence.all_of("bold")[0])
    assert reader.page.url.endswith("/write/")


@step(5, "It has an aim and three activities")
def three_activities(reader: Reader, sentence: Sentence) -> None:
    expect(reader.main.locator("#activities ol > li")).to_have_count(3)


@step(5, "Whatever you do stands under")
def steps(reader: Reader, sentence: Sentence) -> None:
    reader.go_to_writing_desk()
    reader.press(sentence.all_of("bold")[0])
    reader.sees("Take it back")


@step(6, "Open the yearly report")
def fill_brackets(reader: Reader, sentence: Sentence) -> None:
    (day,) = sentence.all_of("italic")
    reader.open("of each year the Mayor")
    wording = reader.field("Wording")
    words = wording.input_value()
    assert day in words
    wording.fill(words.replace(day, day.strip("[]")))
    reader.press(sentence.all_of("bold")[0])


def fill_blanks(field: Locator, *words: str) -> str:
    """The text of the field with these words in place of its pairs of brackets."""
    filled = field.input_value()
    for each in words:
        filled, pairs = re.subn(r"\[[^\]]*\]", each, filled, count=1)
        assert pairs == 1
    assert "[" not in filled
    return filled


@step(7, "Back under Health")
def finding_is_gone(reader: Reader, sentence: Sentence) -> None:
    reader.go_to_writing_desk()
    reader.press(sentence.all_of("bold")[0])
    reader.sees_none_of("Areas that nobody leads", "Activities without anyone responsible")


@step(7, "Choose the line that begins")
def choose_blank(reader: Reader, sentence: Sentence) -> None:
    reader.open(sentence.all_of("bold")[0])


@step(7, "Under Legal basis")
def fill_basis(reader: Reader, sentence: Sentence) -> None:
    label, save = sentence.all_of("bold")
    field = reader.field(label)
    field.fill(fill_blanks(field, *sentence.all_of("italic")))
    reader.press(save)


@step(8, "You see how far each language is")
def how_far(reader: Reader, sentence: Sentence) -> None:
    reader.sees("How far each language is", "Українська")


@step(8, "Choose missing under English")
def choose_missing(reader: Reader, sentence: Sentence) -> None:
    language = reader.main.locator("li, article, section").filter(
        has_text=sentence.all_of("italic")[0]
    )
    controls(language.last, re.compile(sentence.all_of("bold")[0])).first.click()


@step(8, "Write Policy for the Integration")
@step(8, "Write everybody who lives here")
def translate(reader: Reader, sentence: Sentence) -> None:
    labels = [name for name in sentence.all_of("bold") if name != "Save"]
    for label, words in zip(labels, sentence.all_of("italic"), strict=True):
        save_translation(reader.field(label), words)


def save_translation(field: Locator, words: str) -> None:
    field.fill(words)
    text = field.locator("xpath=ancestor::article")
    text.get_by_role("button", name="Save", exact=True).click()
    expect(text).to_contain_text("Saved.")


@step(8, "In the Legal basis")
def translate_basis(reader: Reader, sentence: Sentence) -> None:
    (label,) = sentence.all_of("bold")
    field = reader.field(label)
    save_translation(field, fill_blanks(field, *sentence.all_of("italic")))


@step(9, "You see the resolution as it would be printed")
def resolution(reader: Reader, sentence: Sentence) -> None:
    reader.sees("RESOLUTION NO. ……", "CITY COUNCIL", "Chapter 3", "§ 8.")


@step(9, "Print or download gives it")
def files(reader: Reader, sentence: Sentence) -> None:
    reader.main.get_by_text(sentence.all_of("bold")[0], exact=True).click()
    for file in (*(f"text.{each}" for each in FORMATS), "booklet.pdf"):
        expect(reader.main.locator(f"a[href$='{file}']")).to_be_visible()


@step(9, "Open http")
def private_window(reader: Reader, sentence: Sentence) -> None:
    reader.guest.goto(sentence.all_of("address")[0].partition(":8000")[2])


@step(9, "Your policy stands there")
def in_consultation(reader: Reader, sentence: Sentence) -> None:
    reader.sees(*sentence.all_of("quoted"), "2026-2031", page=reader.guest)


@step(10, "Now everybody can read it")
def in_force(reader: Reader, sentence: Sentence) -> None:
    reader.guest.goto("/en/poznan/")
    vision = "Poznań is a city where everybody is at home."
    reader.sees(vision, "Education", "Mediation", page=reader.guest)
