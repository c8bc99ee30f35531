"""Cells that name others: sensitive groups, people, indicators with their targets."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from splot.core.bounds import validate_number
from splot.core.dates import Period
from splot.documents.spreadsheets import Cell
from splot.implementation.lines import TargetLine
from splot.implementation.models import SensitiveGroup
from splot.indicators.models import Indicator
from splot.language.fuzzy import SIMILAR
from splot.language.normalisation import normalise_name
from splot.parsing import parse_spans
from splot.parsing.exact import parse_exact_number

from ..context import ImportContext, row_for_name
from .parsed_cell import ParsedCell, split_lines

NO_NAME = re.compile(
    r"^(?:[-–—.\s]*|nie dotyczy|n/?d\.?|brak|b\.?d\.?|none|n/a|not applicable)$", re.I
)
GROUP_SEPARATORS = re.compile(r"\s*[,;\n•]\s*|\s+(?:oraz)\s+")
MAX_NAME_LENGTH = 160
MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")
TARGET = re.compile(
    r"^(?P<name>.+?)\s*(?::|=|\s[-–—]\s|\s→\s)\s*"
    r"(?P<sign>min\.?|co najmniej|ok\.?|do|at least|about|>=?|≥|~)?\s*"
    r"(?P<value>\d[\d\s\u00a0\u202f.,]*)(?P<unit>[^()\d]*?)\s*(?:[(\[](?P<by>[^()\[\]]+)[)\]])?\s*$",
    re.S,
)


def doubt_similar(parsed: ParsedCell, words: str, row: models.Model, how: str) -> None:
    """Say that a row was found by a name that only resembles its own."""
    if how == SIMILAR:
        parsed.doubt(_("“%(words)s” was read as “%(name)s”") % {"words": words, "name": row})


def doubt_longer_name(parsed: ParsedCell, words: str, row: models.Model | None) -> None:
    """Say that a new name holds that of a row that there is."""
    if row is not None:
        parsed.doubt(_("“%(words)s”: more words than “%(name)s”") % {"words": words, "name": row})


def keep_name(parsed: ParsedCell, name: str, context: ImportContext) -> None:
    """A name that becomes no row: left over until a person says that its words are enough."""
    if context.is_decided(name):
        parsed.keep(name)
    else:
        parsed.leave(name)


def parse_groups(cell: Cell, context: ImportContext) -> ParsedCell:
    """Sensitive groups, divided at commas too; those that are not on the list are proposed for
    it.
    """
    parsed, groups = ParsedCell(), []
    whole, __ = context.groups.find(cell.text)
    for name in [cell.text] if whole else GROUP_SEPARATORS.split(cell.text):
        name = name.strip(" .-–—*\t")
        if not name or NO_NAME.match(name):
            continue
        row, how = context.groups.find(name)
        if row is not None:
            doubt_similar(parsed, name, row, how)
        elif len(name) <= MAX_NAME_LENGTH:
            if not context.is_decided(name):
                doubt_longer_name(parsed, name, context.groups.find_within(name))
            row = row_for_name(context, SensitiveGroup, name)
        if row is None:
            keep_name(parsed, name, context)
        elif row not in groups:
            groups.append(row)
    if groups:
        parsed.values["groups"] = groups
    return parsed


def parse_leader(cell: Cell, context: ImportContext) -> ParsedCell:
    """The person in charge, among those who have an account for it; other words stay."""
    person, how = context.people.find(cell.text)
    if person is not None and how != SIMILAR:
        return ParsedCell({"leader": person})
    mail = MAIL.search(cell.text)
    if mail:
        person, __ = context.people.find(mail[0])
        rest = f"{cell.text[: mail.start()]} {cell.text[mail.end() :]}".strip(" ,;()<>\n")
        if person is not None:
            named, __ = context.people.find(rest) if rest else (person, "")
            return ParsedCell({"leader": person}, left="" if named == person else rest)
    person = context.people.find_within(cell.text)
    if person is not None:
        return ParsedCell({"leader": person}, left=cell.text.strip())
    return ParsedCell(left=cell.text.strip())


def parse_targets(cell: Cell, context: ImportContext) -> ParsedCell:
    """Targets of indicators that the municipality has: "name: 120 (2024)". Others stay in words."""
    parsed = ParsedCell()
    lines: list[TargetLine] = []
    for part in split_lines(cell.text):
        line = _parse_target(part, context, parsed)
        if line is None:
            parsed.leave(part)
        elif (line.indicator, line.by) not in [(target.indicator, target.by) for target in lines]:
            lines.append(line)
    if lines:
        parsed.values["targets"] = lines
    return parsed


def _parse_target(part: str, context: ImportContext, parsed: ParsedCell) -> TargetLine | None:
    match = TARGET.match(part)
    indicator, how = context.indicators.find(match["name"]) if match else (None, "")
    if not match or indicator is None:
        return None
    by = _parse_period(match["by"], context)
    try:
        value = parse_exact_number(match["value"].rstrip(".,"))
        validate_number(value)
    except ValidationError:
        return None
    if by is None:
        return None
    if not match["by"]:
        parsed.doubt(_("a target without a year: %(year)s was assumed") % {"year": by})
    if question := indicator.question_about(value):
        parsed.doubt(question)
    doubt_similar(parsed, match["name"], indicator, how)
    parsed.leave(match["sign"] or "", _foreign_unit(match["unit"], indicator))
    return TargetLine(indicator, value, by)


def _foreign_unit(unit: str, indicator: Indicator) -> str:
    """The words behind a number, "" where they are the indicator's own unit."""
    own = {normalise_name(words) for words in indicator.unit.texts.values()}
    return "" if normalise_name(unit) in own else unit.strip()


def _parse_period(text: str | None, context: ImportContext) -> str | None:
    """The code of the period that a target is for: the last year of the table where nothing is
    said.
    """
    if not text:
        return str(context.plan.ends)
    try:
        return Period.parse(text.strip()).code
    except ValueError:
        spans = parse_spans(text, context.single_year)
        due = spans.windows[-1].due if spans.windows and not spans.unexplained else None
        return str(due.year) if due else None
