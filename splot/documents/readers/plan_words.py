"""Words by which plans of cities say what a passage is: "Cel szczegółowy 2: …", "Leader: …".

In the forms that stand at the start of a line, in the languages of `splot/parsing/vocabulary`.
They serve the reader, which finds where such a passage begins, and whoever makes rows of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from splot.parsing.vocabulary import VOCABULARY, forms_pattern, join_forms
from splot.parsing.vocabulary.details import DETAILS
from splot.parsing.vocabulary.patterns import PLURAL, split_entries
from splot.parsing.vocabulary.plan_parts import (
    ACTIVITY,
    AIM,
    AREA,
    NAME,
    OPENER,
    PILLAR,
    QUALITY,
    TASK,
)
from splot.parsing.vocabulary.roles import AUDIENCE, LEADER, PARTNER

# what the words of each level are to an act
LEVELS = {AREA: AREA, PILLAR: AREA, AIM: AIM, ACTIVITY: ACTIVITY, TASK: ACTIVITY}
DETAIL = "detail"  # says more of an activity, and is no part of the policy


@dataclass(frozen=True, slots=True)
class _Noun:
    """One noun, or all nouns of a role: what it says, its language ("" for a role), its forms, and
    those of them that announce a list.
    """

    says: str
    language: str
    forms: str
    plural: str


def _level_nouns() -> Iterator[_Noun]:
    """The nouns of levels, each of them a level of its own: "Obszar" is none of "Priorytet"."""
    for meaning, says in LEVELS.items():
        for language, lines in VOCABULARY[meaning].items():
            for line in lines:
                entries = list(split_entries(line))
                plurals = [entry for entry in entries if entry.startswith(PLURAL)]
                forms, plural = map(join_forms, (entries, plurals))
                yield _Noun(says, language, forms, plural)


def _role_nouns() -> Iterator[_Noun]:
    for says in (AUDIENCE, LEADER, PARTNER):
        yield _Noun(says, "", forms_pattern(says), "")
    yield _Noun(DETAIL, "", forms_pattern(*DETAILS), "")


_NOUNS = (*_level_nouns(), *_role_nouns())  # the place in the table names the noun
_QUALITIES = forms_pattern(QUALITY)
# what may stand before the noun and says nothing of its own
_BEFORE = rf"(?:(?:{_QUALITIES}|{forms_pattern(OPENER, NAME)})\s+)*"
_ANY_NOUN = "|".join(f"(?P<n{at}>{noun.forms})" for at, noun in enumerate(_NOUNS))
_PHRASE = rf"(?P<before>{_BEFORE})(?:{_ANY_NOUN})(?P<after>(?:\s+(?:{_QUALITIES}))*)(?!\w)"
_ROMAN = r"(?=[IVXL])(?:XL|L?X{0,3})(?:IX|IV|V?I{0,3})"
_PART = rf"\d{{1,3}}[a-z]?|{_ROMAN}|[A-Z]"
NUMBERED = re.compile(
    rf"(?P<phrase>(?i:{_PHRASE}))(?:\s+(?i:nr|no\.?|č\.|№))?\s*"
    rf"(?P<value>(?:{_PART})(?:\.(?:{_PART}))*)(?!\w)(?P<mark>\s*[.:)–—-](?=\s|$))?"
)
BOLD = re.compile(r"\*\*|__")
_OPENING = re.compile(rf"(?i:{_PHRASE})(?P<more>[^:]{{0,60}}):\s*(?P<rest>.*)", re.S)
_HEADING = re.compile(rf"(?i:{_PHRASE})[.:]?")
# "Aims of evaluation" are those of a chapter about something else
_OTHER_SUBJECT = re.compile(r"\b(?:ewaluac|monitor|evaluat|evaluac|оцін|монітор)\w*", re.I)
_FIRST_LETTERS = 2


@dataclass(frozen=True, slots=True)
class PlanWord:
    """What a phrase says (AREA, AIM, …), the level that it names, and the words after it.

    level tells "Cel strategiczny" from "Cel operacyjny". many: the phrase announces a list.
    language: that of the noun of a level, "" for other nouns.
    """

    says: str
    level: str
    rest: str = ""
    many: bool = False
    language: str = ""


def parse_numbered_level(text: str) -> tuple[PlanWord, str, str] | None:
    """The word, the number as printed and its value, of a line that begins "Cel operacyjny 1.2.";
    None of any other.

    A sentence that only speaks of a level ("Cel 1 jest …") is none.
    """
    if not may_name_level(text) or not (match := NUMBERED.match(text)):
        return None
    word = _word_of(match, text[match.end() :].strip())
    if word is None or word.says not in (AREA, AIM, ACTIVITY):
        return None
    first = word.rest[:1]
    if not match["mark"] and first and (first.islower() or first in ",;.)"):
        return None
    return word, match.group(), match["value"]


def parse_opening(text: str) -> PlanWord | None:
    """What a text says of itself before its first colon: "Target audience: …", "**AIM:** …"; None
    where it says nothing.
    """
    text = BOLD.sub("", text).lstrip()
    if not may_name_level(text) or not (match := _OPENING.match(text)):
        return None
    more = match["more"].strip()
    if len(more.split()) > 6 or _OTHER_SUBJECT.search(more) or re.search(r"[.;!?]\s", more):
        return None
    return _word_of(match, match["rest"].strip())


def parse_named_level(text: str) -> PlanWord | None:
    """What a heading is that begins with such a phrase and goes on with a name: "Handlungsfeld
    Bildung"; None of any other.
    """
    match = re.match(rf"(?i:{_PHRASE})\s+", text) if may_name_level(text) else None
    if match is None or not text[match.end() :][:1].isupper():
        return None
    return _word_of(match, text[match.end() :])


def parse_plan_heading(text: str) -> PlanWord | None:
    """What a heading is that holds nothing but such a phrase: "Działania", "SPECIFIC AIMS"."""
    text = BOLD.sub("", text).strip()
    match = _HEADING.fullmatch(text) if may_name_level(text) else None
    return _word_of(match, "") if match else None


def parse_column_heading(text: str) -> PlanWord | None:
    """What the column of a table is, by the first such word of its heading."""
    if heading := parse_plan_heading(text) or parse_opening(f"{text}:"):
        return heading
    for word in re.finditer(r"\w+", text):
        if match := re.match(rf"(?i:{_PHRASE})", text[word.start() :]):
            return _word_of(match, "")
    return None


def may_name_level(text: str) -> bool:
    """Whether a text may begin with a word of the table: most prose does not."""
    return text[:1].isupper() and text[:_FIRST_LETTERS].lower() in _first_letters()


@cache
def _first_letters() -> frozenset[str]:
    """The first letters of all words of the table: prose is left after one look."""
    return frozenset(re.findall(r"(?:^|[|(:])(\w\w)", f"{_BEFORE}|{_ANY_NOUN}"))


def _word_of(match: re.Match[str], rest: str) -> PlanWord | None:
    for at, noun in enumerate(_NOUNS):
        if printed := match[f"n{at}"]:
            quality = (match["before"].split() or match["after"].split() or [""])[-1]
            level = f"{noun.says}-{at}-{quality[:5].lower()}"
            many = re.fullmatch(noun.plural, printed, re.I) is not None
            return PlanWord(noun.says, level, rest, many, noun.language)
    return None
