"""Doubts about the words: dates outside the term, references that lead nowhere, officialese, long
sentences.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from django.utils.translation import gettext as _

from splot.core.languages import texts_of
from splot.documents.references.dead_references import find_dead_references
from splot.language import HardSentence, Jargon, find_jargon, hard_sentences

from ..compose import compose_document
from ..contents import Contents
from ..models import Area, PolicyPassage
from ..suggestions import is_wording_of_model
from .findings import KINDS, EditingUrls, PolicyFinding, quote_passage

YEAR = re.compile(r"(?<![\d/])(20[2-9]\d)(?![\d/])")  # "31.12.2041", but not "I/1/2023"
BLANK = re.compile(r"\[[^\]\n]{1,60}\](?!\()")  # a link of Markdown is none
MIN_WORDS = 8  # a name is no sentence
MAX_OF_A_KIND = 2  # of one text: the writer sees the rest while mending these


def find_text_problems(contents: Contents) -> Iterator[PolicyFinding]:
    places = EditingUrls(contents)
    yield from _check_references(contents, places)
    for text in texts_of(contents.policy).values():
        for blank in BLANK.findall(text.source_wording):
            sentence = f"{blank} – {quote_passage(text.source_wording)}"
            yield PolicyFinding(KINDS["blank"], sentence, places.page("edit_policy"), 1)
    if contents.policy.vision:
        yield from _check_readability(
            contents.policy.language,
            contents.policy.vision.source_wording,
            places.page("write_vision"),
            None,
        )
    for row in contents.everything:
        for text in texts_of(row).values():
            if text:
                yield from _check_wording(contents, row, text.source_wording, places)


def _check_wording(
    contents: Contents, row: PolicyPassage, wording: str, places: EditingUrls
) -> Iterator[PolicyFinding]:
    policy, url, area = contents.policy, places.passage(row), _area_key(row)
    for year in sorted({int(year) for year in YEAR.findall(wording)} - set(policy.years)):
        if not isinstance(row, Area) and year > policy.starts - 2:  # reasons speak of the past
            sentence = _("%(year)s in %(passage)s") % {
                "year": year,
                "passage": quote_passage(wording),
            }
            yield PolicyFinding(KINDS["dates"], sentence, url, 4, area)
    for blank in BLANK.findall(wording):
        yield PolicyFinding(KINDS["blank"], f"{blank} – {quote_passage(wording)}", url, 1, area)
    # the model was read by its editors; a town is asked about its own words
    if not is_wording_of_model(policy, wording):
        yield from _check_readability(policy.language, wording, url, area)


# Texts stay the same from view to view, and a policy has hundreds of them.
@lru_cache(maxsize=20_000)
def _hard_sentences(wording: str, language: str) -> list[HardSentence]:
    sentences = hard_sentences(wording, language, most=MAX_OF_A_KIND)
    return [sentence for sentence in sentences if sentence.words >= MIN_WORDS]


@lru_cache(maxsize=20_000)
def _find_jargon(wording: str, language: str) -> list[Jargon]:
    return find_jargon(wording, language)[:MAX_OF_A_KIND]


def _check_readability(
    language: str, wording: str, url: str, area: int | None
) -> Iterator[PolicyFinding]:
    for jargon in _find_jargon(wording, language):
        sentence = _("“%(phrase)s” – better: %(plain)s") % {
            "phrase": jargon.phrase,
            "plain": jargon.plain,
        }
        yield PolicyFinding(KINDS["jargon"], sentence, url, 7, area)
    for hard in _hard_sentences(wording, language):
        yield PolicyFinding(KINDS["long"], quote_passage(hard.text), url, 7, area)


def _check_references(contents: Contents, places: EditingUrls) -> Iterator[PolicyFinding]:
    """References in the text as it would be printed today."""
    rows = {row.ref: row for row in contents.everything}
    document = compose_document(contents, contents.policy.language)
    refs = {node.eid: node.ref for node, __ in document.walk()}
    for problem in find_dead_references(document):
        row = rows.get(refs.get(problem.eid, ""))
        url = places.passage(row) if row else places.page("write_policy")
        yield PolicyFinding(
            KINDS["references"], problem.message, url, 3, _area_key(row) if row else None
        )


def _area_key(row: PolicyPassage) -> int | None:
    return row.pk if isinstance(row, Area) else getattr(row, "area_id", None)
