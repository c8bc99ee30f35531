"""What the pages cost on which a policy is written: as many queries for 2 activities as for 480."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from splot.indicators.models import Indicator
from splot.people.models import Municipality, User
from splot.policy.actions.passages import change_part
from splot.policy.actions.policies import publish_policy, start_amendment
from splot.policy.actions.versions import freeze_version
from splot.policy.models import Activity, Aim, Area, Policy, Provision
from tests import factories
from tests.policy.writing import fresh

pytestmark = [pytest.mark.slow, pytest.mark.one_engine]

LARGE = (12, 40, (2040, 2045))


@pytest.fixture
def client(coordinator: User, signed_in: Callable[[User], Client]) -> Client:
    return signed_in(coordinator)


def sized(
    town: Municipality, areas: int, activities: int, term: tuple[int, int] = (2030, 2035)
) -> Policy:
    """A draft with so many areas and in each so many activities, all of them measured and carried
    out by somebody.
    """
    policy = Policy.objects.create(
        municipality=town,
        term=f"{term[0]}-{term[1]}",
        starts=term[0],
        ends=term[1],
        title=factories.text("Polityka integracji"),
        basis=factories.text("Na podstawie art. 18 ust. 1 ustawy o samorządzie gminnym"),
        body="RADY MIASTA",
        vision=factories.text("Miasto, w którym każdy jest u siebie."),
    )
    common = {"municipality": town, "policy": policy}
    school = town.organisations.first() or factories.organisation(town)
    indicator = town.indicators.first() or Indicator.objects.create(
        municipality=town, name=factories.text("Kursy"), unit=factories.text("kursy")
    )
    made = Area.everything.bulk_create(
        Area(
            **common,
            number=each,
            name=factories.text(f"Obszar {each}"),
            why=factories.text("Bo warto."),
        )
        for each in range(1, areas + 1)
    )
    aims = Aim.everything.bulk_create(
        Aim(**common, area=area, position=at, text=factories.text(f"Cel {at}"))
        for at, area in enumerate(made, 1)
    )
    rows = Activity.everything.bulk_create(
        Activity(
            **common,
            area=aim.area,
            aim=aim,
            position=at * 1000 + each,
            slug=f"new-{at}-{each}",
            text=factories.text(
                f"kurs języka polskiego {each} dla dorosłych, którzy pracują na zmiany", uk="курс"
            ),
            leader=school,
        )
        for at, aim in enumerate(aims, 1)
        for each in range(1, activities + 1)
    )
    named, measured = Activity.institutions.through, Activity.indicators.through
    named.objects.bulk_create(named(activity_id=row.pk, organisation_id=school.pk) for row in rows)
    measured.objects.bulk_create(
        measured(activity_id=row.pk, indicator_id=indicator.pk) for row in rows
    )
    words = factories.text("Uchwała wchodzi w życie z dniem podjęcia.")
    Provision.everything.create(**common, kind=Provision.Kind.FINAL, position=1, text=words)
    return policy


def counted(client: Client, url: str) -> int:
    client.get(url)  # the first request of a page reads what is kept for the next ones
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def costs(client: Client, policy: Policy, names: list[str]) -> dict[str, int]:
    area, activity = policy.areas.first(), policy.activities.first()
    more = {"write_area": (area.pk,), "write_passage": ("activity", activity.pk), "version": (1,)}
    more |= {
        "policy_text_file": ("md",),
        "version_file": (1, "md"),
        "booklet_file": ("html",),
        "translate": ("uk",),
    }
    return {
        name: counted(
            client, reverse(name, args=[policy.municipality.slug, policy.term, *more.get(name, ())])
        )
        for name in names
    }


def frozen(policy: Policy) -> Policy:
    for __ in range(2):
        freeze_version(by=None, policy=policy, version=fresh(policy).version, stage="consultation")
        activity = policy.activities.first()
        change_part(
            by=None, part=activity, version=activity.version, text=factories.text("Inaczej")
        )
    return fresh(policy)


def test_for_those_who_write(client: Client, town: Municipality) -> None:
    names = [
        *(
            "write_policy",
            "write_area",
            "write_passage",
            "write_values",
            "write_provisions",
            "choose_aspects",
        ),
        *(
            "policy_text",
            "policy_health",
            "versions",
            "version",
            "compare_versions",
            "freeze_policy",
        ),
        *(
            "writing_steps",
            "policy_text_file",
            "version_file",
            "booklet_file",
            "translations",
            "translate",
        ),
    ]
    small = costs(client, frozen(sized(town, 1, 2)), names)
    large = costs(client, frozen(sized(town, *LARGE)), names)
    assert large == small
    assert {name: count for name, count in large.items() if count > 25} == {}


def test_for_visitors(town: Municipality, coordinator: User) -> None:
    names = [
        "policy_text",
        "versions",
        "version",
        "compare_versions",
        "version_file",
        "booklet_file",
        "policy",
    ]
    counts = []
    for policy in (sized(town, 1, 2), sized(town, *LARGE)):
        frozen(policy)
        now = fresh(policy)
        publish_policy(
            by=coordinator, policy=now, version=now.version, status="in_force", number="I/1/2030"
        )
        counts.append(costs(Client(), fresh(policy), names))
    assert counts[0] == counts[1]
    assert {name: count for name, count in counts[1].items() if count > 12} == {}


def test_for_an_amendment(client: Client, town: Municipality, coordinator: User) -> None:
    names = [
        "write_policy",
        "write_area",
        "policy_text",
        "policy_health",
        "compare_versions",
        "freeze_policy",
    ]
    counts = []
    for policy in (sized(town, 1, 2), sized(town, *LARGE)):
        publish_policy(
            by=coordinator, policy=policy, version=1, status="in_force", number="I/1/2030"
        )
        counts.append(costs(client, start_amendment(by=None, policy=fresh(policy)), names))
    assert counts[0] == counts[1]
    assert {name: count for name, count in counts[1].items() if count > 25} == {}
