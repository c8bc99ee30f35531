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


def parse_activities(words: Cell, known: ImportContext) -> ParsedCell:
    """The activities of the policy by their codes, or by their words where there is no code."""
    said, found = ParsedCell(), []
    listed = parse_codes(words.text)
    for code in listed:
        activity, is_whole = known.activity_by_code(code)
        if activity is not None:
            found.append(activity)
            if not is_whole:
                said.notes.append(
                    _("%(code)s was read as %(number)s")
                    % {"code": code.printed, "number": activity.number}
                )
        elif code.sure:
            said.doubt(_("the policy has no activity %(code)s") % {"code": code.printed})
            said.keep(code.printed)
    if not listed:
        for part in split_lines(words.text):
            _add_by_wording(part, known, found, said)
    elif rest := _remaining_text(words.text, listed, found):
        said.keep(rest)
    if found:
        said.values["activities"] = _without_repeats(found)
    return said


def _add_by_wording(
    part: str, known: ImportContext, found: list[Activity], said: ParsedCell
) -> None:
    activity, how = known.activities.find(part)
    if activity is None:
        said.doubt(_("the policy has no activity with these words"))
        said.keep(part)
        return
    found.append(activity)
    if how == SIMILAR:
        said.doubt(
            _("similar words: read as activity %(number)s")
            % {"number": activity.number or activity}
        )


def _remaining_text(text: str, listed: list[ParsedCode], found: list[Activity]) -> str:
    """What stands beside the codes and is not the activities' own wording."""
    for code in reversed(listed):
        text = f"{text[: code.start]} {text[code.end :]}"
    rest = " ".join(text.split()).strip(" ,;:.-–—")
    wordings: list[str] = []
    for activity in found:
        wordings += map(normalise_name, activity.text.texts.values())
    normalised = normalise_name(rest)
    is_own = any(normalised in wording or wording in normalised for wording in wordings)
    return "" if is_own or len(re.findall(r"[^\W\d_]{3,}", rest)) == 0 else rest


def _without_repeats(rows: list[Activity]) -> list[Activity]:
    made: list[Activity] = []
    for row in rows:
        if row not in made:
            made.append(row)
    return made


def parse_institutions(
    words: Cell, known: ImportContext
) -> tuple[list[tuple[Organisation, str]], ParsedCell]:
    """The institutions in a cell with their roles, those that nobody has yet among them; not
    saved.
    """
    said = ParsedCell()
    found: list[tuple[Organisation, str]] = []
    text = words.text.strip()
    if text not in known.divided:
        known.divided[text] = list(_split_institutions(text, known))
    for name in known.divided[text]:
        row, role = _parse_institution(name, known, said)
        if row is None:
            said.keep(name)
        elif row not in [each for each, __ in found]:
            found.append((row, role))
    return found, said


def _split_institutions(text: str, known: ImportContext) -> Iterator[str]:
    """The names in a cell; at commas only where each part is an institution by itself."""
    for name in split_names(text, known.institution_names):
        if NO_NAME.match(name):
            continue
        parts = NAME_SEPARATORS.split(name)
        is_list = (
            len(parts) > 1
            and all(map(institution_test(known), parts))
            and known.institutions.find(name)[0] is None
        )
        yield from parts if is_list else [name]


def institution_test(known: ImportContext) -> Callable[[str], bool]:
    return lambda name: (
        known.institutions.find(name)[0] is not None or bool(kind_of_institution(name))
    )


def _parse_institution(
    name: str, known: ImportContext, said: ParsedCell
) -> tuple[Organisation | None, str]:
    row, how = known.institutions.find(name)
    match = ROLE.match(name)
    if row is None and match:
        row, how = known.institutions.find(match["name"])
        if row is not None:
            return row, match["role"].strip()
    if how == SIMILAR:
        said.doubt(_("“%(words)s” was read as “%(name)s”") % {"words": name, "name": row})
    if row is None and len(name) <= MAX_NAME_LENGTH:
        row = row_for_name(known, Organisation, name)
    return row, ""


def parse_lead(words: Cell, known: ImportContext) -> ParsedCell:
    """Who answers for the task: the first municipal institution, the others with it, outside ones
    beside it.
    """
    found, said = parse_institutions(words, known)
    municipal = [row for row, __ in found if row.is_municipal]
    outside = [row for row, __ in found if not row.is_municipal]
    if municipal:
        said.values["lead"] = municipal[0]
        if len(municipal) > 1:
            said.values["joint_leads"] = municipal[1:]
            said.notes.append(
                _("several institutions: the first one leads, the others lead with it")
            )
        if outside:
            said.values["partners"] = outside
    elif outside:
        said.values["lead"] = outside[0]
        said.notes.append(
            _("not an institution of the municipality: %(name)s") % {"name": outside[0]}
        )
        if outside[1:]:
            said.values["partners"] = outside[1:]
    return said


def parse_joint_leads(words: Cell, known: ImportContext) -> ParsedCell:
    found, said = parse_institutions(words, known)
    if found:
        said.values["joint_leads"] = [row for row, __ in found]
    return said


def parse_partners(words: Cell, known: ImportContext) -> ParsedCell:
    """Partners, with what they do where it stands in brackets behind a name that is known."""
    found, said = parse_institutions(words, known)
    if found:
        said.values["partners"] = [row for row, __ in found]
        roles = [RoleLine(row, known.text(role)) for row, role in found if role]
        said.values["partner_roles"] = roles
    return said


def parse_groups(words: Cell, known: ImportContext) -> ParsedCell:
    """Sensitive groups, divided at commas too; those that are not on the list are proposed for
    it.
    """
    said, found = ParsedCell(), []
    whole, __ = known.groups.find(words.text)
    for name in [words.text] if whole else GROUP_SEPARATORS.split(words.text):
        name = name.strip(" .-–—*\t")
        if not name or NO_NAME.match(name):
            continue
        row, how = known.groups.find(name)
        if how == SIMILAR:
            said.doubt(_("“%(words)s” was read as “%(name)s”") % {"words": name, "name": row})
        if row is None and len(name) <= MAX_NAME_LENGTH:
            row = row_for_name(known, SensitiveGroup, name)
        if row is None:
            said.keep(name)
        elif row not in found:
            found.append(row)
    if found:
        said.values["groups"] = found
    return said


def parse_leader(words: Cell, known: ImportContext) -> ParsedCell:
    """The person in charge, among those who have an account for it; other words stay."""
    person, how = known.people.find(words.text)
    mail = re.search(r"[\w.+-]+@[\w-]+\.[\w.]+", words.text)
    if person is None and mail:
        person, how = known.people.find(mail[0])
    if person is None or how == SIMILAR:
        return ParsedCell(left=words.text.strip())
    return ParsedCell({"leader": person})


def parse_targets(words: Cell, known: ImportContext) -> ParsedCell:
    """Targets of indicators that the municipality has: "name: 120 (2024)". Others stay in words."""
    said = ParsedCell()
    lines: list[TargetLine] = []
    for part in split_lines(words.text):
        line = _parse_target(part, known, said)
        if line is None:
            said.keep(part)
        elif (line.indicator, line.by) not in [(each.indicator, each.by) for each in lines]:
            lines.append(line)
    if lines:
        said.values["targets"] = lines
    return said


def _parse_target(part: str, known: ImportContext, said: ParsedCell) -> TargetLine | None:
    match = TARGET.match(part)
    indicator, how = known.indicators.find(match["name"]) if match else (None, "")
    if not match or indicator is None:
        return None
    value, by = _parse_number(match["value"]), _parse_period(match["by"], known)
    if value is None or by is None:
        return None
    if not match["by"]:
        said.doubt(_("a target without a year: %(year)s was assumed") % {"year": by})
    if how == SIMILAR:
        said.doubt(
            _("“%(words)s” was read as “%(name)s”") % {"words": match["name"], "name": indicator}
        )
    return TargetLine(indicator, value, by)


def _parse_number(words: str) -> Decimal | None:
    """ "1 200,5", "1,200.5", "120"; None for what is no number that the table can hold."""
    bare = re.sub(r"[\s\u00a0\u202f]", "", words).rstrip(".,")
    if re.fullmatch(r"\d{1,3}([.,]\d{3})+", bare):
        bare = re.sub(r"[.,]", "", bare)
    try:
        value = Decimal(bare.replace(",", "."))
    except InvalidOperation:
        return None
    return value if value < Decimal(10) ** 12 and value == round(value, 3) else None


def _parse_period(words: str | None, known: ImportContext) -> str | None:
    """The code of the period that a target is for: the last year of the table where nothing is
    said.
    """
    if not words:
        return str(known.plan.ends)
    try:
        return Period.parse(words.strip()).code
    except ValueError:
        windows = parse_spans(words, known.single_year).windows
        due = windows[-1].due if windows else None
        return str(due.year) if due else None
