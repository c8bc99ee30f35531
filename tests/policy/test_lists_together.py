"""Two lists on one page, and what one writes beside them, go in together."""

import pytest
from lxml import html

from splot.people.models import Municipality, User
from splot.policy.models import Policy
from splot.policy.origins import entries_of_rows
from tests import factories
from tests.browser import browser, fields_of, words_of

pytestmark = pytest.mark.django_db
WRITE = "/en/poznan/policy/2023-2024/write"
VALUES = f"{WRITE}/values/"


@pytest.fixture
def draft(town: Municipality) -> Policy:
    return factories.policy(town, status="draft")


def first_of_each_list(page: object) -> list[str]:
    offers = page.context["offers"]
    return [entries[0]["entry"] for __, entries in offers]


def test_what_is_ticked_in_two_lists_is_taken_with_ones_own(
    draft: Policy, coordinator: User
) -> None:
    client = browser(coordinator)
    page = client.get(VALUES)
    both = first_of_each_list(page)
    assert len(both) == 2
    sent = fields_of(page, take=both, kind="value", name="Sąsiedztwo", text="Znamy się z imienia.")
    assert client.post(VALUES, sent).status_code == 302
    rows = list(draft.values.all())
    assert set(both) <= entries_of_rows(rows)
    assert "Sąsiedztwo" in [row.name.source_wording for row in rows]


def test_a_mistake_in_ones_own_keeps_the_ticks(draft: Policy, coordinator: User) -> None:
    client = browser(coordinator)
    page = client.get(VALUES)
    both = first_of_each_list(page)
    sent = fields_of(page, take=both, name="Długa nazwa " * 30, text="Znamy się z imienia.")
    page = client.post(VALUES, sent)
    assert page.context["form"].errors
    assert fields_of(page)["take"] == both
    assert fields_of(page)["text"] == "Znamy się z imienia."
    assert not draft.values.exists()


def test_ticks_alone_need_no_words(draft: Policy, coordinator: User) -> None:
    client = browser(coordinator)
    page = client.get(VALUES)
    sent = fields_of(page, take=first_of_each_list(page))
    assert "2 passages taken over." in words_of(client.post(VALUES, sent, follow=True))


class TestAnArea:
    @pytest.fixture
    def address(self, draft: Policy) -> str:
        area = draft.areas.get(number=1)
        area.aspect = "education"
        area.save()
        return f"{WRITE}/areas/{area.pk}/"

    def test_taking_over_keeps_what_is_ticked_to_be_merged(
        self, draft: Policy, coordinator: User, address: str
    ) -> None:
        client = browser(coordinator)
        page = client.get(address)
        suggested = page.context["suggestions"][0]["rows"][0]["id"]
        two = [str(row.pk) for row in draft.areas.get(number=1).activities.all()[:2]]
        sent = fields_of(page, "write", take=[suggested], activity=two)
        page = client.post(f"{address}take/", sent, follow=True)
        assert "1 activity taken over." in words_of(page)
        assert fields_of(page, "write")["activity"] == two

    def test_merging_takes_over_what_is_ticked_below(
        self, draft: Policy, coordinator: User, address: str
    ) -> None:
        client = browser(coordinator)
        page = client.get(address)
        suggested = page.context["suggestions"][0]["rows"][0]["id"]
        before = draft.activities.count()
        two = [str(row.pk) for row in draft.areas.get(number=1).activities.all()[:2]]
        sent = fields_of(page, "write", take=[suggested], activity=two)
        page = client.post(f"{WRITE}/merge/", sent)
        assert len(page.context["lines"]) == 2
        assert draft.activities.count() == before + 1


@pytest.mark.parametrize("name", ["values", "aims", "provisions"])
def test_a_browser_lets_ticks_go_without_words_of_ones_own(
    draft: Policy, coordinator: User, name: str
) -> None:
    page = html.fromstring(browser(coordinator).get(f"{WRITE}/{name}/").content.decode())
    assert page.xpath("//form[.//input[@name='take']]//textarea")
    assert not page.xpath("//form[.//input[@name='take']]//*[@required]")
