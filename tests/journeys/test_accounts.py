"""A coordinator invites somebody, who chooses a password and a second factor, gets another role,
and leaves.
"""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import Server
from tests.journeys.visits import PHONE, Visits
from tests.people.second_factors import code_of

OWN_SERVER = True
COORDINATOR = "coordinator@poznan.example"
PASSWORD = "koper mleko tramwaj"
EMAIL = "maria.nowa@szkola.example"


@pytest.fixture
def office(visits: Visits) -> Page:
    """The coordinator's browser, at the list of people."""
    page = visits.open(COORDINATOR)
    page.goto("/en/poznan/people/")
    return page


@pytest.fixture
def guest(server: Server, browser: Browser) -> Iterator[Page]:
    """A phone with a place for passkeys. They belong to a name, not to a number of a machine."""
    visits = Visits(browser, server.url.replace("127.0.0.1", "localhost"), {})
    page = visits.open(viewport=PHONE)
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    phone = {"protocol": "ctap2", "transport": "internal", "isUserVerified": True}
    phone |= {"hasUserVerification": True, "automaticPresenceSimulation": True}
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": phone})
    yield page
    visits.close()
    assert visits.faults == []


def sign_in(page: Page) -> None:
    page.goto("/en/sign-in/?next=/en/account/")
    page.get_by_label("E-mail address").fill(EMAIL)
    page.get_by_label("Password").fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Sign in", exact=True).first.click()


def sign_out(page: Page) -> None:
    page.context.clear_cookies()


def test_an_account_from_invitation_to_end(office: Page, guest: Page) -> None:
    invite(office)
    office.get_by_role("button", name="Make an invitation and show it").click()
    address = office.locator("main code").inner_text()
    choose_password(guest, urlsplit(address).path)
    sign_in(guest)
    expect(guest.get_by_role("heading", level=1)).to_have_text("Your account")

    secret = add_app(guest)
    sign_out(guest)
    sign_in(guest)
    guest.get_by_label("Code", exact=True).fill(code_of(secret, 1))
    guest.get_by_role("button", name="Sign in").click()
    expect(guest.get_by_role("heading", level=1)).to_have_text("Your account")

    add_passkey(guest)
    sign_out(guest)
    sign_in(guest)
    guest.get_by_role("button", name="Use your passkey").click()
    expect(guest.get_by_role("heading", level=1)).to_have_text("Your account")

    office.get_by_label("editor: writes and translates").check()
    office.get_by_role("button", name="Save the roles").click()
    expect(office.get_by_text("Saved.")).to_be_visible()
    office.goto("/en/poznan/people/")
    row = office.get_by_role("row").filter(has_text="Maria Nowa")
    expect(row).to_contain_text("person in charge, editor")
    expect(row).to_contain_text("last signed in on")

    row.get_by_role("link", name="Maria Nowa").click()
    office.get_by_role("link", name="End the account here").click()
    office.get_by_role("button", name="End the account here").click()
    expect(office.get_by_text("Maria Nowa has no role here any more")).to_be_visible()
    guest.goto("/en/account/")
    expect(guest.get_by_role("heading", level=1)).to_have_text("Sign in")


def invite(office: Page) -> None:
    office.get_by_role("link", name="Invite somebody").click()
    office.get_by_label("Name and surname").fill("Maria Nowa")
    office.get_by_label("E-mail address").fill(EMAIL)
    office.get_by_label("Role", exact=True).select_option("leader")
    office.get_by_role("button", name="Put on the list").click()
    expect(office.get_by_text("Maria Nowa is on the list.")).to_be_visible()


def choose_password(guest: Page, path: str) -> None:
    guest.goto(path.replace("/pl/", "/en/"))
    for label in ("New password", "The same once more"):
        guest.get_by_label(label).fill(PASSWORD)
    guest.get_by_role("button", name="Save the password").click()
    expect(guest.get_by_text("The password is set.")).to_be_visible()


def add_app(guest: Page) -> str:
    """Set up codes of an app; gives its secret."""
    guest.get_by_role("link", name="Second factors").click()
    guest.get_by_role("link", name="Add codes of an app").click()
    secret = guest.locator("main li code").inner_text()
    guest.get_by_label("Code", exact=True).fill(code_of(secret))
    guest.get_by_label("Your password now").fill(PASSWORD)
    guest.get_by_role("button", name="Use this app").click()
    expect(guest.locator(".recovery-codes li")).to_have_count(10)
    guest.get_by_role("link", name="I have kept them").click()
    return secret


def add_passkey(guest: Page) -> None:
    guest.get_by_role("link", name="Second factors").click()
    guest.get_by_role("link", name="Add a passkey").click()
    guest.get_by_label("Name of the passkey").fill("Telefon Marii")
    guest.get_by_label("Your password now").fill(PASSWORD)
    guest.get_by_role("button", name="Make the passkey").click()
    expect(guest.locator("main li").filter(has_text="Passkey: Telefon Marii")).to_be_visible()
