"""The report on paper: tagged, readable by machine in three languages, and deaf to what looks like
markup.
"""

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from itertools import pairwise
from typing import Any

import pytest
from pypdf import PdfReader

from splot.core.languages import Text
from splot.documents.typesetting import parse_markdown_blocks
from splot.implementation.statuses import STATUS_LABELS, STATUS_LOOKS
from splot.indicators.actions import add_observation
from splot.monitoring.actions import add_proposal, publish_review, start_review, write_assessment
from splot.monitoring.documents import render_html, render_pdf
from splot.monitoring.facts import annual_report_facts, annual_report_or_draft, facts_of
from splot.monitoring.files import write_annual_report
from splot.people.models import User
from splot.policy.models import Policy
from tests import factories
from tests.factories import text

from .year import measured, tasks_of_a_year

HOSTILE = '#eval("1+1") *bold* _under_ @cite <label> $x^2$ `raw` ] [ } { // /* \\ "q" <script>alert(1)</script> {{ 7*7 }}'


def read(content: bytes) -> PdfReader:
    return PdfReader(BytesIO(content))


def words(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in read(content).pages).split())


def structure(content: bytes) -> Iterator[dict[str, Any]]:
    """Every element of the tag tree, as it is nested."""
    waiting = [read(content).trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        element = waiting.pop(0).get_object()
        if isinstance(element, list):
            waiting[:0] = element
        elif isinstance(element, dict):
            yield element
            if "/K" in element:
                waiting.insert(0, element["/K"])


@pytest.fixture
def facts(policy: Policy) -> dict[str, Any]:
    tasks = tasks_of_a_year(policy)
    measured(tasks[0], **{"2023": 150})
    return facts_of(policy, 2023)


@pytest.mark.parametrize("language", ["pl", "en", "uk"])
def test_the_pdf_is_tagged_and_says_so(facts: dict[str, Any], language: str) -> None:
    content = render_pdf(facts, language, draft=False)
    root = read(content).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] is True or root["/MarkInfo"]["/Marked"].value
    assert root["/Lang"] == language
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data().decode()
    assert read(content).metadata.title
    assert read(content).metadata.author == "Poznan"


def test_headings_tables_and_drawings_are_what_they_are_called(facts: dict[str, Any]) -> None:
    elements = list(structure(render_pdf(facts, "en", draft=False)))
    kinds = [element.get("/S") for element in elements]
    headings = [int(kind[2:]) for kind in kinds if kind and kind[:2] == "/H" and kind[2:].isdigit()]
    assert headings[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(headings)), "no level is skipped"
    assert kinds.count("/TH") >= 4 * 3, "tables have header cells"
    assert kinds.count("/TOC") >= 1
    figures = [element for element in elements if element.get("/S") == "/Figure"]
    assert len(figures) >= 5, "the year, its areas, and the indicator"
    assert all(str(figure.get("/Alt", "")).strip() for figure in figures)


def test_a_drawing_says_its_numbers_to_who_cannot_see_it(facts: dict[str, Any]) -> None:
    alternatives = [
        str(each["/Alt"])
        for each in structure(render_pdf(facts, "en", draft=False))
        if "/Alt" in each
    ]
    assert any("1 done, 1 on time, 1 late" in alternative for alternative in alternatives)
    assert any("2022: 100, 2023: 150" in alternative for alternative in alternatives)


def test_the_table_of_areas_holds_more_statuses_than_stand_side_by_side(
    policy: Policy, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The names of areas keep their width, whatever statuses are called."""
    for code in ("first", "second", "third"):
        monkeypatch.setitem(STATUS_LABELS, code, f"{code} rather long word")
        monkeypatch.setitem(STATUS_LOOKS, code, "ring")
    tasks_of_a_year(policy)
    places: list[tuple[str, float]] = []
    for page in read(render_pdf(facts_of(policy, 2023), "en", draft=False)).pages:
        page.extract_text(visitor_text=lambda said, at, *__: places.append((said.strip(), at[4])))
    said = [(each, left) for each, left in places if each]
    (width,) = [
        right - left
        for (head, left), (after, right) in pairwise(said)
        if (head, after) == ("Area", "Tasks")
    ]
    assert width > 100


def test_letters_of_three_languages_can_be_read_back(policy: Policy) -> None:
    letters = {"pl": "Zażółć gęślą jaźń", "en": "Naïve café", "uk": "Ґанок, їжак, єдність, ім’я"}
    task = factories.task(policy, title=Text.of("pl", letters))
    factories.update(task, "done")
    facts = facts_of(policy, 2023)
    for language, wording in letters.items():
        assert wording in words(render_pdf(facts, language, draft=False))


def test_what_looks_like_markup_stays_text(policy: Policy, coordinator: User) -> None:
    task = factories.task(policy, title=text(HOSTILE), audience=text(HOSTILE))
    factories.update(task, "late", narrative=text(HOSTILE), obstacles=text(HOSTILE))
    review = start_review(by=coordinator, policy=policy, year=2023)
    write_assessment(
        by=coordinator, review=review, version=1, assessment=text(f"<b>x</b> #eval(1) {HOSTILE}")
    )
    add_proposal(by=coordinator, review=review, text=text(HOSTILE), task=task)
    facts = annual_report_facts(review)
    printed = "".join(words(render_pdf(facts, "pl", draft=True)).split())  # lines break anywhere
    assert printed.count("".join(HOSTILE.split())) == 5, (
        "title, narrative, obstacles, audience, proposal"
    )
    assert "<b>x</b>#eval(1)" in printed
    page = render_html(facts, "pl", draft=True).decode()
    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "{{ 7*7 }}" in page


@pytest.mark.parametrize(
    ("odd", "printed"),
    [
        ("Świetnie 🎉!", "Świetnie □!"),
        ("日本 i Polska", "□□ i Polska"),
        ("a\x00b\x07c\ud800d\ue000e", "abcde"),
        ("w prawo\u202e i w lewo", "w prawo i w lewo"),
        ("👩\u200d🚒\ufe0f straż", "□□ straż"),
        ("\\u{41} \\n", "\\u{41} \\n"),
    ],
)
def test_a_sign_without_a_shape_does_not_stop_the_report(
    facts: dict[str, Any], odd: str, printed: str
) -> None:
    facts["tasks"][0]["title"] = text(odd)
    assert printed in words(render_pdf(facts, "pl", draft=True))


def test_the_same_facts_give_the_same_bytes(facts: dict[str, Any]) -> None:
    assert render_pdf(facts, "pl", draft=False) == render_pdf(facts, "pl", draft=False)


def test_a_draft_is_marked_on_every_page_and_a_published_report_nowhere(
    facts: dict[str, Any],
) -> None:
    draft = read(render_pdf(facts, "en", draft=True))
    assert all("Draft – not published" in page.extract_text() for page in draft.pages)
    assert "Draft" not in words(render_pdf(facts, "en", draft=False))
    assert "Draft" in render_html(facts, "en", draft=True).decode()
    assert "Draft" not in render_html(facts, "en", draft=False).decode()


def test_the_council_finds_its_duty_its_numbers_and_what_nobody_reported(
    facts: dict[str, Any],
) -> None:
    printed = words(render_pdf(facts, "en", draft=False))
    for expected in (
        "Report on the implementation of the policy in 2023",
        "§ 6 ust. 2",
        "3 of 5 tasks reported on",
        "Share of the 3 reported",
        "1 task serves several areas",
        "over 150 persons in 2 tasks",
        "Nobody reported on this task for 2023.",
        "150 (2023); target 200 by 2024: moving the right way",
        "The team has not written its assessment yet.",
    ):
        assert expected in printed
    assert f"Page 1 of {len(read(render_pdf(facts, 'en', draft=False)).pages)}" in printed


def both_forms(facts: dict[str, Any]) -> tuple[str, str]:
    """The English PDF and HTML as running text."""
    page = render_html(facts, "en", draft=False).decode()
    return words(render_pdf(facts, "en", draft=False)), " ".join(page.split())


def test_the_year_is_told_in_brief_before_everything_else(
    policy: Policy, coordinator: User
) -> None:
    tasks = tasks_of_a_year(policy)
    measured(tasks[0], by="2023", **{"2023": 250})
    measured(tasks[1], by="2023", **{"2023": 150})
    measured(tasks[2], by="2023", **{"2023-H1": 150})
    measured(tasks[3], by="2024")
    review = start_review(by=coordinator, policy=policy, year=2023)
    for wording in ("Dodać kurs", "Dodać dyżur"):
        add_proposal(by=coordinator, review=review, text=text(wording))
    facts = annual_report_facts(review)
    assert facts["indicators"][3]["targets"][0]["by"] == "2024"
    first_page = read(render_pdf(facts, "en", draft=False)).pages[0].extract_text()
    for printed in (" ".join(first_page.split()), both_forms(facts)[1]):
        for sentence in (
            "Of 5 tasks: 1 done, 1 late, 2 without a report.",
            "Of 3 targets due in 2023: 1 reached, 1 not reached, 1 cannot be told.",
            "The team proposes 2 corrections.",
        ):
            assert sentence in printed
    for printed in both_forms(facts):
        places = [
            printed.index(title)
            for title in ("The team proposes 2", "The team has not", "activities in the policy")
        ]
        assert places == sorted(places)


def test_a_target_that_is_due_is_not_proved_by_a_later_value(policy: Policy) -> None:
    indicator = measured(factories.task(policy), by="2023", **{"2024": 250})
    for printed in both_forms(facts_of(policy, 2024)):
        assert "No value for 2023; target 200 by 2023" in printed
        assert "no value for 2023" in printed
    add_observation(by=None, indicator=indicator, period="2023", value=150)
    for printed in both_forms(facts_of(policy, 2024)):
        assert "150 (2023); target 200 by 2023: not reached" in printed


def test_what_a_task_can_draw_on_stands_before_its_time(policy: Policy) -> None:
    task = factories.task(policy)
    task.resources.create(municipality=task.municipality, kind="no_cost")
    task.resources.create(
        municipality=task.municipality, kind="people", text=text("dwie osoby", en="two people")
    )
    printed, page = both_forms(facts_of(policy, 2023))
    assert "Resources: no cost, people: two people When:" in printed
    assert "people: two people" in page
    assert page.index("no cost") < page.index("two people") < page.index("When:")


def test_illustrative_data_say_so_on_every_page(facts: dict[str, Any], policy: Policy) -> None:
    sentence = "Demonstration: the data are illustrative."
    assert all(sentence not in printed for printed in both_forms(facts))
    policy.municipality.is_demonstration = True
    invented = facts_of(policy, 2023)
    assert all(
        sentence in page.extract_text()
        for page in read(render_pdf(invented, "en", draft=False)).pages
    )
    assert sentence in both_forms(invented)[1]


def test_facts_that_were_frozen_earlier_still_make_a_report(facts: dict[str, Any]) -> None:
    del facts["municipality"]["is_demonstration"]
    for task in facts["tasks"]:
        del task["resources"]
    for target in facts["indicators"][0]["targets"]:
        del target["seen"]
    for printed in both_forms(facts):
        assert "150 (2023); target 200 by 2024: moving the right way" in printed
        assert "Of 5 tasks: 1 done" in printed
        assert "Resources" not in printed


def test_a_task_of_two_areas_is_described_in_both(facts: dict[str, Any]) -> None:
    printed = words(render_pdf(facts, "pl", draft=False))
    assert printed.count("2. Poradnik") == 2


def test_a_task_of_two_activities_of_one_area_is_described_once(policy: Policy) -> None:
    both = [policy.activities.get(slug=slug) for slug in ("3-1-1", "3-1-2")]
    task = factories.task(policy, activities=both)
    factories.update(task, "done", narrative=text("Tylko raz."))
    facts = facts_of(policy, 2023)
    for printed in (
        words(render_pdf(facts, "en", draft=False)),
        render_html(facts, "en", draft=False).decode(),
    ):
        assert printed.count("Tylko raz.") == 1
        assert printed.count("Described above") == 1


def test_texts_without_translation_stand_in_their_language_and_are_counted(policy: Policy) -> None:
    factories.task(policy, title=text("Kurs", en="Course"))
    facts = facts_of(policy, 2023)
    english, polish = (
        words(render_pdf(facts, "en", draft=False)),
        words(render_pdf(facts, "pl", draft=False)),
    )
    assert "Course" in english
    assert "not translated yet" in english
    assert "not translated yet" not in polish
    spans = [
        each
        for each in structure(render_pdf(facts, "en", draft=False))
        if each.get("/Lang") == "pl"
    ]
    assert spans, "a screen reader is told where the language changes"


def test_the_assessment_keeps_its_paragraphs_and_lists(policy: Policy, coordinator: User) -> None:
    review = start_review(by=coordinator, policy=policy, year=2023)
    assessment = "# Ocena\n\nDobry **początek**.\n\n- kursy\n- porady\n\n1. plan"
    write_assessment(by=coordinator, review=review, version=1, assessment=text(assessment))
    content = render_pdf(annual_report_facts(review), "pl", draft=True)
    assert "Dobry początek." in words(content)
    assert "**" not in words(content)
    assert [each.get("/S") for each in structure(content)].count("/LI") >= 3


def test_markdown_becomes_data() -> None:
    assert parse_markdown_blocks(
        "Raz *dwa* **trzy**\n\n- a\n- b\n\n[strona](https://example.org)"
    ) == [
        {
            "kind": "p",
            "spans": [
                {"text": "Raz "},
                {"text": "dwa", "em": True},
                {"text": " "},
                {"text": "trzy", "strong": True},
            ],
        },
        {
            "kind": "list",
            "items": [
                [{"kind": "p", "spans": [{"text": "a"}]}],
                [{"kind": "p", "spans": [{"text": "b"}]}],
            ],
        },
        {"kind": "p", "spans": [{"text": "strona"}, {"text": " (https://example.org)"}]},
    ]


def test_an_html_file_needs_nothing_else(facts: dict[str, Any]) -> None:
    page = render_html(facts, "uk", draft=False).decode()
    assert '<html lang="uk"' in page
    assert "<style>" in page
    for outside in ("<script", "<link", "src=", "@import"):
        assert outside not in page
    assert all(address.startswith("#") for address in _values(page, 'href="'))


def _values(page: str, opening: str) -> list[str]:
    return [rest.partition('"')[0] for rest in page.split(opening)[1:]]


def test_an_empty_year_makes_a_report_too(policy: Policy) -> None:
    facts = facts_of(policy, 2024)
    assert "Every task of the year was reported on." in words(render_pdf(facts, "en", draft=True))
    assert render_html(facts, "en", draft=True)


def test_a_missing_secret_and_negative_value_are_drawn(policy: Policy) -> None:
    indicator = measured(factories.task(policy), by="2023", **{"2023": -20})
    for period, status in (("2021", "missing"), ("2020", "secret")):
        add_observation(by=None, indicator=indicator, period=period, value=None, status=status)
    printed = words(render_pdf(facts_of(policy, 2023), "en", draft=True))
    assert "secret" in printed
    assert "missing" in printed
    assert "-20 (2023); target 200 by 2023: not reached" in printed


def test_dates_and_people_who_are_not_named_are_shown_as_missing(policy: Policy) -> None:
    factories.task(policy, timing="dates", due=date(2023, 12, 31))
    printed = words(render_pdf(facts_of(policy, 2023), "en", draft=True))
    assert "Person in charge: not given" in printed
    assert "by December 31, 2023" in printed


def test_the_operator_gets_the_frozen_report_or_a_draft(policy: Policy, coordinator: User) -> None:
    review = start_review(by=coordinator, policy=policy, year=2023)
    publish_review(by=coordinator, review=review, version=1)
    factories.task(policy)
    frozen = write_annual_report(policy.municipality, 2023, "pdf", "en")
    assert frozen == render_pdf(annual_report_or_draft(policy, 2023)[0], "en", draft=False)
    draft = write_annual_report(policy.municipality, 2024, "html", "en")
    assert "Draft – not published" in draft.decode()
    assert write_annual_report(policy.municipality, 2030, "pdf", "en") is None
