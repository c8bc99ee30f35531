"""Steps of sections 11 to 14: the table, a spreadsheet, progress and the annual report."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import expect

from .reader import Reader, controls
from .sentences import Sentence
from .steps import follow, step


@step(11, "Press the pencil in the one under")
def cell(reader: Reader, sentence: Sentence) -> None:
    column, save = sentence.all_of("bold")
    reader.press(f"Change “{column}” of task 1")
    reader.tick(sentence.all_of("italic")[0])
    reader.main.locator("table").get_by_role("button", name=save, exact=True).click()


@step(11, "The cell changes where it stands")
def changed_cell(reader: Reader, sentence: Sentence) -> None:
    expect(reader.main.locator("table")).to_contain_text("Organisation teaching Polish")
    expect(reader.main.locator("table").get_by_role("button", name="Save")).to_have_count(0)


@step(12, "You see what each row would do")
def rows(reader: Reader, sentence: Sentence) -> None:
    reader.sees("What each row would do.", "Area: Education", "120,000 PLN")


@step(12, "The sure rows are ticked")
def ticked_rows(reader: Reader, sentence: Sentence) -> None:
    boxes = reader.main.get_by_role("checkbox", name=re.compile("^Take row"))
    assert [box.is_checked() for box in boxes.all()] == [True, True, False]


@step(12, "Three tasks are new")
def new_tasks(reader: Reader, sentence: Sentence) -> None:
    reader.sees("3 tasks were added.")


@step(13, "Sign out (the menu")
@step(14, "Sign out and sign in")
def change_account(reader: Reader, sentence: Sentence) -> None:
    reader.choose_from_menu_of_account("Sign out")
    reader.press("Sign in")
    reader.sign_in(sentence.all_of("italic")[0])


@step(13, "Press Report now beside")
def report_now(reader: Reader, sentence: Sentence) -> None:
    line = reader.main.locator("li").filter(has_text="1. Two assistants more in every district")
    controls(line, re.compile(f"^{sentence.all_of('bold')[0]}")).first.click()


@step(13, "Try it: open Splot")
def end_session(reader: Reader, sentence: Sentence) -> None:
    first = reader.page
    reader.visits.missing.add(urlsplit(first.url).path)  # what saves by itself may be refused
    reader.page = first.context.new_page()
    reader.page.goto("/en/poznan/")
    reader.choose_from_menu_of_account("Sign out")
    reader.page.close()
    reader.page = first
    reader.press(sentence.all_of("bold")[0])


@step(13, "Sign in as before")
def words_are_back(reader: Reader, sentence: Sentence) -> None:
    reader.sign_in("person in charge, Poznań")
    reader.sees("These are the words that you sent before.")
    expect(reader.field("What was done?")).to_have_value(re.compile("^Six assistants"))


@step(13, "What cannot go back")
def kept_entries(reader: Reader, sentence: Sentence) -> None:
    shown = reader.page.url
    reader.go_to(sentence.all_of("address")[0])
    reader.sees(*sentence.all_of("quoted"))
    reader.page.goto(shown)


@step(14, "The draft as PDF")
def draft_as_pdf(reader: Reader, sentence: Sentence) -> None:
    address = reader.control(sentence.all_of("bold")[0]).get_attribute("href") or ""
    assert reader.page.request.get(address).body().startswith(b"%PDF")


@step(14, "Read What will happen")
def publish(reader: Reader, sentence: Sentence) -> None:
    follow(reader, sentence)
    reader.sees("The report is published.")
