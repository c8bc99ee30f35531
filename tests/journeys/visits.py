"""Browsers on the running server, in the words of the journeys."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.utils import translation
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    Request,
    Response,
    expect,
)

from splot.people.models import DEMONSTRATION_PASSWORD

DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 780}
PATIENCE = 60_000  # milliseconds that a busy machine may take for what comes in one
expect.set_options(timeout=PATIENCE)


class Visits:
    """Opens pages for visitors and for people who are signed in, and collects what went wrong in
    them.

    A fault is an error in the console (a refusal of the content security policy is one), a script
    that failed, a request to another origin, an answer of 500 or more.
    """

    def __init__(self, browser: Browser, url: str, keys: dict[str, Any]) -> None:
        self.browser, self.url, self.keys = browser, url, keys
        self.contexts: list[BrowserContext] = []
        self.faults: list[str] = []
        # addresses that are not there, and are visited because of that
        self.missing: set[str] = set()

    def open(
        self, account: str = "", *, viewport: dict[str, int] = DESKTOP, **options: Any
    ) -> Page:
        """A page in a browser of its own; signed in if an account ("coordinator@poznan.example") is
        given.
        """
        if account and account not in self.keys:
            self.keys[account] = self.sign_in(account)
        options.setdefault("locale", "pl-PL")
        context = self.browser.new_context(
            base_url=self.url, viewport=viewport, storage_state=self.keys.get(account), **options
        )
        self.contexts.append(context)
        context.set_default_timeout(PATIENCE)
        context.on("console", self.heard)
        context.on("weberror", lambda error: self.faults.append(f"script: {error.error}"))
        context.on("request", self.asked)
        context.on("response", self.answered)
        return context.new_page()

    def sign_in(self, account: str) -> Any:
        """Through the form, as a person does; gives the browser's cookies."""
        page = self.open()
        page.goto("/pl/sign-in/")
        page.locator("#id_username").fill(account)
        page.locator("#id_password").fill(DEMONSTRATION_PASSWORD)
        page.locator("#id_password").press("Enter")
        page.wait_for_url("**/desk/")
        return page.context.storage_state()

    def close(self) -> None:
        for context in self.contexts:
            context.close()

    def heard(self, message: ConsoleMessage) -> None:
        place = message.location["url"]
        if message.type == "error" and urlsplit(place).path not in self.missing:
            self.faults.append(f"console: {message.text} ({place})")

    def asked(self, request: Request) -> None:
        if not request.url.startswith((f"{self.url}/", "data:")):
            self.faults.append(f"a request to {request.url}")

    def answered(self, response: Response) -> None:
        if response.status >= 500:
            self.faults.append(f"{response.status} of {response.url}")


def words(message: str, language: str = "pl", **values: Any) -> str:
    """What the interface says for an English message, so that a better translation breaks no
    journey.
    """
    with translation.override(language):
        return translation.gettext(message) % values


def press(page: Page, message: str, **values: Any) -> None:
    """Press the button of `main` with these words (in Polish)."""
    button = page.locator("main").get_by_role("button", name=words(message, **values), exact=True)
    click(button)


def follow(page: Page, message: str, **values: Any) -> None:
    """Follow the first link of `main` with these words (in Polish)."""
    link = page.locator("main").get_by_role("link", name=words(message, **values), exact=True)
    click(link.first)


def click(target: Locator) -> None:
    """Click, and wait until the page that follows is there whole: what is read off it at once
    (`all()`, `count()`, `inner_text()`) waits for nothing.
    """
    page = target.page
    target.click()
    # what is typed is saved first, or the server asked whether it is there
    expect(page.locator("form[aria-busy=true]")).to_have_count(0)
    page.wait_for_load_state("domcontentloaded")


def until(page: Page, has_come: Callable[[], bool]) -> bool:
    """Whether something comes about, for which there is nothing on the page to wait for."""
    for __ in range(PATIENCE // 100):
        if has_come():
            return True
        page.wait_for_timeout(100)
    return False


def path_of(page: Page) -> str:
    return urlsplit(page.url).path


def readable(page: Page) -> str:
    """The words of the page's main part, with single spaces."""
    return re.sub(r"\s+", " ", page.locator("main").inner_text())
