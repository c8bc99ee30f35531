"""Charts draw what is known as what it is: nothing invented, nothing hidden."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from splot.charts import ChartTarget, Point, Series, bar_chart, line_chart, share_chart
from splot.charts.frame import BOTTOM, TOP
from splot.charts.scale import build_scale
from tests.core.components.page import parsed, words


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with override("en"):
        yield


def points(**values: int | None) -> list[Point]:
    """Points of years: points(y2020=3, y2021=None)."""
    return [
        Point(label[1:], None if value is None else Decimal(value))
        for label, value in values.items()
    ]


def lines_of(*series: Series, **options: Any) -> Any:
    return line_chart(title="A finding", series=series, **options).geometry


def test_values_stand_on_a_linear_scale_from_zero() -> None:
    drawn = lines_of(Series("a", points(y2020=0, y2021=50, y2022=100)))
    assert [mark.y for mark in drawn.marks] == [BOTTOM, (TOP + BOTTOM) / 2, TOP]
    places = [float(mark.x.rstrip("%")) for mark in drawn.marks]
    assert places[1] - places[0] == pytest.approx(places[2] - places[1])


def test_years_that_nobody_mentions_keep_their_place() -> None:
    drawn = lines_of(Series("a", points(y2018=1, y2019=2, y2023=3)))
    places = [float(mark.x.rstrip("%")) for mark in drawn.marks]
    assert places[2] - places[1] == pytest.approx(4 * (places[1] - places[0]), abs=0.05)
    assert [line.broken for line in drawn.lines] == [False, True]


def test_a_missing_value_is_a_gap_and_zero_is_a_value() -> None:
    drawn = lines_of(Series("a", points(y2020=5, y2021=None, y2022=0, y2023=4)))
    assert len(drawn.marks) == 3
    assert [(line.x1, line.x2) for line in drawn.lines] == [(drawn.marks[1].x, drawn.marks[2].x)]
    assert [gap[3] for gap in drawn.gaps] == ["no data"]
    table = parsed(
        "{% chart c %}",
        c=line_chart(title="A finding", series=[Series("a", points(y2021=None, y2022=0))]),
    )
    assert [words(row) for row in table.iter("tr")][1:] == ["2021 no data", "2022 0"]


def test_a_secret_value_is_said_to_be_secret() -> None:
    chart = line_chart(
        title="A finding", series=[Series("a", [Point("2021", None, status="secret")])]
    )
    assert words(parsed("{% chart c %}", c=chart).find(".//tbody")) == "2021 secret"


def test_a_break_joins_nothing_and_keeps_the_colour() -> None:
    old, new = (
        Series("old", points(y2019=1, y2020=2)),
        Series("new", points(y2021=9, y2022=8), break_before="counted anew"),
    )
    chart = line_chart(title="A finding", series=[old, new])
    drawn = chart.geometry
    assert [mark.number for mark in drawn.marks] == [0, 0, 0, 0]
    ends = [(line.x1, line.x2) for line in drawn.lines]
    assert (drawn.marks[1].x, drawn.marks[2].x) not in ends
    assert len(ends) == 2
    middle = (float(drawn.marks[1].x[:-1]) + float(drawn.marks[2].x[:-1])) / 2
    assert [float(place[:-1]) for place in drawn.breaks] == [pytest.approx(middle, abs=0.02)]
    assert chart.notes == ["The break in the line: counted anew"]


def test_parallel_series_differ_by_colour_number() -> None:
    drawn = lines_of(Series("a", points(y2020=1)), Series("b", points(y2020=2)))
    assert [mark.number for mark in drawn.marks] == [0, 1]


@pytest.mark.parametrize(
    ("point", "arrow", "said"),
    [
        (Point("2020", Decimal(7500), "over"), "up", "over 7,500"),
        (Point("2020", Decimal(7500), "up_to"), "down", "up to 7,500"),
        (Point("2020", Decimal(7500), "about"), "", "about 7,500"),
        (Point("2020", Decimal(7500), status="preliminary"), "", "7,500 (preliminary)"),
    ],
)
def test_uncertain_values_are_hollow_and_say_so(point: Point, arrow: str, said: str) -> None:
    chart = line_chart(title="A finding", series=[Series("a", [point])])
    assert [(mark.hollow, mark.arrow) for mark in chart.geometry.marks] == [(True, arrow)]
    assert chart.rows[0].cells == (said,)
    assert chart.notes


def test_the_axis_reaches_to_a_target_beyond_the_last_value() -> None:
    drawn = lines_of(
        Series("a", points(y2022=10)),
        targets=[ChartTarget("Target 2025", Decimal(40), "2025")],
        unit="people",
    )
    assert drawn.frame.periods == ["2022", "2023", "2024", "2025"]
    (x, y, said, __), *others = drawn.targets
    assert (x, said, others) == (drawn.frame.x(3), "Target 2025: 40 people", [])
    assert y == drawn.frame.y(Decimal(40)) == TOP


def test_a_scale_that_does_not_start_at_zero_says_so() -> None:
    chart = line_chart(
        title="A finding", series=[Series("a", points(y2020=80, y2021=90))], from_zero=False
    )
    assert chart.geometry.frame.scale.ticks[0] == 80
    assert "The scale does not start at zero." in chart.notes


def test_arabic_reads_from_the_right() -> None:
    series = Series("a", points(y2020=1, y2021=2, y2022=None))
    left = lines_of(series)
    with override("ar"):
        right = lines_of(series)
    assert [100 - float(mark.x[:-1]) for mark in left.marks] == pytest.approx(
        [float(mark.x[:-1]) for mark in right.marks]
    )
    assert (left.start, right.start) == ("0.00%", "100.00%")
    start, width = (float(length[:-1]) for length in right.gaps[0][:2])
    assert start + width / 2 == pytest.approx(float(right.gaps[0][2][:-1]), abs=0.02)


@pytest.mark.parametrize("language", ["pl", "en", "uk", "ar"])
def test_coordinates_are_never_written_in_the_way_of_a_language(language: str) -> None:
    chart = line_chart(title="A finding", series=[Series("a", points(y2020=1, y2021=3, y2022=7))])
    for element in parsed("{% chart c %}", language, c=chart).iter("line", "svg", "rect"):
        for name in ("x", "y", "x1", "x2", "y1", "y2", "width", "height"):
            assert "," not in element.get(name, ""), (name, element.get(name))


def test_numbers_speak_the_language_of_the_page() -> None:
    with override("pl"):
        chart = line_chart(
            title="A finding", series=[Series("a", [Point("2020", Decimal("1234.5"))])], unit="%"
        )
    assert chart.rows[0].cells == ("1234,5%",) or chart.rows[0].cells == ("1\xa0234,5%",)


def test_a_drawing_for_a_document_needs_no_stylesheet() -> None:
    series = [Series("a", points(y2020=1, y2021=None)), Series("b", points(y2020=2, y2021=3))]
    bars = points(y2020=1)
    for chart in (
        line_chart(title="A finding", series=series, literal_colours=True),
        bar_chart(title="A finding", bars=bars, literal_colours=True),
        share_chart(title="A finding", parts=bars, literal_colours=True),
    ):
        svg = chart.svg()
        assert 'viewBox="0 0 640' in svg
        for word in ("class=", "var(", "currentColor", '%"', "url("):
            assert word not in svg, (chart.kind, word)


def test_bars_start_from_zero_and_unknown_has_no_bar() -> None:
    chart = bar_chart(title="A finding", bars=points(y1=50, y2=100, y3=0, y4=None), unit="visits")
    drawn = chart.geometry.bars
    assert [(bar.start, bar.length, bar.has_value) for bar in drawn] == [
        ("0.00%", "50.00%", True),
        ("0.00%", "100.00%", True),
        ("0.00%", "0.00%", True),
        ("0.00%", "0.00%", False),
    ]
    assert [bar.value_text for bar in drawn] == ["50 visits", "100 visits", "0 visits", "no data"]


def test_bars_below_zero_end_at_zero() -> None:
    drawn = bar_chart(title="A finding", bars=points(y1=-50, y2=50)).geometry.bars
    assert [(bar.start, bar.length) for bar in drawn] == [("0.00%", "50.00%"), ("50.00%", "50.00%")]


def test_shares_are_of_what_is_known() -> None:
    chart = share_chart(title="A finding", parts=points(y1=3, y2=1, y3=None), unit="PLN")
    assert [(part.start, part.length, part.value_text) for part in chart.geometry.shares] == [
        ("0.00%", "75.00%", "75% (3 PLN)"),
        ("75.00%", "25.00%", "25% (1 PLN)"),
        ("100.00%", "0.00%", "no data"),
    ]


def test_a_share_below_zero_is_refused() -> None:
    with pytest.raises(ValueError, match="below zero"):
        share_chart(title="A finding", parts=points(y1=-1))


@given(
    st.lists(
        st.decimals(-(10**12), 10**12, allow_nan=False, allow_infinity=False, places=2), max_size=8
    )
)
def test_every_scale_is_round_short_and_holds_its_values(values: list[Decimal]) -> None:
    ticks = build_scale(values).ticks
    assert 2 <= len(ticks) <= 7
    assert len({after - before for before, after in pairwise(ticks)}) == 1
    assert ticks[0] <= 0 <= ticks[-1]
    assert all(ticks[0] <= value <= ticks[-1] for value in values)


def test_counts_of_people_have_whole_ticks() -> None:
    assert build_scale([Decimal(1), Decimal(3)]).ticks == (0, 1, 2, 3)
    assert build_scale([]).ticks[0] == 0


@pytest.mark.parametrize(
    "series", [[], [Series("a", [])], [Series("a", points(y2020=None, y2021=None))]]
)
@pytest.mark.parametrize("literal", [True, False])
def test_a_chart_of_nothing_says_so_and_invents_no_scale(
    series: list[Series], literal: bool
) -> None:
    chart = line_chart(title="A finding", series=series, literal_colours=literal)
    said = words(parsed("{% chart c %}", c=chart)) + chart.svg()
    known = "no data" if any(each.points for each in series) else "There are no numbers yet."
    assert known in words(parsed("{% chart c %}", c=chart).find(".//svg"))
    assert known in chart.svg()
    assert ("The numbers are in the table below." in said) == bool(chart.rows)
    assert [label for __, label, __ in chart.geometry.grid] == [""]


def test_a_target_is_drawn_before_the_first_value_is_known() -> None:
    drawn = lines_of(
        targets=[ChartTarget("Target 2025", Decimal(40), "2025")],
        baseline=ChartTarget("Start", Decimal(10)),
    )
    assert drawn.frame.periods == ["2025"]
    assert (drawn.targets[0][2], drawn.empty) == ("Target 2025: 40", "There are no numbers yet.")


def test_a_single_point_is_a_chart() -> None:
    drawn = lines_of(Series("a", points(y2020=5)))
    assert ([mark.value_text for mark in drawn.marks], drawn.lines, drawn.empty) == (["5"], [], "")


@pytest.mark.parametrize("literal", [True, False])
@pytest.mark.parametrize("given", [[], points(y1=None)])
def test_bars_and_shares_of_nothing_say_so(given: list[Point], literal: bool) -> None:
    known = "no data" if given else "There are no numbers yet."
    for chart in (
        bar_chart(title="A finding", bars=given, literal_colours=literal),
        bar_chart(
            title="A finding",
            bars=given,
            target=ChartTarget("Target", Decimal(3)),
            literal_colours=literal,
        ),
        share_chart(title="A finding", parts=given, literal_colours=literal),
    ):
        assert known in words(parsed("{% chart c %}", c=chart))
        assert known in chart.svg()
        assert chart.geometry.height > 0


def test_series_of_one_name_are_told_apart_by_their_periods() -> None:
    old = Series("Learners", points(y2019=1, y2022=2))
    new = Series("Learners", points(y2023=9), break_before="counted anew")
    chart = line_chart(title="A finding", series=[old, new])
    assert chart.columns == ("Learners (2019–2022)", "Learners (2023)")
    assert [label for __, label in chart.legend] == list(chart.columns)
    assert line_chart(title="A finding", series=[old]).columns == ("Learners",)


@given(
    st.lists(st.integers(0, 100), min_size=2, max_size=5), st.one_of(st.none(), st.integers(0, 100))
)
def test_words_of_targets_never_cover_one_another(values: list[int], start: int | None) -> None:
    baseline = None if start is None else ChartTarget("Start", Decimal(start))
    drawn = lines_of(
        Series("a", points(y2020=50)),
        targets=[ChartTarget("T", Decimal(value)) for value in values],
        baseline=baseline,
    )
    heights = sorted(
        [words_y for *__, words_y in drawn.targets] + ([drawn.baseline[0] + 16] if baseline else [])
    )
    assert all(after - before >= 18 for before, after in pairwise(heights))


def test_a_value_just_below_a_target_line_is_not_struck_through() -> None:
    drawn = lines_of(
        Series("a", points(y2020=20, y2021=92)), targets=[ChartTarget("T", Decimal(100), "2021")]
    )
    assert [mark.below for mark in drawn.marks] == [False, True]
