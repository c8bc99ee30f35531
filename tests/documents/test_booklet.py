"""A booklet in its three forms: the same words in each, tagged, with real headings, lists and
tables.
"""

import io
import shutil
import subprocess
import zipfile
from datetime import date

import lxml.html
import pytest
from docx.oxml.ns import qn

from splot.core.languages import LocalisedText, Text
from splot.documents.booklet import (
    Booklet,
    Heading,
    Items,
    Prose,
    Table,
    render_booklet_docx,
    render_booklet_html,
    render_booklet_pdf,
)
from splot.documents.booklet.model import column_shares, place_blocks
from tests.documents.booklets import HEAD, UKRAINIAN, booklet, of, row, word, word_text
from tests.documents.paper import elements, is_accessible, outline, printed, read, squeezed, tags


def styles(content):
    return [paragraph.style.name for paragraph in word(content).paragraphs]


def test_the_pdf_is_tagged_and_holds_contents_headings_lists_and_tables():
    content = render_booklet_pdf(booklet())
    assert is_accessible(content, "pl")
    assert (read(content).metadata.title, read(content).metadata.author) == (
        "Polityka integracji",
        "Miasto Łódź",
    )
    kinds = tags(content)
    assert kinds.count("/Table") == 12
    assert kinds.count("/TH") == 12 * len(HEAD)
    assert kinds.count("/TR") == 12 * (1 + 6)
    assert kinds.count("/TOCI") == 3 + 12
    assert kinds.count("/LI") == 2 + 2 + 1 + 2
    assert [name for depth, name in outline(content) if depth == 0] == [
        "Wizja",
        "Wartości",
        "Obszary",
    ]
    assert [name for depth, name in outline(content) if depth == 1] == [
        f"Obszar {area}" for area in range(1, 13)
    ]
    assert "uk" in {element.get("/Lang") for element in elements(content)}


def test_contents_name_the_page_where_each_heading_stands():
    pages = [page.extract_text() for page in read(render_booklet_pdf(booklet())).pages]
    entries = dict(
        line.replace(".", " ").rsplit(maxsplit=1)
        for line in pages[0].splitlines()
        if line.startswith("Obszar ")
    )
    assert len(entries) == 12
    for name, number in entries.items():
        assert name.strip() in pages[int(number) - 1].splitlines()


def test_all_forms_hold_the_same_words_in_order():
    made = booklet(areas=3)
    page = lxml.html.fromstring(render_booklet_html(made).decode()).find("body").text_content()
    for found in (
        printed(render_booklet_pdf(made)),
        word_text(render_booklet_docx(made)),
        squeezed(page),
    ):
        place = found.index("Naszawizja")
        for expected in (
            "Miasto, w którym każdy jest u siebie.",
            "równości",
            "gościnność",
            "działamy",
            "razem",
            "cytat",
            "spójność",
            "безпека для всіх",
            "Obowiązuje2026",
            "nie podano",
            "Działania obszaru 1",
            "Asystenci międzykulturowi w szkołach 1.1",
            "Asystenci międzykulturowi w szkołach 3.6",
        ):
            place = found.index(squeezed(expected), place)


def test_the_same_booklet_gives_the_same_bytes():
    for write in (render_booklet_pdf, render_booklet_docx, render_booklet_html):
        assert write(booklet()) == write(booklet())
    assert {
        entry.date_time
        for entry in zipfile.ZipFile(io.BytesIO(render_booklet_docx(booklet()))).infolist()
    } == {(1980, 1, 1, 0, 0, 0)}


def test_heads_of_tables_are_repeated_on_each_page():
    content = render_booklet_pdf(
        of(Table("Długa", HEAD, [row(str(number)) for number in range(100)]))
    )
    pages = [page.extract_text() for page in read(content).pages]
    assert len(pages) > 3
    assert all("Dla kogo" in page for page in pages[1:])
    head = word(render_booklet_docx(of(Table("Długa", HEAD, [row("1")])))).tables[0].rows[0]
    assert head._tr.trPr.find(qn("w:tblHeader")) is not None


def test_a_table_of_many_columns_lies_across_the_page_with_its_heading():
    wide = Table("Szeroka", [f"Kolumna {n}" for n in range(9)], [["komórka"] * 9])
    made = of(Heading(1, "Przed"), Prose("tekst"), Heading(1, "Tabela"), wide, Heading(1, "Po"))
    pages = read(render_booklet_pdf(made)).pages
    across = [page for page in pages if page.mediabox.width > page.mediabox.height]
    assert len(across) == 1
    assert "Tabela" in across[0].extract_text()
    assert "Po" not in across[0].extract_text().split()
    sections = word(render_booklet_docx(made)).sections
    assert [section.page_width > section.page_height for section in sections] == [
        False,
        True,
        False,
    ]


def test_draft_and_foot_stand_on_every_page_of_the_pdf_and_in_every_form():
    made = booklet(draft="Projekt 3", foot="Urząd Miasta", made=date(2026, 2, 26))
    pages = [page.extract_text() for page in read(render_booklet_pdf(made)).pages]
    for number, page in enumerate(pages, 1):
        assert "Projekt 3" in page
        assert "Urząd Miasta" in page
        assert f"Strona {number} z {len(pages)}" in page
    section = word(render_booklet_docx(made)).sections[0]
    assert section.header.paragraphs[0].text == "Projekt 3"
    assert section.footer.paragraphs[0].text.startswith("Urząd Miasta\tStrona ")
    instructions = [each.text.strip() for each in section.footer._element.iter(qn("w:instrText"))]
    assert instructions == ["PAGE", "NUMPAGES"]
    assert word(render_booklet_docx(made)).core_properties.created.date() == date(2026, 2, 26)
    assert "Projekt 3" in render_booklet_html(made).decode()


def test_the_word_file_has_real_headings_lists_tables_and_contents():
    content = render_booklet_docx(booklet())
    names = styles(content)
    assert names.count("Heading 1") == 3
    assert names.count("Heading 2") == 12
    assert names.count("List Bullet") == 2
    assert names.count("List Bullet 2") == 1
    assert names.count("List Number") == 2 + 2
    assert [names.count("toc 1"), names.count("toc 2")] == [3, 12]
    made = word(content)
    assert [len(table.rows) for table in made.tables] == [7] * 12
    assert [cell.text for cell in made.tables[0].rows[0].cells] == HEAD
    assert made.core_properties.title == "Polityka integracji"
    assert made.core_properties.language == "pl"
    fields = [each.text.strip() for each in made.element.body.iter(qn("w:instrText"))]
    assert fields[0].startswith("TOC ")
    bookmarks = {each.get(qn("w:name")) for each in made.element.body.iter(qn("w:bookmarkStart"))}
    assert {
        each.get(qn("w:anchor")) for each in made.element.body.iter(qn("w:hyperlink"))
    } <= bookmarks
    kinds = [each.get(qn("w:fldCharType")) for each in made.element.body.iter(qn("w:fldChar"))]
    assert kinds.count("begin") == kinds.count("separate") == kinds.count("end") == 1 + 15
    assert made.styles.element.find(f".//{qn('w:lang')}").get(qn("w:val")) == "pl"


def test_each_numbered_list_of_the_word_file_begins_with_one():
    content = render_booklet_docx(
        of(Items(["a", "b"], numbered=True), Prose("1. c\n2. d"), Items(["e"], numbered=True))
    )
    lists = [
        p._p.pPr.numPr.numId.val for p in word(content).paragraphs if p.style.name == "List Number"
    ]
    assert len(lists) == 5
    assert len(set(lists)) == 3
    numbering = word(content).part.numbering_part.element
    starts = [
        num.find(f".//{qn('w:startOverride')}") for num in numbering.num_lst if num.numId in lists
    ]
    assert [start.get(qn("w:val")) for start in starts] == ["1"] * 3


def test_another_language_is_marked_in_every_form():
    made = of(
        Items([UKRAINIAN, LocalisedText("مرحبا", "ar", "source")]),
        Prose(Text.of("uk", {"uk": "Слово"})),
    )
    assert {"uk", "ar"} <= {element.get("/Lang") for element in elements(render_booklet_pdf(made))}
    runs = [
        run for paragraph in word(render_booklet_docx(made)).paragraphs for run in paragraph.runs
    ]
    spoken = {
        run.text: run._r.rPr.find(qn("w:lang")).get(qn("w:val"))
        for run in runs
        if run._r.rPr is not None
    }
    assert spoken["مرحبا"] == "ar"
    assert spoken["Слово"] == "uk"
    page = render_booklet_html(made).decode()
    assert '<span lang="ar" dir="rtl">مرحبا</span>' in page
    assert '<div lang="uk" dir="ltr"><p>Слово</p></div>' in page


def test_right_to_left():
    made = of(
        Heading(1, "رسالة"),
        Table("جدول", ["رقم", "نشاط"], [["1", "مرحبا"]]),
        language="ar",
        title="سياسة",
    )
    assert is_accessible(render_booklet_pdf(made), "ar")
    assert "□" not in printed(render_booklet_pdf(made))
    file = word(render_booklet_docx(made))
    assert file.styles["Normal"].element.pPr.find(qn("w:bidi")) is not None
    assert file.tables[0]._tbl.tblPr.find(qn("w:bidiVisual")) is not None
    assert '<html lang="ar" dir="rtl">' in render_booklet_html(made).decode()


def test_an_empty_booklet_is_a_cover():
    made = Booklet("", "pl", [])
    assert read(render_booklet_pdf(made)).pages
    assert word(render_booklet_docx(made))
    assert render_booklet_html(made)


def test_no_heading_skips_a_level():
    levels = [
        each.level
        for each in place_blocks(
            [Heading(3, "a"), Heading(9, "b"), Heading(9, "c"), Heading(1, "d")]
        )
    ]
    assert levels == [1, 2, 3, 1]
    page = lxml.html.fromstring(render_booklet_html(of(Heading(3, "a"), Heading(9, "b"))).decode())
    assert [each.tag for each in page.iter("h1", "h2", "h3") if each.get("id") != "contents"] == [
        "h1",
        "h2",
        "h3",
    ]


def test_columns_have_room_for_what_they_hold():
    table = Table("", HEAD, [row("1.1"), row("12.10")])
    found = column_shares(table, "pl")
    assert sum(found) == pytest.approx(1)
    assert found[1] == max(found)
    assert found[0] == min(found) > 0.06
    assert column_shares(Table("", ["a", "b"], [], widths=(1, 3)), "pl") == [0.25, 0.75]


def test_rows_must_fit_their_head():
    with pytest.raises(ValueError):
        Table("", ["a", "b"], [["1"]])


def test_the_page_leads_from_its_contents_and_needs_nothing_else():
    page = render_booklet_html(booklet()).decode()
    tree = lxml.html.fromstring(page)
    places = [link.get("href") for link in tree.findall(".//nav//a")]
    assert len(places) == 3 + 12
    assert all(tree.get_element_by_id(place[1:]).tag in ("h2", "h3") for place in places)
    for outside in ("<script", "<link", "src=", "@import", "http"):
        assert outside not in page


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not on this machine")
def test_another_program_opens_the_word_file(tmp_path):
    (tmp_path / "booklet.docx").write_bytes(render_booklet_docx(booklet()))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        tmp_path,
        tmp_path / "booklet.docx",
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    found = printed((tmp_path / "booklet.pdf").read_bytes())
    assert squeezed("Asystenci międzykulturowi w szkołach 12.6") in found
