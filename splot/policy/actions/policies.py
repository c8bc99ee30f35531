"""A policy as a whole: begun, described, adopted, amended."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from splot.catalogue.queries import act_text, catalogue
from splot.core.actions import Refused, action, change, done_before, plain, record
from splot.core.languages import Text
from splot.indicators.actions import put_to_use
from splot.indicators.models import Indicator
from splot.people.models import Municipality, User

from ..models import Activity, Area, Policy, PolicyVersion
from .copying import copy_contents, flow_back
from .steps import step
from .versions import freeze

MODEL, PREVIOUS, EMPTY = "model", "previous", "empty"


class NotStarted(Refused):
    """A policy that cannot be begun; the message says why."""


def term_of(starts: int, ends: int) -> str:
    """A span of years as it stands in addresses: "2023-2024", "2023"."""
    return f"{starts}-{ends}" if ends != starts else str(starts)


@action
def start_policy(
    *,
    by: User | None,
    municipality: Municipality,
    title: str,
    term: tuple[int, int],
    language: str,
    start: str,
    once: UUID | None = None,
) -> Policy:
    """Begin a policy for a term: `start` is "model", "previous" (the latest policy before it) or "empty".

    Raises NotStarted when the term is taken, or when there is no policy to start from.
    """
    if done := done_before(once):
        return Policy.objects.get(pk=done.object_id)
    starts, ends = term
    slug = term_of(starts, ends)
    if municipality.policies.filter(term=slug).exists():
        raise NotStarted(_("There is a policy for %(term)s already.") % {"term": slug})
    previous = municipality.policies.terms().filter(starts__lt=starts).order_by("-starts").first()
    if start == PREVIOUS and previous is None:
        raise NotStarted(_("There is no earlier policy to start from."))
    policy = Policy.objects.create(
        municipality=municipality,
        term=slug,
        starts=starts,
        ends=ends,
        language=language,
        title=Text.of(language, {language: title}),
        basis=act_text("basis_general", language),
        previous=previous,
        body=previous.body if previous else "",
        catalogue_version=_catalogue_version(start, previous),
    )
    if start == PREVIOUS and previous:
        copy_contents(previous, policy)
    record(by=by, verb="policy.started", of=policy, once=once)
    return policy


def _catalogue_version(start: str, previous: Policy | None) -> int | None:
    """Which edition of the model the policy took from, so that it is told what is new since."""
    if start == MODEL:
        return catalogue().version
    return previous.catalogue_version if start == PREVIOUS and previous else None


@action
def change_policy(*, by: User | None, policy: Policy, version: int, goes_on: bool = False, **values: Any) -> Policy:
    """Change title, years, vision or who is responsible. Raises Conflict, and NotStarted when the term is taken.

    As long as the policy is open, that is a step of writing.
    """
    if "starts" in values:
        values["term"] = term_of(values["starts"], values["ends"])
        others = policy.municipality.policies.exclude(pk=policy.pk)
        if others.filter(term=values["term"]).exists():
            raise NotStarted(_("There is a policy for %(term)s already.") % {"term": values["term"]})
    if policy.is_open:
        with step(policy, by=by, verb="policy.changed", goes_on=goes_on) as taken:
            taken.before_change(policy)
            return change(policy, by=by, verb="policy.changed", version=version, **values)
    return change(policy, by=by, verb="policy.changed", version=version, changed_at=timezone.now(), **values)


@action
def publish_policy(
    *,
    by: User,
    policy: Policy,
    version: int,
    status: str,
    at: datetime | None = None,
    responsible: Text | None = None,
    **adoption: Any,
) -> Policy:
    """Show the policy to everybody, under the label of who publishes it; `at` for one that was published before.

    What is written then is frozen as the adopted text; `adoption` says more of it: number, body, adopted_on,
    in_force_from. `responsible` is who answers for the content. Raises Conflict.
    """
    if policy.is_open:
        freeze(policy, by=by, stage=PolicyVersion.Stage.ADOPTED, **adoption)
        put_to_use(by=by, indicators=_indicators(policy.activities.all()))
    else:
        PolicyVersion.objects.filter(pk=policy.versions.values("pk")[:1]).update(**adoption)
    return change(
        policy,
        by=by,
        verb="policy.published",
        version=version,
        status=status,
        published_by=by,
        published_at=policy.published_at or at or timezone.now(),
        changed_at=at or timezone.now(),
        responsible=responsible or policy.responsible,
        more={name: [None, plain(value)] for name, value in adoption.items()},
    )


def _indicators(activities: Collection[Activity]) -> list[Indicator]:
    return list({row.pk: row for activity in activities for row in activity.indicators.all()}.values())


@action
def start_amendment(*, by: User | None, policy: Policy, once: UUID | None = None) -> Policy:
    """Open an amendment of an adopted policy: a copy to write in, while the adopted text goes on counting.

    One amendment is open at a time; asked again, it is given back.
    """
    if done := done_before(once):
        return Policy.objects.get(pk=done.object_id)
    if policy.is_open:
        raise NotStarted(_("A draft needs no amendment: it can be changed as it is."))
    if open_one := open_amendment(policy):
        record(by=by, verb="amendment.opened", of=open_one)
        return open_one
    amendment = Policy.objects.create(
        municipality=policy.municipality,
        term=f"{policy.term}-change-{policy.amendments.count() + 1}",
        amends=policy,
        previous=policy.previous,
        **{name: getattr(policy, name) for name in ("starts", "ends", "language", "title", "vision", "basis", "body")},
        **{name: getattr(policy, name) for name in ("responsible", "catalogue_version", "left_out")},
    )
    copy_contents(policy, amendment, as_amendment=True)
    record(by=by, verb="amendment.opened", of=amendment, once=once)
    return amendment


def open_amendment(policy: Policy) -> Policy | None:
    return policy.amendments.filter(status__in=(Policy.Status.DRAFT, Policy.Status.CONSULTATION)).first()


@action
def adopt_amendment(
    *,
    by: User | None,
    amendment: Policy,
    version: int,
    number: str = "",
    body: str = "",
    adopted_on: date | None = None,
    in_force_from: date | None = None,
) -> Policy:
    """The council has adopted the amendment: the amended text is frozen and the policy says what it says.

    Raises Conflict when somebody wrote in the amendment since `version`.
    """
    policy = amendment.amends
    assert policy is not None
    adoption = {"number": number, "body": body, "adopted_on": adopted_on, "in_force_from": in_force_from}
    frozen = freeze(amendment, by=by, stage=PolicyVersion.Stage.AMENDED, of=policy, **adoption)
    change(amendment, by=by, verb="amendment.adopted", version=version, status=Policy.Status.CLOSED)
    flow_back(amendment, policy, frozen, by=by)
    put_to_use(by=by, indicators=_indicators(policy.activities.all()))
    record(by=by, verb="policy.amended", of=policy, changes={"number": [None, number]})
    Policy.objects.filter(pk=policy.pk).update(changed_at=timezone.now())
    return Policy.objects.get(pk=policy.pk)


@action
def change_area(*, by: User | None, area: Area, version: int, **values: Any) -> Area:
    """Change what an area of an adopted policy is called and why it matters. Raises Conflict."""
    return change(area, by=by, verb="area.changed", version=version, **values)
