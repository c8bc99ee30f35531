"""Doubts about the words: dates outside the term, references that lead nowhere, officialese, long sentences."""

import re
from collections.abc import Iterator
from functools import lru_cache

from django.utils.translation import gettext as _

from splot.core.languages import texts_of
from splot.documents.readers.references import find_dead_references
from splot.language import HardSentence, Jargon, hard_sentences, jargon

from ..compose import compose
from ..contents import Contents
from ..models import Area, PolicyPassage
from .findings import KINDS, Finding, Places, named

YEAR = re.compile(r"(?<![\d/])(20[2-9]\d)(?![\d/])")  # "31.12.2041", but not "I/1/2023"
BLANK = re.compile(r"\[[^\]\n]{1,60}\]")
FEWEST_WORDS = 8  # a name is no sentence
MOST_OF_A_KIND = 2  # of one text: the writer sees the rest while mending these


def doubts_about_texts(contents: Contents) -> Iterator[Finding]:
    places = Places(contents)
    yield from _references(contents, places)
    basis = contents.policy.basis.words
    for blank in BLANK.findall(basis):
        yield Finding(KINDS["blank"], f"{blank} – {named(basis)}", places.page("edit_policy"), 3)
    if contents.policy.vision:
        yield from _hard_words(
            contents.policy.language, contents.policy.vision.words, places.page("write_vision"), None
        )
    for row in contents.everything:
        for text in texts_of(row).values():
            if text:
                yield from _words(contents, row, text.words, places)


def _words(contents: Contents, row: PolicyPassage, words: str, places: Places) -> Iterator[Finding]:
    policy, url, area = contents.policy, places.passage(row), _area_of(row)
    for year in sorted({int(year) for year in YEAR.findall(words)} - set(policy.years)):
        if not isinstance(row, Area) and year > policy.starts - 2:  # reasons speak of the past
            sentence = _("%(year)s in %(passage)s") % {"year": year, "passage": named(words)}
            yield Finding(KINDS["dates"], sentence, url, 4, area)
    for blank in BLANK.findall(words):
        yield Finding(KINDS["blank"], f"{blank} – {named(words)}", url, 3, area)
    yield from _hard_words(policy.language, words, url, area)


# Texts stay the same from view to view, and a policy has hundreds of them.
@lru_cache(maxsize=20_000)
def _hard(words: str, language: str) -> list[HardSentence]:
    found = hard_sentences(words, language, most=MOST_OF_A_KIND)
    return [sentence for sentence in found if sentence.words >= FEWEST_WORDS]


@lru_cache(maxsize=20_000)
def _officialese(words: str, language: str) -> list[Jargon]:
    return jargon(words, language)[:MOST_OF_A_KIND]


def _hard_words(language: str, words: str, url: str, area: int | None) -> Iterator[Finding]:
    for found in _officialese(words, language):
        sentence = _("“%(phrase)s” – better: %(plain)s") % {"phrase": found.phrase, "plain": found.plain}
        yield Finding(KINDS["jargon"], sentence, url, 7, area)
    for hard in _hard(words, language):
        yield Finding(KINDS["long"], named(hard.text), url, 7, area)


def _references(contents: Contents, places: Places) -> Iterator[Finding]:
    """References in the text as it would be printed today."""
    rows = {row.ref: row for row in contents.everything}
    document = compose(contents, contents.policy.language)
    refs = {node.eid: node.ref for node, __ in document.walk()}
    for problem in find_dead_references(document):
        row = rows.get(refs.get(problem.eid, ""))
        url = places.passage(row) if row else places.page("write_policy")
        yield Finding(KINDS["references"], problem.message, url, 3, _area_of(row) if row else None)


def _area_of(row: PolicyPassage) -> int | None:
    return row.pk if isinstance(row, Area) else getattr(row, "area_id", None)
