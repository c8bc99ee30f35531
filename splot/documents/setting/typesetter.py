"""Typst in a process of its own: `python typesetter.py ROOT TEMPLATE SECONDS < data.json > document.pdf`.

What the compiler remembers of its documents (hundreds of megabytes after a dozen) ends with the process. Data come
as JSON and never as markup. Only the fonts inside the compiler are used, so that the same data give the same bytes
on every machine; signs that they lack are printed as "□". Knows nothing of Splot.
"""

import re
import sys
import unicodedata
from itertools import filterfalse

import typst

LACKING = re.compile(r'the text `"(.+?)"` could not be displayed')
ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")


def typeset(root: str, template: str, data: str, made: int) -> bytes:
    """PDF/UA-1 of the data, dated `made` (seconds since 1970). Raises typst.TypstError."""
    try:
        return _compile(root, template, data, made)
    except typst.TypstError as error:
        replaced = substitutes(error.diagnostic)
        if not replaced:
            raise
        return _compile(root, template, data.translate(replaced), made)


def _compile(root: str, template: str, data: str, made: int) -> bytes:
    return typst.compile(
        template,
        root=root,
        ignore_system_fonts=True,
        sys_inputs={"data": data},
        pdf_standards="ua-1",
        timestamp=made,
    )


def substitutes(diagnostic: str) -> dict[int, str]:
    """For the signs that no typeface has, as the compiler names them, what to print instead.

    ASCII is never lacking: what is named of it belongs to an escape, and the data are made of it.
    """
    named = "".join(ESCAPED.sub(lambda code: chr(int(code[1], 16)), text) for text in LACKING.findall(diagnostic))
    lacking = filterfalse(str.isascii, named)
    return {ord(sign): "" if unicodedata.category(sign)[0] in "CM" else "□" for sign in lacking}


if __name__ == "__main__":
    try:
        document = typeset(sys.argv[1], sys.argv[2], sys.stdin.buffer.read().decode(), int(sys.argv[3]))
    except typst.TypstError as failure:
        sys.exit(failure.diagnostic)
    sys.stdout.buffer.write(document)
