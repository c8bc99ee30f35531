"""Texts of a room that is no policy: listed, saved and approved by the same pages."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from lxml import html

from splot.core.models import AuditEntry
from splot.people.models import Municipality, Organisation, User
from tests import factories
from tests.policy.test_translating.passages import page_of, sent, words
from tests.translations.institutions import FOLLOWED

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.translations.institutions")]
IN_UKRAINIAN = "/en/poznan/institutions-in/uk/"


@pytest.fixture
def school(town: Municipality) -> Organisation:
    return factories.organisation(town, "Wydział Oświaty")


@pytest.fixture
def editor(town: Municipality, signed_in: Callable[[User], Client]) -> Client:
    return signed_in(factories.user(town, "editor"))


def form_of(page: Any, row: Organisation) -> html.HtmlElement:
    return page_of(page).get_element_by_id(f"organisation-{row.pk}-name")


def test_rows_stand_in_parts_with_their_state(
    editor: Client, school: Organisation, town: Municipality, other_town: Municipality
) -> None:
    foundation = factories.organisation(town, "Fundacja Most", kind="ngo")
    factories.organisation(other_town, "Fundacja Obca", kind="ngo")
    tree = page_of(editor.get(IN_UKRAINIAN))
    headings = [words(heading) for heading in tree.iter("h2")]
    assert headings == ["municipal unit", "non-governmental organisation"]
    assert [article.get("id") for article in tree.find_class("translating")] == [
        f"organisation-{school.pk}-name",
        f"organisation-{foundation.pk}-name",
    ]
    assert "Fundacja Most" in words(tree)
    assert "Fundacja Obca" not in words(tree)
    assert "missing" in words(tree.find_class("translating__head")[0])
    chosen = page_of(editor.get(f"{IN_UKRAINIAN}?area=ngo"))
    assert len(chosen.find_class("translating")) == 1


def test_a_wording_is_saved_audited_and_followed(editor: Client, school: Organisation) -> None:
    FOLLOWED.clear()
    form = form_of(editor.get(IN_UKRAINIAN), school)
    answer = editor.post(IN_UKRAINIAN, sent(form, "Відділ освіти"), follow=True)
    assert "Saved." in words(form_of(answer, school))
    school.refresh_from_db()
    assert school.name.texts["uk"] == "Відділ освіти"
    entry = AuditEntry.objects.latest("pk")
    assert (entry.verb, entry.object_id) == ("organisation.translated", school.pk)
    assert FOLLOWED == ["uk"]


def test_whoever_saves_late_sees_both_wordings(editor: Client, school: Organisation) -> None:
    form = form_of(editor.get(IN_UKRAINIAN), school)
    editor.post(IN_UKRAINIAN, sent(form, "Відділ освіти"))
    late = form_of(editor.post(IN_UKRAINIAN, sent(form, "Освіта")), school)
    assert "Відділ освіти" in words(late.find_class("translating__theirs")[0])
    assert late.find(".//textarea").text.strip() == "Освіта"
    school.refresh_from_db()
    assert school.name.texts["uk"] == "Відділ освіти"
    editor.post(IN_UKRAINIAN, sent(late))
    school.refresh_from_db()
    assert school.name.texts["uk"] == "Освіта"


def test_a_language_that_nobody_speaks_and_another_municipality_are_not_there(
    editor: Client, school: Organisation, other_town: Municipality
) -> None:
    assert editor.get("/en/poznan/institutions-in/qqq/").status_code == 404
    assert editor.get("/en/lublin/institutions-in/uk/").status_code == 404
    assert Client().get(IN_UKRAINIAN).status_code == 302
