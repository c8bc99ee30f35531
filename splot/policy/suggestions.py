"""What the model policy suggests for areas and activities that came from it, and the policy does
not have.
"""

from collections.abc import Iterable

from splot.catalogue.models import SuggestedActivity
from splot.catalogue.queries import (
    LANGUAGES,
    entry_text,
    entry_wording,
    shipped_catalogue,
    shipped_wordings,
)
from splot.core.languages import Text
from splot.core.values import Json
from splot.people.authorities import fill_authorities

from .models import Activity, Area, Policy
from .origins import entries_of, entries_of_rows


def model_text(policy: Policy, section: str, id: str, field: str = "") -> Text:
    """An entry of the model in the words of one policy: with the names of its executive and council
    in their places.
    """
    source = policy.language if policy.language in LANGUAGES else "en"
    texts = {}
    for language in LANGUAGES:
        wording = entry_wording(section, id, language, field)
        texts[language] = fill_authorities(wording, policy.municipality, language)
    return Text.of(source, texts)


def is_wording_of_model(policy: Policy, wording: str) -> bool:
    """Does a passage say word for word what the model says, names filled in?"""
    shipped = shipped_wordings(policy.language)
    if wording in shipped:
        return True
    with_names = (text for text in shipped if "{executive" in text)
    municipality, language = policy.municipality, policy.language
    return any(fill_authorities(text, municipality, language) == wording for text in with_names)


def suggestions_for(area: Area, activities: Iterable[Activity]) -> list[Json]:
    """What the model suggests for the area's aspect and none of the policy's `activities` took,
    group by group.
    """
    policy, aspect = area.policy, shipped_catalogue().aspect(area.aspect)
    if aspect is None:
        return []
    entries = entries_of_rows(activities)
    groups = []
    for group in aspect.groups:
        rows = []
        for suggested in group.activities:
            if f"activities.{suggested.id}" not in entries:
                rows.append(_suggestion_row(suggested, policy))
        if rows:
            name = entry_text("groups", group.id, policy.language, "name")
            groups.append({"name": name, "rows": rows})
    return groups


def _suggestion_row(suggested: SuggestedActivity, policy: Policy) -> Json:
    language, since = policy.language, policy.catalogue_version
    indicators = [entry_text("indicators", id, language, "name") for id in suggested.indicators]
    institutions = [entry_text("institutions", id, language) for id in suggested.institutions]
    return {
        "id": suggested.id,
        "text": entry_text("activities", suggested.id, language),
        "free": suggested.free,
        "indicators": indicators,
        "institutions": institutions,
        "is_new": since is not None and suggested.is_news_since(since),
    }


def source_suggestions(activity: Activity) -> list[SuggestedActivity]:
    """The suggestions of the model that an activity was made of."""
    entries = entries_of(activity.origins)
    suggestions = []
    for __, ___, suggested in shipped_catalogue().activities():
        if f"activities.{suggested.id}" in entries:
            suggestions.append(suggested)
    return suggestions


def suggested_relations(activity: Activity) -> dict[str, list[object]]:
    """Institutions (name, kind) and indicators (name) that are typical of an activity and not named
    in it yet.
    """
    language, model = activity.policy.language, shipped_catalogue()
    named = {row.name.source_wording for row in activity.institutions.all()}
    measured = set(activity.indicators.values_list("entry", flat=True))
    institution_ids: set[str] = set()
    indicator_ids: set[str] = set()
    for suggested in source_suggestions(activity):
        institution_ids.update(suggested.institutions)
        indicator_ids.update(suggested.indicators)
    institutions: list[object] = []
    for id in sorted(institution_ids):
        name = entry_text("institutions", id, language)
        if name.source_wording not in named:
            institutions.append((name, model.institutions[id].kind))
    indicators: list[object] = [
        entry_text("indicators", id, language, "name") for id in sorted(indicator_ids - measured)
    ]
    return {"institutions": institutions, "indicators": indicators}


def has_open_suggestions(policy: Policy, activities: Iterable[Activity]) -> bool:
    """Does an activity that came from the model lack an institution or an indicator that is typical
    of it? The rows have them in memory: no queries.
    """
    language = policy.language
    for activity in activities:
        named = {row.name.source_wording.casefold() for row in activity.institutions.all()}
        measured = {row.entry for row in activity.indicators.all()}
        for suggested in source_suggestions(activity):
            for id in suggested.institutions:
                if entry_text("institutions", id, language).source_wording.casefold() not in named:
                    return True
            if set(suggested.indicators) - measured:
                return True
    return False
