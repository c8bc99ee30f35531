"""A policy that nobody has translated, an editor, and a translation server that really runs."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override

from splot.people.models import Municipality
from splot.policy.actions.policies import start_policy
from splot.policy.models import Policy
from tests import factories
from tests.policy.test_translating.passages import grow
from tests.translations.test_machine import Server


@pytest.fixture
def draft(town: Municipality) -> Policy:
    """A policy that is written here: two areas, each with an aim and two activities. Nothing is
    translated.
    """
    with override("pl"):
        policy = start_policy(
            by=None,
            municipality=town,
            title="Polityka miasta",
            term=(2027, 2028),
            language="pl",
            start="empty",
        )
    Policy.objects.filter(pk=policy.pk).update(basis=factories.text("Na podstawie ustawy"))
    for name in ("Edukacja", "Praca"):
        grow(policy, name)
    return Policy.objects.get(pk=policy.pk)


@pytest.fixture
def editor(town: Municipality, signed_in: Any) -> Client:
    return signed_in(factories.user(town, "editor"))


@pytest.fixture
def server(settings: Any) -> Iterator[Server]:
    running = Server()
    running.tell = lambda text: f"uk {text}"
    settings.SPLOT_TRANSLATOR = "splot.translations.machine.libretranslate.LibreTranslate"
    settings.SPLOT_TRANSLATOR_URL = running.url
    yield running
    running.stop()
