"""Writing passages: add, reword, move, merge, split, drop. Dropping puts a row away; nothing is
lost.
"""

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Max, Model
from django.utils.translation import gettext as _

from splot.core.actions import Conflict, Refused, action, change, entry_by_idempotency_key, record
from splot.core.languages import Text
from splot.people.actions import add_organisation
from splot.people.models import Organisation, User

from ..models import Activity, Aim, Area, Policy, PolicyPart, PolicyPassage
from ..queries import siblings_of
from ..writing.parts import create_part, place_after, set_order
from ..writing.steps import record_step, step_label

Part = TypeVar("Part", bound=PolicyPart)


class NotMerged(Refused):
    """Passages that cannot become one; the message says why."""


@action
def add_part(
    *,
    by: User | None,
    model: type[Part],
    policy: Policy,
    origins: Sequence[dict] = (),
    after: PolicyPart | None = None,
    idempotency_key: UUID | None = None,
    **values: Any,
) -> Part:
    """Add a passage at the end of its siblings, or right after one of them."""
    if done := entry_by_idempotency_key(idempotency_key):
        return model.everything.get(pk=done.object_id)
    with record_step(
        policy, by=by, verb=f"{model._meta.model_name}.added", label=step_label(values)
    ) as taken:
        part = create_part(model, policy, origins=list(origins), **values)
        taken.made(part)
        if after is not None:
            place_after(part, after, taken)
        record(
            by=by, verb=f"{model._meta.model_name}.added", of=part, idempotency_key=idempotency_key
        )
    return part


@action
def change_part(
    *, by: User | None, part: PolicyPassage, version: int, goes_on: bool = False, **values: Any
) -> PolicyPassage:
    """Reword a passage, or say for whom, by whom, measured by what; `goes_on` as in `step`. Raises
    Conflict.
    """
    name = part._meta.model_name
    with record_step(
        part.policy, by=by, verb=f"{name}.changed", label=step_label(vars(part)), goes_on=goes_on
    ) as taken:
        taken.before_change(part)
        many = {key: values.pop(key) for key in ("institutions", "indicators") if key in values}
        touched = any(_names_others(part, key, rows) for key, rows in many.items())
        change(part, by=by, verb=f"{name}.changed", version=version, touched=touched, **values)
        for key, rows in many.items():
            getattr(part, key).set(rows)
    return part


def _names_others(part: PolicyPassage, relation: str, rows: Iterable[Model]) -> bool:
    """Would a passage name other rows than it does?"""
    return set(getattr(part, relation).values_list("pk", flat=True)) != {row.pk for row in rows}


@action
def name_institution(
    *, by: User | None, part: Area | Activity, name: Text, kind: str
) -> Organisation:
    """Name an institution in a passage; one that the municipality does not list is added. What
    others write of the passage meanwhile stays, so it needs no version.
    """
    part = type(part).everything.select_for_update().get(pk=part.pk)
    wording = name.source_wording.casefold()
    organisation = next(
        (
            row
            for row in part.municipality.organisations.all()
            if row.name.source_wording.casefold() == wording
        ),
        None,
    )
    if organisation is None:
        organisation = add_organisation(by=by, municipality=part.municipality, name=name, kind=kind)
    named = [*part.institutions.all(), organisation]
    change_part(by=by, part=part, version=part.version, institutions=named)
    return organisation


@action
def drop_part(*, by: User | None, part: PolicyPassage, version: int) -> PolicyPassage:
    """Put a passage away, with what stands below it. Raises Conflict."""
    name = part._meta.model_name
    with record_step(
        part.policy, by=by, verb=f"{name}.dropped", label=step_label(vars(part))
    ) as taken:
        for row in [part, *_parts_below(part)]:
            taken.before_change(row)
            expected = version if row is part else row.version
            change(
                row,
                by=by,
                verb=f"{row._meta.model_name}.dropped",
                version=expected,
                is_dropped=True,
            )
    return part


def _parts_below(part: PolicyPassage) -> list[PolicyPassage]:
    if isinstance(part, Area):
        return [*part.aims.all(), *part.activities.all()]
    return list(part.activities.all()) if isinstance(part, Aim) else []


@action
def move_part(*, by: User | None, part: PolicyPart, places: int) -> PolicyPart:
    """Move a passage among its siblings: -1 is one up, 1 is one down; beyond the ends it stays
    there.
    """
    name = part._meta.model_name
    with record_step(
        part.policy, by=by, verb=f"{name}.moved", label=step_label(vars(part))
    ) as taken:
        rows = siblings_of(part)
        at = rows.index(part)
        to = min(max(at + places, 0), len(rows) - 1)
        rows.insert(to, rows.pop(at))
        set_order(rows, taken)
    return part


@action
def move_activity(
    *, by: User | None, activity: Activity, version: int, area: Area, aim: Aim | None
) -> Activity:
    """Put an activity under another aim, or into another area; it comes last there. Raises
    Conflict.
    """
    with record_step(
        activity.policy, by=by, verb="activity.moved", label=step_label(vars(activity))
    ) as taken:
        taken.before_change(activity)
        last = (
            Activity.everything.filter(policy=activity.policy).aggregate(last=Max("position"))[
                "last"
            ]
            or 0
        )
        change(
            activity,
            by=by,
            verb="activity.moved",
            version=version,
            area=area,
            aim=aim,
            position=last + 1,
        )
    return activity


@action
def merge_activities(
    *,
    by: User | None,
    activities: Sequence[Activity],
    versions: Sequence[int],
    text: str,
    idempotency_key: UUID | None = None,
) -> Activity:
    """Make one activity of several: the first takes the new wording and all that they said of whom
    and how.

    The others are put away and lead to it. Raises Conflict when somebody changed, merged or dropped
    one of them, NotMerged when there is nothing to merge.
    """
    if done := entry_by_idempotency_key(idempotency_key):
        return Activity.everything.get(pk=done.object_id)
    if len(activities) < 2:
        raise NotMerged(_("Choose at least two activities."))
    first, *others = activities
    with record_step(first.policy, by=by, verb="activity.merged", label=text) as taken:
        taken.before_change(*activities)
        for row, version in zip(others, versions[1:], strict=True):
            _refuse_dropped(row)
            change(
                row,
                by=by,
                verb="activity.merged",
                version=version,
                is_dropped=True,
                merged_into=first,
            )
        _refuse_dropped(first)
        origins = list(chain.from_iterable(row.origins for row in activities))
        wording = first.text.written(first.text.source, text)
        change(
            first,
            by=by,
            verb="activity.merged",
            version=versions[0],
            touched=True,
            text=wording,
            origins=origins,
        )
        for name in ("institutions", "indicators"):
            related: set[int] = set()
            for row in activities:
                related.update(getattr(row, name).values_list("pk", flat=True))
            getattr(first, name).set(related)
        record(by=by, verb="activity.merged", of=first, idempotency_key=idempotency_key)
    return first


def _refuse_dropped(row: Activity) -> None:
    if row.is_dropped:
        raise Conflict(row)


@action
def split_activity(
    *,
    by: User | None,
    activity: Activity,
    version: int,
    texts: Iterable[str],
    idempotency_key: UUID | None = None,
) -> list[Activity]:
    """Make several activities of one: it keeps the first wording, the others follow it and know
    where they are from.

    Raises Conflict.
    """
    if done := entry_by_idempotency_key(idempotency_key):
        return [Activity.everything.get(pk=done.object_id)]
    first, *others = list(texts)
    language = activity.text.source
    with record_step(activity.policy, by=by, verb="activity.split", label=first) as taken:
        taken.before_change(activity)
        change(
            activity,
            by=by,
            verb="activity.split",
            version=version,
            touched=True,
            text=activity.text.written(language, first),
        )
        parts = [activity]
        common_fields = ("area", "aim", "audience", "leader", "funding", "origins")
        common = {name: getattr(activity, name) for name in common_fields}
        for wording in others:
            part = create_part(
                Activity,
                activity.policy,
                text=Text.of(language, {language: wording}),
                institutions=activity.institutions.all(),
                indicators=activity.indicators.all(),
                **common,
            )
            taken.made(part)
            place_after(part, parts[-1], taken)
            part.refresh_from_db()
            parts.append(part)
        record(by=by, verb="activity.split", of=activity, idempotency_key=idempotency_key)
    return parts
