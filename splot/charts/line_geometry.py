"""Where the lines, the grid, the axis and the legend of a line chart stand."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from splot.charts.data import Point, Series, format_axis_figure, format_point
from splot.charts.frame import BOTTOM, HEIGHT, TOP, Frame, all_points
from splot.charts.marks import PointMark

MAX_LABELS, MAX_LABELS_ON_A_PHONE = 12, 6
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
        """In a document the drawing carries its own legend, a line for each series."""
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
        """Across: the mark and the label of each line of the legend."""
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


def line_segments(frame: Frame, series: Series, number: int) -> Iterator[LineSegment]:
    """The line of one series; none across a period whose value is missing or secret."""
    places = {label: position for position, label in enumerate(frame.periods)}
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
    missing: list[tuple[str, str, str, str]] = []
    for position, label in enumerate(frame.periods):
        points = due.get(label)
        if points and all(point.value is None for point in points):
            left, width = frame.strip(position)
            missing.append((left, width, frame.x(position), format_point(points[0], "")))
    return missing


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
    grid: list[tuple[float, str, bool]] = []
    for tick in frame.scale.ticks if measured else frame.scale.ticks[:1]:
        label = format_axis_figure(tick, unit) if measured else ""
        grid.append((frame.y(tick), label, tick == 0))
    return grid


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
    ticks: list[tuple[str, str, bool]] = []
    for position, label in enumerate(frame.periods):
        places_to_last = count - 1 - position
        if places_to_last % every == 0:
            ticks.append((frame.x(position), label, places_to_last % major != 0))
    return ticks


def legend_rows(legend: Sequence[tuple[int, str]]) -> list[tuple[int, int, str]]:
    """The legend below a document's drawing: how far down, the number of the series, its label."""
    rows: list[tuple[int, int, str]] = []
    for position, (number, label) in enumerate(legend):
        rows.append((HEIGHT + 10 + LEGEND_ROW_HEIGHT * position, number, label))
    return rows
