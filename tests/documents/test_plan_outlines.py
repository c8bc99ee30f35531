"""Plans of cities: levels by name, decimal numbers with and without dots, headings in lists."""

from pathlib import Path

import pytest

from splot.documents.readers import read_document
from splot.documents.readers.plan_words import parse_opening
from splot.documents.tree import Document
from tests.documents.word import WordFile

CASES = Path(__file__).parent / "cases"


def read_case(name: str) -> Document:
    return read_document((CASES / name).read_bytes(), name)


def read(text: str) -> Document:
    return read_document(text.encode(), "plan.txt")


def numbers(document: Document) -> list[tuple[int, str]]:
    """(depth among the numbered, number) of every numbered passage but bullets."""
    numbered = []
    for node, above in document.walk():
        if node.num and node.kind not in ("indent", "attachment", "chapter"):
            depth = sum(bool(outer.num) and outer.kind == "level" for outer in above)
            numbered.append((depth, node.num))
    return numbered


def bullets(document: Document) -> dict[str, list[str]]:
    """{the number above: the bullets below it}."""
    found: dict[str, list[str]] = {}
    for node, above in document.walk():
        if node.kind == "indent":
            number = next((outer.num for outer in reversed(above) if outer.num), "")
            found.setdefault(number, []).append(node.text)
    return found


def test_priorities_aims_and_activities_of_an_annex():
    document = read_case("p02_priorytet_cel_dzialanie.txt")
    levels = [entry for entry in numbers(document) if "§" not in entry[1]]
    assert levels == [
        (0, "Priorytet 1."),
        (1, "Cel 1.1."),
        (2, "Działanie 1.1.1."),
        (2, "Działanie 1.1.2."),
        (1, "Cel 1.2."),
        (2, "Działanie 1.2.1."),
        (0, "Priorytet 2."),
        (1, "Cel 2.1."),
        (2, "Działanie 2.1.1."),
        (2, "Działanie 2.1.2."),
    ]
    chapters = [node for node, __ in document.walk() if node.kind == "chapter"]
    assert [chapter.heading for chapter in chapters] == [
        "Wprowadzenie",
        "Priorytety, cele i działania",
        "Monitoring",
    ]
    assert document.problems == []


def test_numbers_without_a_dot():
    document = read_case("p04b_numbers_without_a_dot.docx")
    assert numbers(document) == [
        (0, "1"),
        (1, "1.1"),
        (2, "1.1.1"),
        (2, "1.1.2"),
        (0, "2"),
        (1, "2.1"),
        (2, "2.1.1"),
    ]
    assert document.title == "Maßnahmenprogramm Köln 2013"


def test_a_heading_between_bullets():
    document = read_case("p05_heading_between_bullets.txt")
    assert bullets(document) == {
        "Cel szczegółowy 1:": [
            "warsztaty w szkołach",
            "szkolenia dla straży miejskiej",
            "konkurs plastyczny",
        ],
        "Cel szczegółowy 2:": ["procedura zgłaszania zdarzeń", "usuwanie napisów"],
    }


def test_letters_and_roman_numbers_in_one_number_and_a_prefix_that_was_left_out():
    document = read_case("p07_praha.txt")
    assert numbers(document) == [
        (0, "1"),
        (1, "1.A"),
        (2, "1.A.1"),
        (3, "A.1.I"),
        (2, "1.A.2"),
        (3, "1.A.2.I"),
        (2, "1.A.4"),
        (3, "1.A.4.I"),
        (3, "1.A.4.II"),
        (1, "1.B"),
        (2, "1.B.5"),
        (3, "1.B.5.I"),
        (2, "1.B.6"),
        (3, "1.B.6.I"),
        (0, "2"),
        (1, "2.A"),
        (2, "2.A.1"),
        (3, "2.A.1.I"),
    ]
    defects = [(problem.code, problem.place) for problem in document.problems]
    assert defects == [("missing", "1.A.4"), ("shortened", "1.A.1.I")]


LEVELS = {
    "priorities in capitals with roman numbers": (
        "PRIORYTET I: EDUKACJA\nCEL 1: DOBRA SZKOŁA\nDziałanie 1: Kurs\nDziałanie 2: Asystenci\n"
        "PRIORYTET II: PRACA\nCEL 1: GODNA PRACA\nDziałanie 1: Doradztwo\n",
        "0 PRIORYTET I:|1 CEL 1:|2 Działanie 1:|2 Działanie 2:|0 PRIORYTET II:|1 CEL 1:|2 "
        "Działanie 1:",
    ),
    "strategic and operational aims": (
        "Cel strategiczny 1. Edukacja dla wszystkich\nCel operacyjny 1.1. Szkoła\n"
        "Zadanie 1.1.1 Kurs języka\nCel operacyjny 1.2. Kadra\nZadanie 1.2.1 Szkolenia\n"
        "Cel strategiczny 2. Praca\nCel operacyjny 2.1. Rynek\nZadanie 2.1.1 Targi\n",
        "0 Cel strategiczny 1.|1 Cel operacyjny 1.1.|2 Zadanie 1.1.1|1 Cel operacyjny 1.2.|2 "
        "Zadanie 1.2.1|0 Cel strategiczny 2.|1 Cel operacyjny 2.1.|2 Zadanie 2.1.1",
    ),
    "directions of action": (
        "Obszar 1 – Edukacja\n\nKierunek działań 1.1. Wsparcie szkół\n\nDziałanie 1.1.1. Kurs\n\n"
        "Kierunek działań 1.2. Kadra\n\nObszar 2 – Praca\n\nKierunek działań 2.1. Rynek\n",
        "0 Obszar 1 –|1 Kierunek działań 1.1.|2 Działanie 1.1.1.|1 Kierunek działań 1.2.|0 Obszar "
        "2 –|1 Kierunek działań 2.1.",
    ),
    "bare decimals below a name": (
        "Priorytet 1. Edukacja\n1.1. Dobra szkoła\n1.1.1. Kurs\n1.1.2. Asystenci\n"
        "Priorytet 2. Praca\n2.1. Rynek pracy\n2.1.1. Targi\n",
        "0 Priorytet 1.|1 1.1.|2 1.1.1.|2 1.1.2.|0 Priorytet 2.|1 2.1.|2 2.1.1.",
    ),
    "English": (
        "Priority 1: Education\nObjective 1.1: A good school\nAction 1.1.1: Polish lessons\n"
        "Action 1.1.2: Assistants\nPriority 2: Work\nObjective 2.1: Fair work\nAction 2.1.1: Fair\n",
        "0 Priority 1:|1 Objective 1.1:|2 Action 1.1.1:|2 Action 1.1.2:|0 Priority 2:|1 Objective "
        "2.1:|2 Action 2.1.1:",
    ),
    "Czech": (
        "Priorita 1 Vzdělávání\nCíl 1.1 Dobrá škola\nOpatření 1.1.1 Kurzy češtiny\n"
        "Priorita 2 Práce\nCíl 2.1 Důstojná práce\nOpatření 2.1.1 Poradenství\n",
        "0 Priorita 1|1 Cíl 1.1|2 Opatření 1.1.1|0 Priorita 2|1 Cíl 2.1|2 Opatření 2.1.1",
    ),
    "Ukrainian": (
        "Пріоритет 1. Освіта\nЦіль 1.1. Добра школа\nЗавдання 1.1.1. Курси мови\n"
        "Пріоритет 2. Праця\nЦіль 2.1. Гідна праця\nЗавдання 2.1.1. Ярмарок\n",
        "0 Пріоритет 1.|1 Ціль 1.1.|2 Завдання 1.1.1.|0 Пріоритет 2.|1 Ціль 2.1.|2 Завдання 2.1.1.",
    ),
    "German": (
        "Handlungsfeld 1: Sprache\nZiel 1.1: Kurse für alle\nMaßnahme 1.1.1: Elternkurse\n"
        "Handlungsfeld 2: Arbeit\nZiel 2.1: Beratung\nMaßnahme 2.1.1: Messe\n",
        "0 Handlungsfeld 1:|1 Ziel 1.1:|2 Maßnahme 1.1.1:|0 Handlungsfeld 2:|1 Ziel 2.1:|2 "
        "Maßnahme 2.1.1:",
    ),
    "numbered items below a name": (
        "Priorytet 1. Edukacja\nDziałania:\n1. Kurs języka\n2. Asystenci\nPriorytet 2. Praca\n"
        "Działania:\n1. Targi\n2. Doradztwo\n",
        "0 Priorytet 1.|1 1.|1 2.|0 Priorytet 2.|1 1.|1 2.",
    ),
    "numbered chapters around names": (
        "1. Wprowadzenie\nGmina zaprasza.\n2. Priorytety\nPriorytet 1. Edukacja\n1. Kurs\n"
        "2. Asystenci\nPriorytet 2. Praca\n1. Targi\n3. Monitoring\nRaport powstaje co roku.\n",
        "0 1.|0 2.|1 Priorytet 1.|2 1.|2 2.|1 Priorytet 2.|2 1.|0 3.",
    ),
    "decimals without a last dot": (
        "1 Edukacja\n1.1 Szkoła\n1.1.1 Kurs\n1.2 Kadra\n2 Praca\n2.1 Rynek\n3 Monitoring\n"
        "Raport powstaje co roku.\n",
        "0 1|1 1.1|2 1.1.1|1 1.2|0 2|1 2.1|0 3",
    ),
    "decimals with a last dot": (
        "1. Edukacja\n1.1. Szkoła\n1.1.1. Kurs\n1.1.2. Asystenci\n2. Praca\n2.1. Rynek\n",
        "0 1.|1 1.1.|2 1.1.1.|2 1.1.2.|0 2.|1 2.1.",
    ),
    "decimals that count to ten": (
        "1 Edukacja\n" + "".join(f"1.{at} Zadanie w szkole\n" for at in range(1, 12)) + "2 Praca\n",
        "0 1|" + "|".join(f"1 1.{at}" for at in range(1, 12)) + "|0 2",
    ),
    "whole numbers alone": (
        "1 Edukacja\nSzkoły uczą.\n2 Praca\nTargi są co roku.\n3 Zdrowie\nPoradnie leczą.\n",
        "0 1|0 2|0 3",
    ),
    "roman and arabic": (
        "I. Edukacja\nI.1. Szkoła\nI.1.1. Kurs\nI.2. Kadra\nII. Praca\nII.1. Rynek\n",
        "0 I.|1 I.1.|2 I.1.1.|1 I.2.|0 II.|1 II.1.",
    ),
    "letters and arabic": (
        "A. Edukacja\nA.1 Szkoła\nA.1.1 Kurs\nA.2 Kadra\nB. Praca\nB.1 Rynek\n",
        "0 A.|1 A.1|2 A.1.1|1 A.2|0 B.|1 B.1",
    ),
    "letters within numbers to the fourth": (
        "1 Opatření\n1.A Agenda\n1.B Peníze\n1.C Školy\n1.D Práce\n2 Osvěta\n2.A Portál\n",
        "0 1|1 1.A|1 1.B|1 1.C|1 1.D|0 2|1 2.A",
    ),
}


@pytest.mark.parametrize(("text", "expected"), LEVELS.values(), ids=LEVELS)
@pytest.mark.parametrize("opening", ["PLAN INTEGRACJI\n\n", "CZĘŚĆ I\nWstęp\n\nCZĘŚĆ II\nPlan\n"])
def test_levels_nest_by_their_names_and_numbers(text: str, expected: str, opening: str):
    document = read(opening + text)
    assert "|".join(f"{depth} {number}" for depth, number in numbers(document)) == expected
    assert [problem.code for problem in document.problems] == []
    assert document.words() == (opening + text).split()


SENTENCES = [
    "Cel 1 jest ważny dla miasta.",
    "Działanie 1.1.1 realizuje wydział.",
    "Priorytet 2 oraz priorytet 3 łączą się.",
    "Action 2 is described below.",
    "12 osób wzięło udział.",
    "2 Maja obchodzimy święto flagi.",
]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_that_speaks_of_a_level_opens_none(sentence: str):
    document = read(f"1. Wprowadzenie.\n\nGmina zaprasza.\n{sentence}\n\n2. Dalej.\n")
    assert numbers(document) == [(0, "1."), (0, "2.")]


IN_LISTS = {
    "a bare heading": ("Edukacja", "Bezpieczeństwo"),
    "a heading with a colon": ("W szkołach:", "Na ulicach:"),
    "capitals": ("EDUKACJA", "BEZPIECZEŃSTWO MIESZKAŃCÓW"),
    "an aim without a number": ("Cel: edukacja", "Cel: bezpieczeństwo"),
    "an area without a number": ("Obszar: Edukacja", "Obszar: Bezpieczeństwo"),
}


@pytest.mark.parametrize(("first", "second"), IN_LISTS.values(), ids=IN_LISTS)
@pytest.mark.parametrize("bullet", ["•", "-", "–", "*"])
def test_a_heading_in_a_list_is_no_part_of_the_item_before_it(first, second, bullet):
    text = (
        f"I. CELE\nMiasto otwarte.\n{first}\n{bullet} warsztaty\n{bullet} konkurs plastyczny\n"
        f"{second}\n{bullet} procedura zgłaszania\n{bullet} usuwanie napisów\n\nII. KONIEC\nDość.\n"
    )
    document = read(text)
    parents = {
        node.text: above[-1].heading or above[-1].text
        for node, above in document.walk()
        if node.kind == "indent"
    }
    assert parents["procedura zgłaszania"] == parents["usuwanie napisów"] == second
    assert "konkurs plastyczny" in parents
    assert document.words() == text.split()


def test_an_item_that_the_margin_broke_stays_whole():
    text = (
        "I. CELE\n• warsztaty w szkołach podstawowych i ponadpodstawowych prowadzone przez zespół\n"
        "Poradni Psychologicznej\n• konkurs\n\nII. KONIEC\nDość.\n"
    )
    items = [node.text for node, __ in read(text).walk() if node.kind == "indent"]
    assert items[0].endswith("zespół Poradni Psychologicznej")


def test_provisions_that_were_put_in_later():
    text = (
        "UCHWAŁA NR 1\nRADY MIASTA\nw sprawie planu\n\n§ 1. Pierwszy.\n§ 2. Drugi.\n§ 2¹. Wstawiony.\n"
        "§ 2². Wstawiony znów.\n§ 2a. Jeszcze jeden.\n§ 3. Trzeci.\n"
    )
    document = read(text)
    assert [node.num for node in document.nodes] == [
        "§ 1.",
        "§ 2.",
        "§ 2¹.",
        "§ 2².",
        "§ 2a.",
        "§ 3.",
    ]


def test_a_raised_number_of_a_word_file():
    file = WordFile()
    for line in ("UCHWAŁA NR 1", "RADY MIASTA", "w sprawie planu", "§ 1. Pierwszy."):
        file.add(line)
    put_in = file.add("§ 1")
    put_in.add_run("1").font.superscript = True
    put_in.add_run(". Wstawiony.")
    file.add("§ 2. Drugi.")
    document = read_document(file.data(), "act.docx")
    assert [(node.num, node.eid) for node in document.nodes] == [
        ("§ 1.", "para_1"),
        ("§ 1¹.", "para_1-1"),
        ("§ 2.", "para_2"),
    ]


def test_articles_that_were_put_in_later():
    text = (
        "USTAWA O GMINIE\n\nArt. 5. Piąty.\n\nArt. 5a. Dodany.\n\nArt. 5¹. Inny.\n\nart. 6. Mały.\n"
    )
    assert [node.num for node in read(text).nodes] == ["Art. 5.", "Art. 5a.", "Art. 5¹.", "art. 6."]


@pytest.mark.parametrize(
    "line", ["4. Stowarzyszenie", "7) i tak dalej", "9.9 Procent", "§ 12 Stosuje się"]
)
def test_a_number_that_became_running_text_is_a_problem(line: str):
    document = read(f"1. Pierwszy,\n2. Drugi, który\n{line}\nkończy się.\n\n3. Trzeci.\n")
    opened = any(node.num and line.startswith(node.num) for node, __ in document.walk())
    said = [problem for problem in document.problems if problem.code == "running-number"]
    assert opened or (line[:20] in said[0].message and said[0].eid)


NUMBERS_OF_NOUNS = [
    ("Priority: Education", False),
    ("Priorities: Education, work", True),
    ("Priorita: Vzdělávání", False),
    ("Opatření: Kurz češtiny", False),
    ("Oblasti: Vzdělávání, práce", True),
    ("Obszar: Edukacja", False),
    ("Obszary: Edukacja, praca", True),
    ("Завдання: Курс мови", False),
    ("Сфери: Освіта, праця", True),
    ("Handlungsfeld: Bildung", False),
    ("Handlungsfelder: Bildung, Arbeit", True),
]


@pytest.mark.parametrize(("line", "many"), NUMBERS_OF_NOUNS)
def test_a_noun_in_the_plural_announces_a_list(line: str, many: bool):
    word = parse_opening(line)
    assert word is not None
    assert (word.rest, word.many) == (line.partition(": ")[2], many)
