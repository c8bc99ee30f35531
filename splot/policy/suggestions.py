"""What the model policy suggests for areas and activities that came from it, and the policy does
not have.
"""

from collections.abc import Iterable

from splot.catalogue.models import SuggestedActivity
from splot.catalogue.queries import entry_text, shipped_catalogue
from splot.core.values import Json

from .models import Activity, Area
from .origins import entries_of


def suggestions_for(area: Area, activities: Iterable[Activity]) -> list[Json]:
    """What the model suggests for the area's aspect and none of the policy's `activities` took,
    group by group.
    """
    aspect, language = shipped_catalogue().aspect(area.aspect), area.policy.language
    if aspect is None:
        return []
    there = {entry for row in activities for entry in entries_of(row.origins)}
    since = area.policy.catalogue_version
    groups = []
    for group in aspect.groups:
        rows = [
            {
                "id": each.id,
                "text": entry_text("activities", each.id, language),
                "free": each.free,
                "indicators": [
                    entry_text("indicators", id, language, "name") for id in each.indicators
                ],
                "institutions": [
                    entry_text("institutions", id, language) for id in each.institutions
                ],
                "is_new": since is not None and each.is_news_since(since),
            }
            for each in group.activities
            if f"activities.{each.id}" not in there
        ]
        if rows:
            groups.append({"name": entry_text("groups", group.id, language, "name"), "rows": rows})
    return groups


def source_suggestions(activity: Activity) -> list[SuggestedActivity]:
    """The suggestions of the model that an activity was made of."""
    entries = entries_of(activity.origins)
    return [
        each
        for __, ___, each in shipped_catalogue().activities()
        if f"activities.{each.id}" in entries
    ]


def suggested_relations(activity: Activity) -> dict[str, list[object]]:
    """Institutions (name, kind) and indicators (name) that are typical of an activity and not named
    in it yet.
    """
    language, model = activity.policy.language, shipped_catalogue()
    named = {row.name.words for row in activity.institutions.all()}
    measured = set(activity.indicators.values_list("entry", flat=True))
    behind = source_suggestions(activity)
    institutions = sorted({id for each in behind for id in each.institutions})
    indicators = sorted({id for each in behind for id in each.indicators} - measured)
    offered = [
        (entry_text("institutions", id, language), model.institutions[id].kind)
        for id in institutions
    ]
    return {
        "institutions": [(name, kind) for name, kind in offered if name.words not in named],
        "indicators": [entry_text("indicators", id, language, "name") for id in indicators],
    }
