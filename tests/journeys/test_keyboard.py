"""Without a mouse, and with letters twice as large."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.visits import PHONE, Visits, path_of, words

HOME = "/pl/poznan/"
POLICY = "/pl/poznan/policy/2023-2024"
TABLE = f"{POLICY}/table/"

FOCUS = """() => {
    const it = document.activeElement, style = getComputedStyle(it), box = it.getBoundingClientRect();
    return {
        what: it === document.body ? "" : `${it.tagName} ${it.id || it.getAttribute("href") || it.textContent.trim()}`,
        ringed: (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== "none",
        seen: box.width > 0 && box.right > 0 && box.left < innerWidth && box.bottom > 0 && box.top < innerHeight,
    };
}"""
REACHABLE = """() => [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")]
    .filter(it => it.checkVisibility({visibilityProperty: true}) && !it.disabled && it.type !== "hidden")
    .filter(it => it.type !== "radio" || it.checked).length"""


def test_the_skip_link_comes_first_and_leads_to_the_content(visits: Visits) -> None:
    page = visits.open()
    page.goto(HOME)
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("account", "address"),
    [
        ("", HOME),
        ("", TABLE + "?area=6"),
        ("leader-work@poznan.example", f"{POLICY}/tasks/20/report/"),
    ],
    ids=["home", "table", "form"],
)
def test_tab_goes_through_everything_and_is_always_seen(
    visits: Visits, account: str, address: str, scheme: str
) -> None:
    page = visits.open(account, color_scheme=scheme, reduced_motion="reduce")
    page.goto(address)
    stops = tab_through(page)
    assert [stop["what"] for stop in stops if not (stop["ringed"] and stop["seen"])] == []
    assert len(stops) == page.evaluate(REACHABLE)


def tab_through(page: Page) -> list[dict]:
    """Where the focus stops on its way round the page."""
    stops = []
    for __ in range(300):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUS)
        if not stop["what"]:
            return stops
        stops.append(stop)
    pytest.fail(f"the focus does not leave the page: {stops[-5:]}")


def test_control_a_focus_without_a_ring_is_noticed(visits: Visits) -> None:
    page = visits.open(reduced_motion="reduce")
    page.goto(HOME)
    rule = "*:focus {outline: none !important; box-shadow: none !important}"
    page.evaluate("rule => document.styleSheets[0].insertRule(rule)", rule)
    assert not any(stop["ringed"] for stop in tab_through(page))


def test_the_language_is_changed_by_keyboard(visits: Visits) -> None:
    page = visits.open()
    page.goto(f"{TABLE}?status=late")
    tab_to(page, "summary")
    page.keyboard.press("Enter")
    tab_to(page, "a[hreflang=en]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/**")
    assert page.url.endswith("/en/poznan/policy/2023-2024/table/?status=late")
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_the_menu_of_a_phone_opens_and_closes_by_keyboard(visits: Visits) -> None:
    page = visits.open(viewport=PHONE)
    page.goto(HOME)
    menu = page.locator("details.menu summary", has_text=words("Menu", "pl"))
    while not menu.evaluate("it => it === document.activeElement"):
        page.keyboard.press("Tab")
    way = page.locator("details.menu nav a", has_text=words("Implementation table"))
    expect(way).to_be_hidden()
    page.keyboard.press("Enter")
    expect(way).to_be_visible()
    page.keyboard.press("Escape")
    expect(way).to_be_hidden()
    expect(menu).to_be_focused()
    page.keyboard.press("Enter")
    tab_to(page, f"details.menu a[href='{TABLE}']")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{TABLE}")


def test_a_report_is_written_by_keyboard_alone(visits: Visits) -> None:
    page = visits.open("leader-health@poznan.example")
    page.goto(f"{POLICY}/tasks/42/report/")
    tab_to(page, "[name=status]")
    page.keyboard.press("ArrowUp")
    chosen = page.locator("[name=status]:checked").get_attribute("value")
    tab_to(page, "[name=narrative]")
    page.keyboard.press("Control+A")
    page.keyboard.type("Spotkania ruszyły w marcu.")
    tab_to(page, "main form .button")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{POLICY}/tasks/42/")
    newest = page.locator("main .history > li").first
    expect(newest).to_contain_text("Spotkania ruszyły w marcu.")
    assert chosen != "not_started"
    assert path_of(page) == f"{POLICY}/tasks/42/"


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the focus stands on what the selector names."""
    for __ in range(100):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"Tab does not reach {selector}")


LOST = """() => [...document.querySelectorAll("body *")].filter(it => {
    const style = getComputedStyle(it);
    const cuts = ["hidden", "clip"];
    const unseen = it.clientWidth <= 1 || style.clip !== "auto" || style.clipPath !== "none";
    if (unseen || !it.checkVisibility()) return false;
    return (cuts.includes(style.overflowX) && it.scrollWidth > it.clientWidth + 1)
        || (cuts.includes(style.overflowY) && it.scrollHeight > it.clientHeight + 1);
}).map(it => it.outerHTML.slice(0, 100))"""


@pytest.mark.parametrize("viewport", [{"width": 1280, "height": 900}, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("address", [HOME, TABLE], ids=["home", "table"])
def test_text_twice_as_large_loses_nothing(
    visits: Visits, address: str, viewport: dict[str, int]
) -> None:
    page = visits.open(viewport=viewport)
    page.goto(address)
    before = page.locator("main").inner_text()
    size = page.evaluate("parseFloat(getComputedStyle(document.querySelector('main p')).fontSize)")
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    larger = page.evaluate(
        "parseFloat(getComputedStyle(document.querySelector('main p')).fontSize)"
    )
    assert larger > 1.7 * size
    assert page.locator("main").inner_text() == before
    assert page.evaluate(LOST) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_control_text_that_is_cut_is_noticed(visits: Visits) -> None:
    page = visits.open()
    page.goto(HOME)
    page.evaluate(
        "document.styleSheets[0].insertRule('.page-head, .statement {height: 2em; "
        "overflow: hidden}')"
    )
    assert page.evaluate(LOST)
