"""Plain text: finds the encoding, then the lines."""

from __future__ import annotations

from django.utils.translation import gettext as _

from splot.documents.encodings import DecodedText, UnknownEncoding, decode_bytes, marked_encoding
from splot.documents.intake.refusals import unreadable_document
from splot.documents.readers.broken_lines import join_hyphenated
from splot.documents.readers.lines import CleanupLog, SourceLine
from splot.documents.tree import Problem


def read_text_lines(
    data: bytes, name: str, log: CleanupLog
) -> tuple[list[SourceLine], list[Problem]]:
    """The lines of a text file in any usual encoding; a problem where two could be right."""
    decoded = decode_text(data, name)
    lines = [SourceLine(words, number) for number, words in enumerate(decoded.text.splitlines(), 1)]
    if lines and marked_encoding(data):
        log.mended("bom", lines[0], lines[0].text.strip())
    join_hyphenated(lines, log)
    lines = [line for line in lines if line.text or not line.wrapped]
    if decoded.other is None:
        return lines, []
    return lines, [Problem("unsure-encoding", "", "", describe_doubt(decoded))]


def describe_doubt(decoded: DecodedText) -> str:
    """A sentence on a text that could be another one."""
    assert decoded.other is not None
    words, others = decoded.sample()
    return _(
        "The file does not say how its letters are encoded. Read as %(encoding)s it says "
        "“%(words)s”, as %(other)s “%(others)s”."
    ) % {
        "encoding": decoded.encoding,
        "words": words,
        "other": decoded.other.encoding,
        "others": others,
    }


def decode_text(data: bytes, name: str) -> DecodedText:
    """The text in these bytes. Raises UnreadableDocument."""
    try:
        return decode_bytes(data)
    except UnknownEncoding as error:
        raise unreadable_document(
            name,
            _("it is not a text in a known encoding."),
            _("Save it as .docx, as .pdf with text, or as plain text in UTF-8, and try again."),
        ) from error
