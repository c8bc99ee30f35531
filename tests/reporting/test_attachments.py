"""Files beside a report: judged by what is in them, drawn anew if they are pictures, given out to
be kept.
"""

import io
import zipfile
import zlib
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw
from PIL.PngImagePlugin import PngInfo

from splot.documents.intake.attachments import (
    ODT_MEDIA_TYPE,
    prepare_upload,
)
from splot.documents.intake.limits import MAX_ATTACHMENT_BYTES, MAX_IMAGE_SIDE
from splot.implementation.models import StatusUpdate
from splot.people.models import User
from splot.policy.models import Policy
from splot.reporting.actions.links import make_link
from splot.reporting.models import Attachment
from tests import factories
from tests.pdf_files import blank_pdf

REPORT = "/en/poznan/policy/2023-2024/tasks/1/report/"
GPS, CAMERA = 0x8825, 0x010F
PDF = blank_pdf()
PLACE = "52.4064N-16.9252E"


def picture(kind: str = "JPEG", size: tuple[int, int] = (300, 200), **options: Any) -> bytes:
    image = Image.new("RGB", size, (200, 30, 30))
    ImageDraw.Draw(image).rectangle((0, 0, size[0] // 2, size[1]), fill=(20, 20, 200))
    kept = io.BytesIO()
    image.save(kept, kind, **options)
    return kept.getvalue()


def located() -> bytes:
    """A photograph that tells where and with what it was taken, lying on its side."""
    exif = Image.Exif()
    exif[CAMERA], exif[0x0112] = "Kamera 3000", 6
    exif.get_ifd(GPS).update(
        {1: "N", 2: (52.0, 24.0, 23.0), 3: "E", 4: (16.0, 55.0, 30.0), 29: PLACE}
    )
    return picture(exif=exif, comment=PLACE.encode(), quality=95)


def archive(**parts: bytes) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return kept.getvalue()


DOCX = archive(**{"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"})
XLSX = archive(**{"[Content_Types].xml": b"<x/>", "xl/workbook.xml": b"<x/>"})
ODT_FILE = archive(**{"mimetype": ODT_MEDIA_TYPE.encode(), "content.xml": b"<x/>"})


def take(content: bytes, name: str = "plik.bin") -> Any:
    return prepare_upload(io.BytesIO(content), name, len(content))


@pytest.mark.parametrize(
    ("content", "ending"),
    [
        (PDF, "pdf"),
        (picture("JPEG"), "jpg"),
        (picture("PNG"), "png"),
        (picture("WEBP"), "webp"),
        (DOCX, "docx"),
        (XLSX, "xlsx"),
        (ODT_FILE, "odt"),
    ],
)
def test_what_a_file_is_says_its_content_not_its_name(content: bytes, ending: str) -> None:
    kept = take(content, "raport.html")
    assert kept.name == f"raport.{ending}"
    assert "html" not in kept.media_type


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HOSTILE = {
    "svg": SVG,
    "html": b"<!doctype html><script>alert(1)</script>",
    "empty": b"",
    "program": b"MZ\x90\x00" + b"\0" * 200,
    "plain zip": archive(**{"a.txt": b"a"}),
    "macros": archive(
        **{
            "[Content_Types].xml": b"<x/>",
            "word/document.xml": b"<x/>",
            "word/vbaProject.bin": b"Sub AutoOpen",
        }
    ),
    "two documents in one": archive(
        **{"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>", "xl/workbook.xml": b"<x/>"}
    ),
    "page before a zip": b"<script>alert(1)</script>" + DOCX,
    "page before a pdf": b"<script>alert(1)</script>" + PDF,
    "pdf without an end": PDF[:20] + b"<script>alert(1)</script>" * 200,
    "half a picture": picture()[:120],
    "gif": b"GIF89a" + b"\0" * 100,
    "other picture under a known start": b"\xff\xd8\xff" + b"<svg></svg>" * 10,
    "postscript": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 1 1\n",
    "broken zip": DOCX[:60],
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_what_is_something_else_is_refused(content: bytes) -> None:
    with pytest.raises(ValidationError):
        take(content, "niewinny.jpg")


@given(
    st.binary(max_size=400),
    st.sampled_from([b"", b"%PDF-", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"PK\x03\x04"]),
)
def test_no_bytes_break_it(tail: bytes, head: bytes) -> None:
    try:
        take(head + tail)
    except ValidationError as error:
        assert error.messages


def test_a_picture_forgets_where_it_was_taken_and_stands_upright() -> None:
    original = located()
    assert PLACE.encode() in original
    kept = take(original, "IMG_0001.JPG")
    assert PLACE.encode() not in kept.content
    assert b"Kamera" not in kept.content
    image = Image.open(io.BytesIO(kept.content))
    assert dict(image.getexif()) == {}
    assert "comment" not in image.info and "exif" not in image.info
    assert image.size == (200, 300)
    colour = image.convert("RGB").getpixel((100, 30))
    assert colour[2] > 150 and colour[0] < 90  # the picture itself is still there


def test_words_inside_a_png_and_a_tail_behind_a_picture_are_gone() -> None:
    info = PngInfo()
    info.add_text("Comment", PLACE)
    kept = take(picture("PNG", pnginfo=info) + SVG + DOCX)
    assert PLACE.encode() not in kept.content
    assert b"<svg" not in kept.content
    assert b"PK\x03\x04" not in kept.content


def test_a_picture_that_is_seen_through_stays_so_and_a_large_one_gets_smaller() -> None:
    image = Image.new("RGBA", (MAX_IMAGE_SIDE * 2, 100), (0, 0, 0, 0))
    kept = io.BytesIO()
    image.save(kept, "PNG")
    small = Image.open(io.BytesIO(take(kept.getvalue()).content))
    assert (small.mode, small.size) == ("RGBA", (MAX_IMAGE_SIDE, 50))


def bomb(side: int) -> bytes:
    """A PNG of a few kilobytes that says it is `side` pixels square."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            len(content).to_bytes(4, "big")
            + kind
            + content
            + zlib.crc32(kind + content).to_bytes(4, "big")
        )

    head = side.to_bytes(4, "big") * 2 + b"\x08\x02\x00\x00\x00"
    data = zlib.compress(b"\0" * 5_000_000, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
@pytest.mark.parametrize("side", [8_000, 12_000, 60_000])
def test_a_picture_that_would_fill_the_memory_is_not_unpacked(side: int) -> None:
    content = bomb(side)
    assert len(content) < 20_000
    with pytest.raises(ValidationError) as refused:
        take(content)
    assert "pikseli" in refused.value.messages[0] or "pixels" in refused.value.messages[0]


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\x\\plan.docx", "plan.pdf"),
        ("\u202egpj.exe", "gpj.pdf"),
        ('a"b;\r\nSet-Cookie: x.pdf', "abSet-Cookie x.pdf"),
        (".pdf", "pdf.pdf"),
        ("", "file.pdf"),
        ("Zażółć gęślą jaźń.pdf", "Zażółć gęślą jaźń.pdf"),
    ],
)
def test_a_name_does_nothing(name: str, kept: str) -> None:
    assert take(PDF, name).name == kept


def said(*files: bytes, name: str = "zdjecie.jpg") -> dict[str, Any]:
    return {
        "period": "2024",
        "status": "on_time",
        "narrative": "Kursy trwają.",
        "reached_qualifier": "exact",
        "reached_unit": "persons",
        "idempotency_key": str(uuid4()),
        "files": [SimpleUploadedFile(name, content) for content in files],
    }


@pytest.mark.django_db
class TestBesideAReport:
    def test_files_come_with_a_report_and_are_given_out_to_be_kept(
        self, policy: Policy, leader: User, signed_in
    ):
        factories.task(policy, leader=leader)
        signed_in(leader).post(REPORT, said(located(), PDF))
        update = StatusUpdate.objects.get()
        photo, paper = update.attachments.all()
        answer = Client().get(f"/en/poznan/policy/2023-2024/tasks/1/files/{photo.pk}/")
        assert answer.status_code == 200
        assert answer["Content-Type"] == "image/jpeg"
        assert answer["Content-Disposition"] == 'attachment; filename="zdjecie.jpg"'
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer["Content-Security-Policy"]
        assert PLACE.encode() not in answer.content
        assert paper.media_type == "application/pdf"

    def test_sent_twice_they_are_there_once(self, policy: Policy, leader: User, signed_in):
        factories.task(policy, leader=leader)
        form = said(PDF)
        for __ in range(2):
            signed_in(leader).post(REPORT, {**form, "files": [SimpleUploadedFile("a.pdf", PDF)]})
        assert (StatusUpdate.objects.count(), Attachment.objects.count()) == (1, 1)

    @pytest.mark.parametrize(
        ("files", "words"),
        [
            ([PDF] * 6, "At most 5 files"),
            ([PDF[:-6] + b" " * MAX_ATTACHMENT_BYTES + b"%%EOF"], "larger than 5 MB"),
            ([PDF[:-6] + b" " * 3_500_000 + b"%%EOF"] * 3, "larger than 10 MB together"),
            ([SVG], "is none of these"),
        ],
    )
    def test_what_is_too_much_is_refused_with_a_sentence(
        self, policy, leader, signed_in, files, words
    ) -> None:
        task = factories.task(policy, leader=leader)
        __, token = make_link(by=None, municipality=policy.municipality, owner=leader)
        form = {f"task-{task.pk}-{name}": value for name, value in said(*files).items()}
        for page in (
            signed_in(leader).post(REPORT, said(*files)),
            Client().post(f"/en/poznan/r/{token}/", {**form, "only": task.pk}),
        ):
            text = page.content.decode()
            assert words in text
            assert "Kursy trwają." in text  # kept
        assert not StatusUpdate.objects.exists()

    def test_a_phone_sends_a_picture_through_a_link(self, policy: Policy, leader: User) -> None:
        task = factories.task(policy, leader=leader)
        __, token = make_link(by=None, municipality=policy.municipality, owner=leader)
        form = {
            f"task-{task.pk}-{name}": value for name, value in said(located(), located()).items()
        }
        Client().post(f"/en/poznan/r/{token}/", {**form, "only": task.pk})
        assert Attachment.objects.filter(said_in__said_by=leader).count() == 2

    def test_a_file_of_a_draft_is_the_teams(self, town, leader, coordinator, signed_in) -> None:
        policy = factories.policy(town, status="draft")
        factories.task(policy, leader=leader)
        signed_in(leader).post(REPORT, said(PDF, name="tajne.pdf"))
        address = f"/en/poznan/policy/2023-2024/tasks/1/files/{Attachment.objects.get().pk}/"
        assert Client().get(address).status_code == 404
        assert signed_in(factories.user(town, "reader")).get(address).status_code == 404
        assert signed_in(coordinator).get(address).content == PDF

    def test_a_file_is_found_at_its_own_task_alone(
        self, policy, leader, signed_in, other_town
    ) -> None:
        factories.task(policy, leader=leader)
        factories.task(policy, leader=leader)
        factories.task(factories.policy(other_town))
        signed_in(leader).post(REPORT, said(PDF))
        key = Attachment.objects.get().pk
        for place in ("poznan/policy/2023-2024/tasks/2", "lublin/policy/2023-2024/tasks/1"):
            assert Client().get(f"/en/{place}/files/{key}/").status_code == 404
