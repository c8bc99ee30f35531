"""The rows of a policy that an imported act becomes, as its mapping says."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from splot.core.actions import Refused
from splot.core.languages import Text
from splot.documents.tree import Document, Node, citation_of
from splot.language.fuzzy import SAME, NameIndex
from splot.people.models import Organisation

from ..act_mapping import OWN_AIM, passages_with_roles, split_role, wording_of
from ..act_mapping.proposal import SEPARATOR, activity_numbers
from ..act_mapping.provisions import SECTIONS
from ..models import (
    ActImport,
    Activity,
    Aim,
    Area,
    Policy,
    PolicyPart,
    Provision,
    address_of_number,
)
from ..origins import act_origin
from ..queries import assign_refs

OF_AREAS = ("area", OWN_AIM, "activity")
ATTRIBUTES = ("audience", "leader")
NodePath = tuple[Node, ...]


class ActImportRefused(Refused):
    """The proposal cannot become a policy; the message says why and what to change."""


def create_act_rows(policy: Policy, act_import: ActImport) -> Document:
    """Make the rows, and give back the tree whose passages name them. Raises ActImportRefused."""
    return _ActRows(policy, act_import).create()


class _ActRows:
    """The rows in the making; `paths` are those of the tree's passages, by their eIds."""

    def __init__(self, policy: Policy, act_import: ActImport) -> None:
        self.policy, self.act_import = policy, act_import
        self.tree = act_import.tree()
        self.separate = passages_with_roles(act_import.links)
        self.numbers = activity_numbers(self.tree, act_import.links)
        self.paths: dict[str, NodePath] = {}
        self.areas: list[Area] = []
        self.rows: dict[type[PolicyPart], list[Any]] = {Aim: [], Activity: [], Provision: []}
        self.attributes: list[tuple[Node, Area | Activity, str]] = []

    def create(self) -> Document:
        self._create_areas()
        for position, (node, ancestors) in enumerate(self.tree.walk(), 1):
            path = self.paths[node.eid] = (*ancestors, node)
            role, number = split_role(self.act_import.links.get(node.eid, ""))
            if role and role not in ATTRIBUTES:
                self._add_row(role, number, path, position)
        aims, activities, provisions = self.rows.values()
        _refuse_repeated(activities)
        self._fill_attributes(activities)
        Area.objects.bulk_update(self.areas, ["eid", "audience", "leader"])
        Aim.objects.bulk_create(aims)
        for activity in activities:
            activity.aim = self._aim_of(activity, aims)
        Activity.objects.bulk_create(activities)
        Provision.objects.bulk_create(provisions)
        assign_refs(self.tree, [*self.areas, *aims, *activities, *provisions])
        self._assign_refs_of_attributes()
        return self.tree

    def _create_areas(self) -> None:
        rows: list[Area] = []
        for number, name in enumerate(self.act_import.areas, 1):
            area = Area(municipality=self.policy.municipality, policy=self.policy, number=number)
            area.name = self._text(name)
            area.origins = [act_origin(self.act_import, "")]
            rows.append(area)
        self.areas = Area.objects.bulk_create(rows)

    def _text(self, words: str) -> Text:
        return Text.of(self.policy.language, {self.policy.language: words})

    def _add_row(self, role: str, number_of_area: int, path: NodePath, position: int) -> None:
        number = self.numbers.get(path[-1].eid) or citation_of(path)
        area = None
        if role in OF_AREAS or number_of_area:
            area = self._area(number_of_area, number)
        if role == "area" and area:
            area.eid = path[-1].eid
            return
        row = _build_row(role, area, path, number)
        row.municipality, row.policy = self.policy.municipality, self.policy
        row.position = position
        row.origins = [act_origin(self.act_import, citation_of(path))]
        row.text = self._text(wording_of(role, path[-1], self.separate))
        self.rows[type(row)].append(row)

    def _area(self, area_number: int, number: str) -> Area:
        if not 0 < area_number <= len(self.areas):
            raise ActImportRefused(_("%(number)s belongs to no area.") % {"number": number})
        return self.areas[area_number - 1]

    def _aim_of(self, activity: Activity, aims: list[Aim]) -> Aim | None:
        """The aim that an activity serves: the innermost that it stands in; else the last before
        it beside it; else the first of its area.
        """
        path = {id(node) for node in self.paths[activity.eid]}
        own = [aim for aim in aims if aim.area is activity.area]
        within = [aim for aim in own if id(self.paths[aim.eid][-1]) in path]
        if within:
            return within[-1]
        before: list[Aim] = []
        for aim in own:
            holders = self.paths[aim.eid][:-1]
            if holders and id(holders[-1]) in path and aim.position < activity.position:
                before.append(aim)
        return before[-1] if before else next(iter(own), None)

    def _fill_attributes(self, activities: list[Activity]) -> None:
        """For whom and by whom: of the activity in which the act says so, or in whose row of a
        table; else of the area. Who leads is known where an institution bears that name.
        """
        by_eid = {activity.eid: activity for activity in activities}
        institutions: NameIndex[Organisation] = NameIndex()
        for organisation in self.policy.municipality.organisations.all():
            institutions.add(organisation, organisation.name.texts.values())
        for eid, path in self.paths.items():
            role, number = split_role(self.act_import.links.get(eid, ""))
            if role not in ATTRIBUTES:
                continue
            area = self._area(number, citation_of(path))
            row: Area | Activity = _activity_around(path, by_eid) or area
            self.attributes.append((path[-1], row, role))
            words = wording_of(role, path[-1])
            leader, how = institutions.find(words)
            if role == "audience":
                row.audience = self._text(_join_words(row.audience, words))
            elif leader is not None and how == SAME:
                row.leader = leader

    def _assign_refs_of_attributes(self) -> None:
        """The passages name what they say of which row, as a composed text does."""
        taken: Counter[str] = Counter()
        for node, row, role in self.attributes:
            ref = f"{row.ref}-{role}"
            taken[ref] += 1
            node.ref = ref if taken[ref] == 1 else f"{ref}-{taken[ref]}"


def _build_row(role: str, area: Area | None, path: NodePath, number: str) -> PolicyPart:
    """What a passage becomes; a passage without a printed number is found by its place in the
    text.
    """
    node = path[-1]
    part = {"number": number[:80], "eid": node.eid}
    if role in ("aim", OWN_AIM):
        return Aim(**part, area=area)
    if role == "activity":
        printed = node.kind != "indent" or any(outer.kind in SECTIONS for outer in path)
        slug = address_of_number(number) if printed else ""
        return Activity(**part, area=area, slug=slug or node.eid[-80:])
    return Provision(**part, kind=role)


def _activity_around(path: NodePath, by_eid: dict[str, Activity]) -> Activity | None:
    """The activity that a passage stands in, or that stands in the same row of a table."""
    beside: Iterable[Node] = path[-2].children if path[-1].kind == "cell" else ()
    for node in (*reversed(path), *beside):
        if node.eid in by_eid:
            return by_eid[node.eid]
    return None


def _join_words(before: Text, words: str) -> str:
    said = before.source_wording if before else ""
    if words in said.split(SEPARATOR):
        return said
    return f"{said}{SEPARATOR}{words}" if said else words


def _refuse_repeated(activities: list[Activity]) -> None:
    seen: set[str] = set()
    for activity in activities:
        if activity.slug in seen:
            raise ActImportRefused(
                _("Two activities bear the number %(number)s.") % {"number": activity.number}
            )
        seen.add(activity.slug)
