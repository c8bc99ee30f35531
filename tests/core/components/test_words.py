"""Texts in several languages, Markdown, gaps."""

from datetime import date

from splot.core.languages import Text
from tests.core.components.page import parsed, rendered, words

POLISH = Text.of("pl", {"pl": "Każdy jest u siebie.", "en": "Everyone is at home."})


def test_a_text_in_the_readers_language_is_not_marked() -> None:
    assert rendered("{% text t %}", "en", t=POLISH) == "Everyone is at home."


def test_a_text_in_another_language_is_marked_as_such() -> None:
    expected = '<span lang="pl" dir="auto">Każdy jest u siebie.</span>'
    assert rendered("{% text t %}", "uk", t=POLISH) == expected


def test_line_breaks_stay() -> None:
    assert rendered("{% text t %}", t="one\ntwo") == "one<br>two"
    assert rendered("{% text t block=True %}", t="one\n\ntwo") == "<p>one</p>\n\n<p>two</p>"


def test_an_empty_text_is_nothing() -> None:
    for empty in (Text(), "", None):
        assert rendered("{% text t %}", t=empty) == ""
        assert rendered("{% text t block=True %}", t=empty) == ""
        assert rendered("{% markdown t %}", t=empty) == ""


def test_plain_gives_the_bare_words() -> None:
    assert rendered("{{ t|plain }}", "en", t=POLISH) == "Everyone is at home."


def test_the_reader_is_told_what_a_translation_is_worth() -> None:
    outdated = POLISH.written("pl", "Każdy tu jest u siebie.")
    machine = POLISH.written("uk", "Кожен тут удома.", machine=True)
    assert words(parsed("{% language_note t %}", "en", t=POLISH)) == ""
    assert words(parsed("{% language_note t %}", "pl", t=POLISH)) == ""
    assert (
        words(parsed("{% language_note t %}", "en", t=outdated))
        == "The original has changed since this was translated."
    )
    assert len(parsed("{% language_note t %}", "uk", t=machine)) == 1
    missing = parsed("{% language_note t %}", "en", t=Text.of("ka", {"ka": "სახლი"}))
    assert words(missing) == "This text is not translated yet. You see it in Georgian."


def test_markdown_begins_at_the_third_level_and_skips_none() -> None:
    tree = parsed("{% markdown t %}", t="# One\n\n#### Two\n\n## Three\n\n# Four")
    assert [(each.tag, each.text) for each in tree.iter("h1", "h2", "h3", "h4", "h5", "h6")] == [
        ("h3", "One"),
        ("h4", "Two"),
        ("h4", "Three"),
        ("h3", "Four"),
    ]


def test_markdown_lets_nothing_active_through() -> None:
    tree = parsed(
        "{% markdown t %}",
        t="<script>x()</script> [x](javascript:x) <img src=x onerror=x> ![x](http://x/y.png)",
    )
    assert not list(tree.iter("script", "img", "iframe"))
    assert all(not link.get("href", "").startswith("javascript") for link in tree.iter("a"))


def test_a_fact_without_content_shows_as_missing() -> None:
    source = '<dl>{% fact "Money" missing=m %} {{ v }} {% endfact %}</dl>'
    assert words(parsed(source, v="")) == "Money not given"
    assert words(parsed(source, v="", m="nobody named")) == "Money nobody named"
    assert words(parsed(source, v=0)) == "Money 0"
    assert parsed(source, v=date(2024, 1, 1)).find(".//*[@class='missing']") is None
