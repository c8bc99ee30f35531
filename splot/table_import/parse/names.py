"""Cells that name others: activities of the policy, institutions, groups, people, indicators."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from splot.core.dates import Period
from splot.documents.spreadsheets import Cell
from splot.implementation.lines import RoleLine, TargetLine
from splot.implementation.models import SensitiveGroup
from splot.language.fuzzy import SIMILAR
from splot.language.normalisation import normalise_name
from splot.parsing import ParsedCode, parse_codes, parse_spans, split_names
from splot.people.models import Organisation
from splot.policy.models import Activity

from ..context import ImportContext, kind_of_institution, row_for_name
from .parsed_cell import ParsedCell, split_lines

ROLE = re.compile(r"^(?P<name>.+?)\s*\((?P<role>[^()]+)\)\s*$", re.S)
NAME_SEPARATORS = re.compile(r"\s*,\s*|\s+(?:oraz|i|and|та|і)\s+")
NO_NAME = re.compile(
    r"^(?:[-–—.\s]*|nie dotyczy|n/?d\.?|brak|b\.?d\.?|none|n/a|not applicable)$", re.I
)
GROUP_SEPARATORS = re.compile(r"\s*[,;\n•]\s*|\s+(?:oraz)\s+")
MAX_NAME_LENGTH = 160
TARGET = re.compile(
    r"^(?P<name>.+?)\s*(?::|=|\s[-–—]\s|\s→\s)\s*"
    r"(?P<sign>min\.?|co najmniej|ok\.?|do|at least|about|>=?|≥|~)?\s*"
    r"(?P<value>\d[\d\s\u00a0\u202f.,]*)(?P<unit>[^()\d]*?)\s*(?:[(\[](?P<by>[^()\[\]]+)[)\]])?\s*$",
    re.S,
)


def parse_activities(cell: Cell, context: ImportContext) -> ParsedCell:
    """The activities of the policy by their codes, or by their words where there is no code."""
    parsed, activities = ParsedCell(), []
    listed = parse_codes(cell.text)
    for code in listed:
        activity, is_whole = context.activity_by_code(code)
        if activity is not None:
            activities.append(activity)
            if not is_whole:
                parsed.notes.append(
                    _("%(code)s was read as %(number)s")
                    % {"code": code.printed, "number": activity.number}
                )
        elif code.sure:
            parsed.doubt(_("the policy has no activity %(code)s") % {"code": code.printed})
            parsed.keep(code.printed)
    if not listed:
        for part in split_lines(cell.text):
            _add_by_wording(part, context, activities, parsed)
    elif rest := _remaining_text(cell.text, listed, activities):
        parsed.keep(rest)
    if activities:
        parsed.values["activities"] = _without_repeats(activities)
    return parsed


def _add_by_wording(
    part: str, context: ImportContext, activities: list[Activity], parsed: ParsedCell
) -> None:
    activity, how = context.activities.find(part)
    if activity is None:
        parsed.doubt(_("the policy has no activity with these words"))
        parsed.keep(part)
        return
    activities.append(activity)
    if how == SIMILAR:
        parsed.doubt(
            _("similar words: read as activity %(number)s")
            % {"number": activity.number or activity}
        )


def _remaining_text(text: str, codes: list[ParsedCode], activities: list[Activity]) -> str:
    """What stands beside the codes and is not the activities' own wording."""
    for code in reversed(codes):
        text = f"{text[: code.start]} {text[code.end :]}"
    rest = " ".join(text.split()).strip(" ,;:.-–—")
    wordings: list[str] = []
    for activity in activities:
        wordings += map(normalise_name, activity.text.texts.values())
    normalised = normalise_name(rest)
    is_own = any(normalised in wording or wording in normalised for wording in wordings)
    return "" if is_own or len(re.findall(r"[^\W\d_]{3,}", rest)) == 0 else rest


def _without_repeats(rows: list[Activity]) -> list[Activity]:
    unique: list[Activity] = []
    for row in rows:
        if row not in unique:
            unique.append(row)
    return unique


def parse_institutions(
    cell: Cell, context: ImportContext
) -> tuple[list[tuple[Organisation, str]], ParsedCell]:
    """The institutions in a cell with their roles, those that nobody has yet among them; not
    saved.
    """
    parsed = ParsedCell()
    institutions: list[tuple[Organisation, str]] = []
    seen: list[Organisation] = []
    text = cell.text.strip()
    if text not in context.divided:
        context.divided[text] = list(_split_institutions(text, context))
    for name in context.divided[text]:
        row, role = _parse_institution(name, context, parsed)
        if row is None:
            parsed.keep(name)
        elif row not in seen:
            seen.append(row)
            institutions.append((row, role))
    return institutions, parsed


def _split_institutions(text: str, context: ImportContext) -> Iterator[str]:
    """The names in a cell; at commas only where each part is an institution by itself."""
    for name in split_names(text, context.institution_names):
        if NO_NAME.match(name):
            continue
        parts = NAME_SEPARATORS.split(name)
        is_list = (
            len(parts) > 1
            and all(map(institution_test(context), parts))
            and context.institutions.find(name)[0] is None
        )
        yield from parts if is_list else [name]


def institution_test(context: ImportContext) -> Callable[[str], bool]:
    return lambda name: (
        context.institutions.find(name)[0] is not None or bool(kind_of_institution(name))
    )


def _parse_institution(
    name: str, context: ImportContext, parsed: ParsedCell
) -> tuple[Organisation | None, str]:
    row, how = context.institutions.find(name)
    match = ROLE.match(name)
    if row is None and match:
        row, how = context.institutions.find(match["name"])
        if row is not None:
            return row, match["role"].strip()
    if how == SIMILAR:
        parsed.doubt(_("“%(words)s” was read as “%(name)s”") % {"words": name, "name": row})
    if row is None and len(name) <= MAX_NAME_LENGTH:
        row = row_for_name(context, Organisation, name)
    return row, ""


def parse_lead(cell: Cell, context: ImportContext) -> ParsedCell:
    """Who answers for the task: the first municipal institution, the others with it, outside ones
    beside it.
    """
    institutions, parsed = parse_institutions(cell, context)
    municipal: list[Organisation] = []
    outside: list[Organisation] = []
    for row, __ in institutions:
        group = municipal if row.is_municipal else outside
        group.append(row)
    if municipal:
        parsed.values["lead"] = municipal[0]
        if len(municipal) > 1:
            parsed.values["joint_leads"] = municipal[1:]
            parsed.notes.append(
                _("several institutions: the first one leads, the others lead with it")
            )
        if outside:
            parsed.values["partners"] = outside
    elif outside:
        parsed.values["lead"] = outside[0]
        parsed.notes.append(
            _("not an institution of the municipality: %(name)s") % {"name": outside[0]}
        )
        if outside[1:]:
            parsed.values["partners"] = outside[1:]
    return parsed


def parse_joint_leads(cell: Cell, context: ImportContext) -> ParsedCell:
    institutions, parsed = parse_institutions(cell, context)
    if institutions:
        parsed.values["joint_leads"] = [row for row, __ in institutions]
    return parsed


def parse_partners(cell: Cell, context: ImportContext) -> ParsedCell:
    """Partners, with what they do where it stands in brackets behind a name that is known."""
    institutions, parsed = parse_institutions(cell, context)
    if institutions:
        parsed.values["partners"] = [row for row, __ in institutions]
        roles = [RoleLine(row, context.text(role)) for row, role in institutions if role]
        parsed.values["partner_roles"] = roles
    return parsed


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
        if how == SIMILAR:
            parsed.doubt(_("“%(words)s” was read as “%(name)s”") % {"words": name, "name": row})
        if row is None and len(name) <= MAX_NAME_LENGTH:
            row = row_for_name(context, SensitiveGroup, name)
        if row is None:
            parsed.keep(name)
        elif row not in groups:
            groups.append(row)
    if groups:
        parsed.values["groups"] = groups
    return parsed


def parse_leader(cell: Cell, context: ImportContext) -> ParsedCell:
    """The person in charge, among those who have an account for it; other words stay."""
    person, how = context.people.find(cell.text)
    mail = re.search(r"[\w.+-]+@[\w-]+\.[\w.]+", cell.text)
    if person is None and mail:
        person, how = context.people.find(mail[0])
    if person is None or how == SIMILAR:
        return ParsedCell(left=cell.text.strip())
    return ParsedCell({"leader": person})


def parse_targets(cell: Cell, context: ImportContext) -> ParsedCell:
    """Targets of indicators that the municipality has: "name: 120 (2024)". Others stay in words."""
    parsed = ParsedCell()
    lines: list[TargetLine] = []
    for part in split_lines(cell.text):
        line = _parse_target(part, context, parsed)
        if line is None:
            parsed.keep(part)
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
    value, by = _parse_number(match["value"]), _parse_period(match["by"], context)
    if value is None or by is None:
        return None
    if not match["by"]:
        parsed.doubt(_("a target without a year: %(year)s was assumed") % {"year": by})
    if how == SIMILAR:
        parsed.doubt(
            _("“%(words)s” was read as “%(name)s”") % {"words": match["name"], "name": indicator}
        )
    return TargetLine(indicator, value, by)


def _parse_number(text: str) -> Decimal | None:
    """ "1 200,5", "1,200.5", "120"; None for what is no number that the table can hold."""
    bare = re.sub(r"[\s\u00a0\u202f]", "", text).rstrip(".,")
    if re.fullmatch(r"\d{1,3}([.,]\d{3})+", bare):
        bare = re.sub(r"[.,]", "", bare)
    try:
        value = Decimal(bare.replace(",", "."))
    except InvalidOperation:
        return None
    return value if value < Decimal(10) ** 12 and value == round(value, 3) else None


def _parse_period(text: str | None, context: ImportContext) -> str | None:
    """The code of the period that a target is for: the last year of the table where nothing is
    said.
    """
    if not text:
        return str(context.plan.ends)
    try:
        return Period.parse(text.strip()).code
    except ValueError:
        windows = parse_spans(text, context.single_year).windows
        due = windows[-1].due if windows else None
        return str(due.year) if due else None
