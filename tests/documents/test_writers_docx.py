"""The Word file is one that a lawyer can go on with: named styles, true numbering, nothing typed
that counts.
"""

import io
import shutil
import subprocess
import zipfile
from collections import Counter
from random import Random

import docx
import pytest
from lxml import etree

from splot.documents.eids import assign_eids
from splot.documents.readers import read_document
from splot.documents.readers.lines import ESCAPE_MARK
from splot.documents.tree import Document, Node
from splot.documents.writers import write_document
from tests.documents.acts import make_act
from tests.documents.test_writers import as_read, drop_some, sample

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def part(data: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return etree.fromstring(package.read(name))


def numbered_act(*numbers: str) -> Document:
    points = [Node("point", number, text="x;") for number in numbers]
    act = Document(
        "UCHWAŁA w sprawie zasad", nodes=[Node("paragraph", "§ 1.", text="Są to:", children=points)]
    )
    assign_eids(act.nodes)
    return act


def typed(data: bytes) -> list[str]:
    """The numbers that stand in the text itself."""
    paragraphs = docx.Document(io.BytesIO(data)).paragraphs
    return [one.text.split("\t")[0] for one in paragraphs if "\t" in one.text]


def test_numbering_is_counted_by_word():
    data = write_document(sample(), "docx")
    opened = docx.Document(io.BytesIO(data))
    styles = [(one.style.name, one.text) for one in opened.paragraphs]
    assert styles[4:] == [
        ("Preambuła", "Na podstawie statutu uchwala się, co następuje:"),
        ("Rozdział", "\nCele"),
        ("Paragraf", ""),
        ("Treść przepisu", "Uchwała określa zasady."),
        ("Paragraf", ""),
        ("Ustęp", "Pierwszy."),
        ("Ustęp", "Kto:"),
        ("Punkt", "pyta;"),
        ("Punkt", "czeka"),
        ("Część wspólna", "– odpowiada."),
    ]
    texts = [level.get(f"{W}val") for level in part(data, "word/numbering.xml").iter(f"{W}lvlText")]
    assert {"§ %2.", "%3.", "%4)", "%5)", "–", "Rozdział %1", "Załącznik nr %1"} <= set(texts)


def test_styles_carry_the_lists_and_chapters_the_outline():
    styles = {
        one.get(f"{W}styleId"): one
        for one in part(write_document(sample(), "docx"), "word/styles.xml").iter(f"{W}style")
    }
    for style, level in (
        ("Paragraf", "1"),
        ("Ustep", "2"),
        ("Punkt", "3"),
        ("Litera", "4"),
        ("Tiret", "5"),
    ):
        numbered = styles[style].find(f"{W}pPr/{W}numPr")
        assert numbered.find(f"{W}ilvl").get(f"{W}val") == level
        assert numbered.find(f"{W}numId").get(f"{W}val") == "1"
    assert styles["Rozdzial"].find(f"{W}pPr/{W}outlineLvl").get(f"{W}val") == "0"
    assert styles["Rozdzial"].find(f"{W}pPr/{W}keepNext") is not None


def test_a_point_that_a_lawyer_adds_gets_the_next_number():
    opened = docx.Document(io.BytesIO(write_document(numbered_act("1)", "2)", "3)"), "docx")))
    second = next(one for one in opened.paragraphs if one.style.name == "Punkt")
    second.insert_paragraph_before("nowy;", style="Punkt")
    made = io.BytesIO()
    opened.save(made)
    read = read_document(made.getvalue(), "act.docx")
    assert [(node.num, node.text) for node in read.nodes[0].children][:2] == [
        ("1)", "nowy;"),
        ("2)", "x;"),
    ]
    assert read.nodes[0].children[-1].num == "4)"


def test_only_what_no_count_makes_is_typed():
    assert typed(write_document(numbered_act("1)", "2)", "2a)", "3)"), "docx")) == ["2a)"]
    assert typed(write_document(numbered_act("1)", "4)", "5)"), "docx")) == []
    assert typed(write_document(numbered_act("3)", "4)"), "docx")) == []


def test_a_gap_restarts_the_count():
    starts = part(
        write_document(numbered_act("1)", "4)", "5)"), "docx"), "word/numbering.xml"
    ).iter(f"{W}startOverride")
    assert [one.get(f"{W}val") for one in starts] == ["4"]


def test_the_footer_counts_pages_in_the_language_of_the_act():
    footers = {
        language: part(write_document(sample(), "docx", language=language), "word/footer.xml")
        for language in ("pl", "en")
    }
    assert "".join(footers["pl"].itertext()) == "Strona 1 z 1"
    assert "".join(footers["en"].itertext()) == "Page 1 of 1"
    fields = [one.get(f"{W}instr").strip() for one in footers["pl"].iter(f"{W}fldSimple")]
    assert fields == ["PAGE", "NUMPAGES"]


def test_the_file_says_what_it_is_and_not_who_made_it():
    properties = docx.Document(
        io.BytesIO(write_document(sample(), "docx", language="uk"))
    ).core_properties
    assert (properties.title, properties.author, properties.language) == (sample().title, "", "uk")
    assert properties.created.year == properties.modified.year == 1980


def test_a_passage_in_another_language_says_so():
    act = numbered_act("1)", "2)")
    act.nodes[0].children[0].lang, act.nodes[0].children[1].lang = "uk", "ar"
    body = part(write_document(act, "docx"), "word/document.xml")
    languages = [dict(one.attrib) for one in body.iter(f"{W}lang")]
    assert languages == [{f"{W}val": "uk-UA"}, {f"{W}bidi": "ar"}]
    assert [one.get(f"{W}val") for one in body.iter(f"{W}bidi")] == ["1"]


def test_the_page_is_a4():
    page = docx.Document(io.BytesIO(write_document(sample(), "docx"))).sections[0]
    assert (round(page.page_width.mm), round(page.page_height.mm), round(page.left_margin.mm)) == (
        210,
        297,
        25,
    )


@pytest.fixture(scope="module")
def office() -> str:
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if not found:
        pytest.skip("LibreOffice is not installed: apt install libreoffice-writer-nogui")
    return found


def test_another_word_processor_shows_the_same_numbers(office, tmp_path):
    """LibreOffice counts the lists by itself; what it exports as text holds every number in its
    place.
    """
    acts = {}
    for seed in range(12):
        act = make_act(Random(seed), 50)
        if seed % 2:
            drop_some(act.nodes, Random(seed))
        acts[seed] = as_read(act)
        (tmp_path / f"{seed}.docx").write_bytes(write_document(act, "docx"))
    command = [
        office,
        f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
        "--headless",
        "--convert-to",
    ]
    files = map(str, tmp_path.glob("*.docx"))
    subprocess.run([*command, "txt:Text (encoded):UTF8", "--outdir", str(tmp_path), *files], check=True, timeout=240,
                   capture_output=True)  # fmt: skip
    for seed, act in acts.items():
        shown = (
            (tmp_path / f"{seed}.txt")
            .read_text("utf-8-sig")
            .replace(ESCAPE_MARK, "")
            .replace("▪", "–")
        )
        assert Counter(shown.split()) == Counter(act.words())
        assert shown.split() == act.words()
