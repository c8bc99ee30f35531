"""The tutorial can be done as it stands: each of its sentences, in their order, in a browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, TimeoutError

from tests.journeys.conftest import Server
from tests.journeys.tutorial import carrying_out, going_on, writing
from tests.journeys.tutorial.reader import Reader
from tests.journeys.tutorial.sentences import ROOT, parse_section, tutorial
from tests.journeys.tutorial.steps import (
    STEPS,
    carry_out,
    follow,
    needs_step,
    requests_of,
    steps_of,
)
from tests.journeys.visits import Visits

OWN_SERVER = True  # a policy is adopted, amended and reported on
PARTS = (writing, carrying_out, going_on)  # each registers its steps
SENTENCES = [sentence for section in tutorial().values() for sentence in section]


@pytest.fixture(scope="module")
def reader(server: Server, browser: Browser, request: pytest.FixtureRequest) -> Iterator[Reader]:
    """One reader for all sections: each begins where the one before it ended."""
    visits = Visits(browser, server.url, server.keys)
    pictures: Path | None = ROOT / "docs/images" if request.config.getoption("--pictures") else None
    yield Reader(visits, pictures)
    visits.close()
    assert visits.faults == []
    assert "Traceback" not in server.said(), server.said()


@pytest.mark.parametrize("section", tutorial())
def test_a_section_can_be_done_as_it_stands(reader: Reader, section: int) -> None:
    if reader.is_lost:
        pytest.fail("an earlier section led nowhere")
    reader.is_lost = True
    for sentence in tutorial()[section]:
        try:
            carry_out(reader, sentence)
        except Exception as error:
            error.add_note(f"docs/tutorial.md, section {section}: {sentence}")
            raise
    reader.is_lost = False


def test_every_step_has_one_sentence_and_every_request_names_something() -> None:
    found = [step for sentence in SENTENCES for step in steps_of(sentence)]
    assert len(found) == len(STEPS) and set(found) == set(STEPS.values())
    assert [str(each) for each in SENTENCES if len(steps_of(each)) > 1] == []
    assert [str(each) for each in SENTENCES if needs_step(each) and not steps_of(each)] == []


def test_control_a_sentence_that_says_nothing_to_do_is_noticed() -> None:
    told, asked, seen = parse_section(1, "It is *green*. Go on. You see a door.")
    assert [needs_step(each) for each in (told, asked, seen)] == [False, True, True]


def test_control_a_sentence_is_read_name_by_name() -> None:
    words = 'Write *A.* ("B") under **C** and **D**, choose *E*, and press **Save**. Look.'
    asked, __ = parse_section(1, words)
    assert list(requests_of(asked)) == [
        ("fill", "A.", "C"),
        ("fill", "A.", "D"),
        ("choose", "E", ""),
        ("press", "Save", ""),
    ]


def test_control_a_name_that_is_not_on_the_page_is_noticed(browser: Browser) -> None:
    reader = Reader(Visits(browser, "http://127.0.0.1", {}))
    reader.page.set_content("<main><button>Save</button></main>")
    reader.page.set_default_timeout(500)
    right, wrong = parse_section(1, "Press **Save**. Press **Store**.")
    follow(reader, right)
    with pytest.raises(TimeoutError, match="Store"):
        follow(reader, wrong)
    reader.visits.close()
