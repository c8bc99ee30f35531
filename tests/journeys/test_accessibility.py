"""Every page, by the rules of axe: for a visitor and a coordinator, light and dark, on a desk and
on a phone.
"""

import subprocess
import sys
from collections.abc import Callable
from functools import cache

import pytest
from playwright.sync_api import Browser, Page, expect

from splot.demonstration.municipality import DATA_DIR
from tests.journeys.barriers import barriers, sideways
from tests.journeys.conftest import ROOT, SPLOT, Server, environment
from tests.journeys.crawling import found_by_links, kinds_of_pages
from tests.journeys.visits import DESKTOP, PATIENCE, PHONE, Visits, click, press

Found = Callable[[str], dict[str, str]]
OWN_SERVER = True  # an act waits there, a draft is begun, and the report is not published
COORDINATOR = "coordinator@poznan.example"
ACCOUNTS = {"visitor": "", "coordinator": COORDINATOR, "leader": "leader-health@poznan.example"}
POLICY = "/pl/poznan/policy/2023-2024"
ACT = DATA_DIR / "poznan/resolution.pl.txt"
BADLY_NUMBERED = """UCHWAŁA
§ 1. Celem jest dobra szkoła.
§ 1. 1. Szkoła wymaga:
1) lekcji;
3) szkoleń, o których mowa w § 9.
"""

# Reached without a link, for a reason: addresses for machines, the way in, the workshop's own page.
WITHOUT_LINK = {"root", "health", "gallery"}
# Secret addresses that come by mail, and what came through them; the journeys of the links judge
# them.
WITHOUT_LINK |= {"personal_report", "personal_calendar", "attachment"}
WITHOUT_LINK |= {"set_password", "confirm_email"}
# Between a password and a second factor; the journey of an account goes through it.
WITHOUT_LINK |= {"second_step", "second_step_setup"}
# Reached by a button with what is ticked, or when words are kept there.
WITHOUT_LINK |= {"assign_to_rows", "rows_assigned", "unsaved"}
# What follows an amendment that was adopted, which the demonstration does not have; its draft has
# the same page.
WITHOUT_LINK |= {"amending_act", "amending_act_file", "text_as_passed"}
# For an operator, whom the demonstration does not have either.
WITHOUT_LINK |= {"condition"}
# What a browser downloads.
FILES = {
    "annual_report_pdf",
    "annual_report_json",
    "draft_amending_act_file",
    "policy_text_file",
    "booklet_file",
    "version_file",
    "table_file",
}
FILES |= {"plan_calendar", "institution_calendar", "attachment", "workbook_file", "change_feed"}
SPREADSHEET = "Zadanie;Odpowiedzialny;Termin\nTargi organizacji;Biuro Spotkań;wiosna 2024\n"
AMENDED = """
from splot.policy.actions.policies import start_amendment
from splot.policy.models import Policy
amendment = start_amendment(by=None, policy=Policy.objects.get(municipality__slug="poznan", term="2023-2024"))
print(amendment.activities.first().pk)
"""
# States of pages that the first link of a kind may not lead to.
STATES = {
    "visitor": [
        "/pl/gallery/",
        "/pl/poznan/",
        f"{POLICY}/",
        f"{POLICY}/areas/4/",
        f"{POLICY}/tasks/10/",
        f"{POLICY}/tasks/46/",
        f"{POLICY}/table/?status=late",
        f"{POLICY}/table/?words=niczego",
        "/pl/lublin/policy/2026-2030/reports/",
    ],
    "coordinator": [
        f"{POLICY}/reports/2024/",
        f"{POLICY}/reports/2023/edit/",
        "/pl/poznan/policy/2031-2032/",
        "/pl/poznan/policy/2031-2032/table/",
        "/pl/poznan/policy/2031-2032/publish/",
        "/pl/poznan/policy/2031-2032/reports/",
        "/pl/lublin/",
        "/pl/poznan/unsaved/",
        f"{POLICY}/table/assign/?what=institution&task=1&task=2",
    ],
    "leader": ["/pl/poznan/desk/", f"{POLICY}/tasks/43/", f"{POLICY}/tasks/43/report/"],
}


@pytest.fixture(scope="module")
def starts(server: Server, browser: Browser) -> dict[str, list[str]]:
    """Where each role looks first, on a server where an act waits and a draft is begun."""
    command = [SPLOT, "import-policy", str(ACT), "--municipality", "poznan", "--term", "2031-2032"]
    subprocess.run(
        command, env=environment(server.data), cwd=ROOT, check=True, stdout=subprocess.DEVNULL
    )
    shell = [sys.executable, "manage.py", "shell", "-c", AMENDED]
    done = subprocess.run(
        shell, env=environment(server.data), cwd=ROOT, check=True, capture_output=True, text=True
    )
    amendment = "/pl/poznan/policy/2023-2024-change-1"
    writing = [f"{amendment}/versions/", f"{amendment}/write/activity/{done.stdout.split()[-1]}/"]
    opened = Visits(browser, server.url, server.keys)
    page = opened.open(COORDINATOR)
    page.goto("/pl/poznan/policy/import/")
    file = {"name": "act.txt", "mimeType": "text/plain", "buffer": BADLY_NUMBERED.encode()}
    page.locator("[name=act]").set_input_files(file)
    press(page, "Read the file")
    press(page, "Keep these choices and go on")
    act = page.url.removeprefix(server.url)
    read_a_spreadsheet(page)
    give_a_sheet_back(page)
    opened.close()
    desk = "/pl/poznan/desk/"
    return {"visitor": ["/pl/"], "coordinator": [*writing, desk, act, PUBLISHING], "leader": [desk]}


@pytest.fixture(scope="module")
def found(server: Server, browser: Browser, starts: dict[str, list[str]]) -> Found:
    """Gives for a role an address of every kind of page."""

    @cache
    def found_for(role: str) -> dict[str, str]:
        opened = Visits(browser, server.url, server.keys)
        addresses = found_by_links(opened.open(ACCOUNTS[role]), *starts[role])
        opened.close()
        return addresses

    return found_for


def read_a_spreadsheet(page: Page) -> None:
    """A file whose rows wait to be taken into the table."""
    page.goto(f"{POLICY}/table/read/")
    file = {"name": "zadania.csv", "mimeType": "text/csv", "buffer": SPREADSHEET.encode()}
    page.locator("[name=file]").set_input_files(file)
    press(page, "Read the file")
    press(page, "Show the rows")


def give_a_sheet_back(page: Page) -> None:
    """A workbook of an institution, made and taken back as it was."""
    page.goto(f"{POLICY}/sheets/")
    with page.expect_download() as coming:
        click(page.locator("main tbody button").first)
    file = {
        "name": "arkusz.xlsx",
        "mimeType": "application/vnd.ms-excel",
        "buffer": coming.value.path().read_bytes(),
    }
    page.goto(f"{POLICY}/sheets/return/")
    page.locator("[name=files]").set_input_files(file)
    press(page, "Take them back")
    page.locator("main .lines .lines__do").first.wait_for(timeout=2 * PATIENCE)  # what became of it


# reached by a button that saves what was written, not by a link
PUBLISHING = "/pl/poznan/policy/2023-2024/reports/2024/publish/"


def test_links_lead_to_every_kind_of_page(found: Found) -> None:
    known = set().union(*(found(role) for role in ACCOUNTS))
    assert kinds_of_pages() - known == WITHOUT_LINK


@pytest.mark.parametrize(
    ("role", "language", "viewport", "schemes"),
    [
        ("visitor", "pl", DESKTOP, ("light", "dark")),
        ("visitor", "uk", PHONE, ("light",)),
        ("visitor", "en", PHONE, ("dark",)),
        ("leader", "pl", PHONE, ("light", "dark")),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_nothing_bars_the_way(
    visits: Visits,
    found: Found,
    role: str,
    language: str,
    viewport: dict[str, int],
    schemes: tuple[str, ...],
) -> None:
    assert met_by(visits, found, role, language, viewport, schemes) == {}


class TestCoordinator:
    """Half of the work: a class of its own goes to the other core."""

    @pytest.mark.parametrize(
        ("language", "viewport", "scheme"),
        [("pl", DESKTOP, "light"), ("uk", PHONE, "dark")],
        ids=["desk", "phone"],
    )
    def test_nothing_bars_the_way(
        self, visits: Visits, found: Found, language: str, viewport: dict[str, int], scheme: str
    ) -> None:
        assert met_by(visits, found, "coordinator", language, viewport, (scheme,)) == {}


def met_by(
    visits: Visits,
    found: Found,
    role: str,
    language: str,
    viewport: dict[str, int],
    schemes: tuple[str, ...],
) -> dict[str, list[str]]:
    """The barriers on each page of a role."""
    page = visits.open(ACCOUNTS[role], viewport=viewport)
    links = [address for kind, address in found(role).items() if kind not in FILES]
    met = {}
    for address in dict.fromkeys([*links, *STATES[role]]):
        page.goto(address.replace("/pl/", f"/{language}/", 1))
        met[address] = barriers(page, *schemes)
    return {address: each for address, each in met.items() if each}


def test_what_comes_back_with_errors_is_as_accessible(visits: Visits) -> None:
    page = visits.open(COORDINATOR, viewport=PHONE)
    for address, wrong, button in (
        (f"{POLICY}/tasks/20/report/", {}, "Save the report"),
        (f"{POLICY}/tasks/20/edit/", {"title": " ", "targets-0-by": "soon"}, "Save"),
        ("/pl/poznan/indicators/1/values/add/", {"period": "soon"}, "Save"),
    ):
        page.goto(address)
        page.locator("main form.form").evaluate("form => form.noValidate = true")
        for name, value in wrong.items():
            page.locator(f"[name={name}]").fill(value)
        if not wrong:
            page.locator("[name=narrative]").fill(" ")
        press(page, button)
        expect(page.locator(".form-errors")).to_be_focused()
        assert barriers(page, "light", "dark") == [], address


def test_a_page_that_is_not_there_is_as_accessible(visits: Visits) -> None:
    page = visits.open(viewport=PHONE)
    for address in ("/uk/poznan/policy/1999-2000/", "/en/nowhere/"):
        visits.missing.add(address)
        answer = page.goto(address)
        assert answer is not None
        assert (answer.status, barriers(page, "dark")) == (404, [])


def test_control_axe_finds_a_barrier(visits: Visits) -> None:
    page = visits.open()
    page.goto("/pl/")
    page.evaluate("document.querySelector('main').append(document.createElement('img'))")
    assert [each.split(" at ")[0] for each in barriers(page, "light")] == ["light: image-alt"]
    page.evaluate("document.querySelector('main').style.width = '3000px'")
    assert sideways(page) == ["3000 px wide in 1280"]
