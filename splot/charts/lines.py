"""Line charts: values over time, with targets, breaks, gaps and uncertain values shown as what they
are.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from django.utils.translation import gettext as _

from splot.charts.data import (
    ChartTarget,
    Point,
    Series,
    format_axis_figure,
    format_point,
    format_table_cell,
    format_target,
)
from splot.charts.drawing import (
    SERIES_COLOURS,
    Chart,
    ChartTableRow,
    empty_chart_text,
    text_alternative,
)
from splot.charts.frame import BOTTOM, HEIGHT, TOP, Frame, axis_periods
from splot.charts.marks import PointMark, avoid_overlaps, series_marks, target_marks

MAX_LABELS, MAX_LABELS_ON_A_PHONE, MAX_VALUES = 12, 6, 7
LEGEND_ROW_HEIGHT = 20


@dataclass(frozen=True, slots=True)
class LineSegment:
    """A piece of line between two values; `broken` to a preliminary one or across periods not
    asked.
    """

    x1: str
    y1: float
    x2: str
    y2: float
    number: int
    broken: bool


@dataclass(frozen=True, slots=True)
class LineChartGeometry:
    """What lines.svg draws. Coordinates across are SVG lengths, those down are pixels."""

    frame: Frame
    grid: Sequence[tuple[float, str, bool]]
    ticks: Sequence[tuple[str, str, bool]]
    lines: Sequence[LineSegment]
    marks: Sequence[PointMark]
    gaps: Sequence[tuple[str, str, str, str]]
    breaks: Sequence[str]
    targets: Sequence[tuple[str, float, str, float]]
    baseline: tuple[float, str] | None
    keys: Sequence[tuple[int, int, str]] = ()
    empty: str = ""
    top: int = TOP
    bottom: int = BOTTOM

    @property
    def height(self) -> int:
        """In a document the drawing carries its own key, a line for each series."""
        return HEIGHT + LEGEND_ROW_HEIGHT * len(self.keys)

    @property
    def plot_height(self) -> int:
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def centre(self) -> str:
        return self.frame.across(0.5)

    @property
    def start(self) -> str:
        return self.frame.across(0)

    @property
    def end(self) -> str:
        return self.frame.across(1)

    @property
    def key_at(self) -> tuple[str, str]:
        """Across: the mark and the words of each line of the key."""
        return self.frame.across(0.02), self.frame.across(0.05)

    @property
    def anchor_start(self) -> str:
        """For words that begin where reading starts; the drawing itself always counts from the
        left.
        """
        return "end" if self.frame.mirrored else "start"

    @property
    def anchor_end(self) -> str:
        return "start" if self.frame.mirrored else "end"

    @property
    def edge(self) -> str:
        return self.frame.length(1)


def all_points(series: Sequence[Series]) -> list[Point]:
    return [point for each in series for point in each.points]


def disambiguate_labels(series: Sequence[Series]) -> list[Series]:
    """The same series; those that share a name get their periods behind it: "Learners
    (2016–2019)".
    """
    names = [each.label for each in series]

    def name(each: Series) -> str:
        periods = axis_periods([each])
        if names.count(each.label) < 2 or not periods:
            return each.label
        return f"{each.label} ({'–'.join(dict.fromkeys((periods[0], periods[-1])))})"

    return [replace(each, label=name(each)) for each in series]


def colour_numbers(series: Sequence[Series]) -> list[int]:
    """The number of each series' colour and shape: what follows a break keeps those of the series
    before.
    """
    numbers: list[int] = []
    for each in series:
        follows = bool(each.break_before and numbers)
        numbers.append(numbers[-1] if follows else max(numbers, default=-1) + 1)
    return [number % len(SERIES_COLOURS) for number in numbers]


def line_segments(frame: Frame, series: Series, number: int) -> Iterator[LineSegment]:
    """The line of one series; none across a period whose value is missing or secret."""
    places = {label: place for place, label in enumerate(frame.periods)}
    ordered = sorted(series.points, key=lambda point: places[point.label])
    for before, after in pairwise(ordered):
        if before.value is None or after.value is None:
            continue
        first, second = places[before.label], places[after.label]
        broken = second - first > 1 or after.status == "preliminary"
        yield LineSegment(
            frame.x(first),
            frame.y(before.value),
            frame.x(second),
            frame.y(after.value),
            number,
            broken,
        )


def missing_periods(frame: Frame, series: Sequence[Series]) -> list[tuple[str, str, str, str]]:
    """Periods for which a value was due and nobody has one: left edge, width, middle, words."""
    due: dict[str, list[Point]] = {}
    for point in all_points(series):
        due.setdefault(point.label, []).append(point)
    empty = {
        label: points
        for label, points in due.items()
        if all(point.value is None for point in points)
    }
    return [
        (*frame.strip(place), frame.x(place), format_point(empty[label][0], ""))
        for place, label in enumerate(frame.periods)
        if label in empty
    ]


def series_breaks(frame: Frame, series: Sequence[Series]) -> list[str]:
    """Where a series that cannot be compared takes over: half-way from the last period before
    it.
    """
    result = []
    for before, after in pairwise(series):
        if after.break_before and before.points and after.points:
            last = max(frame.periods.index(point.label) for point in before.points)
            first = min(frame.periods.index(point.label) for point in after.points)
            result.append(frame.x((last + first) / 2))
    return result


def grid_lines(frame: Frame, unit: str, measured: bool) -> list[tuple[float, str, bool]]:
    """Height, words and whether it is zero of each line across; the ground line alone where nothing
    is measured.
    """
    steps = frame.scale.ticks if measured else frame.scale.ticks[:1]
    return [
        (frame.y(tick), format_axis_figure(tick, unit) if measured else "", tick == 0)
        for tick in steps
    ]


def axis_ticks(frame: Frame) -> list[tuple[str, str, bool]]:
    """The periods that are written below the axis, counted back from the last; minor ones not on a
    phone.
    """
    count = len(frame.periods)
    if not count:
        return []
    every = -(-count // MAX_LABELS)
    major = -(-count // MAX_LABELS_ON_A_PHONE)
    major = -(-major // every) * every
    return [
        (frame.x(place), label, (count - 1 - place) % major != 0)
        for place, label in enumerate(frame.periods)
        if (count - 1 - place) % every == 0
    ]


def table_rows(frame: Frame, series: Sequence[Series], unit: str) -> tuple[ChartTableRow, ...]:
    """The table below: a row for each period that a series speaks of, newest last."""
    by_label = [{point.label: point for point in each.points} for each in series]
    result = []
    for label in frame.periods:
        points = [points.get(label) for points in by_label]
        if any(points):
            notes = dict.fromkeys(point.note for point in points if point and point.note)
            cells = tuple(format_table_cell(point, unit) if point else "–" for point in points)
            result.append(ChartTableRow(label, cells, "; ".join(notes)))
    return tuple(result)


def chart_notes(series: Sequence[Series], baseline: ChartTarget | None, frame: Frame) -> list[str]:
    """What a reader must know to read the drawing, in sentences."""
    points = all_points(series)
    said = [
        _("The break in the line: %(reason)s") % {"reason": s.break_before}
        for s in series
        if s.break_before
    ]
    if any(point.qualifier != "exact" for point in points):
        said.append(
            _("A hollow point is a value that is not exact; an arrow says which way it may lie.")
        )
    if any(point.status == "preliminary" for point in points):
        said.append(_("A hollow point at a broken line is preliminary."))
    if frame.scale.ticks[0] > 0:
        said.append(_("The scale does not start at zero."))
    return said


def line_chart(
    *,
    title: str,
    series: Sequence[Series],
    targets: Sequence[ChartTarget] = (),
    baseline: ChartTarget | None = None,
    unit: str = "",
    from_zero: bool = True,
    literal_colours: bool = False,
) -> Chart:
    """Values over time. `title` says the finding; periods run in their order; `unit` is a word or
    "%".
    """
    series = disambiguate_labels(series)
    frame = Frame.around(series, targets, baseline, from_zero, literal_colours)
    numbers = colour_numbers(series)
    few = max(numbers, default=0) == 0 and len(frame.periods) <= MAX_VALUES
    drawn = list(zip(series, numbers, strict=True))
    table = table_rows(frame, series, unit)
    aims = target_marks(frame, targets, baseline, unit)
    levels = [y for __, y, *___ in aims] + ([frame.y(baseline.value)] if baseline else [])
    legend = [(number, each.label) for each, number in drawn] if len(series) > 1 else []
    geometry = LineChartGeometry(
        frame=frame,
        grid=grid_lines(
            frame,
            unit,
            measured=bool(levels) or any(point.value is not None for point in all_points(series)),
        ),
        ticks=axis_ticks(frame),
        lines=[line for each, number in drawn for line in line_segments(frame, each, number)],
        marks=avoid_overlaps(
            [
                mark
                for each, number in drawn
                for mark in series_marks(frame, each, number, unit, few)
            ],
            levels,
        ),
        gaps=missing_periods(frame, series),
        breaks=series_breaks(frame, series),
        targets=aims,
        baseline=(frame.y(baseline.value), format_target(baseline, unit)) if baseline else None,
        keys=legend_rows(legend) if literal_colours else (),
        empty="" if table else empty_chart_text(),
    )
    return Chart(
        kind="lines",
        title=title,
        unit=unit,
        columns=tuple(each.label for each in series),
        rows=table,
        summary=text_alternative(
            _("Line chart: %(title)s The numbers are in the table below."), title, table
        ),
        geometry=geometry,
        legend=legend,
        notes=chart_notes(series, baseline, frame),
        literal_colours=literal_colours,
    )


def legend_rows(legend: Sequence[tuple[int, str]]) -> list[tuple[int, int, str]]:
    """The legend below a document's drawing: how far down, the number of the series, its label."""
    return [
        (HEIGHT + 10 + LEGEND_ROW_HEIGHT * place, number, label)
        for place, (number, label) in enumerate(legend)
    ]
