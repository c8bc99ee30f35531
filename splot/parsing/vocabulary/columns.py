"""What else heads a column of a table; too common words to begin a passage of an act with."""

from __future__ import annotations

START, END, DATE, NUMBER, CODE, GROUP = "start", "end", "date", "number", "code", "group"
PROGRESS, LEGEND = "progress", "legend"

COLUMNS: dict[str, dict[str, tuple[str, ...]]] = {
    START: {
        "pl": ("początek", "rozpoczęci(e/a)"),
        "en": ("start", "begin(ning)?"),
        "uk": ("початок",),
        "de": ("beginn",),
        "cs": ("začátek", "zahájení"),
        "es": ("inicio",),
    },
    END: {
        "pl": ("koniec", "zakończeni(e/a)"),
        "en": ("end", "due"),
        "uk": ("кінець", "завершення"),
        "de": ("ende",),
        "cs": ("konec", "ukončení"),
        "es": ("fin",),
    },
    DATE: {
        "pl": ("data", "daty"),
        "en": ("date(s)?", "time(s)?", "year(s)?"),
        "uk": ("дата",),
        "es": ("fecha(s)?",),
    },
    NUMBER: {
        "pl": ("nr", "numer"),
        "en": ("no", "number", "#"),
        "uk": ("№", "номер"),
        "de": ("lfd", "nummer"),
        "cs": ("č.", "číslo"),
        "es": ("n.º", "nº", "número"),
    },
    CODE: {
        "pl": ("kod", "symbol"),
        "en": ("code(s)?",),
        "uk": ("код",),
    },
    GROUP: {
        "pl": ("grup(a/y)",),
        "en": ("group(s)?",),
        "uk": ("груп(а/и)",),
    },
    PROGRESS: {
        "de": ("stand", "umsetzungsstand"),
        "cs": ("stav",),
        "es": ("estado",),
    },
    LEGEND: {
        "pl": ("legenda", "objaśnieni(e/a)"),
        "en": ("legend",),
    },
}  # fmt: skip
