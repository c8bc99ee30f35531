"""The nominative of a noun phrase that stands in the genitive: "rynku pracy" is "rynek pracy".

Polish and Ukrainian, by the dictionaries that `word_forms` uses.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from .word_forms import polish_analyser, ukrainian_analyser

NOUN, ADJECTIVE = "noun", "adjective"
CONJUNCTIONS = {",", "i", "oraz", "a", "lub", "й", "та", "і", "або"}
PREPOSITIONS = {
    "w", "we", "z", "ze", "do", "dla", "na", "o", "od", "po", "przy", "przez", "między", "bez",
    "za", "nad", "pod", "wobec", "wśród", "u", "у", "в", "з", "із", "до", "для", "на", "про",
    "від", "по", "при", "через", "між", "без", "за", "над", "під", "серед",
}  # fmt: skip
POLISH_KINDS = {"subst": NOUN, "ger": NOUN, "adj": ADJECTIVE, "pact": ADJECTIVE, "ppas": ADJECTIVE}
UKRAINIAN_KINDS = {"NOUN": NOUN, "ADJF": ADJECTIVE}
NOMINATIVE, GENITIVE = "nom", "gen"
UKRAINIAN_CASES = {"nomn": NOMINATIVE, "gent": GENITIVE}


@dataclass(frozen=True, slots=True)
class Genitive:
    """One way in which a word is a genitive: its number and genders, and its nominative by
    gender.
    """

    kind: str
    number: str
    nominatives: tuple[tuple[str, str], ...]  # (gender, form)

    @property
    def genders(self) -> set[str]:
        return {gender for gender, __ in self.nominatives}


class Undecided(Exception):
    """The dictionary leaves more than one way to read the phrase, or none."""


def nominative_of(phrase: str, language: str) -> str | None:
    """The phrase in the nominative, or None where that is not certain.

    Only its head, and the adjectives that agree with it, change: what depends on the head, and
    what follows a preposition, stays. Parts joined by "i" or a comma are each made nominative.
    """
    analyse = _ANALYSERS.get(language)
    if analyse is None or not phrase.strip():
        return None
    words = re.findall(r"\w[\w’'-]*|[^\w\s]", phrase)
    try:
        declined = list(_decline_words(words, analyse))
    except Undecided:
        return None
    return re.sub(r"\s+([,.;:)])", r"\1", " ".join(declined))


def is_nominative(phrase: str, language: str) -> bool | None:
    """Whether a phrase stands in the nominative; None where the dictionary leaves both ways open,
    or does not know the word.

    "Kultury" may be one in the genitive or many in the nominative; "Usługi społeczne" may not.
    """
    cases_of = _CASES.get(language)
    words = re.findall(r"\w[\w’'-]*|[^\w\s]", phrase)
    if cases_of is None or not words or words[0].lower() in PREPOSITIONS:
        return None
    cases = cases_of(words[0])
    if NOMINATIVE in cases and GENITIVE in cases and len(words) > 1:
        beside = cases_of(words[1])
        if NOMINATIVE in beside and GENITIVE not in beside:
            return True
    if NOMINATIVE not in cases:
        return False if cases else None
    return None if GENITIVE in cases else True


def _decline_words(words: list[str], analyse: Callable[[str], list[Genitive]]) -> Iterator[str]:
    """The words, part by part. After a head with a genitive of its own, "i" may join to either."""
    at = 0
    while at < len(words):
        end, depends, head = _find_head(words, at, analyse)
        for place in range(at, depends):
            if place == end:
                yield _like(words[place], head.nominatives[0][1])
            else:
                yield _like(words[place], _agreeing(words[place], head, analyse))
        at = depends
        attributed = False
        while at < len(words) and words[at].lower() not in CONJUNCTIONS:
            if words[at].lower() in PREPOSITIONS:
                yield from words[at:]
                return
            attributed = True
            yield words[at]
            at += 1
        if at < len(words):
            if attributed:
                raise Undecided
            yield words[at]
            at += 1
            while at < len(words) and _only_agrees(words[at], head, analyse):
                yield _like(words[at], _agreeing(words[at], head, analyse))
                at += 1


def _find_head(
    words: list[str], start: int, analyse: Callable[[str], list[Genitive]]
) -> tuple[int, int, Genitive]:
    """The place of the next noun, the place behind the adjectives that follow it, and the noun."""
    for at in range(start, len(words)):
        forms = analyse(words[at])
        if any(form.kind == NOUN for form in forms):
            beside = [*words[start:at], *words[at + 1 : at + 2]]
            head, end = _noun_of(words[at], beside, analyse), at + 1
            while end < len(words) and _agrees(words[end], head, analyse):
                end += 1
            return at, end, head
        if not any(form.kind == ADJECTIVE for form in forms):
            break
    raise Undecided


def _noun_of(word: str, beside: list[str], analyse: Callable[[str], list[Genitive]]) -> Genitive:
    """The one noun that a word is the genitive of: in the number of the adjectives beside it, else
    the singular before the plural.
    """
    nouns = [form for form in analyse(word) if form.kind == NOUN]
    agreeing = [form for form in nouns if any(_agrees(each, form, analyse) for each in beside)]
    nouns = agreeing or nouns
    nouns = [form for form in nouns if form.number == "sg"] or nouns
    if len({form.nominatives[0][1].lower() for form in nouns}) != 1:
        raise Undecided
    return nouns[0]


def _agrees(word: str, head: Genitive, analyse: Callable[[str], list[Genitive]]) -> bool:
    adjectives = [form for form in analyse(word) if form.kind == ADJECTIVE]
    same_number = [form for form in adjectives if form.number == head.number]
    return any(form.genders & head.genders for form in same_number)


def _only_agrees(word: str, head: Genitive, analyse: Callable[[str], list[Genitive]]) -> bool:
    """Whether a word agrees with the head before "i", and can begin nothing of its own."""
    is_noun = any(form.kind == NOUN for form in analyse(word))
    return not is_noun and _agrees(word, head, analyse)


def _agreeing(word: str, head: Genitive, analyse: Callable[[str], list[Genitive]]) -> str:
    for form in analyse(word):
        if form.kind == ADJECTIVE and form.number == head.number:
            for gender, nominative in form.nominatives:
                if gender in head.genders:
                    return nominative
    raise Undecided


def _like(word: str, form: str) -> str:
    """The form in capitals or with a capital letter, where the word is."""
    if word.isupper() and len(word) > 1:
        return form.upper()
    return form[:1].upper() + form[1:] if word[:1].isupper() else form


def _polish_genitives(word: str) -> list[Genitive]:
    analyser = polish_analyser()
    genitives: list[Genitive] = []
    for __, ___, (____, lemma, tag, *_____) in analyser.analyse(word.lower()):
        kind, number, case, gender, degree = (tag.split(":") + [""] * 5)[:5]
        if kind not in POLISH_KINDS or "gen" not in case.split("."):
            continue
        nominatives: list[tuple[str, str]] = []
        for form, ___, other, *_____ in analyser.generate(lemma):
            parts = (other.split(":") + [""] * 5)[:5]
            shared = sorted({*parts[3].split(".")} & {*gender.split(".")})
            same = (parts[0], parts[1], parts[4]) == (kind, number, degree)
            if same and "nom" in parts[2].split(".") and "neg" not in other.split(":"):
                nominatives += [(each, form) for each in shared]
        if nominatives:
            genitives.append(Genitive(POLISH_KINDS[kind], number, tuple(nominatives)))
    return genitives


def _polish_cases(word: str) -> set[str]:
    """The cases in which a word can stand as a noun or an adjective."""
    cases: set[str] = set()
    for __, ___, (____, _____, tag, *______) in polish_analyser().analyse(word.lower()):
        kind, __, case = (tag.split(":") + [""] * 3)[:3]
        if kind in POLISH_KINDS:
            cases.update(case.split("."))
    return cases


def _ukrainian_cases(word: str) -> set[str]:
    """The cases in which a word can stand as a noun or an adjective."""
    tags = [parse.tag for parse in ukrainian_analyser().parse(word.lower()) if parse.is_known]
    cases = {str(tag.case) for tag in tags if str(tag.POS) in UKRAINIAN_KINDS}
    return {UKRAINIAN_CASES.get(case, case) for case in cases}


def _ukrainian_genitives(word: str) -> list[Genitive]:
    genitives: list[Genitive] = []
    for parse in ukrainian_analyser().parse(word.lower()):
        tag = parse.tag
        kind = UKRAINIAN_KINDS.get(str(tag.POS))
        if kind is None or tag.case != "gent" or not parse.is_known:
            continue
        nominative = parse.inflect({"nomn"})
        if nominative:
            number = "pl" if tag.number == "plur" else "sg"
            gender = str(nominative.tag.gender or "plur") if number == "sg" else "plur"
            genitives.append(Genitive(kind, number, ((gender, nominative.word),)))
    return genitives


_ANALYSERS: dict[str, Callable[[str], list[Genitive]]] = {
    "pl": _polish_genitives,
    "uk": _ukrainian_genitives,
}
_CASES: dict[str, Callable[[str], set[str]]] = {"pl": _polish_cases, "uk": _ukrainian_cases}
DECLINED = frozenset(_CASES)  # the languages of which there is a dictionary
