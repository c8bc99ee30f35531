"""A text in any usual encoding is read rightly, or both readings are offered; letters are never
wrong in silence.
"""

import pytest

from splot.documents.encodings import (
    CEDILLAS,
    CODE_PAGES,
    MAZOVIA,
    DecodedText,
    UnknownEncoding,
    decode_bytes,
)
from splot.documents.readers import read_document
from splot.documents.spreadsheets import read_sheets
from splot.table_import.parser import parse_file

TEXTS = {
    "a plan": "Nazwa zadania;Realizator;Termin\nKurs języka;Wydział Oświaty;III kwartał\n"
    "Targi pracy;Powiatowy Urząd Pracy;do końca roku\n",
    "few words": "Zadanie;Dla kogo\nSzkoła językowa;Żołnierze i łącznościowcy\nĆwiczenia;Źródło\n",
    "capitals": "ZESPÓŁ SZKÓŁ;ŁÓDŹ, UL. ŚWIĘTEJ JADWIGI\nOŚRODEK POMOCY;ŻŁOBEK\n",
    "an act": "§ 1. Uchwala się politykę społeczną.\n§ 2. Wykonanie powierza się Prezydentowi.\n"
    "§ 3. Uchwała wchodzi w życie po upływie 14 dni.\n",
    "sentences": "Spotkania sąsiedzkie mają ułatwić poznanie się mieszkańców.\n"
    "Koszt: 12 000 zł rocznie, źródło: budżet gminy.\n",
    "one word": "Zadanie;Kwota\nŚwięto ulicy;100\n",
    "Czech": "Úkol;Zodpovídá;Termín\nKurz češtiny;Městský úřad;červen\n"
    "Školení učitelů;Základní škola;říjen\n",
    "Slovak": "Úloha;Zodpovedný\nKurz slovenčiny pre deti;Základná škola\nVýučba;učiteľ, mesiac máj\n",
    "German": "Maßnahme;Zuständig;Zeitraum\nSprachkurs für Mütter;Schulamt;März\n"
    "Begrüßungsabend;Büro für Integration;früh\n",
    "Ukrainian": "Завдання;Виконавець;Термін\nКурс польської мови;Відділ освіти;до кінця року\n"
    "Зустріч сусідів;Міська рада;весна\n",
    "Ukrainian act": "Рішення міської ради\nПро політику інтеграції мігрантів у місті\n",
    "Russian": "Задача;Срок;Кто отвечает\nКурс польского языка;до конца года;отдел образования\n"
    "Встреча соседей;весна;городской совет\n",
}
MAZOVIA_AS_437, MAZOVIA_LETTERS = "åìÅÉæÆòÿ£₧áíóúñÑªº", "ąćĄĘęłĆŚŁśŹŻóÓńŃźż"
UNICODE = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32")
# on a single word a second reading may be offered
SHORT = ("one word", "few words", "Russian", "Ukrainian act")


def encode(text: str, encoding: str) -> bytes:
    """The bytes of a text. Raises UnicodeError where the encoding lacks a letter."""
    if encoding != MAZOVIA:
        return text.encode(encoding)
    back = {letter: sign for sign, letter in zip(MAZOVIA_AS_437, MAZOVIA_LETTERS, strict=True)}
    return text.translate(str.maketrans(back)).encode("cp437")


def readings(data: bytes) -> list[str]:
    decoded = decode_bytes(data)
    both = [decoded, *filter(None, [decoded.other])]
    return [reading.text.lstrip("\ufeff").translate(CEDILLAS) for reading in both]


@pytest.mark.parametrize("encoding", [*UNICODE, *CODE_PAGES])
def test_every_text_in_every_encoding(encoding: str) -> None:
    read = 0
    for name, text in TEXTS.items():
        try:
            data = encode(text, encoding)
        except UnicodeError:
            continue
        found = readings(data)
        read += 1
        assert found[0] == text or (name in SHORT and text in found), (name, found)
        assert len(found) == 1 or name in SHORT, (name, found)
    assert read >= (12 if encoding in UNICODE else 1)


@pytest.mark.parametrize("word", ["zł", "Łódź", "mąż", "Oświata", "Żłobek", "100 zł", "zwykły"])
def test_one_word_is_right_or_in_doubt(word: str) -> None:
    for encoding in CODE_PAGES.keys() - {MAZOVIA}:
        try:
            found = readings(encode(f"Zadanie;Uwagi\nKurs;{word}\n", encoding))
        except (UnicodeError, UnknownEncoding):
            continue
        assert len(found) == 2 or word in found[0], (encoding, found)


@pytest.mark.parametrize("name", ["Poznań", "Wrocław", "Dąbrowa", "ul. Głogowska", "Müller, Łódź"])
def test_a_polish_name_in_an_english_text_is_right_or_in_doubt(name: str) -> None:
    text = f"Task;Place\nThe office’s “open day” for new residents;{name}\nA guide;the same\n"
    for encoding in ("cp1250", "iso8859-2", "cp852", "mac-latin2"):
        try:
            data = text.encode(encoding)
        except UnicodeError:
            data = text.translate({0x201C: None, 0x201D: None, 0x2019: None}).encode(encoding)
        found = readings(data)
        assert len(found) == 2 or name in found[0], (encoding, found)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Το πρόγραμμα ένταξης μεταναστών;δήμος", "cp1253"),
        ("移民統合政策の計画;担当", "shift_jis"),
        ("برنامج اندماج المهاجرين;بلدية", "cp1256"),
        ("Vietējā pašvaldība;ēku, ķēžu, šķūņu, žēlsirdības", "cp1257"),
    ],
)
def test_an_encoding_that_is_not_known_is_refused(text: str, encoding: str) -> None:
    with pytest.raises(UnknownEncoding):
        decode_bytes(text.encode(encoding))


def test_both_readings_are_said_by_the_words_in_which_they_differ() -> None:
    decoded = decode_bytes("Zadanie;Kwota\nKurs;zwykły\n".encode("cp852"))
    assert decoded.other is not None
    assert {decoded.encoding, decoded.other.encoding} == {"DOS, 852", "Mac, Latin 2"}
    assert set(decoded.sample()) == {"zwykły", "zwykąy"}


def test_an_unsure_table_is_read_in_both_ways_to_choose_from() -> None:
    data = "Zadanie;Uwagi\nKurs;zwykły\nTargi;nowe\n".encode("cp852")
    book = read_sheets(data, "plan.csv")
    assert book.are_alternatives and len(book.sheets) == 2
    assert {sheet.rows[1][1].text for sheet in book.sheets} == {"zwykły", "zwykąy"}
    (note,) = book.notes
    assert "“zwykły”" in note and "“zwykąy”" in note
    parsed = parse_file(data, "plan.csv")
    assert [len(table.data) for table in parsed.tables] == [2, 2] and parsed.joined == []


def test_an_unsure_act_has_a_problem() -> None:
    document = read_document("1. Kurs zwykły.\n".encode("cp852"), "a.txt")
    (problem,) = [each for each in document.problems if each.code == "unsure-encoding"]
    assert "DOS, 852" in problem.message


def test_the_letters_may_stand_late_in_a_long_file() -> None:
    data = ("Zadanie;Kwota\n" + "Kurs;1\n" * 100_000 + TEXTS["a plan"]).encode("cp852")
    assert decode_bytes(data) == DecodedText(data.decode("cp852"), "DOS, 852")
