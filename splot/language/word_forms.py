"""Every form of a word in Polish and Ukrainian, by the dictionaries of Morfeusz and pymorphy.

The dictionaries are loaded at the first question, a few tenths of a second and 30 MB for each:
ask in the background.
"""

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from .folding import APOSTROPHES

WordForms = dict[str, set[str]]  # {the dictionary form: all forms}
# what a short word may be an ending of in Polish ("chciała-m") says nothing of the word
POLISH_ENDINGS = ("aglt", "part", "interp", "ign")


def word_forms(word: str, language: str) -> WordForms:
    """All forms of each word that this one may be a form of, as they are spelt: "kursami" gives
    {"kurs": {"kurs", "kursu", ...}}. Empty where no dictionary knows it.

    A capital letter may begin a name or a sentence, so the word is looked up in small letters too.
    """
    look_up = _LOOK_UPS.get(language)
    return look_up(word) if look_up else {}


def _polish_forms(word: str) -> WordForms:
    analyser = polish_analyser()
    forms: WordForms = {}
    for spelling in {word, word.lower(), word.capitalize()}:
        for __, ___, (____, lemma, tag, *_____) in analyser.analyse(spelling):
            if lemma not in forms and tag.partition(":")[0] not in POLISH_ENDINGS:
                generated = analyser.generate(lemma)
                forms[lemma] = {row[0] for row in generated}
    return forms


def _ukrainian_forms(word: str) -> WordForms:
    forms: WordForms = {}
    for parse in ukrainian_analyser().parse(word.translate(APOSTROPHES)):
        if parse.is_known:
            forms.setdefault(parse.normal_form, set()).update(_words_of(parse.lexeme))
    return forms


def _words_of(lexeme: Iterable[Any]) -> set[str]:
    return {form.word for form in lexeme}


@cache
def polish_analyser() -> Any:
    """The dictionary of Polish, loaded once."""
    import morfeusz2  # here, since only the background worker needs the dictionary

    return morfeusz2.Morfeusz()


@cache
def ukrainian_analyser() -> Any:
    """The dictionary of Ukrainian, loaded once."""
    import pymorphy3  # as above

    return pymorphy3.MorphAnalyzer(lang="uk")


_LOOK_UPS: dict[str, Callable[[str], WordForms]] = {"pl": _polish_forms, "uk": _ukrainian_forms}
LANGUAGES_WITH_FORMS = frozenset(_LOOK_UPS)
