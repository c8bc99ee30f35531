"""Money as people write it: zero, none, unknown and not given are told apart, and so are 1.234 and
1,234.
"""

from collections import Counter
from decimal import Decimal
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from splot.parsing import parse_amount, parse_amounts, parse_spans
from splot.parsing.amount_words import find_currency, find_multiplier

# text: (amount, upper, qualifier, currency, each)
SURE = {
    "12 000 zł": (12000, None, "exact", "PLN", ""),
    "12\u00a0000\u00a0zł": (12000, None, "exact", "PLN", ""),
    "12000 zł": (12000, None, "exact", "PLN", ""),
    "12000zł": (12000, None, "exact", "PLN", ""),
    "12000 zl": (12000, None, "exact", "PLN", ""),
    "12 000 złotych": (12000, None, "exact", "PLN", ""),
    "12.000,00 PLN": (12000, None, "exact", "PLN", ""),
    "12,000.00 PLN": (12000, None, "exact", "PLN", ""),
    "12 000,50 zł": (Decimal("12000.5"), None, "exact", "PLN", ""),
    "12000,-": (12000, None, "exact", "", ""),
    "2 000 000,00 zł brutto": (2000000, None, "exact", "PLN", ""),
    "1.200.000 zł": (1200000, None, "exact", "PLN", ""),
    "1'200'000 CHF": (1200000, None, "exact", "CHF", ""),
    "ok. 12 tys. zł": (12000, None, "about", "PLN", ""),
    "około 12 tys. PLN": (12000, None, "about", "PLN", ""),
    "ok.12 tys.": (12000, None, "about", "", ""),
    "~ 5 000 zł": (5000, None, "about", "PLN", ""),
    "szacunkowo 30 tys. zł": (30000, None, "about", "PLN", ""),
    "about 5,000.00 EUR": (5000, None, "about", "EUR", ""),
    "1,2 mln": (1200000, None, "exact", "", ""),
    "1,234 mln zł": (1234000, None, "exact", "PLN", ""),
    "2 mln 500 tys. zł": (2500000, None, "exact", "PLN", ""),
    "12 tyś. zł": (12000, None, "exact", "PLN", ""),
    "12k zł": (12000, None, "exact", "PLN", ""),
    "1,5 m zł": (1500000, None, "exact", "PLN", ""),
    "1 mld zł": (1000000000, None, "exact", "PLN", ""),
    "15 tysięcy złotych": (15000, None, "exact", "PLN", ""),
    "15 tysiecy zlotych": (15000, None, "exact", "PLN", ""),
    "15 тисяч грн": (15000, None, "exact", "UAH", ""),
    "2 mln 500 tysięcy zł": (2500000, None, "exact", "PLN", ""),
    "€1.5 million": (1500000, None, "exact", "EUR", ""),
    "do 50 tys.": (50000, None, "up_to", "", ""),
    "max. 50 000 zł": (50000, None, "up_to", "PLN", ""),
    "maksymalnie 50 000 zł": (50000, None, "up_to", "PLN", ""),
    "nie więcej niż 50 000 zł": (50000, None, "up_to", "PLN", ""),
    "up to 50,000.00 EUR": (50000, None, "up_to", "EUR", ""),
    "ponad 100 000": (100000, None, "over", "", ""),
    "powyżej 100 tys. zł": (100000, None, "over", "PLN", ""),
    "co najmniej 100 tys. zł": (100000, None, "over", "PLN", ""),
    "od 10 tys. zł": (10000, None, "over", "PLN", ""),
    "10–15 tys. zł": (10000, 15000, "exact", "PLN", ""),
    "10 - 15 tys. zł": (10000, 15000, "exact", "PLN", ""),
    "10 tys. - 15 tys. zł": (10000, 15000, "exact", "PLN", ""),
    "od 10 do 15 tys. zł": (10000, 15000, "exact", "PLN", ""),
    "10 000 - 15 000 zł": (10000, 15000, "exact", "PLN", ""),
    "ok. 10-15 tys. zł": (10000, 15000, "about", "PLN", ""),
    "0 zł": (0, None, "exact", "PLN", ""),
    "0,00 zł": (0, None, "exact", "PLN", ""),
    "0": (0, None, "exact", "", ""),
    "0,500 zł": (Decimal("0.5"), None, "exact", "PLN", ""),
    "€ 3,500": (3500, None, "exact", "EUR", ""),
    "£1,200.50": (Decimal("1200.5"), None, "exact", "GBP", ""),
    "PLN 12 000": (12000, None, "exact", "PLN", ""),
    "3500 euro": (3500, None, "exact", "EUR", ""),
    "5000 грн": (5000, None, "exact", "UAH", ""),
    "5 тис. грн": (5000, None, "exact", "UAH", ""),
    "15 000 EUR rocznie": (15000, None, "exact", "EUR", "year"),
    "15 000 zł/rok": (15000, None, "exact", "PLN", "year"),
    "15 000 zł na rok": (15000, None, "exact", "PLN", "year"),
    "15 000 EUR per year": (15000, None, "exact", "EUR", "year"),
    "12 tys. zł (rocznie)": (12000, None, "exact", "PLN", "year"),
    "12 tys. zł, rocznie": (12000, None, "exact", "PLN", "year"),
    "rocznie 12 tys. zł": (12000, None, "exact", "PLN", "year"),
    "(rocznie) 12 000 zł": (12000, None, "exact", "PLN", "year"),
    "co roku: ok. 12 tys. zł": (12000, None, "about", "PLN", "year"),
    "miesięcznie 500 zł": (500, None, "exact", "PLN", "month"),
    "rocznie 500 zł/os.": (500, None, "exact", "PLN", "person"),
    "1 000 zł miesięcznie": (1000, None, "exact", "PLN", "month"),
    "1 000 zł/mies.": (1000, None, "exact", "PLN", "month"),
    "500 zł/os.": (500, None, "exact", "PLN", "person"),
    "500 zł na osobę": (500, None, "exact", "PLN", "person"),
    "150 zł/h": (150, None, "exact", "PLN", "hour"),
    "12000": (12000, None, "exact", "", ""),
    "12 000": (12000, None, "exact", "", ""),
    "1 234,50": (Decimal("1234.5"), None, "exact", "", ""),
}


@pytest.mark.parametrize("text", SURE)
def test_amounts(text):
    (read,) = parse_amounts(text)
    assert (read.amount, read.upper, read.qualifier, read.currency, read.each) == SURE[text]
    assert read.state == "amount" and read.sure, (read.doubts, read.left)


STATES = {
    "no_cost": """bez kosztów|bezkosztowo|Bezkosztowe|bez nakładów finansowych|nie generuje kosztów|brak kosztów
        |nie wymaga nakładów|nieodpłatnie|no cost|at no cost|без витрат""",
    "within_budget": """w ramach bieżącej działalności|w ramach środków własnych|w ramach budżetu jednostki
        |W ramach działalności statutowej|w ramach zadań własnych|w ramach posiadanych zasobów|środki własne
        |ze środków własnych|budżet bieżący|bez dodatkowych kosztów|no extra cost|within existing budget""",
    "unknown": "b.d.|bd|b. d.|brak danych|do ustalenia|do uzgodnienia|TBD|nieznane|nie oszacowano|unknown|?|невідомо",
    "none": "|-|–|—|  |---|nie dotyczy|nd.|n/d|n/a",
}
SAID = [
    (state, text.strip())
    for state, texts in STATES.items()
    for text in texts.replace("\n", "").split("|")
]


@pytest.mark.parametrize(("state", "text"), SAID)
def test_what_is_said_in_place_of_an_amount(state, text):
    read = parse_amount(text)
    assert (read.state, read.amount, read.sure) == (state, None, True), (read.doubts, read.left)


def test_the_four_that_differ():
    """Zero, no cost, unknown and not given."""
    assert (
        len(
            {
                (read.state, read.amount)
                for read in map(parse_amount, ("0 zł", "bez kosztów", "b.d.", ""))
            }
        )
        == 4
    )


@pytest.mark.parametrize("minus", "-−–—")
def test_every_sign_that_programs_make_of_a_minus_is_one(minus):
    assert parse_amount(f"{minus}5 000").amount == -5000
    assert parse_amount(f"{minus} 5 000 zł").amount == 5000  # a bullet


def test_a_second_multiplier_is_left_over():
    assert parse_amount("5 mln tys.").left.startswith("tys")


@pytest.mark.parametrize(
    ("text", "amount", "doubt"),
    [
        ("1.234", 1234, "separator"),
        ("1,234", 1234, "separator"),
        ("12.000 zł", 12000, "separator"),
        ("2024", 2024, "year-or-amount"),
        ("brak", None, "lack-of-what"),
        ("(1 000 zł)", 1000, "in-brackets"),
        ("1000-", 1000, "minus-behind"),
        ("500,00 zł−", 500, "minus-behind"),
        ("5000–", 5000, "minus-behind"),
        ("0x10", 0, "times-zero"),
    ],
)
def test_what_can_mean_two_things_is_said(text, amount, doubt):
    read = parse_amount(text)
    assert (read.amount, read.doubts, read.sure) == (amount, [doubt], False)


@pytest.mark.parametrize(
    "text",
    [
        "12,345,67",
        "1.234.56",
        "#####",
        "2 etaty",
        "15%",
        "30.06.2025",
        "ze środków UE",
        "zależnie od dotacji",
        "§ 4 ust. 1",
    ],
)
def test_what_is_no_amount_is_left_unread(text):
    read = parse_amount(text)
    assert (read.state, read.amount, read.left, read.sure) == ("unread", None, text, False)


@pytest.mark.parametrize(
    ("heading", "currency", "multiplier"),
    [
        ("Koszt (tys. zł)", "PLN", 1_000),
        ("Koszt w tysięcy złotych", "PLN", 1_000),
        ("KOSZT W TYSIĄCACH", "", 1_000),
        ("Budżet, mln EUR", "EUR", 1_000_000),
        ("Cost (k EUR)", "EUR", 1_000),
        ("Кошти, тис. грн", "UAH", 1_000),
        ("Koszty krajowe", "", 1),
        ("Kwota 2024", "", 1),
    ],
)
def test_a_heading_names_currency_and_thousands(heading, currency, multiplier):
    assert (find_currency(heading), find_multiplier(heading)) == (currency, multiplier)


def test_several_amounts():
    first, second = parse_amounts("wkład własny 10 000 zł, dotacja 20 000 zł")
    assert [(one.amount, one.left) for one in (first, second)] == [
        (10000, "wkład własny"),
        (20000, "dotacja"),
    ]
    years = parse_amounts("2024: 12 000 zł; 2025 r. – 15 000 zł; w 2026 r. 5 tys. zł")
    assert [(one.year, one.amount, one.left) for one in years] == [
        (2024, 12000, ""),
        (2025, 15000, ""),
        (2026, 5000, ""),
    ]
    assert [one.amount for one in parse_amounts("10 000 / 20 000")] == [10000, 20000]
    assert parse_amounts("10 000 zł (2024 r.)")[0].year == 2024
    read = parse_amount("10 000 zł i 20 000 zł")
    assert (read.amount, read.doubts, read.sure) == (10000, ["several-amounts"], False)


def test_other_words_are_left():
    assert (parse_amount("2 etaty, 12 000 zł").amount, parse_amount("2 etaty, 12 000 zł").left) == (
        12000,
        "2 etaty",
    )
    assert parse_amount("sala 500 m").state == "unread"


RHYTHMS = {
    "year": """rocznie|corocznie|coroczna|rokrocznie|co rok|co roku|każdego roku|w każdym roku|raz w roku
        |1 x w roku|annually|every year|jährlich|každoročně|ročně|cada año|щороку|щорічно""",
    "quarter": "kwartalnie|co kwartał|quarterly|vierteljährlich|čtvrtletně|щокварталу",
    "month": "miesięcznie|co miesiąc|każdego miesiąca|monthly|monatlich|měsíčně|щомісяця",
}
EVERY = [(kind, words.strip()) for kind, texts in RHYTHMS.items() for words in texts.split("|")]


@pytest.mark.parametrize(("kind", "words"), EVERY)
def test_how_often_is_said_in_the_same_words_of_times_and_of_money(kind, words):
    time = parse_spans(words)
    assert time.recurring == f"{kind}ly" and time.sure, time.left
    for text in (f"12 000 zł {words}", f"12 000 zł ({words})", f"{words} 12 000 zł"):
        (read,) = parse_amounts(text)
        assert (read.amount, read.each, read.sure) == (12000, kind, True), (text, read.left)


def test_the_year_of_a_sum_is_not_every_year():
    for text in ("12 000 zł na rok 2024", "12 000 zł na 2024 r.", "12 000 zł w roku 2024"):
        (read,) = parse_amounts(text)
        assert (read.year, read.each, read.sure) == (2024, "", True), text


def test_a_sum_for_each_year_is_made_of_several():
    (read,) = parse_amounts("rocznie 10 x 500 zł")
    assert (read.amount, read.each) == (5000, "year")


COMPUTED = {
    "10 x 500 zł": (5000, "PLN"),
    "3 × 500 zł": (1500, "PLN"),
    "500 zł * 10": (5000, "PLN"),
    "5 000 zł x 3 lata": (15000, "PLN"),
    "300 zł x 12 m-cy": (3600, "PLN"),
    "10 osób x 500 zł": (5000, "PLN"),
    "500 zł/os. x 10 osób": (5000, "PLN"),
    "10 osób x 500 zł x 12 miesięcy": (60000, "PLN"),
    "5 000 zł rocznie x 3 lata": (15000, "PLN"),
    "rocznie 5 000 zł x 3 lata": (15000, "PLN"),
    "60% z 100 000 zł": (60000, "PLN"),
    "60% z 100 000": (60000, ""),
    "12,5 % of €1.2m": (150000, "EUR"),
    "10 x 500": (5000, ""),
}


@pytest.mark.parametrize("text", COMPUTED)
def test_what_an_amount_is_made_of_is_worked_out(text):
    (read,) = parse_amounts(text)
    assert (read.amount, read.currency) == COMPUTED[text]
    assert read.sure and read.is_computed and not read.each, (read.doubts, read.left)


OTHER_LANGUAGES = {
    "€1.2m": (1200000, "EUR"),
    "10 Tsd. EUR": (10000, "EUR"),
    "1,5 Mio. €": (1500000, "EUR"),
    "10 tis. Kč": (10000, "CZK"),
    "2 mil. Kč": (2000000, "CZK"),
    "500 000 korun": (500000, "CZK"),
    "5 mil euros": (5000, "EUR"),
    "2 millones de euros": (2000000, "EUR"),
    "15 тис. гривень": (15000, "UAH"),
}


@pytest.mark.parametrize("text", OTHER_LANGUAGES)
def test_amounts_of_other_languages(text):
    (read,) = parse_amounts(text)
    assert (read.amount, read.currency, read.sure) == (*OTHER_LANGUAGES[text], True)


@pytest.mark.parametrize(
    ("text", "left"), [("7 000 [3]", "[3]"), ("12 000³ zł", "³"), ("5 000 zł*", "*")]
)
def test_the_mark_of_a_footnote_is_kept_and_changes_nothing(text, left):
    read = parse_amount(text)
    assert read.amount in (7000, 12000, 5000) and (read.left, read.sure) == (left, True)


def test_parts_and_shares_of_a_sum_are_told_from_it():
    whole, part = parse_amounts("30 tys. zł (w tym 10 tys. zł z budżetu miasta)")
    assert (whole.amount, whole.is_part, part.amount, part.is_part) == (30000, False, 10000, True)
    (shared,) = parse_amounts("100 000 zł (60% UE)")
    assert (shared.amount, shared.shares) == (100000, [(60, "UE")])
    assert not parse_amount("100 000 zł (60% UE)").sure


def test_an_amount_below_zero_is_no_amount_above_it():
    assert parse_amount("-500 zł").amount == -500
    assert parse_amount("10-15 tys. zł").amount == 10000


def test_the_number_of_a_cell_counts():
    read = parse_amount("12,0 tys. zł", Decimal(12000))
    assert (read.amount, read.currency, read.sure) == (12000, "PLN", True)
    read = parse_amount("-", Decimal(0))  # as the accounting format shows a zero
    assert (read.state, read.amount) == ("amount", 0)
    assert (
        parse_amount("1.234", Decimal("1.234")).amount == Decimal("1.234")
        and parse_amount("1.234", Decimal("1.234")).sure
    )
    assert parse_amount("-").state == "none"


AMOUNTS = st.integers(0, 999_999_999)


@settings(max_examples=500, deadline=None)
@given(
    AMOUNTS,
    st.integers(0, 99),
    st.sampled_from([" ", "\u00a0", "\u202f", ""]),
    st.sampled_from(["zł", "PLN", "€"]),
)
def test_a_written_amount_is_read_as_it_was(whole, cents, group, currency):
    text = f"{whole:,}".replace(",", group) + f",{cents:02d} {currency}"
    read = parse_amount(text)
    assert read.amount == whole + Decimal(cents) / 100 and read.sure
    assert read.currency == ("EUR" if currency == "€" else "PLN")


@settings(max_examples=300, deadline=None)
@given(AMOUNTS, st.integers(0, 99))
def test_english_amounts_are_read_as_they_were(whole, cents):
    assert parse_amount(f"€{whole:,}.{cents:02d}").amount == whole + Decimal(cents) / 100


PIECES = st.sampled_from(
    """12 000|zł|tys.|mln|ok.|do|od|-|–|10|15|2024|:|;|,|rocznie|bez kosztów|b.d.|EUR|€|1.234|1,234|w ramach
    |środków własnych|brutto|/|os.|(|)|0|%|etaty|ponad|nie dotyczy|x|=|.""".replace(
        "\n    ", ""
    ).split("|")
)
TEXTS = (
    st.text(max_size=200)
    | st.lists(PIECES, max_size=25).map(" ".join)
    | st.lists(PIECES, max_size=9).map("".join)
)


def words(*texts):
    return Counter(sign for text in texts for sign in text if sign.isalnum())


@settings(max_examples=1000, deadline=None)
@given(TEXTS)
def test_no_word_is_lost_and_nothing_fails(text):
    read = parse_amounts(text)
    assert words(*(part for one in read for part in (*one.read, one.left))) == words(text)
    first = parse_amount(text)
    assert words(*first.read, first.left) == words(text)


@pytest.mark.parametrize(
    "text",
    [
        "1." * 990,
        "1 " * 990,
        " " * 1999,
        "od " * 660,
        "1 000 " * 330,
        "9" * 1999,
        "w ramach " * 220,
    ],
)
def test_hostile_texts_take_no_time(text):
    start = process_time()
    parse_amount(text)
    assert process_time() - start < 2
