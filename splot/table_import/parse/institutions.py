"""Cells that name institutions: who leads, who leads with it, who helps."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from splot.documents.spreadsheets import Cell
from splot.implementation.lines import RoleLine
from splot.language.normalisation import normalise_name
from splot.parsing import split_names
from splot.people.models import Organisation

from ..context import ImportContext, kind_of_institution, row_for_name
from .names import MAX_NAME_LENGTH, NO_NAME, doubt_longer_name, doubt_similar, keep_name
from .parsed_cell import ParsedCell

LEAD, PARTNER = "lead", "partner"
# what the word before a colon or in brackets says of an institution, by `normalise_name`
ROLE_WORDS: tuple[tuple[str, str], ...] = (
    (
        PARTNER,
        r"partner\w*|wspolprac\w*|wspolrealiz\w*|wsparcie|wspierajac\w*|podmioty wspolpracujace"
        r"|instytucje wspolpracujace|partners?|supporting|in cooperation|партнер\w*|співпрац\w*",
    ),
    (
        LEAD,
        r"lider\w*|koordynator\w*|koordynacja|koordynujac\w*|realizator\w*|realizacja|wykonawca"
        r"|wiodac\w*|jednostka wiodaca|instytucja wiodaca|odpowiedzialn\w*|prowadzac\w*|glown\w*"
        r"|lead\w*|coordinator|coordinating|responsible|керівник|координатор|виконавець",
    ),
)
LABEL = re.compile(r"(?:^|(?<=[\n;,]))[ \t]*(?P<label>[^\W\d][^:;,\n]{1,40}):[ \t]*")
TOGETHER_WITH = re.compile(
    r"[,(]?\s*(?<!\w)(?:(?:przy|we|w|za)\s+(?:współpracy|współudziale|udziale|wsparciu|pomocy"
    r"|partnerstwie)(?:\s+(?:z|ze))?|in\s+(?:cooperation|partnership)\s+with"
    r"|with\s+(?:the\s+)?(?:support|help)\s+of|[ву]\s+співпраці\s+[зі]з?)\s+",
    re.I,
)
BRACKETS = re.compile(r"^(?P<name>.+?)\s*\((?P<inner>[^()]+)\)\s*$", re.S)
ABBREVIATION = re.compile(r"[A-ZĄĆĘŁŃÓŚŹŻ][A-ZĄĆĘŁŃÓŚŹŻa-z]{0,3}[A-ZĄĆĘŁŃÓŚŹŻ]{1,6}")
NAME_SEPARATORS = re.compile(r"\s*[,/]\s*|\s+(?:oraz|i|and|та|і)\s+")


@dataclass(frozen=True)
class NamedInstitution:
    """An institution of a cell. `role`: LEAD, PARTNER, "" where none was said; `words`: what it
    does, where the cell says that in words of its own.
    """

    row: Organisation
    role: str = ""
    words: str = ""


@dataclass(slots=True)
class ParsedInstitutions(ParsedCell):
    """The institutions in a cell, those that nobody has yet among them; not saved."""

    institutions: list[NamedInstitution] = field(default_factory=list)


def parse_institutions(cell: Cell, context: ImportContext) -> ParsedInstitutions:
    """The institutions in a cell, with their roles."""
    parsed = ParsedInstitutions()
    text = cell.text.strip()
    seen: list[Organisation] = []
    for role, name in _divided(text, context):
        named = _parse_institution(name, role, context, parsed)
        if named is not None and named.row not in seen:
            seen.append(named.row)
            parsed.institutions.append(named)
    for words in _unknown_labels(text):
        parsed.leave(words)
    if "?" in text:
        parsed.leave("?")
    return parsed


def _divided(text: str, context: ImportContext) -> list[tuple[str, str]]:
    """As `_divide`; the cells of one text are divided once."""
    if text not in context.divided:
        context.divided[text] = list(_divide(text, context))
    return context.divided[text]


def _divide(text: str, context: ImportContext) -> Iterator[tuple[str, str]]:
    """(role, name) of each institution: a label before a colon ("Partnerzy:") gives its role to the
    names behind it, "przy współpracy z" that of a partner.
    """
    role, at = "", 0
    for match in (*LABEL.finditer(text), None):
        end = match.start() if match else len(text)
        for number, part in enumerate(TOGETHER_WITH.split(text[at:end])):
            part = part.strip(" \n\t,;")
            part = part.removesuffix(")") if "(" not in part else part
            for name in _split_institutions(part, context):
                yield PARTNER if number else role, name
        if match:
            at, role = match.end(), role_of(match["label"])


def _unknown_labels(text: str) -> list[str]:
    return [match["label"] for match in LABEL.finditer(text) if not role_of(match["label"])]


def role_of(words: str) -> str:
    """The role that a word such as "Lider" or "koordynator" names, "" for none."""
    normalised = normalise_name(words)
    for role, pattern in ROLE_WORDS:
        if re.fullmatch(pattern, normalised):
            return role
    return ""


def _split_institutions(text: str, context: ImportContext) -> Iterator[str]:
    """The names in a cell; at commas only where each part is an institution by itself."""
    if _is_person_with_institution(text, context):
        yield text
        return
    for name in split_names(text, context.institution_names):
        if NO_NAME.match(name):
            continue
        parts = list(filter(None, NAME_SEPARATORS.split(name)))
        is_list = (
            len(parts) > 1
            and _are_institutions(parts, context)
            and context.institutions.find(name)[0] is None
        )
        yield from parts if is_list else [name]


def _is_person_with_institution(text: str, context: ImportContext) -> bool:
    """Whether a cell is a name with an institution of ours in brackets behind it."""
    match = BRACKETS.match(text)
    if match is None or context.institutions.find(match["inner"])[0] is None:
        return False
    is_ours = any(name in match["name"] for name in context.institution_names)
    return not is_ours and not institution_test(context)(match["name"])


def _are_institutions(parts: list[str], context: ImportContext) -> bool:
    """Whether names between commas are institutions, each by itself: all of them, or one behind the
    first, which could not go on with its name ("schools, kindergartens, MOPR").
    """
    is_institution = list(map(institution_test(context), parts))
    return all(is_institution) or any(is_institution[1:])


def institution_test(context: ImportContext) -> Callable[[str], bool]:
    return lambda name: (
        context.institutions.find(name)[0] is not None or bool(kind_of_institution(name))
    )


def _parse_institution(
    name: str, role: str, context: ImportContext, parsed: ParsedCell
) -> NamedInstitution | None:
    row, how = context.institutions.find(name)
    if row is not None:
        doubt_similar(parsed, name, row, how)
        return NamedInstitution(row, role)
    match = BRACKETS.match(name)
    if match and not ABBREVIATION.fullmatch(match["inner"].strip()):
        return _parse_with_brackets(match, role, context, parsed)
    row = _row_for_new_name(name, context, parsed)
    return NamedInstitution(row, role) if row is not None else None


def _parse_with_brackets(
    match: re.Match[str], role: str, context: ImportContext, parsed: ParsedCell
) -> NamedInstitution | None:
    """A name with something in brackets: its role, what it does, or the institution of a person
    whose name stands before.
    """
    name, inner = match["name"].strip(), match["inner"].strip()
    row, how = context.institutions.find(name)
    if inner_role := role_of(inner):
        row = row if row is not None else _row_for_new_name(name, context, parsed)
        return NamedInstitution(row, inner_role, inner) if row is not None else None
    if row is not None:
        doubt_similar(parsed, name, row, how)
        return NamedInstitution(row, role, inner)
    is_institution = institution_test(context)
    if is_institution(inner) and not is_institution(name):
        row, __ = context.institutions.find(inner)
        row = row if row is not None else _row_for_new_name(inner, context, parsed)
        _add_person(name, context, parsed)
        return NamedInstitution(row, role) if row is not None else None
    row = _row_for_new_name(match[0].strip(), context, parsed)
    return NamedInstitution(row, role) if row is not None else None


def _add_person(name: str, context: ImportContext, parsed: ParsedCell) -> None:
    """The person in charge, where the words are the name of one who has an account."""
    person, __ = context.people.find(name)
    if person is not None:
        parsed.values["leader"] = person
    else:
        parsed.leave(name)


def _row_for_new_name(name: str, context: ImportContext, parsed: ParsedCell) -> Organisation | None:
    """What a name that is on no list becomes; without an institution its words are left over, or
    kept where a person wanted that.
    """
    row: Organisation | None = None
    if len(name) <= MAX_NAME_LENGTH:
        if not context.is_decided(name):
            doubt_longer_name(parsed, name, context.institutions.find_within(name))
        row = row_for_name(context, Organisation, name)
    if row is None:
        keep_name(parsed, name, context)
    return row


def parse_lead(cell: Cell, context: ImportContext) -> ParsedCell:
    """Who answers for the task: whom the cell calls so, else the first municipal institution. The
    other municipal ones lead with it, outside ones and those called so are partners.
    """
    parsed = parse_institutions(cell, context)
    _leave_role_words(parsed)
    named = [entry for entry in parsed.institutions if entry.role != PARTNER]
    partners = [entry.row for entry in parsed.institutions if entry.role == PARTNER]
    leads = [entry.row for entry in named if entry.role == LEAD]
    others = [entry.row for entry in named if entry.role != LEAD]
    municipal = [row for row in others if row.is_municipal]
    outside = [row for row in others if not row.is_municipal]
    leading = [*leads, *municipal] or outside[:1]
    beside = [row for row in (*outside, *partners) if row not in leading]
    if not leading and beside:
        parsed.doubt(_("partners only: nobody leads"))
    if leading:
        parsed.values["lead"] = leading[0]
        if not leading[0].is_municipal:
            parsed.notes.append(
                _("not an institution of the municipality: %(name)s") % {"name": leading[0]}
            )
    if leading[1:]:
        parsed.values["joint_leads"] = leading[1:]
        parsed.notes.append(_("several institutions: the first one leads, the others lead with it"))
    if beside:
        parsed.values["partners"] = beside
    return _plain_cell(parsed)


def _leave_role_words(parsed: ParsedInstitutions) -> None:
    """What an institution does has a place beside partners only."""
    for entry in parsed.institutions:
        if not role_of(entry.words):
            parsed.leave(entry.words)


def parse_joint_leads(cell: Cell, context: ImportContext) -> ParsedCell:
    """Who leads with the leading institution."""
    parsed = parse_institutions(cell, context)
    _leave_role_words(parsed)
    if parsed.institutions:
        parsed.values["joint_leads"] = [entry.row for entry in parsed.institutions]
    return _plain_cell(parsed)


def parse_partners(cell: Cell, context: ImportContext) -> ParsedCell:
    """Partners, with what they do where it stands in brackets behind a name that is known."""
    parsed = parse_institutions(cell, context)
    if parsed.institutions:
        parsed.values["partners"] = [entry.row for entry in parsed.institutions]
        roles: list[RoleLine] = []
        for entry in parsed.institutions:
            if entry.words:
                roles.append(RoleLine(entry.row, context.text(entry.words)))
        parsed.values["partner_roles"] = roles
    return _plain_cell(parsed)


def _plain_cell(parsed: ParsedInstitutions) -> ParsedCell:
    """The cell without its institutions, which are in its values: a long file has many."""
    return ParsedCell(
        parsed.values, parsed.kept, parsed.notes, doubts=parsed.doubts, left=parsed.left
    )
