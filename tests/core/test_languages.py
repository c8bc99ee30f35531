"""Texts in several languages know which wording of the source they were made from."""

from hypothesis import given
from hypothesis import strategies as st

from splot.core.languages import Text, guess_language, language_name, text_direction

LANGUAGES = st.sampled_from(["pl", "en", "uk"])


def test_a_reader_gets_the_translation_where_there_is_one() -> None:
    text = Text.of("pl", {"pl": "Szkoła", "uk": "Школа"})
    assert text.shown("uk").text == "Школа"
    assert (text.shown("en").text, text.shown("en").language, text.shown("en").state) == (
        "Szkoła",
        "pl",
        "missing",
    )


def test_a_new_wording_of_the_source_outdates_the_translations() -> None:
    text = Text.of("pl", {"pl": "Szkoła", "uk": "Школа"}).written("pl", "Dobra szkoła")
    assert text.state("uk") == "outdated"
    assert text.written("uk", "Добра школа").state("uk") == "current"


def test_a_minor_edit_outdates_nothing_that_was_current() -> None:
    text = Text.of("pl", {"pl": "Szkola", "uk": "Школа"}).written("pl", "Szkoła", minor=True)
    assert text.state("uk") == "current"


def test_a_minor_edit_does_not_refresh_what_was_outdated() -> None:
    outdated = Text.of("pl", {"pl": "a", "uk": "а"}).written("pl", "b")
    assert outdated.written("pl", "c", minor=True).state("uk") == "outdated"


def test_a_machine_translation_stays_marked_until_a_person_writes_it() -> None:
    text = Text.of("pl", {"pl": "Szkoła"}).written("en", "School", machine=True)
    assert text.state("en") == "machine"
    assert text.written("en", "School").state("en") == "current"


def test_the_same_wording_again_changes_nothing() -> None:
    text = Text.of("pl", {"pl": "Szkoła"})
    assert text.written("pl", "Szkoła") is text


@given(st.lists(st.tuples(LANGUAGES, st.text(max_size=20), st.booleans()), max_size=12))
def test_any_history_of_writing_survives_the_database(history: list[tuple[str, str, bool]]) -> None:
    text = Text()
    for language, wording, machine in history:
        text = text.written(language, wording, machine=machine)
    assert Text.from_json(text.to_json()) == text or not text.texts


def test_languages_are_named_in_their_own_script() -> None:
    assert [language_name(code) for code in ("pl", "uk", "ar")] == [
        "Polski",
        "Українська",
        "العربية",
    ]
    assert (text_direction("ar"), text_direction("pl")) == ("rtl", "ltr")


def test_the_language_of_a_text_is_guessed_by_its_letters() -> None:
    assert guess_language("Zażółć gęślą jaźń i źdźbło") == "pl"
    assert guess_language("Міська рада ухвалила її політику для всіх мешканців") == "uk"
    assert (
        guess_language(
            "Городской совет принял программу, чтобы новые жители были вместе с остальными"
        )
        == "ru"
    )
    assert (
        guess_language("Гарадскі савет прыняў праграму, каб новыя жыхары былі разам з усімі")
        == "be"
    )
    english = (
        "The council of Poznań adopted the policy for the integration of its new and old residents"
    )
    assert guess_language(english) == "en"
