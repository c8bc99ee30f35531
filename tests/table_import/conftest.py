"""What every test of reading files into the table can ask for."""

from typing import Any

import pytest
from django.test import Client

from splot.implementation.actions.plans import start_plan
from splot.implementation.lines import ResourceLine
from splot.implementation.models import ImplementationPlan
from splot.people.models import User
from splot.policy.models import Policy
from tests import factories
from tests.factories import text


@pytest.fixture
def plan(policy: Policy) -> ImplementationPlan:
    made = start_plan(by=None, policy=policy, starts=2023, ends=2024)
    made.policy, made.municipality = policy, policy.municipality
    return made


@pytest.fixture
def client(coordinator: User, policy: Policy, signed_in: Any) -> Client:
    factories.organisation(policy.municipality)
    factories.task(
        policy,
        resources=[ResourceLine("people", text("lektor", en="teacher"))],
        audience=text("Dorośli"),
    )
    return signed_in(coordinator)
