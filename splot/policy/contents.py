"""All rows of a policy in memory: a fixed number of queries whatever its size."""

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import chain
from typing import TypeVar

from django.db.models import Prefetch, QuerySet

from splot.indicators.models import Indicator
from splot.people.models import Organisation

from .act_mapping import wording_of
from .models import (
    PARTS,
    Activity,
    Aim,
    Area,
    Policy,
    PolicyPart,
    PolicyPassage,
    PolicyVersion,
    Provision,
    Value,
)
from .origins import is_from_act

Row = TypeVar("Row", bound=PolicyPassage)


@dataclass
class Contents:
    """The rows of a policy in order. Aims and activities are found by what they stand under."""

    policy: Policy
    areas: list[Area]
    values: list[Value]
    strategic_aims: list[Aim]
    aims: dict[int, list[Aim]]  # {area's key: its aims}
    activities: dict[int, list[Activity]]  # {area's key: its activities}
    provisions: dict[str, list[Provision]]  # {kind: provisions}
    everything: list[PolicyPassage] = field(default_factory=list)

    def named(self, kind: str) -> list[Value]:
        return [value for value in self.values if value.kind == kind]

    def under(self, area: Area, aim: Aim | None) -> list[Activity]:
        """An area's activities under one aim, or under none."""
        return [row for row in self.activities[area.pk] if row.aim_id == (aim.pk if aim else None)]

    @property
    def provision_count(self) -> int:
        return sum(map(len, self.provisions.values()))

    @property
    def all_activities(self) -> list[Activity]:
        return list(chain.from_iterable(self.activities[area.pk] for area in self.areas))


def contents_of(policy: Policy, *, dropped: bool = False) -> Contents:
    """Read a policy whole, with the institutions and indicators that it names; `dropped`: also what
    is gone.
    """

    def rows(model: type[Row]) -> QuerySet[Row]:
        return (model.everything if dropped else model.objects).filter(policy=policy)

    institutions = Prefetch("institutions", Organisation.objects.all())
    areas = list(rows(Area).select_related("leader").prefetch_related(institutions))
    values, provisions, aims = list(rows(Value)), list(rows(Provision)), list(rows(Aim))
    related = [institutions, Prefetch("indicators", Indicator.objects.all())]
    activities = list(rows(Activity).select_related("leader").prefetch_related(*related))
    return _build_contents(policy, areas, values, aims, activities, provisions)


def contents_as_imported(policy: Policy, version: PolicyVersion) -> Contents:
    """What the rows said when they were made of an act: what has been written since is undone
    in memory.
    """
    document, __ = version.document(version.language)
    nodes = document.nodes_by_ref()
    rows: dict[type[PolicyPassage], list] = {}
    for model in PARTS:
        rows[model] = []
    for row in contents_of(policy, dropped=True).everything:
        if row.ref in nodes or (isinstance(row, Area) and is_from_act(row.origins)):
            rows[type(row)].append(row)
        if row.ref in nodes and isinstance(row, PolicyPart):
            wording = wording_of(row._meta.model_name or "", nodes[row.ref])
            if row.text.source_wording != wording:
                row.text = row.text.written(version.language, wording)
    return _build_contents(policy, *rows.values())


def _build_contents(
    policy: Policy, areas: list, values: list, aims: list, activities: list, provisions: list
) -> Contents:
    contents = Contents(
        policy=policy,
        areas=areas,
        values=values,
        strategic_aims=[aim for aim in aims if aim.area_id is None],
        aims=defaultdict(list),
        activities=defaultdict(list),
        provisions=defaultdict(list),
        everything=[*areas, *values, *aims, *activities, *provisions],
    )
    areas_by_key = {area.pk: area for area in areas}
    present = set()  # an aim whose area is gone is gone too
    for aim in aims:
        if aim.area_id in areas_by_key:
            present.add(aim.pk)
        if aim.area_id:
            contents.aims[aim.area_id].append(aim)
    for activity in activities:
        if area := areas_by_key.get(activity.area_id):
            activity.area = area
        activity.aim_id = activity.aim_id if activity.aim_id in present else None
        contents.activities[activity.area_id].append(activity)
    for provision in provisions:
        contents.provisions[provision.kind].append(provision)
    return contents
