"""Plain text: finds the encoding, then the lines."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from splot.documents.intake.refusals import unreadable_document
from splot.documents.readers.lines import CleanupLog, SourceLine
from splot.documents.tree import Problem

BYTE_ORDER_MARKS = (  # the longer first: the mark of UTF-32 begins like that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# where the two Polish code pages differ, as (Windows, ISO): ą ś ź Ą Ś Ź
WINDOWS, ISO = b"\xb9\x9c\x9f\xa5\x8c\x8f", b"\xb1\xb6\xbc\xa1\xa6\xac"
UTF8 = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
JUNK = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f\ufffd]")
MAX_JUNK = 0.1
MAX_FOREIGN = 0.15
POLISH = set("ąćęłńóśźżĄĆĘŁŃÓŚŹŻ")


def read_text_lines(
    data: bytes, name: str, log: CleanupLog
) -> tuple[list[SourceLine], list[Problem]]:
    """The lines of a text file in UTF-8, UTF-16, UTF-32, Windows-1250 or ISO 8859-2."""
    text = decode_text(data, name)
    lines = [SourceLine(words, number) for number, words in enumerate(text.splitlines(), 1)]
    if lines and _marked_encoding(data):
        log.mended("bom", lines[0], lines[0].text.strip())
    return lines, []


def decode_text(data: bytes, name: str) -> str:
    marked = _marked_encoding(data)
    for encoding in [marked] if marked else _candidate_encodings(data):
        try:
            text = data.decode(encoding)
        except UnicodeError:
            continue
        if len(JUNK.findall(text)) > MAX_JUNK * len(text):
            break
        if encoding in ("cp1250", "iso8859-2") and _is_foreign(text):
            continue
        return text
    raise unreadable_document(
        name,
        _("it is not a text in a known encoding."),
        _("Save it as .docx, as .pdf with text, or as plain text in UTF-8, and try again."),
    )


def _marked_encoding(data: bytes) -> str:
    """The encoding that the first bytes name; "" where they name none."""
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return encoding
    return ""


def _candidate_encodings(data: bytes) -> Iterator[str]:
    """Encodings to try, the likeliest first. UTF-16 without a mark shows in its zero bytes."""
    sample = data[:4096]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) > 0.3 * len(sample) / 2 and min(even, odd) <= max(even, odd) / 8:
        yield "utf-16-le" if odd > even else "utf-16-be"
        return
    yield "utf-8"
    high = len(data) - len(data.translate(None, bytes(range(128, 256))))
    if high > 5 and sum(map(len, UTF8.findall(data))) > 0.8 * high:
        return  # damaged UTF-8 is no code page
    windows, iso = sum(map(data.count, WINDOWS)), sum(map(data.count, ISO))
    yield from ("iso8859-2", "cp1250") if iso > windows else ("cp1250", "iso8859-2")


def _is_foreign(text: str) -> bool:
    """Many letters of neither Polish nor English mean that the encoding was another one."""
    letters = list(filter(str.isalpha, text[:100_000]))
    foreign = sum(not letter.isascii() and letter not in POLISH for letter in letters)
    return foreign > MAX_FOREIGN * len(letters)
