"""Words that name a sum of other figures, and a part of one."""

from __future__ import annotations

SUM, PART = "sum", "part"

SUMS: dict[str, dict[str, tuple[str, ...]]] = {
    SUM: {
        "pl": ("suma częściowa|końcowa|ogólna|całkowita|pośrednia", "razem", "suma",
               "sumarycznie", "ogółem", "łącznie", "w sumie", "podsumowanie"),
        "en": ("total", "sub-total", "subtotal", "grand total", "sum", "σ", "∑"),
        "uk": ("разом", "усього", "всього", "підсумок", "загалом"),
        "de": ("summe", "gesamt(summe/betrag/kosten/budget)?", "insgesamt", "zusammen",
               "zwischensumme"),
        "cs": ("celkem", "součet", "mezisoučet"),
        "es": ("sub-totales", "subtotales", "totales"),
    },
    PART: {
        "pl": ("w tym", "z tego|czego"),
        "en": ("of which", "including", "thereof"),
        "uk": ("у тому числі", "в т.ч.", "в т. ч.", "в т.ч", "в тч", "в т ч", "з них"),
        "de": ("davon", "darunter"),
        "cs": ("z toho", "v tom"),
        "es": ("de los|las cuales", "del cual"),
    },
}  # fmt: skip
