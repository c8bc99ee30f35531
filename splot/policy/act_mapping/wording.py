"""The words that a passage of an act has as a row of the policy, and names for areas and bodies."""

import re
from collections.abc import Collection

from splot.documents.readers.plan_words import (
    AUDIENCE,
    BOLD,
    DETAIL,
    LEADER,
    PARTNER,
    parse_opening,
)
from splot.documents.tree import Node
from splot.language.declension import nominative_of

from .mapping import OWN_AIM

AREA_WORDS = re.compile(
    r"^(?P<polish>(w\s+)?(zakresie|obszarze|dziedzinie|sferze)\s+)|"
    r"^(?P<ukrainian>((у|в)\s+)?(сфері|галузі|царині)\s+)|"
    r"^(in\s+)?(the\s+)?(area|field)\s+of\s+(the\s+)?",
    re.I,
)
REMARK = re.compile(
    r"\s*\((?:por|zob|see|cf)\b[^)]*\)|,\s*(?:w tym|in particular|including)$", re.I
)
# where a sentence goes on after the name of an area
AFTER_NAME = re.compile(
    r"\s+(?:podejm|realiz|prowadz|planuj|przewid|będ|Miasto|Gmin|Program|Polityk|Prezydent|działa|"
    r"zada|są\b|jest\b|obejm|należ|wspier|the\b|city\b|town\b|activit|measures|will\b|is\b|are\b|"
    r"місто|громад|здійсн|реаліз|передбач).*",
    re.S,
)
NAME_LENGTH = 60
ATTRIBUTES = (AUDIENCE, LEADER, PARTNER, DETAIL)  # say more of a passage, and are not its words
LABELLED = {
    "activity": "activity",
    "aim": "aim",
    OWN_AIM: "aim",
    "area": "area",
    "audience": "audience",
    "leader": "leader",
}


def wording_of(role: str, node: Node, separate: Collection[str] = ()) -> str:
    """The words of a passage in its role, without what only says what it is: the area before an
    aim, "Target audience:" before an audience.

    What stands below it belongs to it, but for passages that are something of their own: those
    with a `ref`, or named in `separate` by their eIds.
    """
    text = passage_text(node, separate)
    named = role in ("activity", "aim", OWN_AIM) and not AREA_WORDS.match(node.heading)
    if node.heading and node.text and named:
        text = f"{node.heading}\n{text}"
    return split_opening(role, text)[1].strip()


def passage_text(node: Node, separate: Collection[str] = ()) -> str:
    """The words of a passage with what stands below it, without the punctuation that joins it to
    the next.
    """
    parts = [node.text or node.heading]
    for child in node.children:
        if not _holds_rows(child, separate):
            parts.append(f"{child.num} {passage_text(child, separate)}".strip())
    parts.append(node.closing)
    return "\n".join(filter(None, parts)).rstrip(" ;,.")


def _holds_rows(node: Node, separate: Collection[str]) -> bool:
    """Whether a passage, or one below it, is something of its own."""
    if node.ref or node.eid in separate:
        return True
    if not node.num and (word := parse_opening(node.text)) and word.says in ATTRIBUTES:
        return True
    return any(_holds_rows(child, separate) for child in node.children)


def split_opening(role: str, text: str) -> tuple[str, str]:
    """A passage in two: what it says that it is, and its words. ("**Activity 1:** ", "A system of
    …"); ("in the area of work: ", "Fair conditions").
    """
    if role == "aim":
        opening, words = split_area_opening(text)
        if opening:
            return f"{opening} ", words
    word = parse_opening(text)
    if word and word.says == LABELLED.get(role) and word.rest:
        plain = BOLD.sub("", text)
        start = len(text) - len(word.rest) if plain.endswith(word.rest) else 0
        return text[:start], word.rest
    return "", text


def split_area_opening(text: str) -> tuple[str, str]:
    """A passage that begins by naming its area, in two: ("in the area of work:", "Fair
    conditions"); or ("", text).
    """
    opening, colon, rest = text.strip().partition(":")
    if colon and rest.strip() and AREA_WORDS.match(opening):
        return f"{opening}:", rest.strip()[:1].upper() + rest.strip()[1:]
    return "", text


def heading_and_text(node: Node) -> str:
    return f"{node.heading} {node.text}".strip()


def area_name(text: str) -> str:
    """A short name from a heading or a passage: "in the area of education: schools that …" ->
    "Education".
    """
    return certain_area_name(text)[0]


def certain_area_name(text: str) -> tuple[str, bool]:
    """The name of an area, and whether it is sure to be in the nominative: "w obszarze edukacji"
    is "Edukacja".
    """
    opening, __ = split_area_opening(text)
    name = opening or BOLD.sub("", text).strip()
    governed = AREA_WORDS.match(name)
    name = REMARK.sub("", AREA_WORDS.sub("", name).strip(" :;.,")).strip(" :;.,")
    name = AFTER_NAME.sub("", name) if governed else name
    certain = True
    if governed and (language := _language_of(governed)):
        nominative = nominative_of(name, language)
        name, certain = nominative or name, nominative is not None
    name = name if len(name) <= NAME_LENGTH else name[:NAME_LENGTH].rsplit(" ", 1)[0] + "…"
    return name[:1].upper() + name[1:], certain


def _language_of(governed: re.Match[str]) -> str:
    """The language whose genitive follows these words; "" for one without cases."""
    return "pl" if governed["polish"] else "uk" if governed["ukrainian"] else ""


def body_name(printed: str) -> str:
    """Who adopted an act, as a name: "RADY MIASTA LUBLIN" -> "Rada Miasta Lublin". What is not
    shouted stays.
    """
    name = printed.title() if printed.isupper() else printed
    name = re.sub(r"\b(W|Na|We|Nad|Pod)\b(?=\s)", lambda match: match[0].lower(), name)
    return re.sub(r"^Rady\b(\s+Miejskiej\b)?", _nominative_of_council, name)


def _nominative_of_council(match: re.Match[str]) -> str:
    return "Rada Miejska" if match[1] else "Rada"
