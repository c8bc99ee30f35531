"""What stands before the first provision: title block, parts of the act's title, preamble."""

from __future__ import annotations

import re

from splot.documents.readers.lines import SourceLine
from splot.documents.readers.paragraphs import is_closed
from splot.documents.readers.plan_words import parse_opening
from splot.documents.tree import Act

_KINDS = (
    "UCHWAŁA|ZARZĄDZENIE|OBWIESZCZENIE|POSTANOWIENIE|ROZPORZĄDZENIE|DECYZJA|USTAWA"
    "|RESOLUTION|ORDINANCE|ORDER|DECISION|REGULATION|ACT"
)
KIND = re.compile(
    rf"^(?:(?P<kind>{_KINDS})\b(?!\s+[a-z])|(?P<numbered>(?i:{_KINDS}))(?=\s+(?i:nr|no\."
    r"|numer)(?:\s|$)))"
)
NUMBER = re.compile(r"\s*(?i:nr|no\.|no|numer)(?:\s+(?P<number>\S+(?: ?/ ?\S+)*))?")
DATE = re.compile(r"(?:^|(?<=\s))(?:z\s+dnia|dated|of\s+the\s+day)\s+", re.I)
SUBJECT = re.compile(
    r"(?:^|(?<=\s))(?:w\s+sprawie|regarding|concerning|on\s+the\s+matter\s+of)(?:\s+|$)", re.I
)
ANNEX_OF = re.compile(
    r"(?:załącznik|annex|appendix|attachment)\b[^\n]{0,20}?\s(?:do|to)\s+(?:the\s+)?"
    r"(?P<kind>uchwał\w+|zarządzeni\w+|resolution|order)\b",
    re.I,
)
KINDS_OF_ANNEXED = {"u": "UCHWAŁA", "z": "ZARZĄDZENIE", "r": "RESOLUTION", "o": "ORDER"}
AMENDING = re.compile(r"^(?:zmieniając\w+|uchylając\w+|amending|repealing|on)\s", re.I | re.M)
PREAMBLE = re.compile(
    r"^(?:Na podstawie|Działając|Uwzględniając|Mając na|W związku z|W celu|W trosce|Rada \w+"
    r"|Uchwala się"
    r"|Zarządza się|Zarządzam|On the basis|Pursuant to|Acting|Under |By virtue|Having regard"
    r"|Whereas|In accordance"
    r"|Based on|The \w+ (?:\w+ )?Council)\b"
)
MAX_TITLE_LINE = 200
MAX_TITLE_LINES = 6


def find_kind(lines: list[SourceLine]) -> int | None:
    """The place of the line that names the kind of act ("UCHWAŁA NR ..."), if there is one."""
    for at, line in enumerate(lines):
        if KIND.match(line.text):
            return at
    return None


def parse_front_matter(lines: list[SourceLine]) -> tuple[str, Act, list[SourceLine]]:
    """Title, the act's parts, and the lines that follow the title block."""
    marked = 0
    while marked < len(lines) and lines[marked].heads:
        marked += 1
    start = find_kind(lines[:marked] or lines)
    if marked:
        end = marked
    elif start is None:
        end = _title_end(lines)
    else:
        end = _block_end(lines, start)
    texts = [line.text for line in lines[:end]]
    act = _parse_annexed(lines[:end]) if start is None else _parse_act(texts[start:])
    return " ".join(texts), act, lines[end:]


def _block_end(lines: list[SourceLine], start: int) -> int:
    """The title block of an act runs to the end of its subject."""
    announced = filled = False
    for at in range(start, len(lines)):
        line = lines[at]
        if PREAMBLE.match(line.text) and (announced or at > start + 1):
            return at
        if filled and line.blank_before and not line.text[:1].islower():
            return at
        if announced:
            filled = True
        elif SUBJECT.search(line.text) or (at > start and AMENDING.match(line.text)):
            announced, filled = True, not SUBJECT.fullmatch(line.text)
        elif at > start and len(line.text) > MAX_TITLE_LINE:
            return at
        if filled and line.text.endswith("."):
            return at + 1
    return len(lines)


def _parse_annexed(lines: list[SourceLine]) -> Act:
    """The act to which a file belongs that begins as its annex: its title is what is annexed."""
    texts = [line.text for line in lines]
    annexed = ANNEX_OF.match("\n".join(texts))
    if annexed is None:
        return Act()
    dated = [at for at, text in enumerate(texts, 1) if DATE.search(text)]
    end = dated[0] if dated else max(1, annexed.group().count("\n") + 1)
    named = "\n".join(texts[:end])[annexed.end() :]
    act = _parse_act([f"{KINDS_OF_ANNEXED[annexed['kind'][0].lower()]}{named}"])
    act.subject = _collapse_spaces(" ".join(texts[end:]))
    return act


def _parse_act(texts: list[str]) -> Act:
    """The act's parts out of the lines of its title block."""
    block = "\n".join(texts)
    named = KIND.match(block)
    kind = named.group() if named else ""
    text = block[len(kind) :]
    number = NUMBER.match(text)
    text = text[number.end() :] if number else text
    dated = DATE.search(text)
    date_end = dated.end() if dated else 0
    about = SUBJECT.search(text, date_end)
    opening = about or AMENDING.search(text, date_end)
    subject_at = opening.start() if opening else len(text)
    return Act(
        kind=kind,
        number=(number.group("number") or "") if number else "",
        body=_collapse_spaces(text[: dated.start() if dated else subject_at]),
        date=_collapse_spaces(text[date_end:subject_at]) if dated else "",
        subject=_collapse_spaces(text[about.end() if about else subject_at :]),
    )


def _collapse_spaces(text: str) -> str:
    return " ".join(text.split())


def _title_end(lines: list[SourceLine]) -> int:
    """Other documents: the short lines at the top, as far as a line in capitals if there is one."""
    end = 0
    for at, line in enumerate(lines[:MAX_TITLE_LINES]):
        dated = bool(end and DATE.search(line.text))
        closed = at and is_closed(line.text) and not dated
        if line.role or len(line.text) > MAX_TITLE_LINE or closed:
            break
        if at and parse_opening(line.text):
            break
        if in_capitals(line.text) or dated:
            end = at + 1
    if end:
        return end
    for line in lines[:MAX_TITLE_LINES]:
        if (
            line.role
            or len(line.text) > MAX_TITLE_LINE
            or is_closed(line.text)
            or (end and (line.blank_before or line.heading or line.heads_list))
            or (end and parse_opening(line.text))
        ):
            break
        end += 1
    return end


def in_capitals(text: str) -> bool:
    """Whether a line is a heading in capital letters."""
    return (
        sum(map(str.isalpha, text)) >= 4
        and text.isupper()
        and not is_closed(text)
        and len(text) <= MAX_TITLE_LINE
    )
