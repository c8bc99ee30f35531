"""Which numbers open provisions, which are only words, and what is said of broken numbering."""

import pytest

from splot.documents.readers import read_document
from splot.documents.readers.number_order import is_successor, missing_between
from splot.documents.readers.numbering import STYLES

STYLES_BY_NAME = {style.name: style for style in STYLES}

ACT = """
UCHWAŁA NR I/1/2026
RADY MIASTA LUBLIN
z dnia 26 lutego 2026 r.

w sprawie przyjęcia polityki integracji
na lata 2026-2030

Na podstawie art. 18 ust. 2 pkt 15 ustawy z dnia 8 marca
1990 r. o samorządzie gminnym Rada Miasta uchwala, co następuje:
"""


def read(text):
    return read_document(text.encode(), "act.txt")


def tree(text):
    return [
        (len(above), node.kind, node.num, node.heading, node.text)
        for node, above in read(text).walk()
    ]


def problems(text):
    return [(problem.code, problem.message) for problem in read(text).problems]


def test_the_title_block_and_preamble():
    document = read(ACT + "\n§ 1. Treść.\n")
    act = document.act
    assert (act.kind, act.number, act.body) == ("UCHWAŁA", "I/1/2026", "RADY MIASTA LUBLIN")
    assert (act.date, act.subject) == (
        "26 lutego 2026 r.",
        "przyjęcia polityki integracji na lata 2026-2030",
    )
    assert document.preamble.startswith("Na podstawie") and document.preamble.endswith(
        "co następuje:"
    )
    assert " marca 1990 r. o " in document.preamble


def test_a_title_on_one_line():
    act = read(
        "Zarządzenie Nr 12/2026 Prezydenta Miasta z dnia 1 maja 2026 r. w sprawie "
        "zespołu\n\n§ 1. Treść."
    ).act
    assert (act.kind, act.number, act.body) == ("Zarządzenie", "12/2026", "Prezydenta Miasta")
    assert (act.date, act.subject) == ("1 maja 2026 r.", "zespołu")


@pytest.mark.parametrize(
    "line",
    [
        "2023 r. był rokiem zmian",
        "10.5 % mieszkańców",
        "art. 18 ust. 2 pkt 15 ustawy",
        "§ 1 ust. 1 stosuje się",
        "1.5 mln zł przeznacza się",
        "12 czerwca odbyło się spotkanie",
        "30.06.2026 mija termin",
        "Rozdział 3 ustawy stosuje się",
        "Załącznik nr 1 stanowi część uchwały",
    ],
)
def test_a_number_at_the_start_of_a_line_may_be_a_word(line):
    document = read(
        f"§ 1. 1. Pierwszy ustęp mówi, że\n{line} w całości.\n2. Drugi ustęp.\n§ 2. Koniec.\n"
    )
    assert [node.num for node, _above in document.walk()] == ["§ 1.", "1.", "2.", "§ 2."]
    assert document.nodes[0].children[0].text.endswith(f"{line} w całości.")


def test_a_reference_broken_over_two_lines():
    text = (
        "§ 1. 1. Zadania określone w\n§ 2. Rady dzielnic, oraz w ust.\n2. Zespół, wykonuje się "
        "stale.\n2. Nowy.\n"
        "§ 2. Dwa.\n"
    )
    assert [num for _depth, _kind, num, _heading, _text in tree(text)] == [
        "§ 1.",
        "1.",
        "2.",
        "§ 2.",
    ]


def test_two_numbers_on_one_line():
    assert tree("§ 1. 1. 1) raz;\n2) dwa.\n2. Trzy.\n§ 2. 1) cztery;\n2) pięć.\n") == [
        (0, "paragraph", "§ 1.", "", ""),
        (1, "subparagraph", "1.", "", ""),
        (2, "point", "1)", "", "raz;"),
        (2, "point", "2)", "", "dwa."),
        (1, "subparagraph", "2.", "", "Trzy."),
        (0, "paragraph", "§ 2.", "", ""),
        (1, "point", "1)", "", "cztery;"),
        (1, "point", "2)", "", "pięć."),
    ]


def test_the_same_mark_means_another_thing_in_an_annex():
    annex = "Załącznik nr 1 do uchwały nr I/1/2026\n\nPLAN\n\n1. Cel.\n1.1. Działanie.\n2. Cel.\n"
    text = f"{ACT}§ 1. 1. Ustęp.\n2. Ustęp.\n\n{annex}"
    assert [(kind, num) for _depth, kind, num, _heading, _text in tree(text)] == [
        ("paragraph", "§ 1."),
        ("subparagraph", "1."),
        ("subparagraph", "2."),
        ("attachment", "Załącznik nr 1"),
        ("level", "1."),
        ("level", "1.1."),
        ("level", "2."),
    ]
    assert read(text).find("att_1").heading == "do uchwały nr I/1/2026 PLAN"


def test_mixed_numbers_of_a_real_plan():
    text = (
        "PLAN DZIAŁAŃ\n\n1. Edukacja\n1.A Szkoły:\n1.A.1 Kursy.\n1.A.2 Zajęcia.\n"
        "2. Praca\n2.1 Urząd:\n2.1.1 Punkt.\n2.1.2a Telefon.\n"
    )
    assert [(depth, num) for depth, _kind, num, _heading, _text in tree(text)] == [
        (0, "1."),
        (1, "1.A"),
        (2, "1.A.1"),
        (2, "1.A.2"),
        (0, "2."),
        (1, "2.1"),
        (2, "2.1.1"),
        (2, "2.1.2a"),
    ]
    assert problems(text) == [("missing", "2.1.2 is missing: 2.1.1 is followed by 2.1.2a.")]


def test_an_english_act():
    text = (
        "RESOLUTION NO. 5/2026\nOF THE CITY COUNCIL\ndated 1 May 2026\nregarding a "
        "policy\n\nPursuant to the Act:\n\n"
        "Chapter 1\nGeneral provisions\n\n§ 1. (1) one:\n(a) first,\n(b) second;\n(2) two.\n\n"
        "Attachment No. 1 to Resolution No. 5\n\nA. First part.\nB. Second part.\n"
    )
    assert [(kind, num) for _depth, kind, num, _heading, _text in tree(text)] == [
        ("chapter", "Chapter 1"),
        ("paragraph", "§ 1."),
        ("point", "(1)"),
        ("alinea", "(a)"),
        ("alinea", "(b)"),
        ("point", "(2)"),
        ("attachment", "Attachment No. 1"),
        ("level", "A."),
        ("level", "B."),
    ]


def test_roman_numbers_below_letters():
    text = (
        "§ 1. Lista:\n1) raz:\na) litera:\ni) rzymska,\nii) druga;\n"
        + "".join(f"{c}) x,\n" for c in "bcdefgh")
        + "i) litera.\n"
    )
    kinds = [(kind, num) for _depth, kind, num, _heading, _text in tree(text)]
    assert kinds[3:6] == [("level", "i)"), ("level", "ii)"), ("alinea", "b)")]
    assert kinds[-1] == ("alinea", "i)")
    assert problems(text) == []


def test_an_initial_is_no_number():
    text = "§ 1. Zespół tworzą:\n1) przewodniczący\nA. Nowy;\n2) zastępca\nI. Stary.\n"
    assert [num for _depth, _kind, num, _heading, _text in tree(text)] == ["§ 1.", "1)", "2)"]


def test_a_closing_part_belongs_to_what_introduced_the_list():
    text = "§ 1. Wnioski:\n1) pilne,\n2) zwykłe\n– rozpatruje Zespół.\n§ 2. Koniec.\n"
    section = read(text).nodes[0]
    assert [point.text for point in section.children] == ["pilne,", "zwykłe"]
    assert section.closing == "– rozpatruje Zespół."
    assert " ".join(read(text).words()) == " ".join(text.split())


def test_quoted_provisions_belong_to_the_act_they_amend():
    text = (
        "§ 1. W uchwale nr 5/2020 wprowadza się zmiany:\n1) § 3 otrzymuje brzmienie:\n„§ 3. 1. "
        "Nowe.\n2. Brzmienie.”;\n"
        "2) uchyla się § 77.\n§ 2. Koniec.\n"
    )
    document = read(text)
    assert [node.num for node, _above in document.walk()] == ["§ 1.", "1)", "2)", "§ 2."]
    assert document.nodes[0].children[0].text.splitlines()[1:] == [
        "„§ 3. 1. Nowe.",
        "2. Brzmienie.”;",
    ]
    assert document.problems == []


def test_signatures_and_reasons_are_no_part_of_the_last_section():
    text = ACT + (
        "§ 1. Uchwała wchodzi w życie.\n\nPrzewodniczący Rady "
        "Miasta\n\nUzasadnienie\n\nPotrzebna.\n"
    )
    assert [(kind, num, words) for _depth, kind, num, _heading, words in tree(text)] == [
        ("paragraph", "§ 1.", "Uchwała wchodzi w życie."),
        ("level", "", "Przewodniczący Rady Miasta"),
        ("attachment", "Uzasadnienie", "Potrzebna."),
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("§ 4. A.\n§ 5. B.\n", [("missing", "§ 1 to § 3 are missing: the first is § 4.")]),
        ("§ 1. A.\n§ 2. B.\n§ 4. C.\n", [("missing", "§ 3 is missing: § 2 is followed by § 4.")]),
        ("§ 1. A.\n§ 1. B.\n§ 2. C.\n", [("repeated", "§ 1 stands here more than once.")]),
        ("§ 1. A.\n§ 3. B.\n§ 2. C.\n§ 4. D.\n", [("out-of-order", "§ 2 stands after § 3.")]),
        ("§ 1. A.\n§ 1a. B.\n§ 1b. C.\n§ 2. D.\n", []),
        (
            "§ 1. 1. A.\n3. B.\n§ 2. A:\n1) b;\n2) c;\n5) d.\n",
            [
                ("missing", "§ 1 ust. 2 is missing: § 1 ust. 1 is followed by § 1 ust. 3."),
                (
                    "missing",
                    "§ 2 pkt 3 to § 2 pkt 4 are missing: § 2 pkt 2 is followed by § 2 pkt 5.",
                ),
            ],
        ),
        (
            "§ 1. A:\n1) b:\na) c,\nb) d,\ne) f.\n",
            [
                (
                    "missing",
                    "§ 1 pkt 1 lit. c to § 1 pkt 1 lit. d are missing: "
                    "§ 1 pkt 1 lit. b is followed by § 1 pkt 1 lit. e.",
                )
            ],
        ),
        (
            "I. A\n\nText.\n\nII. B\n\nText.\n\nIV. C\n\nText.\n",
            [("missing", "III is missing: II is followed by IV.")],
        ),
        ("Rozdział 1\nA\n§ 1. A.\nRozdział 2\nB\n§ 2. A.\n§ 3. A.\n", []),
        ("Dział I\nA\nRozdział 1\nB\n§ 1. A.\nDział II\nC\nRozdział 1\nD\n§ 2. A.\n", []),
    ],
)
def test_broken_numbering_is_kept_and_reported(text, found):
    assert problems(text) == found
    assert " ".join(read(text).words()) == " ".join(text.split())


def test_a_repeated_number_gets_an_eid_of_its_own():
    nodes = read("§ 1. A.\n§ 1. B.\n§ 1. C.\n").nodes
    assert [(node.num, node.eid) for node in nodes] == [
        ("§ 1.", "para_1"),
        ("§ 1.", "para_1_2"),
        ("§ 1.", "para_1_3"),
    ]
    assert read("§ 1. A.\n§ 1. B.\n").problems[0].eid == "para_1_2"


@pytest.mark.parametrize(
    ("words", "targets"),
    [
        ("Zadania, o których mowa w § 12 ust. 3, wykonuje Zespół.", ["§ 12 ust. 3"]),
        ("Zgodnie z § 1 ust. 2 pkt 9 i § 2.", ["§ 1 ust. 2 pkt 9"]),
        ("Zgodnie z § 1 ust. 2 pkt 1 lit. b.", []),
        ("Zgodnie z ust. 2 oraz ust. 8.", ["§ 1 ust. 8"]),
        ("Zgodnie z § 1 ust. 2 pkt 1 oraz pkt 2.", []),
        ("Zgodnie z § 1 ust. 2 pkt 1 oraz pkt 9.", ["§ 1 ust. 2 pkt 9"]),
        ("Zgodnie z § 2-4.", ["§ 4"]),
        ("Zgodnie z § 12 ust. 3 rozporządzenia oraz art. 5 ust. 9 i ust. 10 ustawy.", []),
        ("Zgodnie z § 7 i § 8 uchwały nr 3.", []),
        ("Zgodnie z § 9 niniejszej uchwały.", ["§ 9"]),
        ("As in § 14 of the Act, not in § 15 below.", ["§ 15"]),
        ("Pismo „zgodnie z § 30” jest nieważne.", []),
    ],
)
def test_references_that_lead_nowhere_are_reported(words, targets):
    document = read(
        f"§ 1. 1. {words}\n2. Cele:\n1) edukacja:\na) szkoły,\nb) kursy;\n2) "
        "kultura.\n§ 2. Koniec.\n"
    )
    assert [problem.code for problem in document.problems] == ["reference"] * len(targets)
    assert [problem.message for problem in document.problems] == [
        f"§ 1 ust. 1 refers to {target}, which does not exist." for target in targets
    ]


@pytest.mark.parametrize(
    ("style", "before", "after"),
    [
        ("1.", "1", "2"), ("1.", "1", "1a"), ("1.", "1a", "1b"), ("1.", "1b", "2"), ("1.", "9", "10"),
        ("a)", "a", "b"), ("a)", "z", "za"), ("a)", "za", "zb"), ("a)", "a", "aa"), ("a)", "aa", "b"), ("a)", "l", "ł"),
        ("a)", "l", "m"), ("a)", "z", "aa"), ("a)", "p", "r"), ("I.", "III", "IV"), ("I.", "IX", "X"),
        ("path", "1.9", "1.10"),
    ],
)  # fmt: skip
def test_numbers_that_follow_one_another(style, before, after):
    assert is_successor(STYLES_BY_NAME[style], before, after)
    assert not is_successor(STYLES_BY_NAME[style], after, before)
    assert missing_between(STYLES_BY_NAME[style], before, after) == []


@pytest.mark.parametrize(
    ("style", "before", "after", "missing"),
    [
        ("1.", "4", "7", ["5", "6"]), ("1.", "1", "1c", ["1a", "1b"]), ("1.", "1", "2a", ["2"]),
        ("a)", "a", "d", ["b", "c"]),
        ("I.", "II", "V", ["III", "IV"]),
        ("path", "1.2", "1.5", ["1.3", "1.4"]), ("1.", "", "3", ["1", "2"]),
    ],
)  # fmt: skip
def test_numbers_that_are_missing(style, before, after, missing):
    assert missing_between(STYLES_BY_NAME[style], before, after) == missing
    assert not before or not is_successor(STYLES_BY_NAME[style], before, after)
