"""One row by its key, tied to its parent: of nobody else, and without a query that follows."""

from typing import Any

import pytest
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from splot.implementation.models import ImplementationPlan, Task
from splot.people.models import Organisation
from splot.people.queries import share_parents, within
from splot.policy.models import Area, Policy
from splot.workbooks.models import IssuedWorkbook
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def policies() -> list[Policy]:
    """A policy with a task in each of two municipalities."""
    made = [factories.policy(factories.municipality(slug)) for slug in ("poznan", "lublin")]
    for policy in made:
        factories.task(policy)
    return made


def test_a_row_shares_its_parent_and_the_rows_above(policies: list[Policy]) -> None:
    here = policies[0]
    with CaptureQueriesContext(
        connection,
    ) as queries:
        task = within(here, Task.objects.select_related("plan"), number=1)
        assert task.policy is here and task.plan.policy is here
        assert task.municipality is task.plan.municipality is here.municipality
    assert len(queries) == 1


def test_a_row_of_another_parent_is_not_there(policies: list[Policy]) -> None:
    here, there = policies
    area = there.areas.first()
    assert area and within(there, Area.objects.all(), pk=area.pk) == area
    with pytest.raises(Http404):
        within(here, Area.objects.all(), pk=area.pk)


def test_a_row_of_another_municipality_is_not_there_whatever_the_query(
    policies: list[Policy],
) -> None:
    """A workbook names its policy through its plan alone; its municipality is asked all the same."""
    here, there = policies
    sheet = IssuedWorkbook.objects.create(
        municipality=there.municipality,
        plan=there.plans.get(),
        organisation=factories.organisation(there.municipality),
        key="k",
        period="2023",
        rows={},
    )
    assert within(there, IssuedWorkbook.objects.all(), pk=sheet.pk) == sheet
    with pytest.raises(Http404):
        within(here, IssuedWorkbook.objects.all(), pk=sheet.pk)


@pytest.mark.parametrize("key", [0, 10**30])
def test_a_key_that_nothing_has_is_not_there(policies: list[Policy], key: int) -> None:
    with pytest.raises(Http404):
        within(policies[0].municipality, Organisation.objects.all(), pk=key)


def test_two_rows_with_one_key_are_a_mistake(policies: list[Policy]) -> None:
    with pytest.raises(Area.MultipleObjectsReturned):
        within(policies[0], Area.objects.all(), number__gt=0)


def test_tying_leaves_alone_what_belongs_to_others(policies: list[Policy]) -> None:
    here, there = policies
    plan: Any = ImplementationPlan.objects.defer("policy").get(policy=there)
    with CaptureQueriesContext(connection) as queries:
        share_parents(plan, here)
    assert not queries.captured_queries  # not even to see whose it is
    assert plan.policy == there and plan.municipality == there.municipality
