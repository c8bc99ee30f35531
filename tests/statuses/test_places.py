"""Every status of the registry through every page and file that shows one: a forgotten place names
itself. A control asks each place for a status that nobody knows.
"""

from dataclasses import replace

import pytest

from splot.implementation.statuses import (
    Status,
)
from splot.people.models import User
from splot.policy.models import Policy
from tests.statuses.places import PLACES
from tests.statuses.town import Town


@pytest.fixture
def town_of_all(policy: Policy, leader: User, coordinator: User) -> Town:
    return Town(policy, leader, coordinator)


@pytest.mark.slow
@pytest.mark.one_engine
@pytest.mark.django_db
def test_every_status_is_shown_in_every_place(town_of_all: Town) -> None:
    assert [
        (name, sought.code)
        for name, shows in PLACES.items()
        for sought in town_of_all.sought()
        if not shows(town_of_all, sought)
    ] == []


@pytest.mark.slow
@pytest.mark.one_engine
@pytest.mark.django_db
def test_control_a_status_that_nobody_knows_is_missed_in_every_place(town_of_all: Town) -> None:
    """Each place is asked whether it shows an invented status of a task that has another one."""
    late = next(each for each in town_of_all.sought() if each.code == Status.LATE)
    invented = replace(late, code="invented", look="spiral", label="invented")
    assert [name for name, shows in PLACES.items() if shows(town_of_all, invented)] == []
