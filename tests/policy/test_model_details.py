"""The model passes its own health check, and what it suggests is taken over with one press."""

from collections import Counter

import pytest
from django.utils.translation import override

from splot.catalogue.queries import shipped_catalogue
from splot.people.models import Municipality, User
from splot.policy.actions.model_details import adopt_model_details
from splot.policy.contents import contents_of
from splot.policy.health import policy_findings
from splot.policy.models import Policy
from splot.policy.suggestions import has_open_suggestions
from tests.policy.writing import address, draft, fresh

pytestmark = pytest.mark.django_db

ASPECTS = tuple(aspect.id for aspect in shipped_catalogue().aspects)


@pytest.fixture
def policy(town: Municipality) -> Policy:
    return draft(town, aspects=ASPECTS)


def counted(policy: Policy) -> Counter[str]:
    with override("pl"):
        return Counter(finding.kind.code for finding in policy_findings(contents_of(fresh(policy))))


def test_an_untouched_draft_of_the_whole_model_begins_with_a_few_lines(policy: Policy) -> None:
    found = counted(policy)
    assert len(found) <= 15
    assert {"jargon", "long", "audience", "unmeasured", "dates", "references"} & set(found) == set()


def test_one_press_names_institutions_indicators_and_groups(
    policy: Policy, coordinator: User, signed_in
) -> None:
    client, url = signed_in(coordinator), address("policy_health", policy)
    assert "Take over institutions" in client.get(url).content.decode()
    page = client.post(address("adopt_all_details", policy), follow=True).content.decode()
    assert "Take over institutions, indicators and groups" not in page
    found = counted(policy)
    assert {"nobody", "groups", "unmeasured"} & set(found) == set()
    activity = policy.activities.first()
    assert {row.name.source_wording for row in activity.institutions.all()} == {
        "Wydział oświaty",
        "Szkoły i przedszkola",
    }
    assert policy.provisions.filter(kind="general").count() == 1


def test_what_is_there_is_not_taken_twice_and_one_step_undoes_it(
    policy: Policy, coordinator: User
) -> None:
    first = adopt_model_details(by=coordinator, policy=policy)
    assert first["institutions"] > 71
    assert (first["indicators"], first["groups"]) == (0, 1)
    assert adopt_model_details(by=coordinator, policy=policy) == dict.fromkeys(first, 0)
    step = policy.steps.first()
    assert step.verb == "suggestions.taken"
    assert not has_open_suggestions(policy, contents_of(policy).all_activities)
