"""What passages lack: aims without activities, activities without people, audience, measure or money."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from ..contents import Contents
from ..models import Activity, Area
from .findings import KINDS, Finding, Places, named

UNFUNDED = (Activity.Funding.UNKNOWN, Activity.Funding.SOUGHT)


def gaps_in(contents: Contents) -> Iterator[Finding]:
    """Area by area, in the order of the text."""
    places = Places(contents)
    for area in contents.areas:
        yield from _area(contents, area, places)
        aims = contents.aims[area.pk]
        for aim in aims:
            is_above_others = len(aims) > 1 and aim is aims[0]  # a main aim is served by the aims below it
            if not contents.under(area, aim) and not is_above_others:
                yield _about(area, "aim_idle", 1, named(aim.text.words), places.area(area.pk))
        for activity in contents.activities[area.pk]:
            yield from _activity(area, activity, places)


def _area(contents: Contents, area: Area, places: Places) -> Iterator[Finding]:
    if not contents.activities[area.pk]:
        yield _about(area, "area_empty", 1, str(area.name), places.area(area.pk))
    if area.leader_id is None and not any(row.leader_id for row in contents.activities[area.pk]):
        yield _about(area, "leaderless", 2, str(area.name), places.passage(area))
    if not area.why:
        yield _about(area, "unexplained", 5, str(area.name), places.passage(area))


def _activity(area: Area, activity: Activity, places: Places) -> Iterator[Finding]:
    url, name = places.passage(activity), named(activity.text.words)
    people = activity.leader_id or area.leader_id or activity.institutions.all() or area.institutions.all()
    if not people:
        yield _about(area, "nobody", 2, name, url)
    if not activity.audience and not area.audience:
        yield _about(area, "audience", 3, name, url)
    if not activity.indicators.all():
        yield _about(area, "unmeasured", 3, name, url)
    if activity.funding in UNFUNDED:
        yield _about(area, "unfunded", 4, name, url)


def _about(area: Area, code: str, weight: int, name: str, url: str) -> Finding:
    sentence = name if code in ("area_empty", "leaderless", "unexplained") else _("%(area)s: %(passage)s")
    return Finding(KINDS[code], sentence % {"area": area.name, "passage": name}, url, weight, area.pk)
