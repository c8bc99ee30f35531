"""What keeps people from reading a page: by the rules of axe, and by the width of a phone."""

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

RUN = (
    "async options => (await axe.run(document, {resultTypes: ['violations'], "
    "...options})).violations"
)
# Of what axe fetches beforehand its rules ask for media alone; the styles are for an
# experimental rule (css-orientation-lock) that does not run.
ALL = {"preload": {"assets": ["media"]}}
COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"], "preload": False}


def barriers(page: Page, *schemes: str) -> list[str]:
    """What stands in the way on the page, drawn in each of the colour schemes (light, dark).

    The first scheme is judged by every rule; what may differ in the next ones are the colours.
    """
    page.evaluate(AXE_SCRIPT)
    found = sideways(page)
    for scheme in schemes:
        found += barred(page, scheme, ALL if scheme == schemes[0] else COLOURS)
    return found


def barred(page: Page, scheme: str, options: dict) -> list[str]:
    """What axe finds: rule and place, at most three places a rule."""
    page.emulate_media(color_scheme=scheme)
    rules = page.evaluate(RUN, options)
    return [
        f"{scheme}: {rule['id']} at {node['html'][:120]}"
        for rule in rules
        for node in rule["nodes"][:3]
    ]


def sideways(page: Page) -> list[str]:
    """Whether the page has to be scrolled sideways to be read."""
    width, room = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    return [f"{width} px wide in {room}"] if width > room else []
