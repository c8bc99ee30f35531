"""Adopting what the model policy suggests: aspects, activities, indicators, values, aims,
provisions.
"""

from collections.abc import Collection, Mapping

from django.utils.translation import gettext as _

from splot.catalogue.models import ActivityGroup, Aspect, SuggestedActivity
from splot.catalogue.queries import entry_text, shipped_catalogue
from splot.core.actions import Refused, action, change
from splot.core.languages import Text
from splot.indicators.actions import ensure_suggested_indicator
from splot.indicators.models import Indicator
from splot.people.models import User

from ..final_provisions import enters_into_force
from ..models import Activity, Aim, Area, Policy, Provision, Value
from ..origins import catalogue_origin, entries_of, entries_of_rows
from ..suggestions import model_text, source_suggestions
from ..writing.parts import create_area, create_part
from ..writing.steps import StepRecorder, record_step, step_label


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
        open_aspects = set(policy.areas.values_list("aspect", flat=True))
        for aspect in model.aspects:
            if aspect.id in chosen and aspect.id not in open_aspects:
                _open_aspect(policy, aspect, taken, by, with_activities=aspect.id in whole)
        change(
            policy,
            by=by,
            verb="aspects.chosen",
            version=version,
            touched=bool(set(chosen) - open_aspects),
            left_out={id: why for id, why in left_out.items() if why and id not in chosen},
            catalogue_version=policy.catalogue_version or model.version,
        )
    return policy


def _open_aspect(
    policy: Policy, aspect: Aspect, taken: StepRecorder, by: User | None, *, with_activities: bool
) -> None:
    language, audience = policy.language, Text()
    if len(aspect.groups) == 1:
        audience = entry_text("groups", aspect.groups[0].id, language, "audience")
    area = create_area(
        policy,
        name=entry_text("aspects", aspect.id, language, "name"),
        why=entry_text("aspects", aspect.id, language, "why"),
        audience=audience,
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
        entry_text(section, id, language, field).source_wording,
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
        entries: set[str] = set()
        for origins in policy.activities.values_list("origins", flat=True):
            entries |= entries_of(origins)
        adopted = []
        for __, group, suggested in shipped_catalogue().activities():
            if suggested.id in chosen and f"activities.{suggested.id}" not in entries:
                activity = _adopt_activity(area, _aim_for(area, group, taken), group, suggested)
                if indicators:
                    activity.indicators.set(_suggested_indicators(policy, suggested, by))
                taken.made(activity)
                adopted.append(activity)
    return adopted


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
    return [suggested_indicator(policy, id, by) for id in suggested.indicators]


def suggested_indicator(policy: Policy, id: str, by: User | None) -> Indicator:
    language, model = policy.language, shipped_catalogue().indicators[id]
    return ensure_suggested_indicator(
        by=by,
        municipality=policy.municipality,
        entry=id,
        name=entry_text("indicators", id, language, "name"),
        unit=entry_text("indicators", id, language, "unit"),
        counted=entry_text("indicators", id, language, "counted"),
        direction=model.direction,
        kind=model.kind,
        frequency=model.frequency,
    )


@action
def adopt_indicators(*, by: User | None, activity: Activity) -> Activity:
    """Let an activity be measured by what the model suggests for it, beside what it has."""
    with record_step(
        activity.policy, by=by, verb="activity.changed", label=step_label(vars(activity))
    ) as taken:
        taken.before_change(activity)
        before = activity.indicators.count()
        for suggested in source_suggestions(activity):
            activity.indicators.add(*_suggested_indicators(activity.policy, suggested, by))
        touched = activity.indicators.count() != before
        change(
            activity,
            by=by,
            verb="activity.changed",
            version=activity.version,
            touched=touched,
        )
    return activity


@action
def adopt_values(*, by: User | None, policy: Policy, chosen: Collection[str]) -> list[Value]:
    """Take over values and principles of the model ("values.solidarity"); what is there is not
    taken twice.
    """
    model = shipped_catalogue()
    adopted_before = entries_of_rows(policy.values.all())
    sections = {
        "values": (Value.Kind.VALUE, model.values),
        "principles": (Value.Kind.PRINCIPLE, model.principles),
    }
    with record_step(policy, by=by, verb="values.taken") as taken:
        values = []
        for section, (kind, entries) in sections.items():
            for entry in entries:
                name = f"{section}.{entry.id}"
                if name in chosen and name not in adopted_before:
                    values.append(_adopt_value(policy, kind, section, entry.id))
        taken.made(*values)
    return values


def _adopt_value(policy: Policy, kind: Value.Kind, section: str, id: str) -> Value:
    language = policy.language
    return create_part(
        Value,
        policy,
        kind=kind,
        name=entry_text(section, id, language, "name"),
        text=entry_text(section, id, language, "description"),
        origins=[_entry_origin(section, id, language, "name")],
    )


@action
def adopt_strategic_aims(*, by: User | None, policy: Policy, chosen: Collection[str]) -> list[Aim]:
    """Take over strategic aims of the model, by id; what is there is not taken twice."""
    language = policy.language
    adopted_before = entries_of_rows(policy.aims.filter(area=None))
    with record_step(policy, by=by, verb="aims.taken") as taken:
        aims = []
        for entry in shipped_catalogue().strategic_aims:
            if entry.id not in chosen or f"strategic_aims.{entry.id}" in adopted_before:
                continue
            text = entry_text("strategic_aims", entry.id, language)
            origins = [_entry_origin("strategic_aims", entry.id, language)]
            aims.append(create_part(Aim, policy, text=text, origins=origins))
        taken.made(*aims)
    return aims


@action
def adopt_provisions(
    *, by: User | None, policy: Policy, chosen: Collection[str]
) -> list[Provision]:
    """Take over wordings of the model ("provisions.proxy") for the passages around; none is taken
    twice. Raises Refused where the resolution would enter into force twice.
    """
    adopted_before = entries_of_rows(policy.provisions.all())
    with record_step(policy, by=by, verb="provisions.taken") as taken:
        provisions = []
        for entry in shipped_catalogue().provisions:
            name = f"provisions.{entry.id}"
            if name not in chosen or name in adopted_before:
                continue
            text = model_text(policy, "provisions", entry.id, "text")
            edition = shipped_catalogue().version
            origins = [catalogue_origin(name, edition, text.source_wording)]
            provisions.append(
                create_part(Provision, policy, kind=entry.kind, text=text, origins=origins)
            )
        _refuse_second_entry(policy, provisions)
        taken.made(*provisions)
    return provisions


def _refuse_second_entry(policy: Policy, adopted: Collection[Provision]) -> None:
    def says_entry(provision: Provision) -> bool:
        return enters_into_force(provision.text.source_wording)

    if any(map(says_entry, adopted)) and sum(map(says_entry, policy.provisions.all())) > 1:
        raise Refused(
            _("A resolution enters into force once: choose one wording, and drop the other first.")
        )
