"""What every test of the table can ask for."""

import pytest
from django.test import Client

from splot.implementation.actions.tasks import archive_task
from splot.implementation.models import Task
from splot.policy.models import Policy
from tests import factories
from tests.factories import text
from tests.implementation.history import happened
from tests.implementation.test_states import changed


@pytest.fixture
def client(coordinator, signed_in) -> Client:
    return signed_in(coordinator)


@pytest.fixture
def story(policy: Policy, coordinator) -> Task:
    """Two rows from January; the first is reworded in March and again in May, the second goes in
    April.
    """
    lead = factories.organisation(policy.municipality)
    task = factories.task(policy, lead=lead, risks=text("Brak sal", uk="Немає залів"))
    happened("2023-01-10")
    second = factories.task(policy, title=text("Poradnictwo", uk="Поради"))
    happened("2023-01-20")
    changed(
        task,
        by=coordinator,
        title=text("Kurs wieczorowy"),
        risks=text("Brak chętnych", uk="Немає охочих"),
    )
    happened("2023-03-05")
    archive_task(by=coordinator, task=second, version=1, archived=True)
    happened("2023-04-01")
    changed(task, by=None, audience=text("Rodzice"))
    happened("2023-05-15")
    return Task.objects.get(pk=task.pk)
