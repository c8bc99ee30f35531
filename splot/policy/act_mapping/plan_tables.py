"""Plans that are tables: which column holds areas, aims, activities, for whom and by whom."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from splot.documents.readers.plan_words import (
    ACTIVITY,
    AIM,
    AREA,
    AUDIENCE,
    LEADER,
    parse_column_heading,
)
from splot.documents.readers.tables import cell_words, is_table
from splot.documents.tree import Document, Node

from .mapping import OWN_AIM, ActMapping
from .provisions import name_area

Columns = list[str]  # what each column says that it is, "" for none that is known


@dataclass(slots=True)
class TablePlan:
    """The areas and aims met so far, by their words, and those in which the next row stands."""

    mapping: ActMapping
    areas: dict[str, int] = field(default_factory=dict)
    aims: set[tuple[int, str]] = field(default_factory=set)
    area: int = 0
    aims_open: bool = False  # whether aims are areas, since nothing else groups activities


def map_tables(document: Document) -> ActMapping:
    """Areas, aims and activities out of the columns of tables."""
    plan = TablePlan(ActMapping())
    columns: Columns = []
    for table, above in _tables_of(document):
        rows = table.children
        head = _columns_of(rows[0])
        if ACTIVITY in head:
            columns, rows = head, rows[1:]
        elif len(columns) != len(rows[0].children):
            columns = []
            continue
        if AREA not in columns:
            plan.area = _open_area(plan, above) if above is not None else plan.area
        heads = any(_heads_others(row, columns) for row in rows)
        plan.aims_open = AREA not in columns and not (above or heads)
        for row in rows:
            _read_row(plan, columns, row)
    return plan.mapping


def unread_tables(document: Document, mapping: ActMapping) -> Iterator[Node]:
    """Tables of a head and two rows or more of which nothing became a part of the plan."""
    for table, __ in _tables_of(document):
        cells = [cell for row in table.children for cell in row.children]
        if len(table.children) > 2 and not any(mapping.links.get(cell.eid) for cell in cells):
            yield table


def _tables_of(document: Document) -> Iterator[tuple[Node, Node | None]]:
    """Each table, with the passage that heads it: the one that it stands in, or the one before."""
    before: dict[int, Node] = {}
    for node, path in document.walk():
        parent = path[-1] if path else None
        if is_table(node):
            yield node, _heading_of(node, path, before.get(id(parent)))
        elif node.kind not in ("row", "cell"):
            before[id(parent)] = node


def _heading_of(table: Node, path: Sequence[Node], before: Node | None) -> Node | None:
    if before is not None and not before.num and len(before.text) <= 100:
        return before
    for node in reversed(path):
        if node.kind == "level" and (node.heading or node.text):
            return node
        if node.kind in ("attachment", "chapter", "paragraph", "article"):
            break
    return None


def _columns_of(row: Node) -> Columns:
    columns: Columns = []
    for cell in row.children:
        word = parse_column_heading(cell_words(cell)) if cell.text else None
        says = word.says if word else ""
        columns.append("" if says in columns and says != LEADER else says)
    return columns


def _read_row(plan: TablePlan, columns: Columns, row: Node) -> None:
    cells = row.children
    if _heads_others(row, columns):
        plan.area = _open_area(plan, cells[0])
        return
    by_meaning = dict(zip(reversed(columns), reversed(cells), strict=False))
    if (area := by_meaning.get(AREA)) is not None and area.text:
        plan.area = _open_area(plan, area)
    aim = by_meaning.get(AIM)
    if aim is not None and aim.text:
        _add_aim(plan, aim)
    activity = by_meaning.get(ACTIVITY)
    if activity is None or not activity.text:
        return
    if not plan.area:
        plan.area = plan.mapping.add_area(_("Area %(number)s") % {"number": 1})
        plan.mapping.problems.append(_("No areas were found; all activities stand in one."))
    plan.mapping.say(activity, f"activity:{plan.area}", _("Stands in the column of activities."))
    for says, role in ((AUDIENCE, "audience"), (LEADER, "leader")):
        cell = by_meaning.get(says)
        if cell is not None and cell.text:
            plan.mapping.say(cell, f"{role}:{plan.area}", _("Its column says so."))


def _open_area(plan: TablePlan, node: Node) -> int:
    """The number of the area that a passage or cell names: a new one, or one met before."""
    key = f"{node.heading} {node.text}".strip().casefold()
    if key not in plan.areas:
        plan.areas[key] = name_area(plan.mapping, node)
        reason = _("Groups the activities below it.")
        plan.mapping.say(node, f"area:{plan.areas[key]}", reason)
    return plan.areas[key]


def _heads_others(row: Node, columns: Columns) -> bool:
    """Whether a row holds nothing but a name for the rows below it."""
    filled = [cell for cell in row.children if cell.text]
    return len(filled) == 1 and filled[0] is row.children[0] and columns[0] != ACTIVITY


def _add_aim(plan: TablePlan, cell: Node) -> None:
    if plan.aims_open:
        met = len(plan.areas)
        plan.area = _open_area(plan, cell)
        if len(plan.areas) > met:
            plan.mapping.say(cell, f"{OWN_AIM}:{plan.area}", _("Its column says so."))
        return
    key = plan.area, cell.text.casefold()
    if key not in plan.aims:
        plan.aims.add(key)
        plan.mapping.say(cell, f"aim:{plan.area}", _("Its column says so."))
