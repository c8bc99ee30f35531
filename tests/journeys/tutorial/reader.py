"""Somebody who does what the tutorial says, in a browser, and looks for what it names."""

import re
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.journeys.visits import DESKTOP, Visits, click

from .sentences import ROOT

WAYS_TO_WRITING_DESK = ("Writing the policy", "Chapters", "Write")
PICTURE = {"width": 1120, "height": 1280}
COLOURS = 224  # of a picture, which keeps it small


class Reader:
    """`page` is the reader's browser, `guest` the private window of somebody without an account."""

    def __init__(self, visits: Visits, pictures: Path | None = None) -> None:
        self.visits, self.pictures = visits, pictures
        self.page: Page = visits.open(locale="en-GB")
        self.guest: Page = visits.open(locale="en-GB")
        self.is_lost = False  # an instruction could not be followed

    @property
    def main(self) -> Locator:
        return self.page.locator("main")

    def go_to(self, address: str) -> None:
        """An address as the tutorial prints it, on the server of the test."""
        self.page.goto(urlsplit(address).path)

    def control(self, name: str) -> Locator:
        """The button or link with this name, or whose name begins so; those of the page itself
        before those of its head.
        """
        for pattern in (rf"^{escaped(name)}$", rf"^{escaped(name)}\W"):
            for place in (self.main, self.page.locator("body")):
                found = controls(place, re.compile(pattern))
                if found.count():
                    return found.first
        return controls(self.main, re.compile(rf"^{escaped(name)}$")).first

    def press(self, name: str) -> None:
        click(self.control(name))

    def open(self, words: str) -> None:
        """The link of a passage, by words that it contains."""
        click(self.main.get_by_role("link", name=re.compile(escaped(words))).first)

    def tick(self, name: str) -> None:
        self.main.get_by_role("checkbox", name=re.compile(escaped(name))).first.check()

    def field(self, label: str) -> Locator:
        """The field, or the group of choices, with this label."""
        pattern = re.compile(rf"^\s*(Translation\s*,\s*)?{escaped(label)}\s*(\(optional\))?\s*$")
        group = self.main.get_by_role("group", name=pattern)
        single = self.main.get_by_label(pattern).and_(self.main.locator("input, textarea, select"))
        return single.or_(group).filter(visible=True).first

    def fill(self, label: str, value: str) -> None:
        """Write into a field, or choose what begins with these words where there is a choice."""
        field = self.field(label)
        begins = re.compile(rf"^\s*{escaped(value)}")
        match field.evaluate("element => element.tagName"):
            case "SELECT":
                option = field.locator("option").filter(has_text=begins).first
                field.select_option(value=option.get_attribute("value"))
            case "FIELDSET":
                field.get_by_label(begins).first.check()
            case _:
                field.fill(value)

    def choose(self, name: str) -> None:
        """A choice that stands by itself."""
        self.main.get_by_role("radio", name=re.compile(rf"^{escaped(name)}")).first.check()

    def expect_chosen(self, name: str) -> None:
        choice = self.main.get_by_role("radio", name=re.compile(rf"^{escaped(name)}"))
        expect(choice.first).to_be_checked()

    def give_file(self, path: str) -> None:
        """A file of the documentation, where the page asks for one."""
        self.main.locator("input[type=file]").set_input_files(ROOT / "docs" / path)

    def sees(self, *names: str, page: Page | None = None) -> None:
        """Each stands on the page, written so or as a choice of a list; "…" may be anything."""
        text = (page or self.page).locator("body")
        for name in names:
            for words in filter(None, re.split(r"\s*…\s*", name)):
                expect(text).to_contain_text(re.compile(escaped(words), re.I), use_inner_text=True)

    def sees_none_of(self, *names: str) -> None:
        for name in names:
            expect(self.main).not_to_contain_text(name)

    def go_to_writing_desk(self) -> None:
        """As the tutorial says: through what stands above the title, or from the policy's page."""
        if self.page.url.endswith("/write/"):
            return
        ways = [controls(self.main, re.compile(rf"^{name}$")) for name in WAYS_TO_WRITING_DESK]
        if not any(way.count() for way in ways):
            click(self.main.get_by_role("link").first)
        click(next(way.first for way in ways if way.count()))

    def go_to_desk(self) -> None:
        self.choose_from_menu_of_account("My desk")

    def choose_from_menu_of_account(self, name: str) -> None:
        self.page.locator("header .menu--always summary").last.click()
        click(controls(self.page.locator("header"), re.compile(rf"^{escaped(name)}$")).first)

    def sign_in(self, account: str) -> None:
        """With the button beside an account of the demonstration."""
        line = self.main.locator("li").filter(has_text=account)
        click(line.get_by_role("button", name="Sign in").first)

    def take_picture(self, name: str) -> None:
        """For the documentation, if its pictures are asked for (`--pictures`)."""
        if self.pictures is None:
            return
        self.page.set_viewport_size(PICTURE)
        taken = Image.open(BytesIO(self.page.screenshot())).convert("RGB")
        taken.quantize(COLOURS).save(self.pictures / name, optimize=True)
        self.page.set_viewport_size(DESKTOP)


def escaped(name: str) -> str:
    """For a pattern: any space for a space, and the apostrophe as the pages print it."""
    return re.sub(r"(\\ )+", r"\\s+", re.escape(name).replace("'", "[’']"))


def controls(place: Locator, name: re.Pattern[str]) -> Locator:
    return place.get_by_role("button", name=name).or_(place.get_by_role("link", name=name))
