"""Codes of activities and provisions as people cite them: "2.1.2a", "1.A.4.II", "§ 4 ust. 1 pkt 2",
"Działanie 3.1".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from splot.parsing.parsed import Parsed
from splot.parsing.provisions import (
    INNER_MARK_WORDS,
    LOOSE_MARK,
    PROVISION_LETTER,
    PROVISION_NUMBER,
)
from splot.parsing.scanner import MAX_TEXT_LENGTH, Scanner

MAX_CODES_IN_RANGE = 50
CODE_PART = r"[0-9]{1,4}[a-z]{0,2}|[IVXLC]{1,6}|[A-Z]{1,2}[0-9]{1,4}[a-z]?|[A-Za-z]"
DOTTED_CODE = rf"(?:{CODE_PART})(?:[.\-/](?:{CODE_PART}))*"
PROVISION = re.compile(
    rf"(?<!\w)(?P<first>(?:§+|art\.?|rozdz(?:iał|iału|\.)?)\s*{PROVISION_NUMBER}(?!\w)"
    r"|(?=ust\.?\s*\d|pkt\.?\s*\d))"
    rf"(?P<rest>(?:[\s,]*(?:{INNER_MARK_WORDS})\.?\s*"
    rf"(?:{PROVISION_NUMBER}|{PROVISION_LETTER})(?![\w])\)?)*)"
    rf"(?P<more>(?:\s*(?:,|i|oraz|lub|and|[-–—])\s*(?:{PROVISION_NUMBER}|[a-z])(?![\w.])\)?)*)",
    re.I,
)
LABEL = (
    r"(?:działani[aeu]m?|dział\.|zadani[aeu]m?|zad\.|dz\.|cel[ue]?|obszar[ue]?|punkt[u]?"
    r"|pozycj[ai]|poz\.|nr|l\.?p\.?|kod|priorytet[u]?"
    r"|action|activity|task|measure|goal|objective|area|no\.?|code|item"
    r"|захід|завдання|№)"
)
LABELLED_CODE = re.compile(
    rf"(?:(?<!\w){LABEL}\s*:?\s*(?:nr\.?\s*)?)?"
    rf"(?<![\w.,/]){DOTTED_CODE}(?![\w])(?:\.(?=\s|[,;:)\-–—]|$))?",
    re.I,
)
RANGE_SIGN = re.compile(r"\s*(?:[-–—]|do|to)\s*", re.I)
PROVISION_WORD = re.compile(rf"{LOOSE_MARK}|\brozdz\w*\b\.?", re.I)
DATE_LIKE = re.compile(
    r"\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d\d|(?:19|20)\d\d[./-]\d{1,2}[./-]\d{1,2}|\d{1,3}\.0{2,3}"
)


@dataclass(frozen=True, slots=True)
class ParsedCode:
    """A code: as printed, its parts, and where it stands in the text. Codes that mean the same
    place compare equal.

    `sure` is False for one that stands only inside a range, and for the ends of a range that cannot
    be counted.
    """

    printed: str = field(compare=False)
    parts: tuple[str, ...]
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)
    sure: bool = field(default=True, compare=False)

    @property
    def normal(self) -> str:
        """As in the address of an activity: "§ 4 ust. 1 pkt 2" is "4-1-2", "2.1.2a" is "2-1-2a"."""
        return "-".join(self.parts)

    @property
    def loose(self) -> str:
        """The same for "A1", "A.1" and "A 1", and for "2a" and "2.a", which people do not keep
        apart.
        """
        return "-".join(re.findall(r"\d+|[^\W\d_]+", self.normal))


@dataclass(slots=True)
class ParsedCodes(Parsed):
    """The codes of a text in their order, and the words beside them."""

    codes: list[ParsedCode] = field(default_factory=list)


def parse_codes(text: str) -> ParsedCodes:
    """The codes in a cell. Dates and amounts are none; a number or letter within words is none.

    Of a text longer than any list of codes only the beginning is parsed.
    """
    codes: list[ParsedCode] = []
    taken: list[tuple[int, int]] = []
    beginning = text[:MAX_TEXT_LENGTH]
    for match in PROVISION.finditer(beginning):
        if match.end() > match.start():
            taken.append(match.span())
            codes += _parse_provision(match)
    dotted: list[re.Match[str]] = []
    for match in LABELLED_CODE.finditer(beginning):
        if not _overlaps_any(match, taken) and _is_code(match, beginning):
            dotted.append(match)
    codes += _parse_dotted_codes(dotted, beginning)
    codes.sort(key=lambda code: code.start)
    scan = Scanner(text)
    for code in codes:
        scan.take(code.start, code.end)
    return ParsedCodes(codes, read=scan.read(), left=scan.left())


def _overlaps_any(match: re.Match[str], taken: list[tuple[int, int]]) -> bool:
    return any(start < match.end() and match.start() < end for start, end in taken)


def _is_code(match: re.Match[str], text: str) -> bool:
    """A lone number or letter counts only behind "Task" and the like, or where the cell holds
    little else.
    """
    printed, body = match[0], _strip_label(match[0])
    if DATE_LIKE.fullmatch(body.rstrip(".")):
        return False
    parts = _split_parts(body)
    if len(parts) > 1:
        is_short = all(len(part) < 4 for part in parts)
        return is_short and (len(parts) > 2 or any(map(str.isdigit, body)))
    has_digit = any(map(str.isdigit, "".join(parts)))
    if not has_digit and not _holds_only_codes(text):
        return False
    if body.islower() and len(body) == 1:
        return text.strip(" .)") == body  # "i", "a", "o", "w" and "z" are words
    return body != printed or _holds_only_codes(text)


def _holds_only_codes(text: str) -> bool:
    """Whether a cell holds codes only: no word of more than a code's letters."""
    bare = re.sub(rf"\b{LABEL}|\b(?:i|oraz|and|do|to)\b", " ", text, flags=re.I)
    words = re.findall(r"[^\W\d_]{2,}", bare)
    return len(text) < 200 and all(re.fullmatch(r"[IVXLC]+|[A-Z]{1,2}", word) for word in words)


def _strip_label(printed: str) -> str:
    """Without the word before the code."""
    if " " not in printed:
        return printed
    return re.sub(rf"^{LABEL}\s*:?\s*(?:nr\.?\s*)?(?=[\w§])", "", printed, count=1, flags=re.I)


def _split_parts(body: str) -> tuple[str, ...]:
    parts = re.split(r"\W+", PROVISION_WORD.sub(" ", body))
    return tuple(part.lower() for part in parts if part)


def _parse_provision(match: re.Match[str]) -> Iterator[ParsedCode]:
    """The provision, and its neighbours in "pkt 2 i 3" or "pkt 2-4"."""
    head = match["first"] + (match["rest"] or "")
    parts = _split_parts(head)
    if not parts:
        return
    yield ParsedCode(head.strip(), parts, match.start(), match.start() + len(head))
    at = match.start("more")
    for sign, number in re.findall(r"(,|i|oraz|lub|and|[-–—])\s*(\w+)", match["more"] or "", re.I):
        last = (*parts[:-1], number.lower())
        if sign in "-–—":
            yield from _codes_between(parts, last, at, match.end())
        yield ParsedCode(number, last, at, match.end())
        parts = last


def _parse_dotted_codes(matches: list[re.Match[str]], text: str) -> Iterator[ParsedCode]:
    before: ParsedCode | None = None
    for match in matches:
        # "1.1-1.3" is a range, "1-2" within a code is not: the pattern takes such a code as a whole
        body, start, end = _strip_label(match[0]).rstrip("."), match.start(), match.end()
        halves = re.split(r"-", body)
        if len(halves) == 2 and _is_range(*halves):
            low, high = map(_split_parts, halves)
            yield from _expand_range(low, high, body, start, end)
            before = None
            continue
        code = ParsedCode(match[0].strip(), _split_parts(body), start, end)
        if before is not None and RANGE_SIGN.fullmatch(text, before.end, start):
            middle = list(_codes_between(before.parts, code.parts, before.end, start))
            yield from middle
            if not middle and not _are_consecutive(before.parts, code.parts):
                code = ParsedCode(code.printed, code.parts, start, end, sure=False)
        yield code
        before = code


def _is_range(first: str, last: str) -> bool:
    """Whether "1.1-1.3" or "2-5" are the ends of a range; "D-12" and "5-2" are codes with a
    dash.
    """
    if "." in first:
        return first.count(".") == last.count(".")
    return first.isdecimal() and last.isdecimal() and int(first) < int(last)


def _expand_range(
    first: tuple[str, ...], last: tuple[str, ...], printed: str, start: int, end: int
) -> Iterator[ParsedCode]:
    middle = list(_codes_between(first, last, start, end))
    sure = bool(middle) or _are_consecutive(first, last)
    yield ParsedCode(printed.split("-")[0], first, start, end, sure)
    yield from middle
    yield ParsedCode(printed.split("-")[1], last, start, end, sure)


def _are_consecutive(first: tuple[str, ...], last: tuple[str, ...]) -> bool:
    same = first[:-1] == last[:-1] and first[-1].isdigit() and last[-1].isdigit()
    return same and int(last[-1]) - int(first[-1]) == 1


def _codes_between(
    first: tuple[str, ...], last: tuple[str, ...], start: int, end: int
) -> Iterator[ParsedCode]:
    """The codes inside a range that ends under the same parent."""
    if first[:-1] != last[:-1] or not (first[-1].isdecimal() and last[-1].isdecimal()):
        return
    low, high = int(first[-1]), int(last[-1])
    if 1 < high - low <= MAX_CODES_IN_RANGE:
        for number in range(low + 1, high):
            parts = (*first[:-1], str(number))
            yield ParsedCode(".".join(parts), parts, start, end, sure=False)
