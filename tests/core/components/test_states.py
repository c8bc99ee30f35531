"""Statuses: shape, word and colour; a percentage names its denominator; silence is never a filled
colour.
"""

import pytest

from splot.core.looks import current_looks
from tests.core.components.page import parsed, rendered, words

COUNTS = [
    ("check", "done", 4),
    ("half", "on time", 3),
    ("warning", "late", 2),
    ("unknown", "not reported", 5),
]


def bar(counts: list, language: str = "en"):
    return parsed("{% status_bar counts %}", language, counts=counts)


def test_a_bar_says_its_denominator_and_its_counts() -> None:
    tree = bar(COUNTS)
    picture = tree.find('.//div[@role="img"]')
    assert picture.get("aria-label") == "9 of 14 reported: 4 done, 3 on time, 2 late"
    assert words(picture.find(".//p")) == "9 of 14 reported"
    assert [words(item) for item in picture.iter("li")] == [
        "4 done",
        "3 on time",
        "2 late",
        "5 not reported",
    ]


def test_the_pieces_share_the_whole_bar() -> None:
    pieces = bar(COUNTS).findall(".//svg[@class='bar']/rect")
    starts = [float(piece.get("x").rstrip("%")) for piece in pieces]
    lengths = [float(piece.get("width").rstrip("%")) for piece in pieces]
    assert lengths == pytest.approx([100 * n / 14 for n in (4, 3, 2, 5)], abs=0.001)
    assert starts == pytest.approx([0, 100 * 4 / 14, 50, 100 * 9 / 14], abs=0.001)


def test_a_status_that_counts_nothing_has_no_piece() -> None:
    assert (
        len(
            bar([("check", "done", 2), ("warning", "late", 0)]).findall(".//svg[@class='bar']/rect")
        )
        == 1
    )


def test_what_nobody_reported_is_hatched_and_counted_as_such() -> None:
    tree = bar([("unknown", "not reported", 7)])
    assert tree.find('.//div[@role="img"]').get("aria-label") == "0 of 7 reported"
    assert tree.find(".//svg[@class='bar']/rect").get("fill") == "url(#pattern-unknown)"


def test_a_bar_of_nothing_says_so() -> None:
    assert bar([]).find('.//div[@role="img"]').get("aria-label") == "Nothing to count yet"


def test_every_look_has_its_own_shape_and_its_word() -> None:
    names = list(current_looks())
    badges = [parsed("{% status look label %}", look=name, label=f"is {name}") for name in names]
    assert [words(badge) for badge in badges] == [f"is {name}" for name in names]
    shapes = {
        "".join(part.tag + str(sorted(part.items())) for part in badge.find(".//svg"))
        for badge in badges
    }
    assert len(shapes) == len(names)


def test_a_name_that_no_look_has_is_not_drawn_as_progress() -> None:
    assert "status--unknown" in rendered('{% status "invented" "invented" %}')


def test_progress_tells_unknown_from_nothing() -> None:
    unknown, nothing = parsed("{% progress None 12 %}"), parsed("{% progress 0 12 %}")
    assert (words(unknown), words(nothing)) == ("not known", "0 of 12")
    assert unknown.find(".//rect").get("fill") == "url(#pattern-unknown)"
    assert nothing.findall(".//rect")[1].get("width") == "0%"
