"""Addresses of acts after the FRBR model, as the Akoma Ntoso Naming Convention has them."""

from __future__ import annotations

import re
import unicodedata

from babel import Locale

from splot.documents.tree import Act

UNKNOWN, NO_DATE = "nn", "0001-01-01"  # what is not known: an address needs every part
MONTHS_IN = ("pl", "en", "uk", "ru", "be")
ACTORS = {
    "rady-miasta": "rada-miasta",
    "rady-miejskiej": "rada-miejska",
    "rady-gminy": "rada-gminy",
    "rady-powiatu": "rada-powiatu",
    "prezydenta-miasta": "prezydent-miasta",
    "burmistrza": "burmistrz",
    "wojta": "wojt",
    "city-council": "city-council",
}
LATIN = str.maketrans({"ł": "l", "Ł": "L", "ß": "ss", "ø": "o", "đ": "d"})
WRITTEN_DATE = re.compile(r"(?P<day>\d{1,2})\.?\s+(?P<month>[^\W\d]+)\s+(?P<year>\d{4})")
NUMERIC_DATE = re.compile(
    r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)|(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{4})"
)
THREE_LETTERS = {
    "pl": "pol", "en": "eng", "uk": "ukr", "ru": "rus", "be": "bel", "ka": "kat", "es": "spa",
    "hi": "hin", "vi": "vie", "tr": "tur", "uz": "uzb", "ar": "ara", "ne": "nep", "fil": "fil",
    "de": "deu", "fr": "fra",
}  # fmt: skip


def work_uri(act: Act, *, teryt: str = "", kind: str = "act", day: str = "") -> str:
    """The address of an act whatever its language:
    /akn/pl-0663011/act/uchwala/rada-miasta/2026-02-26/i-1-2026.

    `teryt` is the municipality's code; without it the country stands alone and the body keeps its
    place's name. `kind` is the document type, "act" or "doc"; `day` stands for the act's where it
    has none. What the act does not say is "nn", an unknown day 0001-01-01.
    """
    country = f"pl-{teryt}" if teryt else "pl"
    number = latin_slug(act.number) or UNKNOWN
    parts = (
        country,
        kind,
        _slug_or_unknown(act.kind),
        _actor_slug(act.body, teryt),
        parse_iso_date(act.date) or day or NO_DATE,
        number,
    )
    return "/akn/" + "/".join(parts)


def iso_639_2_code(language: str) -> str:
    """ISO 639-2 of a language's code; a code that is not known here stays."""
    return THREE_LETTERS.get(language.split("-")[0], language)


def parse_iso_date(text: str) -> str:
    """The day in a printed date ("26 lutego 2026 r.", "26.02.2026") as 2026-02-26; "" where there
    is none.
    """
    if match := NUMERIC_DATE.search(text):
        year, month, day = (match[name] or match[name[0]] for name in ("year", "month", "day"))
        return _format_iso_date(int(year), int(month), int(day))
    match = WRITTEN_DATE.search(text)
    if not match:
        return ""
    number = _month_number(match["month"])
    return _format_iso_date(int(match["year"]), number, int(match["day"]))


def latin_slug(text: str) -> str:
    """Lower-case Latin letters and digits with hyphens: "I/1/2026" -> "i-1-2026", "Łódź" ->
    "lodz".
    """
    decomposed = unicodedata.normalize("NFKD", text.translate(LATIN))
    letters = decomposed.encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")


def _slug_or_unknown(text: str) -> str:
    """A slug that does not begin with a digit, as dates do."""
    slug = latin_slug(text)
    if slug[:1].isdigit():
        return f"{UNKNOWN}-{slug}"
    return slug or UNKNOWN


def _actor_slug(body: str, teryt: str) -> str:
    slug = _slug_or_unknown(body)
    for genitive, nominative in ACTORS.items():
        if slug == genitive or slug.startswith(f"{genitive}-"):
            return nominative if teryt else nominative + slug[len(genitive) :]
    return slug


def _month_number(name: str) -> int:
    """The number of a month in one of our languages; 0 for another word."""
    for language in MONTHS_IN:
        for number, month in Locale.parse(language).months["format"]["wide"].items():
            if month.lower() == name.lower():
                return number
    return 0


def _format_iso_date(year: int, month: int, day: int) -> str:
    if year and 1 <= month <= 12 and 1 <= day <= 31:
        return f"{year:04d}-{month:02d}-{day:02d}"
    return ""
