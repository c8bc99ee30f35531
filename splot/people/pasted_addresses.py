"""Names and e-mail addresses as people paste them from a spreadsheet, matched to institutions."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from splot.core.mail import is_email_address
from splot.language.fuzzy import SAME, NameIndex

from .models import Organisation

MAX_LINES = 2000
ADDRESS = re.compile(r"[^\s<>;,|\"]+@[^\s<>;,|\"]+")
SEPARATORS = ' \t;,|"<>:-–()'


@dataclass(frozen=True)
class PastedAddress:
    """An address that was pasted for an institution; `line` where the name is only alike."""

    email: str
    line: str = ""


@dataclass
class PastedAddresses:
    """What was understood: an address for each institution by its key, and the lines that fit
    none, each with how it is wrong: "unknown", "no_address", "not_an_address" or "repeated".
    """

    found: dict[int, PastedAddress] = field(default_factory=dict)
    left: list[tuple[str, str]] = field(default_factory=list)


def parse_pasted_addresses(words: str, organisations: Iterable[Organisation]) -> PastedAddresses:
    """Read lines that hold a name and an address, in any order and however they are separated.

    Of several addresses in a line the first counts; a line for an institution that had one before
    is told, not taken.
    """
    index: NameIndex[Organisation] = NameIndex(shortened=True)
    for organisation in organisations:
        index.add(organisation, [text for text in organisation.name.texts.values() if text])
    pasted = PastedAddresses()
    for line in filter(None, map(str.strip, words.splitlines()[:MAX_LINES])):
        wrong = _read_line(line, index, pasted)
        if wrong:
            pasted.left.append((line[:300], wrong))
    return pasted


def _read_line(line: str, index: NameIndex[Organisation], pasted: PastedAddresses) -> str:
    """Take one line; gives how it is wrong, or ""."""
    address = ADDRESS.search(line)
    if address is None:
        return "no_address"
    email = address[0].strip(".()[]").removeprefix("mailto:").lower()
    if not is_email_address(email):
        return "not_an_address"
    organisation, how = _find_organisation(ADDRESS.sub("\t", line), index)
    if organisation is None:
        return "unknown"
    known = pasted.found.get(organisation.pk)
    if known:
        return "" if known.email == email else "repeated"
    pasted.found[organisation.pk] = PastedAddress(email, "" if how == SAME else line[:300])
    return ""


def _find_organisation(
    words: str, index: NameIndex[Organisation]
) -> tuple[Organisation | None, str]:
    """The institution that a line names: in one of its cells, else in all of its words."""
    cells = [cell.strip(SEPARATORS) for cell in re.split(r"[\t;|]+", words)]
    for cell in [*filter(None, cells), " ".join(cells).strip(SEPARATORS)]:
        organisation, how = index.find(cell)
        if organisation:
            return organisation, how
    return None, ""
