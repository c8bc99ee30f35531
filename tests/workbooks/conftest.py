"""What every test of sheets for institutions can ask for."""

import pytest

from splot.policy.models import Policy
from tests.workbooks.factories import City


@pytest.fixture
def city(policy: Policy) -> City:
    return City(policy)
