"""The demonstration: every page has something true to show, and it says that it is illustrative."""

import re
from collections import Counter
from pkgutil import iter_modules

import pytest
from django.core.exceptions import ValidationError
from django.db.models import Count

from splot.cli import main
from splot.core.offers import installed_rooms
from splot.demonstration import load_demonstration, rooms
from splot.implementation.models import StatusUpdate, Task
from splot.implementation.queries import counts_of, tasks_of
from splot.implementation.statuses import STATUS_LABELS
from splot.monitoring.models import Review
from splot.people.models import Membership, Municipality

pytestmark = pytest.mark.django_db


@pytest.fixture
def poznan() -> Municipality:
    return load_demonstration()[0]


def test_every_part_of_a_town_is_of_a_room_that_is_installed() -> None:
    """A part that is named otherwise would be loaded by nobody."""
    parts = {module.name for module in iter_modules(rooms.__path__)}
    assert {"people", "policy", "implementation"} <= parts
    assert parts <= {room.label for room in installed_rooms()}


def test_the_demonstration_is_whole(poznan: Municipality, capsys) -> None:
    policy = poznan.policies.get()
    assert (policy.term, policy.areas.count(), policy.activities.count()) == ("2023-2024", 6, 31)
    assert [area.activities.count() for area in policy.areas.all()] == [6, 5, 6, 5, 5, 4]
    empty = policy.activities.annotate(served=Count("tasks")).filter(served=0)
    assert not empty.exists()
    said = Counter(
        StatusUpdate.objects.filter(task__policy=policy).values_list("status", flat=True)
    )
    # no story of the two towns tells of a task that is paused
    assert set(said) == set(STATUS_LABELS) - {"not_reported", "paused"}
    for year in policy.years:
        assert counts_of(tasks_of(policy, year))["not_reported"] > 0
    assert StatusUpdate.objects.exclude(corrects=None).exists()
    assert Task.objects.filter(leader=None).exists()
    assert poznan.is_demonstration
    assert {role for role, __ in Membership.Role.choices} == set(
        Membership.objects.filter(municipality=poznan).values_list("role", flat=True)
    )
    # what follows needs the same towns and no more writing
    _every_text_is_in_three_languages(policy)
    _the_assessment_says_what_the_data_say(policy)
    with pytest.raises(ValidationError):
        load_demonstration()
    assert main(["demo"]) == 0
    assert "already" in capsys.readouterr().out


def _every_text_is_in_three_languages(policy) -> None:
    for row in [
        policy,
        *policy.areas.all(),
        *policy.aims.all(),
        *policy.activities.all(),
        *policy.provisions.all(),
    ]:
        text = getattr(row, "text", None) or getattr(row, "name", None) or row.title
        assert {text.state(language) for language in ("en", "uk")} == {"current"}, row


def _the_assessment_says_what_the_data_say(policy) -> None:
    counts = counts_of(tasks_of(policy, 2023))
    english = Review.objects.get(policy=policy, year=2023).assessment.texts["en"]
    numbers = [int(number) for number in re.findall(r"\b\d+\b", english.split("\n")[0])]
    assert numbers == [
        counts.total,
        2023,
        counts.reported,
        counts["done"],
        counts["on_time"],
        counts["late"],
    ]


def test_a_real_installation_is_left_alone(town: Municipality, capsys) -> None:
    assert main(["demo"]) == 1
    assert "real municipalities" in capsys.readouterr().err
    assert list(Municipality.objects.all()) == [town]
