"""Taking over at once what the model suggests beside the words: who carries activities out, how
they are measured, which groups need particular attention.
"""

from splot.catalogue.queries import entry_text, shipped_catalogue
from splot.core.actions import action, change, record_nothing
from splot.core.values import Json
from splot.indicators.models import Indicator
from splot.people.actions import add_organisation
from splot.people.models import Organisation, User

from ..contents import Contents, contents_of
from ..models import Activity, Area, Policy
from ..suggestions import source_suggestions
from ..writing.steps import StepRecorder, record_step
from .suggestions import adopt_provisions, suggested_indicator

GROUPS_PROVISION = "provisions.sensitive-groups"


@action
def adopt_model_details(*, by: User | None, policy: Policy) -> dict[str, int]:
    """Name in each passage that came from the model the institutions and indicators that are
    typical of it and not named yet, and the sensitive groups in a provision. Gives back how many
    were added.

    An institution that the municipality does not list is put on its list. What is named stays.
    """
    contents = contents_of(policy)
    counts = {"institutions": 0, "indicators": 0, "groups": 0}
    with record_step(policy, by=by, verb="suggestions.taken") as taken:
        details = _ModelDetails(contents, by, taken)
        for area in contents.areas:
            counts["institutions"] += details.name_institutions(area, _institutions_of_area(area))
        for activity in contents.all_activities:
            institutions: dict[str, None] = {}
            indicators: dict[str, None] = {}
            for suggested in source_suggestions(activity):
                institutions |= dict.fromkeys(suggested.institutions)
                indicators |= dict.fromkeys(suggested.indicators)
            counts["institutions"] += details.name_institutions(activity, list(institutions))
            counts["indicators"] += details.measure(activity, list(indicators))
        counts["groups"] = len(adopt_provisions(by=by, policy=policy, chosen=[GROUPS_PROVISION]))
    if not any(counts.values()):
        record_nothing()
    return counts


def _institutions_of_area(area: Area) -> list[str]:
    """The institutions that are typical of an aspect, where it is one group of activities."""
    aspect = shipped_catalogue().aspect(area.aspect)
    if aspect is None:
        return []
    institutions: dict[str, None] = {}
    for group in aspect.groups:
        institutions |= dict.fromkeys(group.institutions)
    return list(institutions)


class _ModelDetails:
    """What is suggested, as rows of one municipality; each is looked up or made once."""

    def __init__(self, contents: Contents, by: User | None, taken: StepRecorder) -> None:
        self.contents, self.by, self.taken = contents, by, taken
        self.municipality = contents.policy.municipality
        self.listed: dict[str, Organisation] = {}
        for row in self.municipality.organisations.all():
            self.listed[row.name.source_wording.casefold()] = row
        self.indicators: dict[str, Indicator] = {}

    def name_institutions(self, part: Area | Activity, ids: list[str]) -> int:
        named = {row.pk for row in part.institutions.all()}
        missing = [row for row in map(self._organisation, ids) if row.pk not in named]
        return self._add(part, {"institutions": missing})

    def measure(self, activity: Activity, ids: list[str]) -> int:
        measured = {row.entry for row in activity.indicators.all()}
        missing = [self._indicator(id) for id in ids if id not in measured]
        return self._add(activity, {"indicators": missing})

    def _add(self, part: Area | Activity, missing: Json) -> int:
        added = 0
        for field, rows in missing.items():
            if rows:
                self.taken.before_change(part)
                getattr(part, field).add(*rows)
                verb = f"{part._meta.model_name}.changed"
                change(part, by=self.by, verb=verb, version=part.version, touched=True)
                added += len(rows)
        return added

    def _organisation(self, id: str) -> Organisation:
        name = entry_text("institutions", id, self.contents.policy.language)
        key = name.source_wording.casefold()
        if key not in self.listed:
            kind = shipped_catalogue().institutions[id].kind
            self.listed[key] = add_organisation(
                by=self.by, municipality=self.municipality, name=name, kind=kind
            )
        return self.listed[key]

    def _indicator(self, id: str) -> Indicator:
        if id not in self.indicators:
            self.indicators[id] = suggested_indicator(self.contents.policy, id, self.by)
        return self.indicators[id]
