"""What must not be parted at the end of a line, joined with a non-breaking space."""

import re

# Prepositions and conjunctions of one letter, which these languages do not leave at a line's end.
_LONE = {
    "pl": "aiouwz",
    "cs": "aikosuvz",
    "sk": "aikosuvz",
    "uk": "авзійуоя",
    "be": "азійуя",
    "ru": "авикосуя",
}
_LONE_LETTERS = {
    code: re.compile(rf"\b([{letters}]) (?=\w)", re.I) for code, letters in _LONE.items()
}
_NUMBERED = re.compile(r"(§|\b(?:art|ust|lit|poz|No|Nr|nr)\.|\b(?:pkt|nr|tiret)) (?=\w)", re.I)
_UNITS = re.compile(r"(?<=\d) (?=r\.|%|zł\b)")


def add_nonbreaking_spaces(text: str, language: str) -> str:
    """The text with "w Polsce", "§ 4 ust. 1" and "2026 r." each kept on one line; its words stay as
    they are.
    """
    text = _UNITS.sub("\u00a0", _NUMBERED.sub("\\1\u00a0", text))
    lone = _LONE_LETTERS.get(language)
    return lone.sub("\\1\u00a0", text) if lone else text
