"""A policy as a whole: begun, described, adopted, amended."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from splot.catalogue.queries import entry_text, shipped_catalogue
from splot.core.actions import (
    Refused,
    action,
    change,
    entry_by_idempotency_key,
    record,
    serialise_for_audit,
)
from splot.core.languages import Text
from splot.indicators.actions import activate_indicators
from splot.indicators.models import Indicator
from splot.people.models import Municipality, User

from ..models import Activity, Policy, PolicyVersion
from ..publication import refuse_unfinished
from ..queries import newest_version, open_amendment_of, policy_before, term_slug
from ..writing.copying import apply_amendment, copy_contents
from ..writing.freezing import freeze_amending_act, freeze_text
from ..writing.steps import record_step

MODEL, PREVIOUS, EMPTY = "model", "previous", "empty"


class NotStarted(Refused):
    """A policy that cannot be begun; the message says why."""


@action
def start_policy(
    *,
    by: User | None,
    municipality: Municipality,
    title: str,
    term: tuple[int, int],
    language: str,
    start: str,
    idempotency_key: UUID | None = None,
) -> Policy:
    """Begin a policy for a term: `start` is "model", "previous" (the latest public policy before
    it, else the latest draft) or "empty".

    Raises NotStarted when the term is taken, or when there is no policy to start from.
    """
    if done := entry_by_idempotency_key(idempotency_key):
        return Policy.objects.get(pk=done.object_id)
    starts, ends = term
    slug = term_slug(starts, ends)
    if municipality.policies.filter(term=slug).exists():
        raise NotStarted(_("There is a policy for %(term)s already.") % {"term": slug})
    previous = policy_before(municipality, starts)
    if start == PREVIOUS and previous is None:  # a draft, where somebody chooses it
        drafts = municipality.policies.terms().filter(starts__lt=starts)
        previous = drafts.order_by("-starts").first()
    if start == PREVIOUS and previous is None:
        raise NotStarted(_("There is no earlier policy to start from."))
    policy = Policy.objects.create(
        municipality=municipality,
        term=slug,
        starts=starts,
        ends=ends,
        language=language,
        title=Text.of(language, {language: title}),
        basis=entry_text("bases", "general", language, "text"),
        previous=previous,
        body=previous.body if previous else "",
        catalogue_version=_catalogue_version(start, previous),
    )
    if start == PREVIOUS and previous:
        copy_contents(previous, policy)
    record(by=by, verb="policy.started", of=policy, idempotency_key=idempotency_key)
    return policy


def _catalogue_version(start: str, previous: Policy | None) -> int | None:
    """Which edition of the model the policy took from, so that it is told what is new since."""
    if start == MODEL:
        return shipped_catalogue().version
    return previous.catalogue_version if start == PREVIOUS and previous else None


@action
def change_policy(
    *, by: User | None, policy: Policy, version: int, goes_on: bool = False, **values: Any
) -> Policy:
    """Change title, years, vision or who is responsible. Raises Conflict, and NotStarted when the
    term is taken.

    As long as the policy is open, that is a step of writing.
    """
    if "starts" in values:
        values["term"] = term_slug(values["starts"], values["ends"])
        others = policy.municipality.policies.exclude(pk=policy.pk)
        if others.filter(term=values["term"]).exists():
            raise NotStarted(
                _("There is a policy for %(term)s already.") % {"term": values["term"]}
            )
    if policy.is_open:
        with record_step(policy, by=by, verb="policy.changed", goes_on=goes_on) as taken:
            taken.before_change(policy)
            return change(policy, by=by, verb="policy.changed", version=version, **values)
    if any(getattr(policy, name) != value for name, value in values.items()):
        values["changed_at"] = timezone.now()
    return change(policy, by=by, verb="policy.changed", version=version, **values)


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
    """Show the policy to everybody, under the label of who publishes it; `at` for one that was
    published before.

    What is written then is frozen as the adopted text; `adoption` says more of it: number, body,
    adopted_on, in_force_from. `responsible` is who answers for the content. Raises Conflict, and
    Unfinished where something is open in a text that was written here.
    """
    if policy.is_open:
        refuse_unfinished(policy)
        freeze_text(policy, by=by, stage=PolicyVersion.Stage.ADOPTED, **adoption)
        activate_indicators(by=by, indicators=_indicators_of(policy.activities.all()))
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
        more={name: [None, serialise_for_audit(value)] for name, value in adoption.items()},
    )


def _indicators_of(activities: Collection[Activity]) -> list[Indicator]:
    indicators: dict[int, Indicator] = {}
    for activity in activities:
        indicators |= {row.pk: row for row in activity.indicators.all()}
    return list(indicators.values())


COPIED_FIELDS = (
    "starts",
    "ends",
    "language",
    "title",
    "vision",
    "basis",
    "body",
    "responsible",
    "catalogue_version",
    "left_out",
)


@action
def start_amendment(
    *, by: User | None, policy: Policy, idempotency_key: UUID | None = None
) -> Policy:
    """Open an amendment of an adopted policy: a copy to write in, while the adopted text goes on
    counting.

    One amendment is open at a time; asked again, it is given back.
    """
    if done := entry_by_idempotency_key(idempotency_key):
        return Policy.objects.get(pk=done.object_id)
    if policy.is_open:
        raise NotStarted(_("A draft needs no amendment: it can be changed as it is."))
    if open_one := open_amendment_of(policy):
        record(by=by, verb="amendment.opened", of=open_one)
        return open_one
    amendment = Policy.objects.create(
        municipality=policy.municipality,
        term=f"{policy.term}-change-{policy.amendments.count() + 1}",
        amends=policy,
        previous=policy.previous,
        entry_into_force=entry_text("provisions", "entry-into-force", policy.language, "text"),
        **{name: getattr(policy, name) for name in COPIED_FIELDS},
    )
    copy_contents(policy, amendment, as_amendment=True)
    record(by=by, verb="amendment.opened", of=amendment, idempotency_key=idempotency_key)
    return amendment


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
    """The council has adopted the amendment: the amended text is frozen and the policy says what it
    says.

    Raises Conflict when somebody wrote in the amendment since `version`, and Unfinished where
    something is open in it.
    """
    policy = amendment.amends
    assert policy is not None
    refuse_unfinished(amendment)
    adoption = {
        "number": number,
        "body": body,
        "adopted_on": adopted_on,
        "in_force_from": in_force_from,
    }
    base = newest_version(policy)
    frozen = freeze_text(amendment, by=by, stage=PolicyVersion.Stage.AMENDED, of=policy, **adoption)
    if base:
        freeze_amending_act(amendment, base, frozen)
    change(amendment, by=by, verb="amendment.adopted", version=version, status=Policy.Status.CLOSED)
    apply_amendment(amendment, policy, frozen, by=by)
    activate_indicators(by=by, indicators=_indicators_of(policy.activities.all()))
    record(by=by, verb="policy.amended", of=policy, changes={"number": [None, number]})
    Policy.objects.filter(pk=policy.pk).update(changed_at=timezone.now())
    return Policy.objects.get(pk=policy.pk)
