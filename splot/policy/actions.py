"""Writes about policies: reading an act, making a policy of it, translating, publishing."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from splot.core.actions import action, change, done_before, plain, record
from splot.core.languages import Text
from splot.documents.tree import Document, Node, citation
from splot.people.models import Municipality, User

from .models import (
    Activity,
    Aim,
    Area,
    Policy,
    PolicyPart,
    PolicyVersion,
    Provision,
    Reading,
    address_of_number,
)
from .proposal import propose, split_area

MOST_PASSAGES = 1500


class ImportRefused(Exception):
    """The proposal cannot become a policy; the message says why and what to change."""


@action
def start_reading(
    *,
    by: User | None,
    municipality: Municipality,
    document: Document,
    file_name: str,
    language: str,
    once: UUID | None = None,
) -> Reading:
    """Keep an act that was read, with a first proposal of what becomes what. No policy is touched.

    Raises ImportRefused for an act of more passages than a person can check on one page.
    """
    if done := done_before(once):
        return Reading.objects.get(pk=done.object_id)
    passages = sum(1 for __ in document.walk())
    if passages > MOST_PASSAGES:
        raise ImportRefused(
            _("The act has %(number)s passages; %(most)s can be checked here. Take out the annexes and try again.")
            % {"number": passages, "most": MOST_PASSAGES}
        )
    proposal = propose(document)
    reading = Reading.objects.create(
        municipality=municipality,
        file_name=file_name,
        language=language,
        document=document.to_json(),
        areas=proposal.areas,
        links=proposal.links,
        reasons=proposal.reasons,
        read_by=by,
    )
    record(by=by, verb="act.read", of=reading, once=once)
    return reading


@action
def change_reading(
    *, by: User | None, reading: Reading, version: int, areas: list[str], links: dict[str, str]
) -> Reading:
    """Say what becomes what. Raises Conflict when somebody else changed the proposal since `version`."""
    return change(
        reading,
        by=by,
        verb="proposal.changed",
        version=version,
        areas=areas,
        links={**reading.links, **links},
    )


@action
def make_policy(
    *,
    by: User | None,
    reading: Reading,
    term: tuple[int, int],
    title: str,
    status: str,
    number: str = "",
    body: str = "",
    adopted_on: date | None = None,
    in_force_from: date | None = None,
    responsible: str = "",
    once: UUID | None = None,
) -> Policy:
    """Make a policy of a reading as its links say: all of it, or nothing.

    Raises ImportRefused when the term is taken, an activity has no area, or two activities bear one number.
    """
    if done := done_before(once):
        return Policy.objects.get(pk=done.object_id)
    if reading.policy_id:
        raise ImportRefused(_("A policy was made of this act already."))
    municipality, starts, ends = reading.municipality, *term
    slug = f"{starts}-{ends}" if ends != starts else str(starts)
    if municipality.policies.filter(term=slug).exists():
        raise ImportRefused(_("There is a policy for %(term)s already.") % {"term": slug})
    policy = Policy.objects.create(
        municipality=municipality,
        term=slug,
        starts=starts,
        ends=ends,
        status=status,
        language=reading.language,
        title=Text.of(reading.language, {reading.language: title}),
        responsible=Text.of(reading.language, {reading.language: responsible}) if responsible else Text(),
        previous=municipality.policies.filter(ends__lt=starts).order_by("-ends").first(),
    )
    if policy.is_public:
        _label(policy, by)
    _fill_policy(policy, reading)
    PolicyVersion.objects.create(
        municipality=municipality,
        policy=policy,
        stage=PolicyVersion.Stage.ADOPTED if policy.is_public else PolicyVersion.Stage.DRAFT,
        language=reading.language,
        texts={reading.language: reading.document},
        number=number,
        body=body,
        adopted_on=adopted_on,
        in_force_from=in_force_from,
        made_by=by,
    )
    record(by=by, verb="policy.made", of=policy, once=once)
    change(reading, by=by, verb="proposal.used", version=reading.version, policy=policy)
    return policy


def _label(policy: Policy, by: User | None) -> None:
    """What is public says from its first day who published it, and when."""
    now = timezone.now()
    policy.published_by, policy.published_at, policy.changed_at = by, now, now
    policy.save(update_fields=["published_by", "published_at", "changed_at"])


def _fill_policy(policy: Policy, reading: Reading) -> None:
    common = {"municipality": policy.municipality, "policy": policy}
    areas = Area.objects.bulk_create(
        Area(**common, number=number, name=Text.of(policy.language, {policy.language: name}))
        for number, name in enumerate(reading.areas, 1)
    )
    rows: dict[type[PolicyPart], list[Any]] = {Aim: [], Activity: [], Provision: []}
    for position, (node, ancestors) in enumerate(reading.tree().walk(), 1):
        role, __, place = reading.links.get(node.eid, "").partition(":")
        number = citation([*ancestors, node])
        area = _area_of(areas, place, number) if role in ("area", "aim", "activity") else None
        if role == "area" and area:
            area.eid = node.eid
        elif role:
            row = _row_of(role, area, node, number)
            row.municipality, row.policy, row.position = policy.municipality, policy, position
            row.text = Text.of(policy.language, {policy.language: wording_of(role, node)})
            rows[type(row)].append(row)
    _refuse_repeated(rows[Activity])
    Area.objects.bulk_update(areas, ["eid"])
    Aim.objects.bulk_create(rows[Aim])
    first_aims = {aim.area.number: aim for aim in reversed(rows[Aim])}
    for activity in rows[Activity]:
        activity.aim = first_aims.get(activity.area.number)
    Activity.objects.bulk_create(rows[Activity])
    Provision.objects.bulk_create(rows[Provision])


def _area_of(areas: list[Area], place: str, number: str) -> Area:
    if not (place.isdecimal() and 0 < int(place) <= len(areas)):
        raise ImportRefused(_("%(number)s belongs to no area.") % {"number": number})
    return areas[int(place) - 1]


def _row_of(role: str, area: Area | None, node: Node, number: str) -> PolicyPart:
    """What a passage becomes; a passage without a printed number is found by its place in the text."""
    part = {"number": number[:80], "eid": node.eid}
    if role == "aim":
        return Aim(**part, area=area)
    if role == "activity":
        return Activity(**part, area=area, slug=address_of_number(number) or node.eid[-80:])
    return Provision(**part, kind=role)


def wording_of(role: str, node: Node) -> str:
    """The words of a passage in its role: an aim without the name of its area before it."""
    words = passage(node)
    return split_area(words)[1] if role == "aim" else words


def _refuse_repeated(activities: list[Activity]) -> None:
    seen: set[str] = set()
    for activity in activities:
        if activity.slug in seen:
            raise ImportRefused(_("Two activities bear the number %(number)s.") % {"number": activity.number})
        seen.add(activity.slug)


def passage(node: Node) -> str:
    """The words of a passage with what stands below it, without the punctuation that joins it to the next."""
    parts = [node.text or node.heading]
    parts += [f"{child.num} {passage(child)}" for child in node.children]
    parts.append(node.closing)
    return "\n".join(part for part in parts if part).rstrip(" ;,.")


@action
def add_translation(*, by: User | None, policy: Policy, document: Document, language: str) -> Policy:
    """Add the same act in another language: passages find each other by their place in the text (eId)."""
    version = policy.versions.first()
    PolicyVersion.objects.filter(pk=version.pk).update(texts={**version.texts, language: document.to_json()})
    nodes = {node.eid: node for node, __ in document.walk()}
    for model in (Aim, Activity, Provision):
        rows = [row for row in model.objects.filter(policy=policy) if row.eid in nodes]
        for row in rows:
            role = "aim" if model is Aim else ""
            row.text = row.text.written(language, wording_of(role, nodes[row.eid]))
        model.objects.bulk_update(rows, ["text"])
    record(by=by, verb="policy.translated", of=policy, changes={"language": [None, language]})
    return policy


@action
def change_policy(*, by: User | None, policy: Policy, version: int, **values: Any) -> Policy:
    """Change title, vision, status or who is responsible. Raises Conflict."""
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

    The newest text counts as adopted from then on; `adoption` says more of it: number, body, adopted_on,
    in_force_from. `responsible` is who answers for the content.
    """
    newest = PolicyVersion.objects.filter(pk=policy.versions.values("pk")[:1])
    newest.update(stage=PolicyVersion.Stage.ADOPTED, **adoption)
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


@action
def change_area(*, by: User | None, area: Area, version: int, **values: Any) -> Area:
    """Change an area's name or reasons. Raises Conflict."""
    return change(area, by=by, verb="area.changed", version=version, **values)
