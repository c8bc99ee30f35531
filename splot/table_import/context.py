"""What the municipality has already, ready to be found by the words of a file. A fixed number of
queries.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from splot.core.languages import Text
from splot.implementation.models import ImplementationPlan, SensitiveGroup, Task
from splot.indicators.models import Indicator
from splot.language.fuzzy import NameIndex
from splot.language.normalisation import normalise_name
from splot.parsing import ParsedCode
from splot.parsing.codes import parse_codes
from splot.people.models import Municipality, Organisation, User
from splot.people.queries import people_in_charge
from splot.policy.models import Activity, Aim, Area


@dataclass(frozen=True)
class TaskEntry:
    """A task as far as it takes to find it."""

    pk: int
    number: int
    titles: frozenset[str]  # plain, in every language
    activities: frozenset[int]
    code: str  # of the file that it came from
    is_archived: bool


@dataclass(frozen=True)
class UnmatchedName:
    """A name that is on no list, and what it becomes: a kind of institution, "group", "=17" (a
    row), "" for words.
    """

    name: str
    is_group: bool
    becomes: str


@dataclass
class ImportContext:
    """The rows that a file may speak of. `new` are those that it names and nobody has: not saved,
    one for each name.

    `name_choices` is what a person decided of names that are not on the list: {plain name: a kind
    of institution, "group", "=17" for an existing row, "" to keep the words}.
    """

    plan: ImplementationPlan
    name_choices: dict[str, str] = field(default_factory=dict)
    institutions: NameIndex[Organisation] = field(default_factory=lambda: NameIndex(shortened=True))
    groups: NameIndex[SensitiveGroup] = field(default_factory=NameIndex)
    people: NameIndex[User] = field(default_factory=NameIndex)
    indicators: NameIndex[Indicator] = field(default_factory=NameIndex)
    areas: NameIndex[Area] = field(default_factory=NameIndex)
    aims: NameIndex[Aim] = field(default_factory=NameIndex)
    activities: NameIndex[Activity] = field(default_factory=NameIndex)
    numbered: dict[str, list[Activity]] = field(default_factory=lambda: defaultdict(list))
    area_numbers: dict[str, Area] = field(default_factory=dict)
    tasks: dict[int, TaskEntry] = field(default_factory=dict)  # by number
    institution_names: list[str] = field(default_factory=list)
    # cells of institutions that were divided already
    divided: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    # what the file itself says for many rows: the year of its times and money, how its dates are
    said_year: int | None = None
    is_day_first: bool = False
    new_institutions: dict[str, Organisation] = field(default_factory=dict)
    new_groups: dict[str, SensitiveGroup] = field(default_factory=dict)
    unmatched_names: dict[str, UnmatchedName] = field(default_factory=dict)  # by plain name

    @property
    def municipality(self) -> Municipality:
        return self.plan.municipality

    @property
    def language(self) -> str:
        return self.plan.policy.language

    @property
    def years(self) -> range:
        return range(self.plan.starts, self.plan.ends + 1)

    @property
    def single_year(self) -> int | None:
        """The year of a time that names none: that of the title above it, or of a table of one
        year; else None.
        """
        if self.said_year is not None:
            return self.said_year
        return self.plan.starts if self.plan.starts == self.plan.ends else None

    def text(self, text: str) -> Text:
        return Text().written(self.language, text.strip())

    def is_decided(self, name: str) -> bool:
        """Whether a person said what this name becomes."""
        return normalise_name(name) in self.name_choices

    def activity_by_code(self, code: ParsedCode) -> tuple[Activity | None, bool]:
        """The activity that a code means, and whether the code is whole; one without its beginning
        may be found too.
        """
        for key in (code.normal, code.loose):
            if len(self.numbered.get(key, ())) == 1:
                return self.numbered[key][0], True
        ending = self.numbered.get(f"…-{code.normal}", []) if len(code.parts) > 1 else []
        return (ending[0], False) if len(ending) == 1 else (None, False)


def load_context(
    plan: ImplementationPlan, name_choices: dict[str, str] | None = None
) -> ImportContext:
    """Everything that a file for this table may name."""
    context, municipality = ImportContext(plan, name_choices or {}), plan.municipality
    for organisation in municipality.organisations.all():
        context.institutions.add(organisation, _wordings_of(organisation.name))
        context.institution_names += [*_wordings_of(organisation.name)]
    for group in municipality.sensitive_groups.filter(is_archived=False):
        context.groups.add(group, _wordings_of(group.name))
    for person in people_in_charge(municipality):
        context.people.add(
            person, [person.name, " ".join(reversed(person.name.split())), person.email]
        )
    for indicator in municipality.indicators.all():
        context.indicators.add(indicator, _wordings_of(indicator.name))
    _add_policy(context)
    _add_tasks(context)
    return context


def _wordings_of(text: Text) -> list[str]:
    return [wording for wording in text.texts.values() if wording.strip()]


def _add_policy(context: ImportContext) -> None:
    policy = context.plan.policy
    for area in policy.areas.all():
        context.areas.add(area, _wordings_of(area.name))
        context.area_numbers[str(area.number)] = area
    for aim in policy.aims.select_related("area"):
        context.aims.add(aim, _wordings_of(aim.text))
    for activity in policy.activities.select_related("area"):
        context.activities.add(activity, _wordings_of(activity.text))
        for key in _activity_keys(activity):
            if activity not in context.numbered[key]:
                context.numbered[key].append(activity)


def _activity_keys(activity: Activity) -> set[str]:
    """Its address, also as people blur it ("2a", "2.a"), and what is left of it without its
    beginning.
    """
    printed = parse_codes(activity.number).codes
    keys = {activity.slug}
    for code in printed:
        keys |= {code.normal, code.loose}
    parts = activity.slug.split("-")
    endings = ["-".join(parts[at:]) for at in range(1, len(parts) - 1)]
    return keys.union(f"…-{ending}" for ending in endings)


def _add_tasks(context: ImportContext) -> None:
    rows = Task.objects.filter(policy=context.plan.policy)
    pairs: dict[int, set[int]] = defaultdict(set)
    for task, activity in rows.order_by().values_list("pk", "activities"):
        pairs[task] |= {activity} - {None}
    for pk, number, title, unread, is_archived in rows.values_list(
        "pk", "number", "title", "unread", "is_archived"
    ):
        titles = frozenset(filter(None, map(normalise_name, title.texts.values())))
        code = normalise_name((unread or {}).get("code", ""))
        context.tasks[number] = TaskEntry(
            pk, number, titles, frozenset(pairs[pk]), code, is_archived
        )


# What the name of an institution says of its kind; the word that stands first decides.
INSTITUTION_KINDS: tuple[tuple[str, str], ...] = (
    (
        "municipal_unit",
        r"jednostka\b|wydzial|biuro|referat"
        r"|urzad (miasta|gminy|miejski|stanu)|mopr|mops|gops|gopr|osrodek"
        r"|miejsk\w*|gminn\w*|zarzad|szkol\w+ podstawow|zespol szkol|przedszkol|bibliotek"
        r"|dom kultury|centrum|powiatow\w*|pup|pelnomocnik|straz miejska|prezydent|burmistrz"
        r"|department|office|municipal|city hall|zlobek|muzeum|відділ|департамент|управління"
        r"|центр\b|(\w+)?amt\b|referat|stabsstelle|fachbereich|dezernat|volkshochschule"
        r"|stadt(verwaltung|bibliothek)|odbor\b|magistrat|mestsky urad|oddeleni|concejalia"
        r"|ayuntamiento|area de|servicio (de|municipal)",
    ),
    (
        "ngo",
        r"fundacj|stowarzyszeni|zwiazek|caritas|pck|polski czerwony krzyz|towarzystwo|ngo"
        r"|organizacj\w+ pozarzad|foundation|association|society|zhp|klub|parafi|фонд"
        r"|громадськ|verein\b|\w*verband|diakonie|caritas|charita|spolek|nadace"
        r"|cruz roja|asociacion|fundacion",
    ),
    (
        "informal_group",
        r"grupa nieformaln|grupa (wolontariusz|sasiedzk)|kolo\b|informal group",
    ),
    (
        "university",
        r"uniwersytet|politechnik|akademi|szkola wyzsza|uczelni|university|college|uam|універс",
    ),
    (
        "government",
        r"wojewod\w*|policj|komend|straz graniczn|ministerstw|kuratorium|nfz|narodowy fundusz"
        r"|zus|zaklad ubezp|udsc|urzad (do spraw|ds|wojewodzki|skarbowy|marszalkowski)|sad\b"
        r"|prokuratur|sanepid|okreg\w* inspek|panstwow|government|police|ministry|поліці"
        r"|jobcenter|agentur fur arbeit|bundes\w*|landes\w*|urad prace"
        r"|ministerio|comunidad autonoma|центр зайнятості",
    ),
    (
        "municipal_company",
        r"mpk|mpwik|mpec|zaklad komunikacji",
    ),
    (
        "employer",
        r"pracodawc|izba|przedsiebior|employer|firma|spolka|chamber of|ihk\b"
        r"|handelskammer|hospodarska komora|camara de",
    ),
    (
        "media",
        r"radio|telewizj|gazet|media|portal|press",
    ),
    (
        "international",
        r"unhcr|iom|unicef|who\b|council of europe|rada europy|international",
    ),
)


def kind_of_institution(name: str) -> str:
    """The kind that a name speaks of, "" where it does not."""
    normalised = normalise_name(name)
    matches: list[tuple[int, int, str]] = []  # (where the word stands, the kind's place, kind)
    for order, (kind, pattern) in enumerate(INSTITUTION_KINDS):
        if match := re.search(rf"\b(?:{pattern})", normalised):
            matches.append((match.start(), order, kind))
    return min(matches)[2] if matches else ""


def row_for_name(context: ImportContext, model: type[models.Model], name: str) -> Any:
    """The row that a name is to become, always the same for one name; None where its words are kept
    instead.
    """
    key = normalise_name(name)
    is_group = model is SensitiveGroup
    choice = context.name_choices.get(key, "group" if is_group else kind_of_institution(name))
    context.unmatched_names.setdefault(key, UnmatchedName(name, is_group, choice))
    if choice.startswith("="):
        return _existing_row(context.groups if is_group else context.institutions, choice[1:])
    if is_group and choice == "group":
        if key not in context.new_groups:
            context.new_groups[key] = SensitiveGroup(
                municipality=context.municipality, name=context.text(name)
            )
        return context.new_groups[key]
    if not is_group and choice in Organisation.Kind.values:
        if key not in context.new_institutions:
            context.new_institutions[key] = Organisation(
                municipality=context.municipality, name=context.text(name), kind=choice
            )
        return context.new_institutions[key]
    return None


def _existing_row(names: NameIndex[Any], key: str) -> Any:
    for rows in names.exact.values():
        for row in rows:
            if str(row.pk) == key:
                return row
    return None
