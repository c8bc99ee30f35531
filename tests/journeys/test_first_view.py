"""What a first visit costs, and what the browser is allowed to do."""

from typing import Any

import pytest

from tests.journeys.visits import PHONE, Visits, until

MOST_BYTES = 30_000


@pytest.mark.parametrize("language", ["pl", "en", "uk"])
def test_the_first_view_of_a_municipality_is_light(visits: Visits, language: str) -> None:
    page = visits.open(viewport=PHONE)
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    received: list[float] = []
    wire.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    page.goto(f"/{language}/poznan/", wait_until="networkidle")
    assert len(received) >= 3, "the page, its styles and its script"
    assert sum(received) < MOST_BYTES, received


def test_the_next_page_brings_no_asset_again(visits: Visits) -> None:
    page = visits.open()
    page.goto("/pl/poznan/", wait_until="networkidle")
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    fetched: list[str] = []
    wire.on("Network.responseReceived", lambda event: fetched.extend(fresh(event["response"])))
    page.goto("/pl/poznan/policy/2023-2024/", wait_until="networkidle")
    assert fetched == [page.url]


def fresh(answer: dict[str, Any]) -> list[str]:
    """The address of an answer that did not come from the browser's cache."""
    return [] if answer.get("fromDiskCache") else [answer["url"]]


def test_control_what_the_policy_forbids_is_refused_and_noticed(visits: Visits) -> None:
    page = visits.open()
    page.goto("/pl/poznan/")
    page.evaluate(
        """() => {
            const script = document.createElement("script");
            script.textContent = "window.broken = true";
            document.body.append(script);
            const picture = new Image();
            picture.src = "http://elsewhere.example/pixel.gif";
        }"""
    )
    for word in ("script-src", "elsewhere.example"):
        assert until(page, lambda word=word: any(word in fault for fault in visits.faults)), word
    assert page.evaluate("window.broken") is None
    page.evaluate("() => { setTimeout(() => { throw new Error('broken on purpose'); }, 0); }")
    assert until(page, lambda: any("broken on purpose" in fault for fault in visits.faults))
    visits.faults.clear()
