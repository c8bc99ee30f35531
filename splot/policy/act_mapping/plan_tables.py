"""Plans that are tables: which column holds areas, aims, activities, for whom and by whom."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from splot.documents.readers.plan_words import parse_column_heading, parse_plan_heading
from splot.documents.readers.tables import cell_words, is_table, own_words, row_words
from splot.documents.spreadsheets.model import Cell
from splot.documents.spreadsheets.sums import (
    RunningSums,
    names_sum,
    says_only_sum,
)
from splot.documents.tree import Document, Node
from splot.parsing.vocabulary.plan_parts import ACTIVITY, AIM, AREA
from splot.parsing.vocabulary.roles import AUDIENCE, LEADER, PARTNER

from .mapping import OWN_AIM, ActMapping
from .provisions import name_area
from .wording import CAPTION, heading_and_text

Cells = list[tuple[str, Node]]  # what each cell is, and the cell
Columns = list[str]  # what each column says that it is, "" for none that is known

PLAN_TITLE = re.compile(
    r"(?:gminny |miejski |lokalny )?(?:program|plan|strateg|polity|koncep|harmonogram|zestawieni|"
    r"wykaz|tabela|budżet|tabel(?:a|le)|schedule|timetable|action plan|programme|policy|budget|"
    r"програм|план|стратег|графік|zeitplan|maßnahmenplan)\w*\b(?! [:–-])",
    re.I,
)
COUNTED_NAME = re.compile(r"(?P<number>\d{1,2})\s+(?P<name>[^\W\d_].*)", re.S)
ROLES = {AUDIENCE: "audience", LEADER: "leader"}


@dataclass(slots=True)
class TablePlan:
    """The areas and aims met so far, by their words, and those in which the next row stands."""

    mapping: ActMapping
    areas: dict[str, int] = field(default_factory=dict)
    aims: set[tuple[int, str]] = field(default_factory=set)
    partners: set[str] = field(default_factory=set)
    area: int = 0
    aims_open: bool = False  # whether aims are areas, since nothing else groups activities


def map_tables(document: Document) -> ActMapping:
    """Areas, aims and activities out of the columns of tables."""
    plan = TablePlan(ActMapping())
    columns: Columns = []
    for table, above in _tables_of(document):
        rows = _rows_without_sums(table, plan.mapping)
        if not rows:
            continue
        if card := _parse_card(rows):
            _open_areas_above(plan, above, columns=[])
            _read_cells(plan, card)
            continue
        head = _columns_of(rows[0])
        if ACTIVITY in head:
            columns, rows = head, rows[1:]
        elif len(columns) != len(rows[0].children):
            columns = []
            continue
        _open_areas_above(plan, above, columns)
        heads = any(_heads_others(row, columns) for row in rows)
        plan.aims_open = AREA not in columns and not (above or heads)
        for row in rows:
            if _columns_of(row) != columns:  # the head stands anew on each page
                _read_row(plan, columns, row)
    return plan.mapping


def _rows_without_sums(table: Node, mapping: ActMapping) -> list[Node]:
    """The rows of a table but those that add up others: "Razem | | 350". One that only begins with
    such a word and whose figures are no sum ("Razem raźniej | 300") stays, and is said.
    """
    rows: list[Node] = []
    sums = RunningSums()
    for row in table.children:
        cells = [Cell(words) for words in row_words(row)]
        own = [cell for cell in cells if cell]
        if names_sum(own) and (says_only_sum(own) or sums.equal(cells, least=1)):
            sums.begin_anew()
            continue
        if names_sum(own):
            message = _("“%(row)s”: a sum of other rows, or an activity?")
            mapping.problems.append(message % {"row": " | ".join(cell.text for cell in own)[:80]})
        rows.append(row)
        if len(rows) > 1:  # behind the head
            sums.add(cells)
    return rows


def _parse_card(rows: Sequence[Node]) -> Cells:
    """The cells of a table about one activity, whose first column says what stands in the
    second; none of any other table.
    """
    card: Cells = []
    for row in rows:
        word = parse_plan_heading(own_words(row.children[0]))
        if word is None or len(row.children) != 2:
            return []
        card.append((word.says, row.children[1]))
    says = [meaning for meaning, __ in card]
    return card if says.count(ACTIVITY) == 1 and len(set(says)) > 1 else []


def _open_areas_above(plan: TablePlan, above: Node | None, columns: Columns) -> None:
    """The passage above a table names the area of its rows, where no column does."""
    if AREA not in columns and above is not None:
        plan.area = _open_area(plan, above)


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
        return None if _names_plan(before) else before
    for node in reversed(path):
        if node.kind == "level" and (node.heading or node.text) and not _names_plan(node):
            return node
        if node.kind in ("attachment", "chapter", "paragraph", "article"):
            break
    return None


def _names_plan(node: Node) -> bool:
    """Whether a passage above a table only says that a plan follows: "Harmonogram działań"."""
    return bool(PLAN_TITLE.match(CAPTION.sub("", heading_and_text(node))))


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
    _read_cells(plan, [*zip(columns, cells, strict=False)])


def _read_cells(plan: TablePlan, cells: Cells) -> None:
    """Roles of the cells of one row or card, those of areas and aims first."""
    filled = [(says, cell) for says, cell in cells if cell_words(cell)]
    for says, cell in filled:
        if says == AREA:
            plan.area = _open_area(plan, cell)
        elif says == AIM:
            _add_aim(plan, cell)
    if not any(says == ACTIVITY for says, __ in filled):
        return
    if not plan.area:
        plan.area = plan.mapping.add_area(_("Area %(number)s") % {"number": 1})
        plan.mapping.problems.append(_("No areas were found; all activities stand in one."))
    for says, cell in filled:
        if says == ACTIVITY:
            _say_activities(plan, cell)
        elif role := ROLES.get(says):
            plan.mapping.say(cell, f"{role}:{plan.area}", _("Its column says so."))
        elif says == PARTNER and cell.text not in plan.partners:
            plan.partners.add(cell.text)
            plan.mapping.say(cell, "partner", _("Its column says so."))


def _say_activities(plan: TablePlan, cell: Node) -> None:
    """The activity of a cell, or each item of the list in it."""
    for node in cell.children or [cell]:
        reason = _("Stands in the column of activities.")
        plan.mapping.say(node, f"activity:{plan.area}", reason)
    lines = cell.text.split("\n")
    if not cell.children and len(lines) > 1 and all(line[:1].isupper() for line in lines):
        message = _("“%(line)s” stands in a cell with other lines: one activity, or several?")
        plan.mapping.problems.append(message % {"line": lines[0][:80]})


def _open_area(plan: TablePlan, node: Node) -> int:
    """The number of the area that a passage or cell names: a new one, or one met before."""
    key = f"{node.heading} {node.text}".strip().casefold()
    if key not in plan.areas:
        plan.areas[key] = name_area(plan.mapping, node, _name_behind_number(plan, node))
        reason = _("Groups the activities below it.")
        plan.mapping.say(node, f"area:{plan.areas[key]}", reason)
    return plan.areas[key]


def _name_behind_number(plan: TablePlan, node: Node) -> str:
    """The name of an area in a cell that counts the areas as well, "2 Health"; "" for others."""
    match = COUNTED_NAME.fullmatch(node.text) if node.kind == "cell" and not node.num else None
    return match["name"] if match and int(match["number"]) == len(plan.areas) + 1 else ""


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
