"""A policy that is being written, for tests: begun from the model, with a few aspects."""

from typing import Any

from django.test import Client
from django.urls import reverse

from splot.core.models import AuditEntry
from splot.people.models import Municipality
from splot.policy.actions.passages import add_part
from splot.policy.actions.policies import change_policy, start_policy
from splot.policy.actions.suggestions import adopt_strategic_aims, adopt_values, choose_aspects
from splot.policy.models import Activity, Policy, PolicyVersion, Provision, Step
from tests import factories

TERM = (2027, 2032)


def draft(
    town: Municipality, *, aspects: tuple[str, ...] = ("education", "mediation"), **values: Any
) -> Policy:
    """A draft from the model with these aspects and all that it suggests for them, in which nothing
    is open that would keep it from being published.
    """
    policy = start_policy(
        by=None,
        municipality=town,
        title="Polityka integracji",
        term=values.get("term", TERM),
        language="pl",
        start="model",
    )
    choose_aspects(
        by=None, policy=policy, version=policy.version, chosen=aspects, whole=aspects, left_out={}
    )
    adopt_values(by=None, policy=policy, chosen=["values.solidarity", "principles.dignity"])
    adopt_strategic_aims(by=None, policy=policy, chosen=["safety"])
    for kind, words in (
        ("team", "ocena postępów raz w roku"),
        ("final", "Uchwała wchodzi w życie z dniem podjęcia."),
    ):
        add_part(
            by=None,
            model=Provision,
            policy=policy,
            kind=Provision.Kind(kind),
            text=factories.text(words),
        )
    return finish(policy)


def finish(policy: Policy) -> Policy:
    """The policy with nothing open that would keep it from being published."""
    policy = fresh(policy)
    return change_policy(
        by=None,
        policy=policy,
        version=policy.version,
        basis=factories.text("Na podstawie art. 18 ust. 1 ustawy o samorządzie gminnym"),
        body="RADY MIASTA",
    )


def fresh(row: Any) -> Any:
    """The row as the database has it now."""
    return type(row)._base_manager.get(pk=row.pk)


def address(name: str, policy: Policy, *more: Any) -> str:
    return reverse(name, args=[policy.municipality.slug, policy.term, *more])


def passage(row: Any, name: str = "write_passage") -> str:
    return address(name, row.policy, row._meta.model_name, row.pk)


def written() -> tuple[int, int, int]:
    """What every write leaves: the trail, the steps, the versions."""
    return AuditEntry.objects.count(), Step.objects.count(), PolicyVersion.objects.count()


def said(client: Client, url: str, **sent: Any) -> str:
    """The page that a form leads to."""
    return client.post(url, sent, follow=True).content.decode()


def merged(*activities: Activity, text: str = "Razem", prefix: str = "lines") -> dict[str, Any]:
    """What the form sends with which activities are merged."""
    sent: dict[str, Any] = {"text": text, **management(prefix, len(activities))}
    for at, row in enumerate(activities):
        sent |= {f"{prefix}-{at}-key": row.pk, f"{prefix}-{at}-version": row.version}
    return sent


def management(prefix: str, number: int) -> dict[str, Any]:
    """What a formset of so many lines sends of itself."""
    return {f"{prefix}-TOTAL_FORMS": number, f"{prefix}-INITIAL_FORMS": number}
