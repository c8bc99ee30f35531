"""A policy beside its translation: states, what changed, two people at once, with scripts and
without.
"""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import html

from splot.core.languages import Text, language_name
from splot.people.models import Municipality
from splot.policy.actions.passages import change_part
from splot.policy.models import Activity, Aim, Area, Policy
from tests import factories
from tests.policy.test_translating.passages import (
    address,
    adopted,
    first,
    grow,
    in_language,
    page_of,
    passage,
    say,
    sent,
    words,
)


def test_the_overview_counts_every_state_of_every_language(editor: Client, draft: Policy) -> None:
    one, two, three, four = draft.activities.all()
    say(one, "раз")
    say(two, "два", machine=True)
    three = say(three, "три")
    change_part(
        by=None, part=three, version=three.version, text=three.text.written("pl", "inaczej")
    )
    say(four, "ოთხი", language="ka")
    tree = page_of(editor.get(address(draft, "translations")))
    cards = {words(card.find(".//h3")): words(card) for card in tree.find_class("card")}
    assert list(cards) == ["English", "Українська", language_name("ka")]
    total = len(in_language(draft).texts)
    assert total == 12  # title, legal basis; twice name, reason, aim, two activities
    assert f"1 of {total}" in cards["Українська"]
    for tag in ("missing: 9", "out of date: 1", "made by a machine: 1"):
        assert tag in cards["Українська"]
    assert f"1 of {total}" in cards[language_name("ka")]
    # the menu of the site stays what it is
    assert words(tree.find(".//header//summary")) == "Language: English"
    name = tree.find_class("card")[2].find(".//h3//span")
    assert (name.get("lang"), name.get("dir")) == ("ka", "ltr")
    offered = {link.get("lang"): link for link in tree.find_class("language-links")[-1].iter("a")}
    assert {"ar", "be", "vi"} <= set(offered)
    assert set(offered) & {"pl", "uk", "en", "ka"} == set()
    assert (offered["ar"].get("dir"), offered["ar"].text) == ("rtl", "العربية")


def test_a_policy_without_words_says_what_would_be_here(editor: Client, draft: Policy) -> None:
    Area.everything.filter(policy=draft).update(is_dropped=True)
    for model in (Aim, Activity):
        model.everything.filter(policy=draft).update(is_dropped=True)
    Policy.objects.filter(pk=draft.pk).update(title=Text(), basis=Text())
    assert "Nothing to translate yet" in words(page_of(editor.get(address(draft, "translations"))))
    assert "Nothing to translate" in words(page_of(editor.get(address(draft))))


def test_passages_stand_in_reading_order_with_number_state_and_direction(
    editor: Client, draft: Policy
) -> None:
    adopted(draft)
    tree = page_of(editor.get(address(draft, language="ar")))
    headings = [words(each) for each in tree.iter("h2")]
    assert [each for each in headings if each[0].isdigit()] == ["1. Edukacja", "2. Praca"]
    names = [words(each.find(".//h3")) for each in tree.find_class("translating")]
    assert names[:6] == [
        "Title",
        "Legal basis",
        "Name of the area",
        "Why it matters",
        "§ 1 ust. 1 Aim",
        names[5],
    ]
    assert names[5].endswith("Activity")
    one = passage(tree, first(draft))
    field = one.find(".//textarea")
    assert (field.get("lang"), field.get("dir")) == ("ar", "rtl")
    source = one.find_class("translating__source")[0].findall("p")[-1]
    assert (source.get("lang"), source.get("dir"), source.text.strip()) == (
        "pl",
        "ltr",
        first(draft).text.source_wording,
    )
    assert "missing" in words(one.find_class("translating__head")[0]).lower()
    assert tree.find(".//h1/span").get("dir") == "rtl"


def test_an_outdated_passage_shows_what_changed(editor: Client, draft: Policy) -> None:
    row = say(first(draft), "навчання")
    change_part(
        by=None,
        part=row,
        version=row.version,
        text=row.text.written("pl", "uczenie czytania, Edukacja"),
    )
    one = passage(page_of(editor.get(address(draft))), row)
    assert words(one.find(".//del")) == "removed: języka polskiego end of what was removed"
    assert words(one.find(".//ins")) == "added: czytania end of what was added"
    answer = editor.post(address(draft), sent(one, do="right"))
    assert answer.status_code == 302
    assert Activity.objects.get(pk=row.pk).text.state("uk") == "current"


def test_a_machine_made_passage_is_marked_until_somebody_says_it_is_right(
    editor: Client, draft: Policy
) -> None:
    row = say(first(draft), "машина", machine=True)
    one = passage(page_of(editor.get(address(draft))), row)
    assert "Nobody has checked it" in words(one)
    editor.post(address(draft), sent(one, do="right"))
    one = passage(page_of(editor.get(address(draft))), row)
    assert "up to date" in words(one).lower()
    assert "Nobody has checked it" not in words(one)


def test_without_scripts_the_page_comes_back_at_the_passage(editor: Client, draft: Policy) -> None:
    here = f"{address(draft)}?state=missing"
    one = passage(page_of(editor.get(here)), first(draft))
    assert one.find(".//form").get("action") == f"{here}#{one.get('id')}"
    answer = editor.post(here, sent(one, "навчання"))
    assert (
        answer["Location"]
        == f"{address(draft)}?state=missing&saved={one.get('id')}#{one.get('id')}"
    )
    tree = page_of(editor.get(answer["Location"]))
    again = tree.get_element_by_id(one.get("id"))  # though it is missing no more
    assert "Saved." in words(again)
    assert again.find(".//textarea").text.strip() == "навчання"
    assert "saved=" not in again.find(".//form").get("action")
    assert words(tree.get_element_by_id("translated")) == "Up to date 1 of 12"


def test_with_htmx_the_answer_is_the_passage_and_the_progress(
    editor: Client, draft: Policy
) -> None:
    one = passage(page_of(editor.get(address(draft))), first(draft))
    answer = editor.post(address(draft), sent(one, "навчання"), headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert "<html" not in answer.content.decode()
    pieces = html.fragments_fromstring(answer.content.decode())
    assert [each.get("id") for each in pieces] == [one.get("id"), "translated"]
    assert pieces[1].get("hx-swap-oob") == "innerHTML"
    assert words(pieces[1]) == "Up to date 1 of 12"
    assert "Saved." in words(pieces[0])


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_two_translators_of_one_passage_lose_nothing(
    editor: Client, draft: Policy, headers: dict[str, str]
) -> None:
    row = first(draft)
    one = passage(page_of(editor.get(address(draft))), row)
    say(row, "чуже слово")
    answer = editor.post(address(draft), sent(one, "моє слово"), headers=headers)
    assert answer.status_code == 200
    one = html.document_fromstring(answer.content.decode()).get_element_by_id(one.get("id"))
    assert "Somebody else" in words(one)
    assert words(one.find_class("translating__theirs")[0]) == "чуже слово"
    assert one.find(".//textarea").text.strip() == "моє слово"
    assert Activity.objects.get(pk=row.pk).text.texts["uk"] == "чуже слово"
    answer = editor.post(address(draft), sent(one))
    assert answer.status_code == 302
    assert Activity.objects.get(pk=row.pk).text.texts["uk"] == "моє слово"


def test_what_cannot_be_kept_stays_in_the_field(editor: Client, draft: Policy) -> None:
    one = passage(page_of(editor.get(address(draft))), first(draft))
    answer = editor.post(address(draft), sent(one, "ї" * 10_001), headers={"HX-Request": "true"})
    tree = html.document_fromstring(answer.content.decode())
    assert len(tree.find(".//textarea").text.strip()) == 10_001
    assert "10000" in words(tree.find_class("notice")[0])
    assert first(draft).text.state("uk") == "missing"


def test_filters_stand_in_the_address(editor: Client, draft: Policy) -> None:
    say(first(draft), "навчання")
    for query, number in {
        "?state=current": 1,
        "?state=missing": 11,
        "?area=2": 5,
        "?state=current&area=2": 0,
    }.items():
        tree = page_of(editor.get(address(draft) + query))
        assert len(tree.find_class("translating")) == number, query
    assert "No text is in this state" in words(tree)
    assert (
        len(
            page_of(editor.get(address(draft) + "?state=strange&area=99")).find_class("translating")
        )
        == 12
    )


def test_no_text_is_skipped_while_texts_leave_the_filter(editor: Client, draft: Policy) -> None:
    for number in range(8):
        grow(draft, f"Obszar {number}")
    here = f"{address(draft)}?state=missing"
    tree = page_of(editor.get(here))
    shown_first = [each.get("id") for each in tree.find_class("translating")]
    assert len(shown_first) == 30
    for one in tree.find_class("translating")[1:]:  # one of them stays missing
        editor.post(here, sent(one, "готово"), headers={"HX-Request": "true"})
    following = page_of(editor.get(address(draft) + tree.xpath("//a[@rel='next']/@href")[0]))
    rest = [each.get("id") for each in following.find_class("translating")]
    assert [*shown_first, *rest] == [each.key for each in in_language(draft).texts]


def test_the_page_takes_as_many_queries_for_thirty_areas_as_for_one(
    editor: Client, draft: Policy
) -> None:
    def counted(name: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert editor.get(address(draft, name)).status_code == 200
        return len(queries)

    names = ("translations", "translate")
    counted(names[0])  # the first request of all reads what is then known
    few = [counted(name) for name in names]
    for number in range(28):
        grow(draft, f"Obszar {number}")
    assert [counted(name) for name in names] == few
    assert max(few) <= 20


def test_only_who_translates_here_gets_in(
    draft: Policy, signed_in: Any, town: Municipality, other_town: Municipality
) -> None:
    one = f"activity-{first(draft).pk}-text"
    strangers = [
        factories.user(other_town, "editor"),
        *(factories.user(town, role) for role in ("monitor", "reader")),
    ]
    for person in strangers:
        client = signed_in(person)
        for name in ("translations", "translate", "translate_by_machine"):
            assert client.post(
                address(draft, name), {"key": one, "wording": "x", "seen": ""}
            ).status_code in (404, 405)
            assert client.get(address(draft, name)).status_code in (404, 405)
    assert "/sign-in/" in Client().get(address(draft))["Location"]
    assert first(draft).text.state("uk") == "missing"


def test_passages_of_another_policy_are_not_here(
    editor: Client, draft: Policy, other_town: Municipality
) -> None:
    theirs = factories.policy(other_town)
    for key in (
        f"activity-{first(theirs).pk}-text",
        f"policy-{theirs.pk}-title",
        f"activity-{first(draft).pk}-origins",
    ):
        assert (
            editor.post(address(draft), {"key": key, "wording": "x", "seen": ""}).status_code == 404
        )
    assert first(theirs).text.state("uk") == "missing"


@pytest.mark.parametrize("language", ["xx", "uk-UA", "UK", "zh-hant", "12", "e"])
def test_a_language_that_nobody_knows_is_not_there(
    editor: Client, draft: Policy, language: str
) -> None:
    assert editor.get(address(draft, language=language)).status_code == 404
