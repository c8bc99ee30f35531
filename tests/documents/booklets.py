"""Booklets for tests, and their Word files read back."""

import io

import docx
from docx.oxml.ns import qn

from splot.core.languages import Text
from splot.documents.booklet import Booklet, Callout, Facts, Heading, Items, PageBreak, Prose, Table
from tests.documents.paper import squeezed

HEAD = ["Nr", "Działanie", "Dla kogo", "Kto", "Wskaźniki"]
UKRAINIAN = Text.of("uk", {"uk": "безпека для всіх"})


def row(number):
    return [
        number,
        f"Asystenci międzykulturowi w szkołach {number}",
        "uczniowie",
        "Wydział Oświaty",
        ["liczba", "odsetek"],
    ]


def booklet(areas=12, activities=6, language="pl", **front):
    blocks = [
        Heading(1, "Wizja"),
        Callout("Nasza wizja", "Miasto, w którym każdy jest u siebie."),
        Heading(1, "Wartości"),
        Prose(
            "Opieramy się na **równości**.\n\n- gościnność\n- jawność\n\n"
            "1. słuchamy\n2. działamy\n   - razem\n\n> cytat"
        ),
        Items(["spójność", UKRAINIAN], numbered=True),
        Facts([("Przyjęta", "26 lutego 2026 r."), ("Obowiązuje", ["2026", "2027"]), ("Osoba", "")]),
        PageBreak(),
        Heading(1, "Obszary"),
    ]
    for area in range(1, areas + 1):
        rows = [row(f"{area}.{place}") for place in range(1, activities + 1)]
        blocks += [Heading(2, f"Obszar {area}"), Table(f"Działania obszaru {area}", HEAD, rows)]
    front = {
        "title": "Polityka integracji",
        "subtitle": "na lata 2026–2027",
        "kicker": "Miasto Łódź",
        **front,
    }
    return Booklet(blocks=blocks, language=language, **front)


def of(*blocks, language="pl", **front):
    return Booklet(title=front.pop("title", "Tytuł"), blocks=blocks, language=language, **front)


def word(content):
    return docx.Document(io.BytesIO(content))


def word_text(content):
    """All words of the document's body, tables in their place."""
    return squeezed(
        "".join(element.text or "" for element in word(content).element.body.iter(qn("w:t")))
    )
