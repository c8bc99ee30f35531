"""Names and choices are found as people write them."""

from splot.core.numbers import Qualifier
from splot.language.choices import choices_by_label
from splot.language.fuzzy import INFLECTED, SAME, SIMILAR, NameIndex, differ_in_ending
from splot.language.normalisation import normalise_name, normalise_spaces


def test_words_are_compared_as_people_write_them() -> None:
    assert normalise_name("  Wydz. OŚWIATY – Łódź ") == "wydz oswiaty lodz"
    assert normalise_spaces(" dwa\n\tsłowa\u00a0obok ") == "dwa słowa obok"
    assert differ_in_ending("wydzial", "wydzialu")
    assert not differ_in_ending("kultura", "kulturoznawstwo")


def test_a_name_is_found_by_its_forms() -> None:
    index: NameIndex[str] = NameIndex(shortened=True)
    index.add("education", ["Wydział Oświaty"])
    index.add("family", ["Miejski Ośrodek Pomocy Rodzinie"])
    assert index.find("WYDZIAŁ OŚWIATY") == ("education", SAME)
    assert index.find("Wydz. Oświaty") == ("education", SAME)
    assert index.find("Wydziału Oświaty") == ("education", INFLECTED)
    assert index.find("Miejski Ośrodek Pomoc Rodzinie") == ("family", INFLECTED)
    assert index.find("Miejski Ośrodek dla Pomocy Rodzinie") == ("family", SIMILAR)
    assert index.find("MOPR") == ("family", SAME)
    assert index.find("Wydział Zdrowia") == (None, "")


def test_a_choice_is_found_by_its_label_in_any_language_or_its_code() -> None:
    choices = choices_by_label(Qualifier)
    assert {choices["about"], choices["okolo"], choices["близько"]} == {"about"}
    assert set(choices.values()) == set(Qualifier.values)
