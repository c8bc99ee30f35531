"""The tests speak of the messages in English, whatever language the site has."""

import pytest
from django.utils import translation


@pytest.fixture(scope="module", autouse=True)
def english():
    with translation.override("en"):
        yield
