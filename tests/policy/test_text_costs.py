"""How often the text of a draft is composed, for pages and files that show it."""

from collections.abc import Callable
from cProfile import Profile
from pstats import Stats

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from splot.documents.tree import Document
from splot.people.models import Municipality, User
from splot.policy.actions.passages import change_part
from splot.policy.actions.policies import start_amendment
from splot.policy.actions.versions import freeze_version
from splot.policy.compose import compose_document
from splot.policy.models import Policy, PolicyPart
from splot.policy.text import current_text
from tests import factories
from tests.policy.test_translating.passages import say
from tests.policy.writing import draft, fresh


def number_of_calls(profile: Profile, function: Callable[..., object]) -> int:
    code = function.__code__
    calls = Stats(profile).stats  # type: ignore[attr-defined]  # typeshed leaves it out
    line = code.co_filename, code.co_firstlineno, code.co_name
    return int(calls[line][1]) if line in calls else 0


@pytest.fixture
def client(coordinator: User, signed_in: Callable[[User], Client]) -> Client:
    return signed_in(coordinator)


def costs(client: Client, policy: Policy, language: str) -> set[tuple[int, int]]:
    """How often a page and a file compose the text, and make JSON of a text."""
    costs = set()
    address = ["poznan", policy.term]
    with override(language):
        urls = (
            reverse("policy_text", args=address),
            reverse("policy_text_file", args=[*address, "txt"]),
        )
    for url in urls:
        client.get(url)
        with Profile() as profile:
            assert client.get(url).status_code == 200
        costs.add(
            (
                number_of_calls(profile, compose_document),
                number_of_calls(profile, Document.to_json),
            )
        )
    return costs


def reword(row: PolicyPart) -> None:
    text = row.text.written("pl", "uczenia historii")
    change_part(by=None, part=row, version=row.version, text=text)


def test_a_draft_is_composed_once(client: Client, town: Municipality) -> None:
    policy = draft(town)
    assert costs(client, policy, "pl") == {(1, 0)}
    assert costs(client, policy, "uk") == {(1, 0)}


def test_an_imported_act_is_taken_as_it_is_until_somebody_writes(
    client: Client, town: Municipality
) -> None:
    policy = factories.policy(town, status="draft")
    act = policy.versions.get().texts["pl"]
    assert costs(client, policy, "pl") == {(0, 0)}
    assert current_text(fresh(policy), "pl")[0].to_json() == act
    say(policy.activities.first(), "вивчення мови")
    assert costs(client, policy, "pl") == {(0, 0)}
    assert costs(client, policy, "uk") == {(1, 0)}
    reword(policy.activities.first())
    assert costs(client, policy, "pl") == {(2, 0)}  # before and after
    assert costs(client, policy, "uk") == {(3, 0)}
    document, language = current_text(fresh(policy), "pl")
    assert language == "pl"
    assert "uczenia historii;" in {node.text for node, __ in document.walk()}


def test_an_amendment_is_the_adopted_text_until_somebody_writes(
    client: Client, town: Municipality
) -> None:
    amendment = start_amendment(by=None, policy=factories.policy(town))
    assert costs(client, amendment, "pl") == {(0, 0)}
    reword(amendment.activities.first())
    assert costs(client, amendment, "pl") == {(2, 0)}


def test_freezing_composes_each_language_once(town: Municipality) -> None:
    policy = draft(town)
    with Profile() as profile:
        version = freeze_version(by=None, policy=policy, version=policy.version, stage="draft")
    assert number_of_calls(profile, compose_document) == len(version.texts) > 1
