"""A row of a file -> what it says of a task, column by column, with all that was not understood."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from splot.implementation.columns import column_label
from splot.parsing import codes
from splot.policy.models import Activity, Area

from ..columns import FIGURES, Meaning
from ..context import ImportContext
from ..fuzzy import on_one_line
from ..headings import AREA, CODE, DUE, KEPT, NUMBER, ORDER, STARTS, STATUS
from ..source_table import FileRow, SourceCell
from .choices import KINDS, read_choice, read_priority
from .money import read_money, read_resources, read_sources
from .names import read_activities, read_groups, read_joint_leads, read_lead, read_leader, read_partners, read_targets
from .parsed_cell import ParsedCell
from .schedule import read_day, read_milestones, read_when

READERS: dict[str, Callable[[SourceCell, ImportContext], ParsedCell]] = {
    "activities": read_activities,
    "lead": read_lead,
    "joint_leads": read_joint_leads,
    "partners": read_partners,
    "leader": read_leader,
    "when": read_when,
    "milestones": read_milestones,
    "priority": read_priority,
    "groups": read_groups,
    "resources": read_resources,
    "targets": read_targets,
}
LISTS = ("budget", "resources")  # of which each column of money says its part
TEXTS = ("title", "audience", "monitoring", "risks")
NUMBERED = re.compile(
    r"^(?P<word>obszar|area|напрям|сфера)?\s*(?P<number>\d{1,2})\s*[.):–-]*\s*(?P<name>.*)$", re.I | re.S
)
LONGEST_TITLE = 400
LONGEST_CODE = 40


@dataclass
class ParsedRow:
    """What a row says. `cells` is {code of a column: what it says}; `kept` are other words, by code or by heading.

    `after` are the tasks that it waits for, as the file calls them. `number` and `code` are the row's own names.
    """

    row: FileRow
    cells: dict[str, ParsedCell] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)  # {code: what stands in the file}
    kept: dict[str, str] = field(default_factory=dict)
    doubts: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    number: int | None = None
    code: str = ""
    order: str = ""
    after: list[str] = field(default_factory=list)
    areas: list[Area] = field(default_factory=list)

    @property
    def title(self) -> str:
        return self.words.get("title", "")

    @property
    def activities(self) -> list[Activity]:
        return self.cells["activities"].values.get("activities", []) if "activities" in self.cells else []

    @property
    def unread(self) -> dict[str, str]:
        """All words that were not understood, by code or by heading."""
        found = dict(self.kept)
        for code, said in self.cells.items():
            if said.left:
                found[code] = "\n".join(filter(None, (found.get(code), said.left)))
        return found

    def all_doubts(self) -> list[str]:
        """The row's own, and those of its cells with the column's name before them."""
        found = [*self.doubts]
        found += [f"{column_label(code)}: {doubt}" for code, said in self.cells.items() for doubt in said.doubts]
        return list(dict.fromkeys(found))

    def all_notes(self) -> list[str]:
        return [
            *self.notes,
            *(f"{column_label(code)}: {note}" for code, said in self.cells.items() for note in said.notes),
        ]

    def keep(self, name: str, words: str) -> None:
        """Words that have no place in the table, beside the cell or under their heading."""
        if words.strip() and words.strip() not in self.kept.get(name, "").split("\n"):
            self.kept[name] = "\n".join(filter(None, (self.kept.get(name), words.strip())))


def read_row(row: FileRow, meanings: list[Meaning], known: ImportContext) -> ParsedRow:
    """Everything that a row says; `meanings` are those of its columns, by place."""
    draft = ParsedRow(row)
    by_code: dict[str, list[tuple[Meaning, SourceCell]]] = {}
    for meaning, words in zip(meanings, row.words, strict=True):
        _look(draft, meaning, words)
        if words:
            by_code.setdefault(meaning.code, []).append((meaning, words))
    source = _take_source(draft, by_code, known)
    for code, found in by_code.items():
        draft.words[code] = "\n".join(words.text.strip() for __, words in found)
        if code in FIGURES:
            for meaning, words in found:
                _add(draft, code, read_money(words, known, meaning, source))
        else:
            _read(draft, code, _together([words for __, words in found]), known)
    _read_groups_above(draft, known)
    if not draft.title:
        draft.doubts.append(_("the row has no task"))
    elif len(draft.title) > LONGEST_TITLE:
        draft.doubts.append(_("the task’s name is very long"))
    return draft


def _look(draft: ParsedRow, meaning: Meaning, words: SourceCell) -> None:
    """What the cell holds beside its words."""
    name = on_one_line(words.heading) or meaning.code
    if words.comment:
        draft.keep(_("%(heading)s, comment") % {"heading": name}, words.comment)
    if words.error:
        draft.doubts.append(
            _("%(heading)s: the cell shows an error, %(error)s") % {"heading": name, "error": words.error}
        )
    if words.is_uncounted:
        draft.doubts.append(_("%(heading)s: a formula without a stored result") % {"heading": name})


def _together(words: list[SourceCell]) -> SourceCell:
    """Several columns of one meaning as one cell."""
    if len(words) == 1:
        return words[0]
    return SourceCell("\n".join(each.text.strip() for each in words), heading=words[0].heading)


def _take_source(draft: ParsedRow, by_code: dict[str, list[tuple[Meaning, SourceCell]]], known: ImportContext) -> str:
    found = by_code.pop("sources", [])
    if not found:
        return ""
    words = _together([words for __, words in found])
    draft.words["sources"] = words.text.strip()
    said = read_sources(words, known)
    source: str = said.values.pop("source", "")
    has_figure = any(code in by_code for code in FIGURES)
    if source and not has_figure:
        said.keep(words.text)  # nothing that the source could stand beside
    _add(draft, "sources", said)
    return source


def _read(draft: ParsedRow, code: str, words: SourceCell, known: ImportContext) -> None:
    if code in (KEPT, STATUS):
        return
    if code in TEXTS:
        _add(draft, code, ParsedCell({code: known.text(words.text)}))
    elif code in KINDS:
        _add(draft, code, read_choice(words, known, code))
    elif code in (STARTS, DUE):
        _add(draft, code, read_day(words, known, code))
    elif code == "after":
        draft.after += [each.printed for each in codes(words.text)]
        if not draft.after:
            draft.keep(code, words.text)
    elif code == AREA:
        _find_area(draft, words.text, known, words.heading)
    elif code in (NUMBER, CODE, ORDER):
        _name_row(draft, code, words)
    else:
        said = READERS[code](words, known)
        if waits_for := said.values.pop("after", ""):
            draft.after.append(waits_for)
        _add(draft, code, said)


def _name_row(draft: ParsedRow, code: str, words: SourceCell) -> None:
    text = on_one_line(words.text).rstrip(".")
    if code == ORDER:
        draft.order = text
    elif code == CODE:
        draft.code = text[:LONGEST_CODE]
        draft.keep(CODE, text)
    elif text.isdecimal() and len(text) < 10:
        draft.number = int(text)
    else:
        draft.keep(NUMBER, words.text)
        draft.doubts.append(_("“%(words)s” is no number of a task") % {"words": text[:80]})


def _add(draft: ParsedRow, code: str, said: ParsedCell) -> None:
    before = draft.cells.get(code)
    if before is None:
        draft.cells[code] = said
    else:
        for name, value in said.values.items():
            before.values[name] = [*before.values[name], *value] if name in before.values and name in LISTS else value
        before.doubts += said.doubts
        before.notes += said.notes
        before.keep(said.left)


def keep_as_text(draft: ParsedRow, meanings: list[Meaning]) -> None:
    """The words of columns that mean nothing here, under their headings."""
    for place, (meaning, words) in enumerate(zip(meanings, draft.row.words, strict=True), 1):
        if meaning.code == KEPT and words:
            draft.keep(on_one_line(words.heading)[:200] or _("Column %(number)d") % {"number": place}, words.text)


def _find_area(draft: ParsedRow, text: str, known: ImportContext, heading: str) -> None:
    """An area by its number or name; what is none (an aim, a pillar) stays as text under its heading."""
    area = area_of_words(text, known)
    if area is not None:
        draft.areas.append(area)
    else:
        draft.keep(on_one_line(heading)[:200] or AREA, text)


def area_of_words(text: str, known: ImportContext) -> Area | None:
    """The area that these words name: by its name, also with a number before it, or by "Area 3"."""
    area, __ = known.areas.find(text)
    match = NUMBERED.match(text.strip())
    if area is None and match:
        area, __ = known.areas.find(match["name"])
        is_number = not match["name"] and (match["word"] or text.strip(" .").isdecimal())
        return known.area_numbers.get(match["number"]) if area is None and is_number else area
    return area


def _read_groups_above(draft: ParsedRow, known: ImportContext) -> None:
    """Group rows name the activity or the area where the row's own cells do not; the others are kept."""
    own = bool(draft.words.get("activities"))
    for text in draft.row.groups:
        activity = None if own else _activity_of_words(text, known)
        area = area_of_words(text, known)
        if activity is not None:
            draft.cells["activities"] = ParsedCell({"activities": [activity]})
        elif area is not None:
            draft.areas.append(area)
        else:
            draft.keep(_("Above the row"), text)
    strangers = [
        row for row in draft.activities if draft.areas and row.area_id not in [each.pk for each in draft.areas]
    ]
    for activity in strangers:
        places = {"number": activity.number or activity, "area": activity.area, "theirs": draft.areas[-1]}
        draft.doubts.append(_("activity %(number)s belongs to “%(area)s”, the file has it under “%(theirs)s”") % places)


def _activity_of_words(text: str, known: ImportContext) -> Activity | None:
    for code in codes(text):
        activity, is_whole = known.activity_by_code(code)
        if activity is not None and is_whole:
            return activity
    return known.activities.find(text)[0]
