"""A share outside of 0 to 100 per cent is asked about once, at every door, and taken when meant."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from splot.implementation.forms.line_forms import TargetForm
from splot.implementation.models import Task
from splot.indicators.actions import add_indicator, add_observation
from splot.indicators.models import Indicator, Observation
from splot.people.models import Municipality
from splot.policy.models import Policy
from tests import factories
from tests.factories import text

pytestmark = pytest.mark.django_db

QUESTION = "A share usually lies between 0 and 100. Is 1,000 meant?"


@pytest.fixture
def share(town: Municipality) -> Indicator:
    return add_indicator(by=None, municipality=town, name=text("Udział"), unit=text("%"))


@pytest.mark.parametrize(
    ("unit", "is_share"),
    [
        (text("%"), True),
        (text("procent"), True),
        (text("odsetek", en="per cent"), True),
        (text("Відсоток"), True),
        (text("punkty procentowe"), False),
        (text("osoby"), False),
    ],
)
def test_a_share_is_told_by_its_unit(unit: Any, is_share: bool) -> None:
    assert Indicator(unit=unit).is_share is is_share


@pytest.mark.parametrize("value", ["-5", "1 000", "100,1"])
def test_an_unusual_value_is_asked_about_and_can_be_meant(
    share: Indicator, coordinator: Any, signed_in: Any, value: str
) -> None:
    client: Client = signed_in(coordinator)
    address = f"/en/poznan/indicators/{share.pk}/values/add/"
    form = {"period": "2023", "status": "final", "qualifier": "exact", "series": "1"}
    asked = client.post(address, {**form, "value": value})
    (question,) = asked.context["form"].errors["value"]
    assert question.startswith("A share usually lies between 0 and 100.")
    assert 'type="checkbox" name="is_meant"' in asked.content.decode()
    assert not share.observations.exists()
    assert client.post(address, {**form, "value": value, "is_meant": "on"}).status_code == 302
    assert share.observations.count() == 1


def test_nothing_is_asked_where_nothing_is_unusual(
    share: Indicator, coordinator: Any, signed_in: Any
) -> None:
    client: Client = signed_in(coordinator)
    address = f"/en/poznan/indicators/{share.pk}/values/"
    page = client.get(f"{address}add/").content.decode()
    assert 'type="checkbox" name="is_meant"' not in page
    form = {"period": "2023", "status": "final", "qualifier": "exact", "series": "1"}
    assert client.post(f"{address}add/", {**form, "value": "100"}).status_code == 302
    odd = add_observation(by=None, indicator=share, period="2024", value=Decimal(150))
    changed = {**form, "period": "2024", "value": "150", "note": "z biletami", "version": 1}
    assert client.post(f"{address}{odd.pk}/", changed).status_code == 302
    assert str(Observation.objects.get(pk=odd.pk).note) == "z biletami"


def test_a_target_is_asked_about_in_the_form_of_a_task(share: Indicator) -> None:
    sent = {"indicator": share.pk, "value": "1000", "by": "2024", "baseline": "10"}
    form = TargetForm(sent, municipality=share.municipality)
    assert form.errors == {"value": [QUESTION]}
    assert [bound.name for bound in form.visible_fields()][-1] == "is_meant"
    assert TargetForm({**sent, "is_meant": "on"}, municipality=share.municipality).is_valid()
    assert TargetForm({**sent, "value": "90"}, municipality=share.municipality).is_valid()


def test_the_whole_form_of_a_task_takes_a_share_that_is_meant(
    policy: Policy, share: Indicator, coordinator: Any, signed_in: Any
) -> None:
    task = factories.task(policy)
    client: Client = signed_in(coordinator)
    address = f"/en/poznan/policy/2023-2024/tasks/{task.number}/edit/"
    form = {
        "version": 1,
        "title": "Kurs",
        "timing": "yearly",
        "activities": [policy.activities.first().pk],
        "targets-TOTAL_FORMS": 1,
        "targets-INITIAL_FORMS": 0,
        "targets-0-indicator": share.pk,
        "targets-0-value": "1000",
        "targets-0-by": "2024",
    }
    asked = client.post(address, form)
    assert QUESTION in asked.content.decode()
    assert 'type="checkbox" name="targets-0-is_meant"' in asked.content.decode()
    assert client.post(address, {**form, "targets-0-is_meant": "on"}).status_code == 302
    (target,) = Task.objects.get().targets.all()
    assert target.value == 1000
