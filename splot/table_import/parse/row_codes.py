"""The numbers and codes by which a row is called, calls others, or begins."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from splot.documents.spreadsheets import Cell
from splot.language.fuzzy import similarity_of
from splot.language.normalisation import normalise_name, normalise_spaces
from splot.parsing import ParsedCode, parse_codes

from ..column_headings import CODE, NUMBER, ORDER
from ..context import ImportContext
from .activities import code_text
from .parsed_cell import ParsedCell, shorten_quote
from .parsed_row import ParsedRow

MAX_CODE_LENGTH = 40
NUMBER_BEFORE_TITLE = re.compile(r"(?P<number>\d{1,6})[.)] (?P<name>.+)")
MIN_SIMILARITY = 0.8  # of a name that was reworded since


def set_row_name(parsed_row: ParsedRow, column: str, cell: Cell) -> None:
    """The row's place in the file (ORDER), its code in the file (CODE), or its number in the table
    (NUMBER).
    """
    text = normalise_spaces(code_text(cell)).rstrip(".")
    if column == ORDER:
        parsed_row.order = text
    elif column == CODE:
        parsed_row.code = text[:MAX_CODE_LENGTH]
        parsed_row.keep(CODE, text)
    elif text.isdecimal() and len(text) < 10:
        parsed_row.number = int(text)
    else:
        parsed_row.keep(NUMBER, cell.text)
        parsed_row.doubts.append(_("“%(words)s” is no number of a task") % {"words": text[:80]})


def parse_depends_on(parsed_row: ParsedRow, cell: Cell) -> None:
    """The tasks that the row waits for, by the codes or numbers that the file has for them."""
    listed = parse_codes(code_text(cell))
    parsed_row.after += [code.printed for code in listed.codes]
    if not listed.codes:
        parsed_row.keep("after", cell.text)
    elif listed.unexplained:
        parsed_row.keep("after", listed.left)
        words = {"words": shorten_quote(listed.left)}
        parsed_row.doubts.append(_("not understood: “%(words)s”") % words)


def parse_code_before_title(parsed_row: ParsedRow, context: ImportContext) -> None:
    """A provision cited before a task's name ("§ 4 ust. 1 pkt 5 Kurs") is the activity that it is
    for, where the row names none elsewhere.
    """
    title = parsed_row.title
    if "activities" in parsed_row.texts or not title.startswith("§"):
        return
    codes = _codes_at_start(title)
    name = title[codes[-1].end :].lstrip(" .,;:)-–—") if codes else ""
    activities = [context.activity_by_code(code) for code in codes]
    if not any(map(str.isalpha, name)):
        return
    for code, (activity, is_whole) in zip(codes, activities, strict=True):
        if activity is None or not is_whole:
            sentence = _("the policy has no activity %(code)s") % {"code": code.printed}
            parsed_row.doubts.append(sentence)
            return
    parsed_row.texts["title"] = name
    parsed_row.cells["title"] = ParsedCell({"title": context.text(name)})
    rows = [activity for activity, __ in activities]
    parsed_row.cells["activities"] = ParsedCell({"activities": list(dict.fromkeys(rows))})


def parse_number_before_title(parsed_row: ParsedRow, context: ImportContext) -> None:
    """The number of a task before its name, as our own documents print it ("17. Kurs"), where it is
    the number of a task of this name.
    """
    match = NUMBER_BEFORE_TITLE.fullmatch(normalise_spaces(parsed_row.title))
    task = context.tasks.get(int(match["number"])) if match else None
    if match is None or task is None or parsed_row.number is not None:
        return
    name = normalise_name(match["name"])
    if any(similarity_of(name, title) >= MIN_SIMILARITY for title in task.titles):
        parsed_row.number = task.number
        parsed_row.texts["title"] = match["name"]
        parsed_row.cells["title"] = ParsedCell({"title": context.text(match["name"])})


def _codes_at_start(text: str) -> list[ParsedCode]:
    """The provisions that a text begins with, "§ 4 ust. 1 pkt 5 i 6" as two."""
    codes: list[ParsedCode] = []
    for code in parse_codes(text).codes:
        if code.start <= (codes[-1].end if codes else 0):
            codes.append(code)
    return codes
