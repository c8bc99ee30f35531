"""Text as it is kept, however it was typed and wherever it came in."""

import re
import unicodedata

LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# controls, soft hyphens, zero-width signs, marks of direction, what is no character at all
INVISIBLE_SIGNS = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064"
    "\u2066-\u206f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff]"
)
# joiners carry meaning after letters of Arabic, Indic and other scripts, and inside emoji
LOOSE_JOINERS = re.compile(
    "(?<![\u0590-\u1dff\u2600-\u27bf\u2e80-\U0010ffff\u200c\u200d])[\u200c\u200d]+"
)
ODD_SPACES = re.compile(r"[^\S\n\t ]")
# a text without any sign but these is normal already: Latin, Cyrillic, usual punctuation
UNUSUAL_SIGN = re.compile(
    "[^\t\n\x20-\x7e\xa1-\xac\xae-\u02ff\u0400-\u0482\u048a-\u052f"
    "\u2010-\u2027\u2030-\u205e\u20ac\u2116]"
)


def normalise_text(text: str) -> str:
    """The text as it is kept, whoever wrote it and however it came in: letters composed with their
    marks (NFC), line ends as "\\n", each other space a plain one (typesetting keeps together what
    belongs together), and no sign that nobody sees. Spaces are neither joined nor trimmed.
    """
    if not UNUSUAL_SIGN.search(text):
        return text
    text = INVISIBLE_SIGNS.sub("", LINE_ENDS.sub("\n", text))
    text = unicodedata.normalize("NFC", LOOSE_JOINERS.sub("", text))
    return ODD_SPACES.sub(" ", text)
