"""The words that a passage of an act has as a row of the policy, and names for areas and bodies."""

import re
from collections.abc import Collection
from dataclasses import replace

from splot.documents.readers.plan_words import (
    BOLD,
    DETAIL,
    PlanWord,
    parse_named_level,
    parse_numbered_level,
    parse_opening,
)
from splot.documents.tree import Node
from splot.language.declension import DECLINED, is_nominative, nominative_of
from splot.parsing.vocabulary.plan_parts import AREA
from splot.parsing.vocabulary.roles import AUDIENCE, LEADER, PARTNER

from .mapping import OWN_AIM

_ACTIVITIES = r"(?:(?:działania|zadania|activities|actions|measures|заходи|завдання)\s+)?"
AREA_WORDS = re.compile(
    rf"^(?P<polish>{_ACTIVITIES}(?:w\s+)?(?:zakresie|obszarze|dziedzinie|sferze)\s+)|"
    rf"^(?P<ukrainian>{_ACTIVITIES}(?:[ув]\s+)?(?:сфері|галузі|царині)\s+)|"
    rf"^{_ACTIVITIES}(?:in\s+)?(?:the\s+)?(?:area|field)\s+of\s+(?:the\s+)?",
    re.I,
)
# where a sentence comes to the name of an area: "Miasto prowadzi działania w obszarze edukacji"
AREA_PHRASE = re.compile(
    r"\b(?:w\s+(?:zakresie|obszarze|dziedzinie|sferze)|[ув]\s+(?:сфері|галузі|царині)|"
    r"in\s+the\s+(?:area|field)\s+of)\s+\w",
    re.I,
)
CAPTION = re.compile(
    r"^(?:tabela|table|tabulka|tabuľka|таблиця|tabelle|tabla)\s+\w{1,4}[.:]\s+", re.I
)
REMARK = re.compile(
    r"\s*\((?:por|zob|see|cf)\b[^)]*\)|,\s*(?:w tym|in particular|including)$", re.I
)
# where a sentence goes on after the name of an area
AFTER_NAME = re.compile(
    r"\s+(?:podejm|realiz|prowadz|planuj|przewid|będ|Miasto|Gmin|Program|Polityk|Prezydent|działa|"
    r"zada|są\b|jest\b|obejm|należ|wspier|the\b|city\b|town\b|activit|measures|will\b|is\b|are\b|"
    r"місто|громад|здійсн|реаліз|передбач|"
    r"(?:gmina|miasto|powiat|program|polityka|wójt|burmistrz|prezydent|urząd)\b).*",
    re.S,
)
NAME_LENGTH = 120  # as many letters as the form takes
ATTRIBUTES = (AUDIENCE, LEADER, PARTNER, DETAIL)  # say more of a passage, and are not its words
LABELLED = {
    "activity": "activity",
    "aim": "aim",
    OWN_AIM: "aim",
    "area": "area",
    "audience": "audience",
    "leader": "leader",
    "partner": "partner",
}
BODY_IN_GENITIVE = re.compile(
    r"(?:Rady|Wójta|Burmistrza|Prezydenta|Starosty|Zarządu|Sejmiku|Zgromadzenia)\b"
)
# of the name of a body in capitals, where it is written in small letters
SMALL_WORDS = re.compile(r"\b(?:W|We|Na|Nad|Pod|I|Of|The|And|For|De|Del|La)\b(?=\s)")


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
    if node.ref or node.eid in separate or node.kind == "table":
        return True
    if is_attribute(node):
        return True
    return any(_holds_rows(child, separate) for child in node.children)


def is_attribute(node: Node) -> bool:
    """Whether a passage only says more of the one that it stands in: for whom, by whom, until
    when.
    """
    word = None if node.num else parse_opening(node.text)
    return word is not None and word.says in ATTRIBUTES


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


def certain_area_name(text: str, language: str = "") -> tuple[str, bool]:
    """The name of an area, and whether it is sure to be in the nominative: "w obszarze edukacji"
    and "Obszar 1: Edukacji" are "Edukacja".

    language: that of a word for the level which stood before the text, "" for none.
    """
    opening, __ = split_area_opening(text)
    name = CAPTION.sub("", opening or BOLD.sub("", text).strip())
    if word := _level_word(name):
        name, language = word.rest or name, word.language if word.rest else language
    governed = AREA_WORDS.match(name)
    name = REMARK.sub("", AREA_WORDS.sub("", name).strip(" :;.,")).strip(" :;.,")
    name = AFTER_NAME.sub("", name) if governed else name
    name, certain = _in_nominative(name, governed, language)
    name = shorten_name(name)
    return name[:1].upper() + name[1:], certain


def language_of_level(node: Node) -> str:
    """The language of the word for an area that a passage begins with; "" for none."""
    numbered = parse_numbered_level(f"{node.num} –") if node.num else None
    word = numbered[0] if numbered else _level_word(node.heading or node.text)
    return word.language if word and word.says == AREA else ""


def _level_word(text: str) -> PlanWord | None:
    """The word for an area that a text begins with, and the name after it."""
    word = parse_opening(text) or parse_named_level(text)
    if numbered := parse_numbered_level(text):
        word = replace(numbered[0], rest=numbered[0].rest.lstrip(" .:)–—-"))
    return word if word and word.says == AREA else None


def _in_nominative(name: str, governed: re.Match[str] | None, language: str) -> tuple[str, bool]:
    """A name in the nominative, and whether that is sure. After "w obszarze" it is a genitive;
    after "Obszar" it may be either. Languages without a dictionary are left.
    """
    language = _language_of(governed) if governed else language
    if language not in DECLINED:
        return name, True
    stands = False if governed else is_nominative(name, language)
    nominative = nominative_of(name, language) if stands is False else None
    return nominative or name, bool(stands or nominative)


def shorten_name(name: str) -> str:
    """As many whole words of a name as an area can have."""
    return name if len(name) <= NAME_LENGTH else name[: NAME_LENGTH - 1].rsplit(" ", 1)[0] + "…"


def _language_of(governed: re.Match[str]) -> str:
    """The language whose genitive follows these words; "" for one without cases."""
    return "pl" if governed["polish"] else "uk" if governed["ukrainian"] else ""


def printed_body(printed: str) -> str:
    """A body as the running words of an act name it, in the case that it has: "RADY MIASTA LUBLIN"
    -> "Rady Miasta Lublin". What is not shouted stays.
    """
    name = re.sub(r"^of\s+(?:the\s+)?", "", printed, flags=re.I)
    if name.isupper():
        name = SMALL_WORDS.sub(lambda match: match[0].lower(), name.title())
        name = name[:1].upper() + name[1:]
    return name


def body_name(printed: str) -> str:
    """Who adopted an act, as a name: "RADY MIASTA LUBLIN" -> "Rada Miasta Lublin"."""
    name = printed_body(printed)
    return (BODY_IN_GENITIVE.match(name) and nominative_of(name, "pl")) or name
