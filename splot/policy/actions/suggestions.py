"""Adopting what the model policy suggests: aspects, activities, indicators, values, aims,
provisions.
"""

from collections.abc import Collection, Iterable, Mapping

from splot.catalogue.models import ActivityGroup, Aspect, SuggestedActivity
from splot.catalogue.queries import entry_text, shipped_catalogue
from splot.core.actions import action, change
from splot.core.languages import Text
from splot.indicators.actions import ensure_suggested_indicator
from splot.indicators.models import Indicator
from splot.people.models import User

from ..models import Activity, Aim, Area, Policy, Provision, Value
from ..origins import catalogue_origin, entries_of
from ..suggestions import source_suggestions
from .areas import create_area
from .passages import create_part
from .steps import StepRecorder, record_step, step_label


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
    """Open an area for each chosen aspect that has none yet; with all its activities where it is in
    `whole`.

    `left_out` is {aspect: why the policy is silent on it}. An area that is there stays as it is.
    Raises Conflict.
    """
    model = shipped_catalogue()
    with record_step(policy, by=by, verb="aspects.chosen") as taken:
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


def _open_aspect(
    policy: Policy, aspect: Aspect, taken: StepRecorder, by: User | None, *, with_activities: bool
) -> None:
    language = policy.language
    area = create_area(
        policy,
        name=entry_text("aspects", aspect.id, language, "name"),
        why=entry_text("aspects", aspect.id, language, "why"),
        audience=entry_text("groups", aspect.groups[0].id, language, "audience")
        if len(aspect.groups) == 1
        else Text(),
        aspect=aspect.id,
        origins=[_entry_origin("aspects", aspect.id, language, "name")],
    )
    taken.made(area)
    aims = {id: _adopt_aim(area, id) for id in aspect.aims}
    taken.made(*aims.values())
    if with_activities:
        for group in aspect.groups:
            for suggested in group.activities:
                activity = _adopt_activity(area, aims[group.aim], group, suggested)
                activity.indicators.set(_suggested_indicators(policy, suggested, by))
                taken.made(activity)


def _adopt_aim(area: Area, id: str) -> Aim:
    language = area.policy.language
    return create_part(
        Aim,
        area.policy,
        area=area,
        text=entry_text("aims", id, language),
        origins=[_entry_origin("aims", id, language)],
    )


def _adopt_activity(
    area: Area, aim: Aim | None, group: ActivityGroup, suggested: SuggestedActivity
) -> Activity:
    language = area.policy.language
    audience = entry_text("groups", group.id, language, "audience")
    return create_part(
        Activity,
        area.policy,
        area=area,
        aim=aim,
        text=entry_text("activities", suggested.id, language),
        audience=Text() if audience == area.audience else audience,  # the area has said it
        funding=Activity.Funding.FREE if suggested.free else Activity.Funding.UNKNOWN,
        origins=[_entry_origin("activities", suggested.id, language)],
    )


def _entry_origin(section: str, id: str, language: str, field: str = "") -> dict[str, object]:
    return catalogue_origin(
        f"{section}.{id}",
        shipped_catalogue().version,
        entry_text(section, id, language, field).words,
    )


@action
def adopt_activities(
    *, by: User | None, area: Area, chosen: Collection[str], indicators: bool
) -> list[Activity]:
    """Take over suggested activities, each under the aim that it serves; with their indicators if
    asked for.

    What the policy has already is not taken twice.
    """
    policy = area.policy
    with record_step(policy, by=by, verb="activities.taken", label=step_label(vars(area))) as taken:
        there = {
            entry
            for origins in policy.activities.values_list("origins", flat=True)
            for entry in entries_of(origins)
        }
        found = []
        for __, group, suggested in shipped_catalogue().activities():
            if suggested.id in chosen and f"activities.{suggested.id}" not in there:
                activity = _adopt_activity(area, _aim_for(area, group, taken), group, suggested)
                if indicators:
                    activity.indicators.set(_suggested_indicators(policy, suggested, by))
                taken.made(activity)
                found.append(activity)
    return found


def _aim_for(area: Area, group: ActivityGroup, taken: StepRecorder) -> Aim:
    """The area's aim that came from the group's, else its first, else the suggested one, taken
    over.
    """
    aims = list(area.aims.all())
    same = [aim for aim in aims if f"aims.{group.aim}" in entries_of(aim.origins)]
    if same or aims:
        return (same or aims)[0]
    aim = _adopt_aim(area, group.aim)
    taken.made(aim)
    return aim


def _suggested_indicators(
    policy: Policy, suggested: SuggestedActivity, by: User | None
) -> list[Indicator]:
    language = policy.language
    return [
        ensure_suggested_indicator(
            by=by,
            municipality=policy.municipality,
            entry=id,
            name=entry_text("indicators", id, language, "name"),
            unit=entry_text("indicators", id, language, "unit"),
            counted=entry_text("indicators", id, language, "counted"),
            direction=shipped_catalogue().indicators[id].direction,
            kind=shipped_catalogue().indicators[id].kind,
            frequency=shipped_catalogue().indicators[id].frequency,
        )
        for id in suggested.indicators
    ]


@action
def adopt_indicators(*, by: User | None, activity: Activity) -> Activity:
    """Let an activity be measured by what the model suggests for it, beside what it has."""
    with record_step(
        activity.policy, by=by, verb="activity.changed", label=step_label(vars(activity))
    ) as taken:
        taken.before_change(activity)
        for suggested in source_suggestions(activity):
            activity.indicators.add(*_suggested_indicators(activity.policy, suggested, by))
        change(activity, by=by, verb="activity.changed", version=activity.version)
    return activity


@action
def adopt_values(*, by: User | None, policy: Policy, chosen: Collection[str]) -> list[Value]:
    """Take over values and principles of the model ("values.solidarity"); what is there is not
    taken twice.
    """
    return _adopt_entries(policy, by, chosen, there=policy.values.all())


def _adopt_entries(
    policy: Policy,
    by: User | None,
    chosen: Collection[str],
    there: Iterable[Value],
) -> list[Value]:
    model, language = shipped_catalogue(), policy.language
    known = {entry for row in there for entry in entries_of(row.origins)}
    sections = {
        "values": (Value.Kind.VALUE, model.values),
        "principles": (Value.Kind.PRINCIPLE, model.principles),
    }
    with record_step(policy, by=by, verb="values.taken") as taken:
        found = []
        for section, (kind, entries) in sections.items():
            for entry in entries:
                name = f"{section}.{entry.id}"
                if name in chosen and name not in known:
                    found.append(
                        create_part(
                            Value,
                            policy,
                            kind=kind,
                            name=entry_text(section, entry.id, language, "name"),
                            text=entry_text(section, entry.id, language, "description"),
                            origins=[_entry_origin(section, entry.id, language, "name")],
                        )
                    )
        taken.made(*found)
    return found


@action
def adopt_strategic_aims(*, by: User | None, policy: Policy, chosen: Collection[str]) -> list[Aim]:
    """Take over strategic aims of the model, by id; what is there is not taken twice."""
    language = policy.language
    known = {entry for aim in policy.aims.filter(area=None) for entry in entries_of(aim.origins)}
    with record_step(policy, by=by, verb="aims.taken") as taken:
        found = [
            create_part(
                Aim,
                policy,
                text=entry_text("strategic_aims", entry.id, language),
                origins=[_entry_origin("strategic_aims", entry.id, language)],
            )
            for entry in shipped_catalogue().strategic_aims
            if entry.id in chosen and f"strategic_aims.{entry.id}" not in known
        ]
        taken.made(*found)
    return found


@action
def adopt_provisions(
    *, by: User | None, policy: Policy, chosen: Collection[str]
) -> list[Provision]:
    """Take over wordings of the model ("provisions.proxy") for the passages around; none is taken
    twice.
    """
    language = policy.language
    known = {entry for row in policy.provisions.all() for entry in entries_of(row.origins)}
    with record_step(policy, by=by, verb="provisions.taken") as taken:
        found = [
            create_part(
                Provision,
                policy,
                kind=entry.kind,
                text=entry_text("provisions", entry.id, language, "text"),
                origins=[_entry_origin("provisions", entry.id, language, "text")],
            )
            for entry in shipped_catalogue().provisions
            if f"provisions.{entry.id}" in chosen and f"provisions.{entry.id}" not in known
        ]
        taken.made(*found)
    return found
