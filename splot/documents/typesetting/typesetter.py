"""Typst in a process of its own: `python typesetter.py ROOT TEMPLATE SECONDS < data > pdf`.

What the compiler remembers of its documents (hundreds of megabytes after a dozen) ends with the
process. Data come as JSON and never as markup. Only the fonts inside the compiler are used, so that
the same data give the same bytes on every machine; a sign that they lack is printed as "□".
Knows nothing of Splot.
"""

import json
import re
import sys
import unicodedata
from typing import TypeVar

import typst

Source = TypeVar("Source", str, bytes)  # the path of a template, or a template

NAMED = re.compile(r'the text `"(.+?)"` could not be displayed')
ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
# Joiners and selectors: Unicode's Default_Ignorable_Code_Point.
INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
BOX_JOINED = re.compile(f"(?<=□){INVISIBLE.pattern}+")
# All are named, so that a letter and its accent are taken from the first that has both; the second
# has Georgian and Armenian, the third Arabic. The compiler finds Devanagari by itself.
FONTS = ("Libertinus Serif", "New Computer Modern", "DejaVu Sans Mono")
ONE_BY_ONE = b"""
#set document(title: "Signs")
#for sign in json(bytes(sys.inputs.data)) { par(sign) }
"""
NARROWER = b"""
#set text(font: json(bytes(sys.inputs.fonts)))
#let narrower(marked) = measure(marked).width < measure(marked.codepoints().first()).width / 2
#context [#metadata(json(bytes(sys.inputs.data)).filter(narrower)) <lost>]
"""


def compile_pdf(root: str, template: str, data: str, made: int) -> bytes:
    """PDF/UA-1 of the data, dated `made` (seconds since 1970). Raises typst.TypstError."""
    data = part_lost_letters(replace_missing(data))
    try:
        return _compile_typst(template, data, root=root, timestamp=made)
    except typst.TypstError as error:
        parted = part_marks(data, named_signs(error.diagnostic))
        if parted == data:
            raise
        return _compile_typst(template, parted, root=root, timestamp=made)


def replace_missing(data: str) -> str:
    """The data with "□" for each sign that no font has.

    Before the document is made: beside a mark that a font has, the compiler leaves out a letter
    that none has, and says nothing. Joiners and selectors after a box go with the sign.
    """
    signs = sorted(sign for sign in set(data) if not sign.isascii())
    try:
        _compile_typst(ONE_BY_ONE, json.dumps(signs))
    except typst.TypstError as error:
        missing = named_signs(error.diagnostic).intersection(signs)
        boxes = {ord(sign): "" if INVISIBLE.match(sign) else "□" for sign in missing}
        return BOX_JOINED.sub("", data.translate(boxes))
    return data


def part_lost_letters(data: str) -> str:
    """The data with "□" for marks that the compiler would print without their letter.

    It does so, silently, when one font has the mark and another the letter.
    """
    marks = _any_of(set(filter(_is_mark, set(data))))
    if not marks:
        return data
    marked = re.compile(f"[^{marks}][{marks}]+")
    answer = typst.query(
        NARROWER,
        "<lost>",
        field="value",
        one=True,
        ignore_system_fonts=True,
        sys_inputs=_inputs(json.dumps(sorted(set(marked.findall(data))))),
    )
    lost = set(json.loads(answer))

    def box_lost(match: re.Match[str]) -> str:
        signs = match[0]
        return signs[0] + _boxes(signs[1:]) if signs in lost else signs

    return marked.sub(box_lost, data)


def part_marks(data: str, named: set[str]) -> str:
    """The data with "□" for each mark of these signs that stands upon another of them.

    Fonts have them all, but none has the two together; of such a pair, the letter stays.
    """
    marks = _any_of(set(filter(_is_mark, named)))
    if not marks:
        return data
    return re.sub(f"(?<=[{_any_of(named)}])[{marks}]+", lambda match: _boxes(match[0]), data)


def named_signs(diagnostic: str) -> set[str]:
    """The signs that the compiler says it could not display, each with those of its cluster."""
    texts = NAMED.findall(diagnostic)
    return set(ESCAPED.sub(lambda code: chr(int(code[1], 16)), "".join(texts)))


def _is_mark(sign: str) -> bool:
    return unicodedata.category(sign)[0] == "M"


def _boxes(signs: str) -> str:
    return "□" * len(INVISIBLE.sub("", signs))


def _any_of(signs: set[str]) -> str:
    """The inside of a class of a regular expression."""
    return "".join(map(re.escape, sorted(signs)))


def _inputs(data: str) -> dict[str, str]:
    return {"data": data, "fonts": json.dumps(FONTS)}


def _compile_typst(
    template: Source,
    data: str,
    *,
    root: Source | None = None,
    timestamp: int = 0,
) -> bytes:
    return typst.compile(
        template,
        root=root,
        ignore_system_fonts=True,
        sys_inputs=_inputs(data),
        pdf_standards="ua-1",
        timestamp=timestamp,
    )


if __name__ == "__main__":
    _root, _template, _made = sys.argv[1:]
    try:
        document = compile_pdf(_root, _template, sys.stdin.buffer.read().decode(), int(_made))
    except typst.TypstError as failure:
        sys.exit(failure.diagnostic)
    sys.stdout.buffer.write(document)
