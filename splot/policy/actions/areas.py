"""Writing areas, and taking over what the model policy suggests for them."""

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from django.db.models import Max

from splot.catalogue.models import Aspect, Group, SuggestedActivity
from splot.catalogue.queries import catalogue, text
from splot.core.actions import action, change, done_before, record
from splot.core.languages import Text
from splot.indicators.actions import suggested_indicator
from splot.indicators.models import Indicator
from splot.people.models import User

from ..models import Activity, Aim, Area, Policy, Provision, Value
from ..origins import catalogue_origin, entries_of
from ..suggestions import suggestions_behind
from .passages import make_part, shortened
from .steps import FAR, Taken, step


@action
def add_area(
    *,
    by: User | None,
    policy: Policy,
    name: Text,
    once: UUID | None = None,
    **values: object,
) -> Area:
    """Add an area of the municipality's own at the end."""
    if done := done_before(once):
        return Area.everything.get(pk=done.object_id)
    with step(policy, by=by, verb="area.added", label=shortened({"name": name})) as taken:
        area = _make_area(policy, name=name, **values)
        taken.made(area)
        record(by=by, verb="area.added", of=area, once=once)
    return area


def _make_area(policy: Policy, **values: object) -> Area:
    last = Area.everything.filter(policy=policy).aggregate(last=Max("number"))["last"] or 0
    return Area.everything.create(municipality=policy.municipality, policy=policy, number=last + 1, **values)


@action
def move_area(*, by: User | None, area: Area, places: int) -> Area:
    """Move an area among the others: -1 is one up; its number is its place."""
    with step(area.policy, by=by, verb="area.moved", label=shortened(vars(area))) as taken:
        rows = list(area.policy.areas.all())
        at = rows.index(area)
        rows.insert(min(max(at + places, 0), len(rows) - 1), rows.pop(at))
        moved = [(row, number) for row, number in zip(rows, sorted(r.number for r in rows), strict=True)]
        moved = [(row, number) for row, number in moved if row.number != number]
        taken.before_change(*(row for row, __ in moved))
        for offset in (FAR, 0):
            for row, number in moved:
                Area.everything.filter(pk=row.pk).update(number=number + offset)
    return area


@action
def choose_aspects(
    *,
    by: User | None,
    policy: Policy,
    version: int,
    chosen: Collection[str],
    whole: Collection[str],
    left_out: Mapping[str, str],
) -> Policy:
    """Open an area for each chosen aspect that has none yet; with all its activities where it is in `whole`.

    `left_out` is {aspect: why the policy is silent on it}. An area that is there stays as it is. Raises Conflict.
    """
    model = catalogue()
    with step(policy, by=by, verb="aspects.chosen") as taken:
        taken.before_change(policy)
        there = set(policy.areas.values_list("aspect", flat=True))
        for aspect in model.aspects:
            if aspect.id in chosen and aspect.id not in there:
                _open_aspect(policy, aspect, taken, by, with_activities=aspect.id in whole)
        change(
            policy,
            by=by,
            verb="aspects.chosen",
            version=version,
            left_out={id: why for id, why in left_out.items() if why and id not in chosen},
            catalogue_version=policy.catalogue_version or model.version,
        )
    return policy


def _open_aspect(policy: Policy, aspect: Aspect, taken: Taken, by: User | None, *, with_activities: bool) -> None:
    language = policy.language
    area = _make_area(
        policy,
        name=text("aspects", aspect.id, language, "name"),
        why=text("aspects", aspect.id, language, "why"),
        audience=text("groups", aspect.groups[0].id, language, "audience") if len(aspect.groups) == 1 else Text(),
        aspect=aspect.id,
        origins=[_origin("aspects", aspect.id, language, "name")],
    )
    taken.made(area)
    aims = {id: _take_aim(area, id) for id in aspect.aims}
    taken.made(*aims.values())
    if with_activities:
        for group in aspect.groups:
            for suggested in group.activities:
                activity = _take_activity(area, aims[group.aim], group, suggested)
                activity.indicators.set(_indicators(policy, suggested, by))
                taken.made(activity)


def _take_aim(area: Area, id: str) -> Aim:
    language = area.policy.language
    return make_part(
        Aim, area.policy, area=area, text=text("aims", id, language), origins=[_origin("aims", id, language)]
    )


def _take_activity(area: Area, aim: Aim | None, group: Group, suggested: SuggestedActivity) -> Activity:
    language = area.policy.language
    audience = text("groups", group.id, language, "audience")
    return make_part(
        Activity,
        area.policy,
        area=area,
        aim=aim,
        text=text("activities", suggested.id, language),
        audience=Text() if audience == area.audience else audience,  # the area has said it
        funding=Activity.Funding.FREE if suggested.free else Activity.Funding.UNKNOWN,
        origins=[_origin("activities", suggested.id, language)],
    )


def _origin(section: str, id: str, language: str, field: str = "") -> dict[str, object]:
    return catalogue_origin(f"{section}.{id}", catalogue().version, text(section, id, language, field).words)


@action
def take_activities(*, by: User | None, area: Area, chosen: Collection[str], indicators: bool) -> list[Activity]:
    """Take over suggested activities, each under the aim that it serves; with their indicators if asked for.

    What the policy has already is not taken twice.
    """
    policy = area.policy
    with step(policy, by=by, verb="activities.taken", label=shortened(vars(area))) as taken:
        there = {
            entry for origins in policy.activities.values_list("origins", flat=True) for entry in entries_of(origins)
        }
        found = []
        for __, group, suggested in catalogue().activities():
            if suggested.id in chosen and f"activities.{suggested.id}" not in there:
                activity = _take_activity(area, _aim_for(area, group, taken), group, suggested)
                if indicators:
                    activity.indicators.set(_indicators(policy, suggested, by))
                taken.made(activity)
                found.append(activity)
    return found


def _aim_for(area: Area, group: Group, taken: Taken) -> Aim:
    """The area's aim that came from the group's, else its first, else the suggested one, taken over."""
    aims = list(area.aims.all())
    same = [aim for aim in aims if f"aims.{group.aim}" in entries_of(aim.origins)]
    if same or aims:
        return (same or aims)[0]
    aim = _take_aim(area, group.aim)
    taken.made(aim)
    return aim


def _indicators(policy: Policy, suggested: SuggestedActivity, by: User | None) -> list[Indicator]:
    language = policy.language
    return [
        suggested_indicator(
            by=by,
            municipality=policy.municipality,
            entry=id,
            name=text("indicators", id, language, "name"),
            unit=text("indicators", id, language, "unit"),
            counted=text("indicators", id, language, "counted"),
            direction=catalogue().indicators[id].direction,
            kind=catalogue().indicators[id].kind,
            frequency=catalogue().indicators[id].frequency,
        )
        for id in suggested.indicators
    ]


@action
def take_indicators(*, by: User | None, activity: Activity) -> Activity:
    """Let an activity be measured by what the model suggests for it, beside what it has."""
    with step(activity.policy, by=by, verb="activity.changed", label=shortened(vars(activity))) as taken:
        taken.before_change(activity)
        for suggested in suggestions_behind(activity):
            activity.indicators.add(*_indicators(activity.policy, suggested, by))
        change(activity, by=by, verb="activity.changed", version=activity.version)
    return activity


@action
def take_values(*, by: User | None, policy: Policy, chosen: Collection[str]) -> list[Value]:
    """Take over values and principles of the model ("values.solidarity"); what is there is not taken twice."""
    return _take_named(policy, by, chosen, there=policy.values.all())


def _take_named(
    policy: Policy,
    by: User | None,
    chosen: Collection[str],
    there: Iterable[Value],
) -> list[Value]:
    model, language = catalogue(), policy.language
    known = {entry for row in there for entry in entries_of(row.origins)}
    sections = {"values": (Value.Kind.VALUE, model.values), "principles": (Value.Kind.PRINCIPLE, model.principles)}
    with step(policy, by=by, verb="values.taken") as taken:
        found = []
        for section, (kind, entries) in sections.items():
            for entry in entries:
                name = f"{section}.{entry.id}"
                if name in chosen and name not in known:
                    found.append(
                        make_part(
                            Value,
                            policy,
                            kind=kind,
                            name=text(section, entry.id, language, "name"),
                            text=text(section, entry.id, language, "description"),
                            origins=[_origin(section, entry.id, language, "name")],
                        )
                    )
        taken.made(*found)
    return found


@action
def take_strategic_aims(*, by: User | None, policy: Policy, chosen: Collection[str]) -> list[Aim]:
    """Take over strategic aims of the model, by id; what is there is not taken twice."""
    language = policy.language
    known = {entry for aim in policy.aims.filter(area=None) for entry in entries_of(aim.origins)}
    with step(policy, by=by, verb="aims.taken") as taken:
        found = [
            make_part(
                Aim,
                policy,
                text=text("strategic_aims", entry.id, language),
                origins=[_origin("strategic_aims", entry.id, language)],
            )
            for entry in catalogue().strategic_aims
            if entry.id in chosen and f"strategic_aims.{entry.id}" not in known
        ]
        taken.made(*found)
    return found


@action
def take_provisions(*, by: User | None, policy: Policy, chosen: Collection[str]) -> list[Provision]:
    """Take over wordings of the model ("provisions.proxy") for the passages around; none is taken twice."""
    language = policy.language
    known = {entry for row in policy.provisions.all() for entry in entries_of(row.origins)}
    with step(policy, by=by, verb="provisions.taken") as taken:
        found = [
            make_part(
                Provision,
                policy,
                kind=entry.kind,
                text=text("provisions", entry.id, language, "text"),
                origins=[_origin("provisions", entry.id, language, "text")],
            )
            for entry in catalogue().provisions
            if f"provisions.{entry.id}" in chosen and f"provisions.{entry.id}" not in known
        ]
        taken.made(*found)
    return found
