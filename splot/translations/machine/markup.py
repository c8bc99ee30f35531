"""Texts through a translator and back with everything in them that is not language: Markdown, gaps,
references.

A machine drops and invents marks. So it gets a text line by line, with each mark fenced by
translate="no", and what comes back is taken only if every mark is still there, as often as before.
"""

import re
from collections import Counter
from html import escape, unescape
from itertools import chain

from splot.parsing.provisions import PROVISION_LETTER, PROVISION_MARKS, PROVISION_NUMBER

from . import Translator, TranslatorFailed

# How a line begins in Markdown, or as an item of a list in an act: this never reaches the machine.
LINE_PREFIX = re.compile(r"\s*(?:(?:#{1,6}|>|[-*+–•]|\d{1,3}[.)]|[a-z]{1,2}\))(?:\s+|$))*")
_NUMBERED_MARKS = "|".join(
    rf"\b{mark}" for kind, mark in PROVISION_MARKS.items() if kind not in ("paragraph", "alinea")
)
CITATION = (
    rf"(?:(?:{PROVISION_MARKS['paragraph']}|{_NUMBERED_MARKS})\s*{PROVISION_NUMBER}\b"
    rf"|\b{PROVISION_MARKS['alinea']}\s*{PROVISION_LETTER}\b)"
)
MARK = re.compile(
    r"(?P<kept>`[^`\n]+`|https?://[^\s)\]>]+|[\w.+-]+@[\w-]+\.[\w.-]+\w|\[[^\[\]\n]*\](?!\()"
    r"|\{[^{}\n]*\}"
    rf"|{CITATION}(?:,?\s+{CITATION})*)"
    r"|(?P<tight>\[(?=[^\[\]\n]*\]\()|\]\([^()\n]*\)|\*\*|__|~~|(?<!\w)[*_](?=\w)"
    r"|(?<=[\w.,;:!?)])[*_](?!\w)|\|)"
)
PROTECTED_MARK = re.compile(
    r'(?P<before>\s*)<span translate="no">(?P<mark>.*?)</span>(?P<after>\s*)'
)
HTML_TAG = re.compile(r"</?\w[^>]*>")
LETTER = re.compile(r"[^\W\d_]")


def translate_texts(
    translator: Translator, texts: list[str], source: str, target: str
) -> list[str | None]:
    """The texts in another language; None for one whose marks the machine would have damaged.

    Raises TranslatorFailed.
    """
    lines_of_texts = [text.splitlines() for text in texts]
    all_bodies = map(_line_body, chain.from_iterable(lines_of_texts))
    bodies = list(dict.fromkeys(filter(_has_words, all_bodies)))
    answers: list[str] = []
    if bodies:
        answers = translator.translate([protect_marks(body) for body in bodies], source, target)
    if len(answers) != len(bodies):
        raise TranslatorFailed("the answer does not hold one translation for each text")
    translated = {}
    for body, answer in zip(bodies, answers, strict=True):
        translated[body] = unprotect_marks(body, answer)
    return [_join_lines(lines, translated) for lines in lines_of_texts]


def _opening(line: str) -> str:
    prefix = LINE_PREFIX.match(line)
    return prefix.group() if prefix else ""


def _line_body(line: str) -> str:
    return line[len(_opening(line)) :].strip()


def _has_words(body: str) -> bool:
    return bool(LETTER.search(MARK.sub("", body)))


def _join_lines(lines: list[str], translated: dict[str, str | None]) -> str | None:
    joined = []
    for line in lines:
        body = _line_body(line)
        words = translated[body] if _has_words(body) else body
        if words is None:
            return None
        joined.append((_opening(line) + words).rstrip())
    return "\n".join(joined)


def protect_marks(body: str) -> str:
    """A line as HTML whose marks a translator leaves alone."""
    pieces, end = [], 0
    for mark in MARK.finditer(body):
        pieces += [
            escape(body[end : mark.start()]),
            f'<span translate="no">{escape(mark.group())}</span>',
        ]
        end = mark.end()
    return "".join([*pieces, escape(body[end:])])


def unprotect_marks(body: str, answer: str) -> str | None:
    """The answer as plain words, or None where it is empty or its marks are not those of `body`.

    Bold letters and links need their marks close to the words: where the line had no space, none
    stays.
    """
    gaps = _spaces_around_marks(body)

    def closed(found: re.Match[str]) -> str:
        mark = found["mark"]
        places = gaps.get(unescape(mark))
        before, after = places.pop(0) if places else (found["before"], found["after"])
        return f"{before}{mark}{after}"

    words = unescape(HTML_TAG.sub("", PROTECTED_MARK.sub(closed, answer.strip()))).strip()
    return words if _has_words(words) and _count_marks(words) == _count_marks(body) else None


def _spaces_around_marks(body: str) -> dict[str, list[tuple[str, str]]]:
    """{mark: the white space before and after it, in order} of the marks that stand close to
    words.
    """
    spaces: dict[str, list[tuple[str, str]]] = {}
    for mark in MARK.finditer(body):
        if mark["tight"]:
            before = " " if body[: mark.start()][-1:].isspace() else ""
            after = " " if body[mark.end() :][:1].isspace() else ""
            spaces.setdefault(mark.group(), []).append((before, after))
    return spaces


def _count_marks(words: str) -> Counter[str]:
    return Counter(" ".join(mark.group().split()) for mark in MARK.finditer(words))
