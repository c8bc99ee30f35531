"""A file that is no act: said at the field, in plain words, and nothing is kept of it."""

import zipfile
from io import BytesIO

import pytest
from playwright.sync_api import expect

from tests.journeys.barriers import barriers
from tests.journeys.visits import Visits, path_of, press, words

UPLOAD = "/pl/poznan/policy/import/"
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8


def spreadsheet() -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("xl/workbook.xml", "<workbook/>")
    return made.getvalue()


FILES = {
    "empty": ("act.txt", b"", "The submitted file is empty."),
    "picture named pdf": (
        "act.pdf",
        PICTURE,
        "it is a picture. A scan has to go through text recognition first.",
    ),
    "spreadsheet": ("act.xlsx", spreadsheet(), "it is a spreadsheet, and a document was expected."),
    "spreadsheet named docx": (
        "act.docx",
        spreadsheet(),
        "it is a spreadsheet, and a document was expected.",
    ),
    "half a pdf": ("act.pdf", b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog", None),
    "nothing but spaces": ("act.txt", b" \n\t \n", "there is no text in it."),
    "too large": ("act.txt", b"word " * 2_200_000, None),
}


@pytest.mark.parametrize("kind", FILES)
def test_what_cannot_be_read_is_refused_at_the_field(visits: Visits, kind: str) -> None:
    name, content, reason = FILES[kind]
    page = visits.open("coordinator@poznan.example")
    page.goto(UPLOAD)
    before = page.locator("main .lines a").count()
    page.locator("[name=act]").set_input_files(
        {"name": name, "mimeType": "text/plain", "buffer": content}
    )
    press(page, "Read the file")

    assert path_of(page) == UPLOAD
    error = page.locator(".field--wrong .field__error")
    expect(error).to_be_visible()
    expect(error).to_contain_text(name if reason is None else words(reason))
    described = page.locator("[name=act]").get_attribute("aria-describedby") or ""
    assert error.get_attribute("id") in described.split()
    assert barriers(page, "light") == []
    expect(page.locator("main .lines a")).to_have_count(before)


def test_control_a_file_that_can_be_read_is_kept(visits: Visits) -> None:
    page = visits.open("coordinator@lublin.example")
    page.goto(UPLOAD.replace("poznan", "lublin"))
    act = "Uchwała w sprawie szkół\n§ 1. Celem jest dobra szkoła.\n".encode()
    page.locator("[name=act]").set_input_files(
        {"name": "schools.txt", "mimeType": "text/plain", "buffer": act}
    )
    press(page, "Read the file")
    assert path_of(page) != UPLOAD.replace("poznan", "lublin")
    page.goto(UPLOAD.replace("poznan", "lublin"))
    expect(page.locator("main .lines a", has_text="schools.txt")).to_have_count(1)
