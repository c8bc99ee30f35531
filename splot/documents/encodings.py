"""Finds the encoding of a text that does not name it. Where two encodings could be right, both
texts are returned: letters are never wrong in silence.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from .letter_statistics import count_differing_words, count_telling_words, is_foreign, likelihood_of

BYTE_ORDER_MARKS = (  # the longer first: the mark of UTF-32 begins like that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
UTF8 = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
UPPER_BYTES = bytes(range(6))
JUNK = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f\ufffd]")
MAX_JUNK = 0.1
MAZOVIA = "mazovia"
# encoding: (its name, how usual it is); where two give one text, the more usual one is named
CODE_PAGES: dict[str, tuple[str, float]] = {
    "cp1250": ("Windows-1250", 1.15),
    "cp1251": ("Windows-1251", 1.1),
    "cp1252": ("Windows-1252", 1.0),
    "iso8859-2": ("ISO 8859-2", 1.05),
    "iso8859-5": ("ISO 8859-5", 1.0),
    "iso8859-16": ("ISO 8859-16", 1.0),
    "cp852": ("DOS, 852", 1.0),
    "cp850": ("DOS, 850", 0.95),
    "cp866": ("DOS, 866", 1.0),
    "cp1125": ("DOS, 1125", 1.0),
    MAZOVIA: ("DOS, Mazovia", 0.9),
    "koi8-u": ("KOI8-U", 1.0),
    "koi8-r": ("KOI8-R", 1.0),
    "mac-latin2": ("Mac, Latin 2", 1.0),
    "mac-roman": ("Mac, Roman", 0.95),
    "mac-cyrillic": ("Mac, Cyrillic", 1.0),
}
# the signs of code page 437 that are Polish letters in Mazovia
MAZOVIA_SIGNS = str.maketrans("åìÅÉæÆòÿ£₧áíóúñÑªº", "ąćĄĘęłĆŚŁśŹŻóÓńŃźż")
LINE_BEYOND_ASCII = re.compile(rb"[^\r\n]*[\x80-\xff][^\r\n]*")
MAX_SAMPLE_LINE, MAX_SAMPLE = 1_000, 12_000  # bytes
WORD_BREAK, MAX_SAMPLE_WORD = re.compile(r'[\s;,|"]'), 30
# how far ahead of the next one the likeliest text has to be, as a share of its likelihood
MIN_LEAD, LEAD_OF_ONE_WORD = 0.08, 0.25
FEW_WORDS = 3  # of which only those count in which two texts differ
MIN_FLAWLESS = 0.3  # of its likelihood
CEDILLAS = str.maketrans("şţŞŢ", "șțȘȚ")  # one letter to a reader


@dataclass(frozen=True)
class DecodedText:
    """A text, and the name of its encoding for people. `other` is a second text that the bytes
    could be, where it is not sure.
    """

    text: str
    encoding: str
    other: DecodedText | None = None

    def sample(self) -> tuple[str, str]:
        """The first words that differ between the text and the other one, as each has them."""
        assert self.other is not None
        texts = self.text, self.other.text  # one sign for each byte
        at = next((at for at, (one, two) in enumerate(zip(*texts, strict=False)) if one != two), 0)
        samples: list[str] = []
        for text in texts:
            start, end = max(0, at - MAX_SAMPLE_WORD), at + MAX_SAMPLE_WORD
            before, after = WORD_BREAK.split(text[start:at])[-1], WORD_BREAK.split(text[at:end])[0]
            samples.append(before + after)
        return samples[0], samples[1]


class UnknownEncoding(ValueError):
    """Bytes that are no text, or damaged."""


def decode_bytes(data: bytes) -> DecodedText:
    """The text in these bytes. Raises UnknownEncoding."""
    encoding = marked_encoding(data) or _unmarked_unicode(data)
    if encoding:
        try:
            return DecodedText(_without_junk(data.decode(encoding)), encoding)
        except UnicodeError as error:
            raise UnknownEncoding from error
    first, second = _likeliest_code_pages(data)
    other = _decode_page(data, second) if second else None
    return replace(_decode_page(data, first), other=other)


def marked_encoding(data: bytes) -> str:
    """The encoding that the first bytes name; "" where they name none."""
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return encoding
    return ""


def _unmarked_unicode(data: bytes) -> str:
    """UTF-16 without a mark shows in every second byte, which is small; what is UTF-8 is hardly
    anything else. "" for a code page. Raises UnknownEncoding for damaged UTF-8.
    """
    has_spaces = b"\x00" in data[:4096]  # or line ends, of UTF-16
    even, odd = _count_small_bytes(data[:4096:2]), _count_small_bytes(data[1:4096:2])
    most, least = max(even, odd), min(even, odd)
    if has_spaces and most > 0.3 * len(data[:4096]) / 2 and least <= most / 8:
        return "utf-16-le" if odd > even else "utf-16-be"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        high = len(data) - len(data.translate(None, bytes(range(128, 256))))
        if high > 5 and sum(map(len, UTF8.findall(data))) > 0.8 * high:
            raise UnknownEncoding from None
        return ""
    return "utf-8"


def _count_small_bytes(data: bytes) -> int:
    """How many bytes can be the upper ones of European letters in UTF-16."""
    return len(data) - len(data.translate(None, UPPER_BYTES))


def _likeliest_code_pages(data: bytes) -> tuple[str, str]:
    """The likeliest encoding, and a second one where it could be right as well, else "". Raises
    UnknownEncoding for none.
    """
    sample = _sample_of(data)
    candidates: dict[str, _Candidate] = {}  # by text, without what nobody sees
    for page in CODE_PAGES:
        for text in _texts_of(sample, page):
            candidate = _Candidate.of(page, text)
            seen = text.translate(CEDILLAS)
            if seen not in candidates or candidate.figure > candidates[seen].figure:
                candidates[seen] = candidate
    ranked = sorted(candidates.values(), key=lambda candidate: candidate.figure, reverse=True)
    known = [page for page in CODE_PAGES if page != MAZOVIA]
    if not ranked or is_foreign(sample, ranked[0].figure, known):
        raise UnknownEncoding
    first, *others = ranked
    rival = next((other for other in others if _is_rival(other, first)), None)
    return first.page, rival.page if rival else ""


@dataclass(frozen=True)
class _Candidate:
    """What a sample is in an encoding; `figure` is its likelihood, more for a usual encoding."""

    page: str
    text: str
    figure: float
    is_flawless: bool

    @classmethod
    def of(cls, page: str, text: str) -> _Candidate:
        likelihood = likelihood_of(text, "cp852" if page == MAZOVIA else page)
        figure = CODE_PAGES[page][1] * likelihood.figure
        return cls(page, text, figure, likelihood.is_flawless)


def _is_rival(other: _Candidate, first: _Candidate) -> bool:
    """Whether a text could be right beside the likeliest one: it is hardly less likely, or has no
    flaw where that has one.
    """
    if other.is_flawless and not first.is_flawless:
        return other.figure > MIN_FLAWLESS * first.figure
    telling = count_telling_words(first.text)
    if telling <= FEW_WORDS or not first.is_flawless or other.is_flawless:
        telling = count_differing_words(first.text, other.text)
    lead = MIN_LEAD + LEAD_OF_ONE_WORD / max(1, telling)
    return first.figure - other.figure < lead * first.figure


def _sample_of(data: bytes) -> bytes:
    """The first lines with letters beyond ASCII."""
    sample = b""
    for line in LINE_BEYOND_ASCII.finditer(data):
        sample += line[0][:MAX_SAMPLE_LINE] + b"\n"
        if len(sample) > MAX_SAMPLE:
            break
    return sample


def _texts_of(data: bytes, page: str) -> Iterator[str]:
    """The text in an encoding, if there is one."""
    try:
        yield _decode(data, page)
    except UnicodeError:
        return


def _decode(data: bytes, page: str) -> str:
    return data.decode("cp437").translate(MAZOVIA_SIGNS) if page == MAZOVIA else data.decode(page)


def _decode_page(data: bytes, page: str) -> DecodedText:
    """The text in an encoding. Raises UnknownEncoding."""
    name, __ = CODE_PAGES[page]
    return DecodedText(_without_junk(_decode(data, page)), name)


def _without_junk(text: str) -> str:
    """The text itself. Raises UnknownEncoding where much of it is no sign that people write."""
    if len(JUNK.findall(text)) > MAX_JUNK * len(text):
        raise UnknownEncoding
    return text
