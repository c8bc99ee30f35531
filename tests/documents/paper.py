"""What tests ask of a PDF: its words, its tags, its outline."""

import io
import re
from collections.abc import Iterator

from pypdf import PdfReader


def read(content):
    return PdfReader(io.BytesIO(content))


def squeezed(text):
    """Letters and signs alone: lines break and words are parted anywhere."""
    return re.sub(r"[\s\u00ad\u200b-]+", "", text)


def printed(content, heads=1):
    """The words of all pages, squeezed, without the head of later pages and the foot of each."""
    found = []
    for number, page in enumerate(read(content).pages):
        lines = page.extract_text().splitlines()
        found += lines[heads if number else 0 : -1]
    return squeezed("\n".join(found))


def elements(content) -> Iterator[dict]:
    """Every element of the tag tree, as it is nested."""
    waiting = [read(content).trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        element = waiting.pop(0).get_object()
        if isinstance(element, list):
            waiting[:0] = element
        elif isinstance(element, dict):
            yield element
            if "/K" in element:
                waiting.insert(0, element["/K"])


def tags(content):
    return [element.get("/S") for element in elements(content)]


def outline(content):
    """The names in the file's outline, with their depth."""

    def walk(entries, depth):
        for entry in entries:
            if isinstance(entry, list):
                yield from walk(entry, depth + 1)
            else:
                yield depth, entry.title

    return list(walk(read(content).outline, 0))


def is_accessible(content, language):
    """Tagged, in its language, with a title that is shown, and says itself that it is PDF/UA-1."""
    root = read(content).trailer["/Root"]
    return (
        bool(root["/MarkInfo"]["/Marked"])
        and root["/Lang"] == language
        and bool(root["/ViewerPreferences"]["/DisplayDocTitle"])
        and "<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data().decode()
        and bool(read(content).metadata.title)
    )
