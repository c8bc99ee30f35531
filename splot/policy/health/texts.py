"""Doubts about the words: dates outside the term, references that lead nowhere, officialese, long sentences."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from splot.core.languages import texts_of
from splot.core.readability import hard_sentences, jargon
from splot.documents.reading.references import find_dead_references

from ..composing import compose
from ..contents import Contents
from ..models import Area, Written
from .findings import KINDS, Finding, Places, named

YEAR = re.compile(r"(?<![\d./-])(20[2-9]\d)(?![\d/])")
MOST_OF_A_KIND = 2  # of one text: the writer sees the rest while mending these


def doubts_about_texts(contents: Contents) -> Iterator[Finding]:
    places = Places(contents)
    yield from _references(contents, places)
    if contents.policy.vision:
        yield from _hard_words(
            contents.policy.language, contents.policy.vision.words, places.page("write_vision"), None
        )
    for row in contents.everything:
        for text in texts_of(row).values():
            if text:
                yield from _words(contents, row, text.words, places)


def _words(contents: Contents, row: Written, words: str, places: Places) -> Iterator[Finding]:
    policy, url, area = contents.policy, places.passage(row), _area_of(row)
    for year in sorted({int(year) for year in YEAR.findall(words)} - set(policy.years)):
        if not isinstance(row, Area) and year > policy.starts - 2:  # reasons speak of the past
            sentence = _("%(year)s in %(passage)s") % {"year": year, "passage": named(words)}
            yield Finding(KINDS["dates"], sentence, url, 4, area)
    yield from _hard_words(policy.language, words, url, area)


def _hard_words(language: str, words: str, url: str, area: int | None) -> Iterator[Finding]:
    for found in jargon(words, language)[:MOST_OF_A_KIND]:
        sentence = _("“%(phrase)s” – better: %(plain)s") % {"phrase": found.phrase, "plain": found.plain}
        yield Finding(KINDS["jargon"], sentence, url, 7, area)
    for hard in hard_sentences(words, language, most=MOST_OF_A_KIND):
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


def _area_of(row: Written) -> int | None:
    return row.pk if isinstance(row, Area) else getattr(row, "area_id", None)
