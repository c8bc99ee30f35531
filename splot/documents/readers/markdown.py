"""Markdown: what makes headings, numbers and line breaks in it, taken off the lines of a plain
text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from splot.documents.readers import text
from splot.documents.readers.lines import CELLS, ESCAPE_MARK, CleanupLog, SourceLine
from splot.documents.readers.numbering import is_number
from splot.documents.tree import Problem

HEADING = re.compile(r" {0,3}(#{1,6})\s+(?=\S)")
NUMBER = re.compile(r"\s*\*\*((?:[^*\\]|\\.){1,80})\*\*(?=\s|$)")
BROKEN = re.compile(r"(?<!\\)(?:\\\\)*\\$")
TABLE_ROW = re.compile(r" {0,3}\|(.*)(?<!\\)\|\s*")
TABLE_RULE = re.compile(r"[\s|:-]+")  # the line below the heads of columns
CELL_END = re.compile(r"(?<!\\)\|")
ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


def read_markdown_lines(
    data: bytes, name: str, log: CleanupLog
) -> tuple[list[SourceLine], list[Problem]]:
    """The lines of a Markdown file in the encodings of plain text. Bold numbers open their
    lines.
    """
    source, problems = text.read_text_lines(data, name, log)
    lines: list[SourceLine] = []
    for line in source:
        lines += _parse_line(line)
    return lines, problems


def _parse_line(line: SourceLine) -> Iterator[SourceLine]:
    if row := TABLE_ROW.fullmatch(line.text):
        if not TABLE_RULE.fullmatch(line.text):
            cells = [_unescape_markdown(words.strip()) for words in CELL_END.split(row[1])]
            yield SourceLine(" ".join(cells), line.number, role=CELLS, cells=cells)
        return
    words = line.text
    heading = HEADING.match(words)
    if heading:
        line.heading, words = len(heading[1]), words[heading.end() :]
    if BROKEN.search(words):
        words = words[:-1]
    label = ""
    while (number := NUMBER.match(words)) and _is_opening_number(
        _unescape_markdown(number[1]), words[number.end() :]
    ):
        if label:
            yield SourceLine("", line.number, label=label, heading=line.heading)
        label, words = _unescape_markdown(number[1]), words[number.end() :].lstrip()
    yield SourceLine(_unescape_markdown(words), line.number, label=label, heading=line.heading)


def _is_opening_number(number: str, rest: str) -> bool:
    return is_number(number) or rest.lstrip().startswith(ESCAPE_MARK)


def _unescape_markdown(words: str) -> str:
    return ESCAPED.sub(r"\1", words)
