"""Files that are read into the table: any encoding, and those that are refused with a sentence."""

import io
import zipfile
from typing import Any

import openpyxl
import pytest
from django.test import Client
from lxml import html

from splot.documents.intake.limits import MAX_UNPACKED
from splot.table_import.models import TableImport
from tests.documents.spreadsheets import make_xlsx, saved
from tests.table_import.pages import ROWS, form_of, page_of, sent, uploaded, words

pytestmark = pytest.mark.django_db


def encrypted() -> bytes:
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(600)
        + "EncryptedPackage".encode("utf-16-le")
        + bytes(600)
    )


def bomb() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", b"0" * (MAX_UNPACKED + 1))
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (lambda: encrypted(), "plan.xlsx", "protected with a password"),
        (lambda: make_xlsx(ROWS)[:900], "plan.xlsx", "damaged"),
        (lambda: bomb(), "plan.xlsx", "larger than a spreadsheet can be"),
        (lambda: b"", "plan.xlsx", "empty"),
        (lambda: b"\n".join(b"a;b;%d" % n for n in range(100_000)), "plan.csv", "20000"),
        (lambda: make_xlsx([["tylko tytuł"]]), "plan.xlsx", "no table with rows"),
        (lambda: b"%PDF-1.7 x", "plan.pdf", "PDF"),
    ],
)
def test_files_that_cannot_be_read_are_refused_with_a_sentence(
    client: Client, data: Any, name: str, said: str
) -> None:
    answer = uploaded(client, data(), name)
    assert answer.status_code == 200 and said in words(html.fromstring(answer.content.decode()))
    assert not TableImport.objects.exists()


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1250", "iso-8859-2", "cp852", "mac-latin2", "utf-16"]
)
def test_values_in_any_encoding(client: Client, encoding: str) -> None:
    lines = (
        "Zadanie;Dla kogo;Kwota\nSzkoła językowa;Żołnierze i łącznościowcy;1 200 "
        "zł\nĆwiczenia;Źródło;\n"
    )
    answer = uploaded(client, lines.encode(encoding), "plan.csv")
    assert answer.status_code == 302
    assert "Żołnierze i łącznościowcy" in words(page_of(client, answer["Location"]))


def test_a_person_chooses_between_two_encodings(client: Client) -> None:
    data = "Zadanie;Dla kogo\nKurs zwykły;dzieci\n".encode("cp852")
    answer = uploaded(client, data, "plan.csv")
    page = page_of(client, answer["Location"])
    assert "Read as DOS, 852 it says “zwykły”, as Mac, Latin 2 “zwykąy”" in words(page)
    assert TableImport.objects.get().chosen is None
    other = sent(client, answer["Location"], form_of(page) | {"chosen": "0"})
    assert "Kurs zwykły" in words(page_of(client, other["Location"]))


@pytest.mark.parametrize(
    ("slug", "said"), [("poznan", "on the page of the sheets"), ("lublin", "another municipality")]
)
def test_a_workbook_made_for_an_institution_belongs_elsewhere(
    client: Client, slug: str, said: str
) -> None:
    book = openpyxl.load_workbook(io.BytesIO(make_xlsx(ROWS)))
    hidden = book.create_sheet("klucz")
    hidden.sheet_state = "veryHidden"
    for row in [
        ["key", "x"],
        ["municipality", slug],
        ["policy", "2023-2024"],
        ["plan", "2023-2024"],
        ["period", "2023"],
    ]:
        hidden.append(row)
    answer = uploaded(client, saved(book))
    assert (
        said in words(html.fromstring(answer.content.decode())) and not TableImport.objects.exists()
    )
