"""What the whole document tells about its numbering, gathered before any line is judged."""

from __future__ import annotations

from dataclasses import dataclass, field

from splot.documents.readers.bare_numbers import add_bare_letters, discard_bare_numbers
from splot.documents.readers.lines import QUOTED, SourceLine
from splot.documents.readers.list_headings import mark_list_headings
from splot.documents.readers.number_order import is_first, is_successor
from splot.documents.readers.numbering import (
    AUTOMATIC,
    BARE,
    CONTAINERS,
    PROVISIONS,
    Label,
    is_named,
    parse_labels,
)
from splot.documents.readers.paragraphs import TITLE_LENGTH, is_closed
from splot.documents.readers.plan_words import parse_opening

QUOTE_LIMIT = 200  # lines in one quoted passage; keeps the search linear
OPENING, CLOSING = '„“«"', '”"»“'
IN_PAIRS = {"I.", "A.", "a.", "i)"}  # one alone is more often an initial than a number
ANNEX_OF = ("do ", "до ", "to the ", "to resolution", "to order", "to Resolution", "to Order")


@dataclass(slots=True)
class Evidence:
    """labels: what each line can be read as. begins: whether it begins like a number, or says
    what it is before a colon, be it a passage or not. legal: has § or articles. styles: those in
    real use.
    """

    labels: list[list[Label]] = field(default_factory=list)
    begins: list[bool] = field(default_factory=list)
    legal: bool = False
    styles: set[str] = field(default_factory=set)

    @property
    def numbered(self) -> bool:
        """Whether anything but dashes is numbered."""
        return self.legal or bool(self.styles)


def gather_evidence(lines: list[SourceLine]) -> Evidence:
    """One look at every line. Marks quoted provisions on the way, so that they open nothing."""
    _mark_quotes(lines)
    evidence = Evidence()
    last: dict[str, Label] = {}
    for line in lines:
        labels: list[Label] = []
        if not line.role:
            labels = parse_labels(f"{line.label} " if line.label else line.text)
        evidence.labels.append(labels)
        numbered = any(label.style.kind != "indent" for label in labels)
        opening = None if line.role or line.label else parse_opening(line.text)
        evidence.begins.append(numbered or bool(opening and opening.rest))
    discard_bare_numbers(lines, evidence.labels)
    add_bare_letters(lines, evidence.labels)
    mark_list_headings(lines, evidence.labels)
    for line, labels in zip(lines, evidence.labels, strict=True):
        if line.label and not labels:
            evidence.styles.add(AUTOMATIC.name)
        for label in labels:
            _weigh_label(evidence, label, bool(line.label), last)
            if label.style.name in PROVISIONS or is_first(label):
                for inner in parse_labels(line.text if line.label else label.rest):
                    _weigh_label(evidence, inner, False, last)
    evidence.styles -= {"dash", "bullet"}
    return evidence


def _weigh_label(evidence: Evidence, label: Label, certain: bool, last: dict[str, Label]) -> None:
    name = label.style.name
    if name in PROVISIONS:
        if looks_like_provision(label, certain):
            evidence.styles.add(name)
            in_series = certain or _in_use(label, last.get(name))
            evidence.legal |= in_series and name in ("paragraph", "article")
    elif certain or _in_use(label, last.get(name)):
        evidence.styles.add(name)
    last[name] = label


def _in_use(label: Label, before: Label | None) -> bool:
    if label.style.name in BARE or is_named(label.style):
        return True
    if label.style.name not in IN_PAIRS and is_first(label):
        return True
    return before is not None and is_successor(label.style, before.value, label.value)


def looks_like_provision(label: Label, certain: bool) -> bool:
    """Whether "§ 4 ..." heads a provision or only speaks of one ("§ 4 ust. 2 applies").

    certain: the word processor made the number.
    """
    rest = label.rest
    if certain or not rest:
        return True
    if label.style.name == "annex":
        named = rest.startswith(ANNEX_OF) or rest[0].isupper() or rest[0] in ':–-„"'
        return named and len(rest) <= TITLE_LENGTH and (not is_closed(rest) or rest.endswith(" r."))
    if label.num.endswith(".") and label.num[0] != "a":
        return True
    if label.style.name in CONTAINERS:
        titled = rest[0].isupper() or rest[0] in ":–-"
        return titled and len(rest) <= TITLE_LENGTH and not is_closed(rest)
    if label.num[0] == "a":  # "art. 5" is more often cited than printed so
        return rest[0].isupper()
    return rest[0].isupper() or rest[0] in '(„"' or any(map(is_first, parse_labels(rest)))


def _mark_quotes(lines: list[SourceLine]) -> None:
    """Provisions in quotation marks belong to the act that they amend, not to this one."""
    at = 0
    while at < len(lines):
        if not lines[at].role and not lines[at].label and opens_quote(lines[at].text):
            end = _quote_end(lines, at)
            for line in lines[at:end]:
                line.role = line.role or QUOTED
            at = max(end, at + 1)
        else:
            at += 1


def opens_quote(text: str) -> bool:
    """Whether a line begins with a quoted number."""
    return text[:1] != "" and text[0] in OPENING and bool(parse_labels(text[1:].lstrip()))


def _quote_end(lines: list[SourceLine], start: int) -> int:
    """The line after the one that closes the quotation; `start` when none does."""
    for at in range(start, min(start + QUOTE_LIMIT, len(lines))):
        text = lines[at].text.rstrip(".,;")
        if (at > start or len(text) > 1) and text[-1:] in CLOSING and text[-1:] != "":
            return at + 1
    return start
