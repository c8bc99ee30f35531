"""Word documents: the numbers that Word shows, tables, changes, notes."""

from random import Random

import pytest
from docx.oxml.ns import qn

from splot.documents.readers import read_document
from splot.documents.readers.tables import row_words
from tests.documents.acts import make_act, print_act, shape
from tests.documents.word import WordFile, element, with_part

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def read(word, name="act.docx"):
    return read_document(word.data(), name)


def outline(document):
    return [
        (node.kind, node.num, node.heading or node.text) for node, _ancestors in document.walk()
    ]


def test_automatic_numbers_of_an_act():
    word = WordFile()
    act = word.define_list(
        ("decimal", "§ %1."),
        ("decimal", "%2."),
        ("decimal", "%3)"),
        ("lowerLetter", "%4)"),
        ("bullet", "–"),
    )
    word.add("UCHWAŁA NR I/1/2026")
    word.add("RADY MIASTA LUBLIN")
    word.add("z dnia 26 lutego 2026 r.")
    word.add("w sprawie przyjęcia polityki")
    word.add("Na podstawie art. 18 ust. 1 ustawy uchwala się, co następuje:")
    for depth, text in (
        (0, ""),
        (1, "Przyjmuje się politykę."),
        (1, "Cele polityki:"),
        (2, "edukacja:"),
        (3, "szkoły,"),
        (3, "żłobki, w tym:"),
        (4, "publiczne,"),
        (4, "inne;"),
        (2, "kultura."),
        (0, "Wykonanie powierza się Prezydentowi."),
        (0, ""),
        (1, "Uchwała wchodzi w życie."),
    ):
        word.add(text, act, depth)
    document = read(word)
    assert outline(document) == [
        ("paragraph", "§ 1.", ""),
        ("subparagraph", "1.", "Przyjmuje się politykę."),
        ("subparagraph", "2.", "Cele polityki:"),
        ("point", "1)", "edukacja:"),
        ("alinea", "a)", "szkoły,"),
        ("alinea", "b)", "żłobki, w tym:"),
        ("indent", "–", "publiczne,"),
        ("indent", "–", "inne;"),
        ("point", "2)", "kultura."),
        ("paragraph", "§ 2.", "Wykonanie powierza się Prezydentowi."),
        ("paragraph", "§ 3.", ""),
        ("subparagraph", "1.", "Uchwała wchodzi w życie."),
    ]
    assert document.act.number == "I/1/2026"
    assert document.find("para_1__subpara_2__point_1__al_b__indent_2").text == "inne;"
    assert document.problems == []


def test_roman_outline_with_nested_decimals_and_restarts():
    word = WordFile()
    plan = word.define_list(("upperRoman", "%1."), ("decimal", "%2."), ("decimal", "%2.%3"))
    word.add("PLAN DZIAŁAŃ")
    for depth, text in (
        (0, "Diagnoza"),
        (1, "Dane."),
        (2, "Rejestry."),
        (2, "Ankieta."),
        (0, "Cele"),
        (1, "Język."),
        (2, "Kurs."),
    ):
        word.add(text, plan, depth)
    assert outline(read(word)) == [
        ("level", "I.", "Diagnoza"),
        ("level", "1.", "Dane."),
        ("level", "1.1", "Rejestry."),
        ("level", "1.2", "Ankieta."),
        ("level", "II.", "Cele"),
        ("level", "1.", "Język."),
        ("level", "1.1", "Kurs."),
    ]


@pytest.mark.parametrize(
    ("levels", "steps", "numbers"),
    [
        ([("lowerLetter", "%1)")], [0] * 28, ["a)", "b)", "z)", "aa)", "bb)"]),
        ([("decimal", "%1.", {"start": 5})], [0, 0], ["5.", "6."]),
        (
            [("decimal", "%1."), ("decimal", "%2)", {"lvlRestart": 0})],
            [0, 1, 1, 0, 1],
            ["1.", "1)", "2)", "2.", "3)"],
        ),
        (
            [("upperRoman", "%1."), ("decimal", "%1.%2", {"isLgl": 1})],
            [0, 0, 1],
            ["I.", "II.", "2.1"],
        ),
        ([("decimal", "%1."), ("decimal", "%1.%2")], [1, 1, 0, 1], ["1.1", "1.2", "1.", "1.1"]),
        ([("decimalZero", "Zadanie %1:")], [0, 0], ["Zadanie 01:", "Zadanie 02:"]),
    ],
)
def test_numbers_are_counted_as_word_counts_them(levels, steps, numbers):
    word = WordFile()
    items = word.define_list(*levels)
    for depth in steps:
        word.add("Treść punktu.", items, depth)
    shown = [node.num for node, _ancestors in read(word).walk()]
    assert [number for number in shown if number in numbers][: len(numbers)] == numbers
    assert len(shown) == len(steps)


def test_a_second_instance_of_a_list_begins_anew_only_when_told():
    word = WordFile()
    first = word.define_list(("decimal", "%1)"))
    again, on = word.use_list(1, {0: 1}), word.use_list(1)
    word.add("§ 1. Cele:")
    for text in ("jeden;", "dwa."):
        word.add(text, first)
    word.add("§ 2. Zadania:")
    for text in ("raz;", "dwa;"):
        word.add(text, again)
    word.add("trzy.", on)
    assert [node.num for node in read(word).nodes[1].children] == ["1)", "2)", "3)"]


def test_numbers_that_come_with_a_style():
    word = WordFile()
    items = word.define_list(("decimal", "§ %1."), ("decimal", "%2."))
    for name, depth in (("List Number", 0), ("List Number 2", 1)):
        style = word.document.styles[name].element
        old = style.pPr.find(qn("w:numPr"))
        if old is not None:
            style.pPr.remove(old)
        numbered = element("w:numPr")
        numbered.append(element("w:ilvl", val=depth))
        numbered.append(element("w:numId", val=items))
        style.get_or_add_pPr().append(numbered)
    for style, text in (
        ("List Number", ""),
        ("List Number 2", "Jeden."),
        ("List Number 2", "Dwa."),
        ("List Number", "Koniec."),
    ):
        word.add(text, style=style)
    word.add("bez numeru", 0, style="List Number")
    assert outline(read(word)) == [
        ("paragraph", "§ 1.", ""),
        ("subparagraph", "1.", "Jeden."),
        ("subparagraph", "2.", "Dwa."),
        ("paragraph", "§ 2.", "Koniec.\nbez numeru"),
    ]


def test_headings_without_numbers_make_an_outline():
    word = WordFile()
    word.document.add_heading("Polityka integracji", 0)
    for level, heading, text in (
        (1, "Diagnoza", "Opis."),
        (2, "Dane", "Liczby."),
        (1, "Cele", "Trzy cele."),
    ):
        word.document.add_heading(heading, level)
        word.add(text)
    document = read(word)
    assert document.title == "Polityka integracji"
    assert [
        (len(above), node.heading, node.text) for node, above in document.walk() if node.heading
    ] == [
        (0, "Diagnoza", ""),
        (1, "Dane", ""),
        (0, "Cele", ""),
    ]
    assert " ".join(document.words()) == (
        "Polityka integracji Diagnoza Opis. Dane Liczby. Cele Trzy cele."
    )


def test_a_title_block_in_heading_styles():
    word = WordFile()
    for level, text in (
        (1, "UCHWAŁA NR 5/2026"),
        (1, "RADY GMINY"),
        (2, "z dnia 1 maja 2026 r."),
        (2, "w sprawie polityki"),
    ):
        word.document.add_heading(text, level)
    word.add("§ 1. Treść.")
    document = read(word)
    assert document.title == "UCHWAŁA NR 5/2026 RADY GMINY z dnia 1 maja 2026 r. w sprawie polityki"
    assert (document.act.number, document.act.subject) == ("5/2026", "polityki")
    assert [node.num for node in document.nodes] == ["§ 1."]


def test_every_cell_of_a_table_is_kept():
    word = WordFile()
    word.add("§ 1. Tabela:")
    table = word.document.add_table(2, 3)
    for at, text in enumerate(("1.", "Kurs języka", "2026", "2.", "Punkt informacyjny", "")):
        table.cell(at // 3, at % 3).text = text
    inner = table.cell(1, 2).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "stale", "miasto"
    word.add("§ 2. Koniec.")
    document = read(word)
    assert document.nodes[0].text == "Tabela:"
    assert list(map(row_words, document.nodes[0].children[0].children)) == [
        ["1.", "Kurs języka", "2026"],
        ["2.", "Punkt informacyjny", "stale miasto"],
    ]
    assert [node.num for node in document.nodes] == ["§ 1.", "§ 2."]


def test_insertions_are_read_and_deletions_reported():
    word = WordFile()
    paragraph = word.add("§ 1. Zespół spotyka się")
    word.delete(paragraph, " raz w roku")
    word.insert(paragraph, " co kwartał.")
    word.add("§ 2. Koniec.")
    document = read(word)
    assert document.nodes[0].text == "Zespół spotyka się co kwartał."
    assert [problem.code for problem in document.problems] == ["deleted-text"]
    assert "raz w roku" in document.problems[0].message


def test_hidden_text_is_reported():
    word = WordFile()
    word.add("§ 1. Jawne.").add_run("tajne").font.hidden = True
    document = read(word)
    assert document.nodes[0].text == "Jawne."
    assert [problem.code for problem in document.problems] == ["hidden-text"]


@pytest.mark.parametrize("strike", ["strike", "double_strike"])
def test_struck_text_is_read_and_reported(strike):
    word = WordFile()
    run = word.add("§ 1. Zespół spotyka się ").add_run("co miesiąc")
    setattr(run.font, strike, True)
    document = read(word)
    assert document.nodes[0].text == "Zespół spotyka się co miesiąc"
    assert [problem.code for problem in document.problems] == ["struck-text"]
    assert "co miesiąc" in document.problems[0].message


def test_footnotes_are_kept_after_the_text():
    word = WordFile()
    paragraph = word.add("§ 1. Według danych")
    paragraph.add_run()._r.append(element("w:footnoteReference", id=2))
    paragraph.add_run(" mieszka tu wiele osób.")
    notes = (
        f'<w:footnotes xmlns:w="{W}"><w:footnote w:type="separator" w:id="0"><w:p/></w:footnote><w:footnote w:id="2">'
        "<w:p><w:r><w:footnoteRef/></w:r><w:r><w:t>Źródło: "
        "urząd.</w:t></w:r></w:p></w:footnote></w:footnotes>"
    )
    document = read_document(with_part(word.data(), "word/footnotes.xml", notes), "act.docx")
    assert document.nodes[0].text == "Według danych¹ mieszka tu wiele osób."
    assert (document.nodes[1].kind, document.nodes[1].text) == ("level", "¹ Źródło: urząd.")


def test_comments_are_reported():
    word = WordFile()
    word.add("§ 1. Treść.")
    comments = f'<w:comments xmlns:w="{W}"><w:comment w:id="0"><w:p/></w:comment></w:comments>'
    document = read_document(with_part(word.data(), "word/comments.xml", comments), "act.docx")
    assert [problem.code for problem in document.problems] == ["comments"]


def test_headers_and_footers_are_no_part_of_the_text():
    word = WordFile()
    word.document.sections[0].header.paragraphs[0].text = "Biuletyn"
    word.document.sections[0].footer.paragraphs[0].text = "Strona 1"
    word.add("§ 1. Treść.")
    assert read(word).words() == ["§", "1.", "Treść."]


def test_line_breaks_tabs_and_links():
    word = WordFile()
    paragraph = word.add("§ 1.\t1.\tPierwszy.")
    paragraph.add_run().add_break()
    paragraph.add_run("2.\tDrugi zob. ")
    link = element("w:hyperlink")
    link.append(element("w:r"))
    link[0].append(element("w:t"))
    link[0][0].text = "stronę."
    paragraph._p.append(link)
    assert [node.text for node in read(word).nodes[0].children] == [
        "Pierwszy.",
        "Drugi zob. stronę.",
    ]


def test_a_typed_act_reads_like_its_plain_text():
    for seed in range(12):
        act = make_act(Random(seed), 60)
        word = WordFile()
        for line in print_act(act).splitlines():
            if line:
                word.add(line)
        assert shape(read(word).nodes) == shape(act.nodes)


def test_an_automatic_act_reads_like_its_plain_text():
    """The numbers of a generated act, left to Word to count, come back as printed."""
    compared = 0
    for seed in range(60):
        word = WordFile()
        expected = add_automatically(word, make_act(Random(seed), 30).nodes)
        if expected:
            assert shape(read(word).nodes) == shape(expected)
        compared += len(expected)
    assert compared > 20


def add_automatically(word, nodes):
    """Those §§ whose numbers a counter can make, of points and passages, numbered anew."""
    sections = word.define_list(("decimal", "§ %1."), ("decimal", "%2)"), ("lowerLetter", "%3)"))
    chosen = list(plain_sections(nodes))
    for at, node in enumerate(chosen, 1):
        node.num = f"§ {at}."
        first, *others = node.text.split("\n")
        word.add(first, sections, 0)
        for other in others:
            word.add(other)
        for number, point in enumerate(node.children, 1):
            point.num = f"{number})"
            word.add(point.text, sections, 1)
            for letter in point.children:
                word.add(letter.text, sections, 2)
        if node.closing:
            word.add(node.closing)
    return chosen


def plain_sections(nodes):
    for node in nodes:
        if node.kind == "chapter":
            yield from plain_sections(node.children)
        elif (
            node.kind == "paragraph"
            and not node.heading
            and all(is_plain(child) for child in node.children)
        ):
            yield node


def is_plain(node):
    letters = [
        child
        for child in node.children
        if child.kind == "alinea" and not child.children and len(child.num) == 2
    ]
    return node.kind == "point" and not node.heading and len(letters) == len(node.children) <= 20
