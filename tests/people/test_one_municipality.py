"""A row and what it names belong to one municipality, whichever way it is saved."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from splot.core.actions import action, change
from splot.implementation.models import BudgetLine, Task
from splot.people.models import Membership, Organisation, OtherMunicipality
from splot.policy.models import Area, Policy
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def policies() -> list[Policy]:
    return [factories.policy(factories.municipality(slug)) for slug in ("poznan", "lublin")]


@pytest.fixture
def foreign(policies: list[Policy]) -> dict[str, Any]:
    """What a line of money would say that belongs here and names a task from there."""
    return {"municipality": policies[0].municipality, "task": factories.task(policies[1])}


def test_saving_refuses_a_parent_of_another_municipality(foreign: dict[str, Any]) -> None:
    with pytest.raises(OtherMunicipality, match=r"BudgetLine\.task"):
        BudgetLine.objects.create(**foreign)
    with pytest.raises(OtherMunicipality):
        BudgetLine.objects.create(municipality=foreign["municipality"], task_id=foreign["task"].pk)
    with pytest.raises(OtherMunicipality):
        BudgetLine.objects.bulk_create([BudgetLine(**foreign)])
    assert not BudgetLine.objects.exists()


def test_changing_refuses_it_too(policies: list[Policy]) -> None:
    task = factories.task(policies[0])
    task.lead = factories.organisation(policies[1].municipality)
    with pytest.raises(OtherMunicipality, match=r"Task\.lead"):
        task.save()
    with pytest.raises(OtherMunicipality):
        Task.objects.bulk_update([task], ["lead"])
    with pytest.raises(ValidationError):
        task.full_clean()
    task.refresh_from_db()
    assert task.lead is None


@pytest.mark.parametrize("by_key", [False, True])
@pytest.mark.parametrize("version", [None, 1])
def test_an_action_cannot_change_a_row_to_one_of_another_municipality(
    policies: list[Policy], by_key: bool, version: int | None
) -> None:
    here, there = policies
    task, foreign = factories.task(here), factories.organisation(there.municipality)
    values = {"lead_id": foreign.pk} if by_key else {"lead": foreign}
    with pytest.raises(OtherMunicipality, match=r"Task\.lead"):
        change_anything(row=task, version=version, **values)
    with pytest.raises(OtherMunicipality, match=r"Task\.plan"):
        change_anything(row=task, version=version, municipality=there.municipality)
    assert task.lead is None
    task.refresh_from_db()
    assert (task.lead, task.municipality, task.version) == (None, here.municipality, 1)
    own = factories.organisation(here.municipality)
    assert change_anything(row=task, version=version, lead=own).lead == own


@action
def change_anything(*, row: Task, version: int | None, **values: Any) -> Task:
    return change(row, by=None, verb="task.changed", version=version, **values)


def test_a_row_with_a_manager_of_its_own_is_no_exception(policies: list[Policy]) -> None:
    here, there = policies
    area = Area(municipality=here.municipality, policy=there, number=9, name="")
    for manager in (Area.objects, Area.everything):
        with pytest.raises(OtherMunicipality):
            manager.bulk_create([area])


def test_it_asks_nothing_when_the_parents_are_in_memory(
    policies: list[Policy], django_assert_num_queries: Any
) -> None:
    task = factories.task(policies[0])
    with django_assert_num_queries(1):
        line = BudgetLine.objects.create(
            municipality=policies[0].municipality, task=task, planned=1
        )
    line = BudgetLine.objects.get(pk=line.pk)  # its task is not in memory
    with django_assert_num_queries(1):
        line.save()
    with django_assert_num_queries(1):
        BudgetLine.objects.bulk_create(
            BudgetLine(municipality_id=task.municipality_id, task_id=task.pk, planned=1)
            for __ in range(9)
        )


def test_a_membership_for_nobodys_organisation_is_fine(policies: list[Policy]) -> None:
    town = policies[0].municipality
    own: Organisation | None
    for own in (None, factories.organisation(town)):
        Membership.objects.create(
            municipality=town, user=factories.user(town, "reader"), role="leader", organisation=own
        )
