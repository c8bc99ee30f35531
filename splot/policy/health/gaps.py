"""What passages lack: aims without activities, activities without people, audience, measure or
money.
"""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from ..contents import Contents
from ..models import Activity, Area
from .findings import KINDS, EditingUrls, PolicyFinding, quote_passage

UNFUNDED = (Activity.Funding.UNKNOWN, Activity.Funding.SOUGHT)


def find_gaps(contents: Contents) -> Iterator[PolicyFinding]:
    """Area by area, in the order of the text."""
    places = EditingUrls(contents)
    for area in contents.areas:
        yield from _check_area(contents, area, places)
        aims = contents.aims[area.pk]
        for aim in aims:
            # a main aim is served by the aims below it
            is_above_others = len(aims) > 1 and aim is aims[0]
            if not contents.under(area, aim) and not is_above_others:
                yield _area_finding(
                    area,
                    "aim_idle",
                    1,
                    quote_passage(aim.text.source_wording),
                    places.area(area.pk),
                )
        for activity in contents.activities[area.pk]:
            yield from _check_activity(area, activity, places)


def _check_area(contents: Contents, area: Area, places: EditingUrls) -> Iterator[PolicyFinding]:
    if not contents.activities[area.pk]:
        yield _area_finding(area, "area_empty", 1, str(area.name), places.area(area.pk))
    if area.leader_id is None and not any(row.leader_id for row in contents.activities[area.pk]):
        yield _area_finding(area, "leaderless", 2, str(area.name), places.passage(area))
    if not area.why:
        yield _area_finding(area, "unexplained", 5, str(area.name), places.passage(area))


def _check_activity(area: Area, activity: Activity, places: EditingUrls) -> Iterator[PolicyFinding]:
    url, name = places.passage(activity), quote_passage(activity.text.source_wording)
    people = (
        activity.leader_id
        or area.leader_id
        or activity.institutions.all()
        or area.institutions.all()
    )
    if not people:
        yield _area_finding(area, "nobody", 2, name, url)
    if not activity.audience and not area.audience:
        yield _area_finding(area, "audience", 3, name, url)
    if not activity.indicators.all():
        yield _area_finding(area, "unmeasured", 3, name, url)
    if activity.funding in UNFUNDED:
        yield _area_finding(area, "unfunded", 4, name, url)


def _area_finding(area: Area, code: str, weight: int, name: str, url: str) -> PolicyFinding:
    sentence = (
        name if code in ("area_empty", "leaderless", "unexplained") else _("%(area)s: %(passage)s")
    )
    return PolicyFinding(
        KINDS[code], sentence % {"area": area.name, "passage": name}, url, weight, area.pk
    )
