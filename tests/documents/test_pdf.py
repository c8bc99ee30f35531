"""PDF: acts set by Typst with hyphenation, page numbers and running lines, read back from the
pages.
"""

import io
import re
import textwrap
from random import Random

import pypdf
import pytest
import typst

from splot.documents.readers import UnreadableDocument, read_document
from tests.documents.acts import make_act, print_act

SIGNED = "Id: 7D2A90B1-44C5-4F0E-9A3B-1C2D3E4F5A6B. Podpisany"


def make_pdf(text, *, header="", footer="", number=False, hyphenate=True, size="11pt"):
    """A PDF with each line of the text as a paragraph, set in narrow justified lines on many
    pages.
    """
    quoted = ", ".join(
        '"' + line.replace("\\", "\\\\").replace('"', '\\"') + '"' for line in text.splitlines()
    )
    source = f"""
#set document(title: "act")
#set page(paper: "a5", header: [{header}], footer: context [{footer}{" #counter(page).display()" if number else ""}])
#set text(lang: "pl", size: {size}, hyphenate: {"true" if hyphenate else "false"})
#set par(justify: true)
#for line in ({quoted},) {{ par(line) }}
"""
    return typst.compile(source.encode(), ignore_system_fonts=True)


def flat(nodes):
    """A tree whose texts no longer tell where the lines were broken."""
    return [
        (
            n.kind,
            n.num,
            " ".join(n.heading.split()),
            " ".join(n.text.split()),
            " ".join(n.closing.split()),
            flat(n.children),
        )
        for n in nodes
    ]


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("hyphenate", [True, False])
def test_a_printed_act_reads_back_from_pdf(seed, hyphenate):
    act = make_act(Random(seed), 80)
    text = print_act(act)
    read = read_document(make_pdf(text, hyphenate=hyphenate, number=True), "act.pdf")
    assert flat(read.nodes) == flat(act.nodes)
    assert "".join(read.words()) == "".join(text.split())
    assert read.problems == []


def share_of_equal_texts(read, act):
    """How much of the tree has its paragraphs exactly as they were; the tree itself must be
    right.
    """
    assert flat(read.nodes) == flat(act.nodes)
    pairs = list(zip(read.walk(), act.walk(), strict=True))
    return sum(node.text == printed.text for (node, _), (printed, _) in pairs) / len(pairs)


@pytest.mark.parametrize("seed", range(4))
def test_paragraph_breaks_survive(seed):
    """Where the file keeps the space before a break, only the turn of a page can look like a new
    paragraph.
    """
    act = make_act(Random(seed), 80)
    assert (
        share_of_equal_texts(read_document(make_pdf(print_act(act), number=True), "act.pdf"), act)
        > 0.98
    )


@pytest.mark.parametrize("seed", range(4))
def test_without_those_spaces_the_width_of_lines_decides(seed):
    """Set line by line there is no trace of the paragraphs but the width."""
    act = make_act(Random(seed), 80, dashes=False)
    lines = [
        part for line in print_act(act).splitlines() for part in textwrap.wrap(line, 60) or [""]
    ]
    read = read_document(make_pdf("\n".join(lines), size="9pt"), "act.pdf")
    assert share_of_equal_texts(read, act) > 0.9


def test_running_lines_and_page_numbers_are_taken_out_and_listed():
    text = print_act(make_act(Random(3), 80))
    read = read_document(
        make_pdf(text, header="Biuletyn Urzędu Miasta", footer=f"{SIGNED} Strona", number=True),
        "a.pdf",
    )
    assert "".join(read.words()) == "".join(text.split())
    pages = len(pypdf.PdfReader(io.BytesIO(make_pdf(text, header="B", footer="c"))).pages)
    taken = {
        one.text: one.count
        for one in read.cleaned
        if one.what in ("running-head", "signature-line")
    }
    assert taken["Biuletyn Urzędu Miasta"] == pages
    assert taken[f"{SIGNED} Strona 1"] == 1
    assert any(one.place.startswith("page 2") for one in read.cleaned)


def test_hyphens_at_the_ends_of_lines():
    words = (
        "Najnieprawdopodobniejsze przedsięwzięcia międzyinstytucjonalne "
        "konstantynopolitańczykowianeczki "
    )
    text = f"§ 1. {words * 12}oraz zespół polsko-ukraiński.\n§ 2. Koniec."
    read = read_document(make_pdf(text), "a.pdf")
    assert "".join(read.nodes[0].text.split()) == "".join(
        text.splitlines()[0].removeprefix("§ 1. ").split()
    )
    mended = [one for one in read.cleaned if one.what == "hyphenation"]
    assert mended and all(re.search(r"→ \w+", one.text) for one in mended)


def test_a_scan_is_refused_and_a_scanned_page_reported():
    picture = (
        "#image(bytes((137, 80, 78, 71, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82, 0, 0, "
        "0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0, 144, 119, 83, 222, 0, 0, 0, 12, 73, 68, 65, 84, "
        "8, 215, 99, 248, 207, 192, 0, 0, 3, 1, 1, 0, 24, 221, 141, 176, 0, 0, 0, 0, 73, "
        "69, 78, 68, 174, 66, 96, 130)))"
    )
    with pytest.raises(UnreadableDocument, match="pictures") as refusal:
        read_document(typst.compile(picture.encode(), ignore_system_fonts=True), "scan.pdf")
    assert "text recognition" in str(refusal.value)
    pages = f"§ 1. Treść.\n#pagebreak()\n{picture}".encode()
    mixed = read_document(typst.compile(pages, ignore_system_fonts=True), "mixed.pdf")
    assert [problem.code for problem in mixed.problems] == ["page-without-text"]
    assert "2" in mixed.problems[0].message


@pytest.mark.parametrize("algorithm", ["RC4-128"])
def test_a_password_is_asked_to_be_removed(algorithm):
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(make_pdf("§ 1. Treść.")))
    writer.encrypt("sekret", algorithm=algorithm)
    buffer = io.BytesIO()
    writer.write(buffer)
    with pytest.raises(UnreadableDocument, match="password"):
        read_document(buffer.getvalue(), "a.pdf")


def test_damaged_files_are_refused():
    whole = make_pdf("§ 1. Treść.")
    for data in (whole[: len(whole) // 3], b"%PDF-1.7\n" + b"junk " * 50, whole[:9] + bytes(2000)):
        with pytest.raises(UnreadableDocument, match="Nothing was saved"):
            read_document(data, "a.pdf")
