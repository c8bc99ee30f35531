"""What the page of a policy puts first: one thing to do, not several."""

from typing import Any

import pytest
from lxml import html

from splot.people.models import Municipality, User
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("status", "first"), [("draft", "Write"), ("in_force", "Implementation table")]
)
def test_one_button_stands_out(
    town: Municipality, coordinator: User, signed_in: Any, status: str, first: str
) -> None:
    policy = factories.policy(town, status=status)
    page = signed_in(coordinator).get(f"/en/{town.slug}/policy/{policy.term}/").content.decode()
    buttons = html.fromstring(page).xpath("//main//a[@class='button']")
    assert [button.text_content().strip() for button in buttons] == [first]
