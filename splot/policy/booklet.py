"""The policy as a booklet to read: vision, values and aims, each area with its reasons and a table
of activities.
"""

from collections.abc import Callable, Iterator
from operator import attrgetter

from django.utils.translation import gettext as _
from django.utils.translation import override

from splot.documents.booklet import (
    Block,
    Booklet,
    Callout,
    Heading,
    Items,
    Prose,
    Table,
    render_booklet_docx,
    render_booklet_html,
    render_booklet_pdf,
)
from splot.documents.booklet.model import CellContent, Wording

from .contents import Contents
from .models import Activity, Area, Policy, Provision, Value

BOOKLET_FORMS: dict[str, Callable[[Booklet], bytes]] = {
    "pdf": render_booklet_pdf,
    "docx": render_booklet_docx,
    "html": render_booklet_html,
}


def booklet_of(contents: Contents, language: str) -> Booklet:
    """The policy as it is written now, for a reader of `language`; numbers are those of the newest
    frozen text.
    """
    policy = contents.policy
    with override(language):
        return Booklet(
            title=policy.title,
            subtitle=_("for the years %(starts)s–%(ends)s")
            % {"starts": policy.starts, "ends": policy.ends},
            kicker=policy.municipality.name,
            language=language,
            blocks=list(_booklet_blocks(contents)),
            foot=str(policy.responsible or policy.municipality.name),
            draft="" if policy.is_public else _("Draft – not adopted"),
        )


def _booklet_blocks(contents: Contents) -> Iterator[Block]:
    policy: Policy = contents.policy
    if policy.vision:
        yield Heading(1, _("Vision"))
        yield Prose(policy.vision)
    for title, kind in ((_("Values"), Value.Kind.VALUE), (_("Principles"), Value.Kind.PRINCIPLE)):
        rows = contents.named(kind)
        if rows:
            yield Heading(1, title)
        for row in rows:
            yield Heading(2, row.name)
            if row.text:
                yield Prose(row.text)
    if contents.strategic_aims:
        yield Heading(1, _("Strategic aims"))
        yield Items(list(map(attrgetter("text"), contents.strategic_aims)))
    if contents.areas:
        yield Heading(1, _("Areas and activities"))
    for area in contents.areas:
        yield from _area_blocks(contents, area)
    yield from _provision_blocks(contents)


def _area_blocks(contents: Contents, area: Area) -> Iterator[Block]:
    yield Heading(2, area.name)
    if area.why:
        yield Prose(area.why)
    if area.evidence:
        yield Prose(area.evidence)
    for aim in contents.aims[area.pk]:
        yield Callout(_("Aim"), aim.text)
        if rows := contents.under(area, aim):
            yield _activity_table(area, rows)
    if loose := contents.under(area, None):
        yield _activity_table(area, loose)


def _activity_table(area: Area, rows: list[Activity]) -> Table:
    head = [_("Activity"), _("Who it is for"), _("Who carries it out"), _("Indicators")]
    cells = [_activity_cells(row, area) for row in rows]
    if any(row.number for row in rows):
        head.insert(0, _("Number"))
        for row, cells_of_row in zip(rows, cells, strict=True):
            cells_of_row.insert(0, row.number)
    return Table(_("Activities"), head, cells)


def _activity_cells(row: Activity, area: Area) -> list[CellContent]:
    return [
        row.text,
        row.audience or area.audience or "–",
        _responsible_names(row, area),
        list(map(attrgetter("name"), row.indicators.all())),
    ]


def _responsible_names(row: Activity, area: Area) -> list[Wording]:
    """The leader first, then the institutions; the area's where the activity names none."""
    leader = row.leader or area.leader
    institutions = [*row.institutions.all()] or [*area.institutions.all()]
    names = [_("%(name)s (leader)") % {"name": leader.name}] if leader else []
    return [*names, *(row.name for row in institutions if row != leader)]


PROVISION_GROUPS = (
    (Provision.Kind.GENERAL,),
    (Provision.Kind.INSTITUTION, Provision.Kind.PARTNER),
    (Provision.Kind.MONITORING, Provision.Kind.TEAM, Provision.Kind.COUNCIL),
    (Provision.Kind.MAYOR, Provision.Kind.FINAL),
)


def _provision_blocks(contents: Contents) -> Iterator[Block]:
    titles = (
        _("General provisions"),
        _("Who carries it out"),
        _("Monitoring and evaluation"),
        _("Final provisions"),
    )
    for title, kinds in zip(titles, PROVISION_GROUPS, strict=True):
        texts: list[Wording] = []
        for kind in kinds:
            texts += map(attrgetter("text"), contents.provisions[kind])
        if texts:
            yield Heading(1, title)
            yield Items(texts)
