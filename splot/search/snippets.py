"""The words around what was looked for, with the found ones marked."""

from collections.abc import Collection

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from splot.core.languages import Text
from splot.core.templatetags.words import in_its_language
from splot.language.folding import compose, folded_words

from .queries import SearchedWord

SNIPPET_LENGTH = 220  # characters
LEAD_LENGTH = 70  # of them before the first found word

Spans = list[tuple[int, int]]


def mark_title(title: Text, words: Collection[SearchedWord], reader: str) -> SafeString:
    """A title in the reader's language where there is one, with the found words marked; of a long
    one the part that holds them.
    """
    shown = title.shown(reader)
    wording = compose(shown.text)
    spans = _found_spans(wording, words)
    if len(wording) > SNIPPET_LENGTH:
        html = _cut_and_mark(wording, spans or [(0, 0)])
    else:
        html = _mark(wording, spans)
    return in_its_language(html, "" if shown.language == reader else shown.language)


def snippet_of(
    texts: dict[str, str], words: Collection[SearchedWord], reader: str
) -> SafeString | None:
    """A part of the texts, {language: wording}, that holds a found word; the reader's language
    comes first. None where no text holds one.
    """
    languages = sorted(texts, key=lambda language: (language != reader, language))
    for language in languages:
        wording = texts[language]
        if spans := _found_spans(wording, words, limit=SNIPPET_LENGTH):
            html = _cut_and_mark(wording, spans)
            return in_its_language(html, "" if language == reader else language)
    return None


def _found_spans(wording: str, words: Collection[SearchedWord], limit: int = 0) -> Spans:
    """Where the found words stand; with a limit, those within so many signs of the first."""
    spans: Spans = []
    for word, start, end in folded_words(wording):
        if spans and limit and start > spans[0][0] + limit:
            break
        if any(searched.matches(word) for searched in words):
            spans.append((start, end))
    return spans


def _cut_and_mark(wording: str, spans: Spans) -> SafeString:
    """The paragraph that holds the first span; of a long one the part around it."""
    first, last = spans[0]
    opening = wording.rfind("\n", 0, first) + 1
    ending = f"{wording}\n".index("\n", last)
    start, end = opening, ending
    if first - start > LEAD_LENGTH:
        start = wording.find(" ", first - LEAD_LENGTH, first) + 1 or first
    if end - start > SNIPPET_LENGTH:
        end = max(wording.rfind(" ", start, start + SNIPPET_LENGTH), last)
    inside = [(left - start, right - start) for left, right in spans if right <= end]
    before = "… " if start > opening else ""
    after = " …" if end < ending else ""
    return format_html("{}{}{}", before, _mark(wording[start:end], inside), after)


def _mark(wording: str, spans: Spans) -> SafeString:
    pieces, at = [], 0
    for start, end in spans:
        pieces.append((wording[at:start], wording[start:end]))
        at = end
    marked = format_html_join("", "{}<mark>{}</mark>", pieces)
    return format_html("{}{}", marked, wording[at:]) if pieces else format_html("{}", wording)
