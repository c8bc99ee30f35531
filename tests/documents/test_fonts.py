"""PDFs do not depend on the fonts of the machine; a sign that fonts lack is not lost in silence."""

import json
import struct
import subprocess
import sys

import pytest
from PIL import ImageFont

from splot.documents.eids import assign_eids
from splot.documents.tree import Document, Node
from splot.documents.typesetting import typst_process
from splot.documents.typesetting.typesetter import part_lost_letters, part_marks, replace_missing
from splot.documents.writers.pdf import write_pdf
from tests.documents.paper import printed

SIGN = "🎉"  # no font inside the compiler has it
FAMILIES = "import typst; print(typst.Fonts(include_embedded_fonts=False).families())"


def font_with(sign):
    """Aileron, which Pillow carries, with a character map of this one sign."""
    font = ImageFont.load_default(10).path.getvalue()
    group = struct.pack(">III", ord(sign), ord(sign), 1)
    subtable = struct.pack(">HHIII", 12, 0, 16 + len(group), 0, 1) + group
    character_map = struct.pack(">HHHHI", 0, 1, 3, 10, 12) + subtable
    (count,) = struct.unpack_from(">H", font, 4)
    for at in range(12, 12 + 16 * count, 16):
        if font[at : at + 4] == b"cmap":
            entry = struct.pack(">4sIII", b"cmap", 0, len(font), len(character_map))
            return font[:at] + entry + font[at + 16 :] + character_map
    raise AssertionError("a font without a character map")


@pytest.fixture
def install_font(monkeypatch, tmp_path):
    """Called, it makes the system's fonts one more, at each place where fonts are looked for."""

    def install():
        fonts = tmp_path / ".local" / "share" / "fonts"
        fonts.mkdir(parents=True)
        (fonts / "aileron.ttf").write_bytes(font_with(SIGN))
        monkeypatch.setenv("HOME", str(tmp_path))
        monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / ".local" / "share"))
        monkeypatch.setenv("TYPST_FONT_PATHS", str(fonts))
        command = [sys.executable, "-c", FAMILIES]
        families = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        assert "Aileron" in families, "the compiler could see it"

    return install


def act_of(text):
    document = Document("Uchwała", nodes=[Node("paragraph", "§ 1.", text=text)])
    assign_eids(document.nodes)
    return write_pdf(document, language="pl")


TEXT = f"Zażółć gęślą jaźń, ґанок, їжак {SIGN}"


def test_a_font_of_the_machine_changes_no_byte(install_font):
    before = act_of(TEXT)
    install_font()
    assert act_of(TEXT) == before
    assert "□" in printed(before)


def test_a_compiler_that_sees_such_a_font_prints_other_bytes(install_font, monkeypatch, tmp_path):
    """The control: without its one parameter, the same typesetter prints the sign."""
    source = typst_process.TYPESETTER.read_text()
    assert source.count("ignore_system_fonts=True") >= 1
    seeing = tmp_path / "typesetter.py"
    seeing.write_text(source.replace("ignore_system_fonts=True", "ignore_system_fonts=False"))
    ignoring = act_of(TEXT)
    install_font()
    monkeypatch.setattr(typst_process, "TYPESETTER", seeing)
    assert act_of(TEXT) != ignoring
    assert SIGN in printed(act_of(TEXT))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tiếng Việt, Tie\u0302\u0301ng Vie\u0323\u0302t", None),
        ("Беларуская мова: ў, ё; русский: ъ, ы", None),
        ("ქართული, Հայերեն", None),
        ("বাংলা ไทย", "□□□□□ □□□"),
        ("ᲡᲐᲥ ქა", "□□□ ქა"),
        ("❤\ufe0f 👍🏽 👩\u200d🚒\ufe0f", "❤\ufe0f □□ □□"),
        ("می\u200cخواهم 🎉", "می\u200cخواهم □"),
        ("日\u0301 а\u0301", "□\u0301 а\u0301"),  # a letter that no font has, under a mark
        ("ś\U0001e000 ść", "ś□ ść"),  # a mark that no font has: the same letter elsewhere stays
        ("ა\u0301 აა", "ა□ აა"),  # one font has the letter, another the mark
    ],
)
def test_each_sign_is_printed_or_replaced_by_a_box(text, expected):
    data = part_lost_letters(replace_missing(json.dumps([text], ensure_ascii=False)))
    assert json.loads(data) == [expected or text]
    assert act_of(text).startswith(b"%PDF")


def test_marks_that_no_font_has_with_their_letter_are_parted_from_it():
    assert part_marks("a\u20efb\u20ef", {"b", "\u20ef"}) == "a\u20efb□"
    assert part_marks("b\u034f", {"b", "\u034f"}) == "b"
    assert part_marks("ab", {"a"}) == "ab"


def test_arabic_hebrew_and_devanagari_are_printed():
    found = printed(act_of("العربية עברית हिन्दी"))
    assert "□" not in found


def test_the_compiler_loses_a_letter_under_a_mark_in_silence(monkeypatch, tmp_path):
    """The control: without the search for such letters no box tells of the loss."""
    source = typst_process.TYPESETTER.read_text()
    searched = "part_lost_letters(replace_missing(data))"
    assert searched in source
    blind = tmp_path / "typesetter.py"
    blind.write_text(source.replace(f"data = {searched}", "pass"))
    monkeypatch.setattr(typst_process, "TYPESETTER", blind)
    assert "□" not in printed(act_of("日\u0301 ა\u0301"))
