"""Choosing aspects of the model, line by line: nothing that was typed is lost."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from lxml import html

from splot.people.models import Municipality, User
from splot.policy.models import Policy
from tests.policy.writing import address, draft, fresh


@pytest.fixture
def policy(town: Municipality) -> Policy:
    return draft(town, aspects=("mediation",))


@pytest.fixture
def client(coordinator: User, signed_in: Callable[[User], Client]) -> Client:
    return signed_in(coordinator)


def sent_form(page: Any) -> dict[str, str]:
    """What a browser sends of the page as it stands."""
    form = html.document_fromstring(page.content.decode()).get_element_by_id("culture")
    while form.tag != "form":
        form = form.getparent()
    return dict(form.form_values())


def name_of(page: Any, aspect: str, field: str) -> str:
    card = html.document_fromstring(page.content.decode()).get_element_by_id(aspect)
    (name,) = card.xpath(f".//input[contains(@name, '-{field}')]/@name")
    return str(name)


def test_a_late_choice_stands_beside_the_other_and_overwrites_nothing(
    client: Client, policy: Policy
) -> None:
    url = address("choose_aspects", policy)
    page = client.get(url)
    reason, chosen = name_of(page, "culture", "reason"), name_of(page, "housing", "chosen")
    sent = sent_form(page)
    client.post(url, {**sent, reason: "Jest osobny program."})
    answer = client.post(url, {**sent, reason: "Moje słowa", chosen: "on"})
    shown = answer.content.decode()
    assert 'value="Moje słowa"' in shown
    assert "saved by somebody else: Jest osobny program." in " ".join(shown.split())
    assert fresh(policy).left_out == {"culture": "Jest osobny program."}
    client.post(url, sent_form(answer))
    assert fresh(policy).left_out == {"culture": "Moje słowa"}
    assert set(policy.areas.values_list("aspect", flat=True)) == {"mediation", "housing"}


def test_a_reason_that_is_too_long_is_kept_in_the_form(client: Client, policy: Policy) -> None:
    url = address("choose_aspects", policy)
    page = client.get(url)
    long = "słowo " * 100
    answer = client.post(url, {**sent_form(page), name_of(page, "culture", "reason"): long})
    assert long.strip() in answer.content.decode()
    assert "form-errors" in answer.content.decode()
    assert fresh(policy).left_out == {}


def test_an_aspect_that_the_form_did_not_show_keeps_its_reason(
    client: Client, policy: Policy
) -> None:
    url = address("choose_aspects", policy)
    page = client.get(url)
    client.post(url, {**sent_form(page), name_of(page, "culture", "reason"): "Osobny program."})
    sent = {
        "aspects-TOTAL_FORMS": "1",
        "aspects-INITIAL_FORMS": "1",
        "aspects-0-key": "housing",
        "aspects-0-reason": "Mieszkania są osobno.",
        "version": str(fresh(policy).version),
    }
    client.post(url, sent)
    assert fresh(policy).left_out == {
        "culture": "Osobny program.",
        "housing": "Mieszkania są osobno.",
    }
