"""Lays out line charts: values over time, with targets, breaks, gaps and uncertain values."""

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


def all_points(series: Sequence[Series]) -> list[Point]:
    points: list[Point] = []
    for line in series:
        points += line.points
    return points


def disambiguate_labels(series: Sequence[Series]) -> list[Series]:
    """The same series; those that share a name get their periods behind it: "Learners
    (2016–2019)".
    """
    labels = [line.label for line in series]
    distinct: list[Series] = []
    for line in series:
        periods = axis_periods([line])
        if labels.count(line.label) > 1 and periods:
            ends = "–".join(dict.fromkeys((periods[0], periods[-1])))
            line = replace(line, label=f"{line.label} ({ends})")
        distinct.append(line)
    return distinct


def colour_numbers(series: Sequence[Series]) -> list[int]:
    """The number of each series' colour and shape: what follows a break keeps those of the series
    before.
    """
    numbers: list[int] = []
    for line in series:
        follows = bool(line.break_before and numbers)
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
    missing: list[tuple[str, str, str, str]] = []
    for place, label in enumerate(frame.periods):
        points = due.get(label)
        if points and all(point.value is None for point in points):
            left, width = frame.strip(place)
            missing.append((left, width, frame.x(place), format_point(points[0], "")))
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
        words = format_axis_figure(tick, unit) if measured else ""
        grid.append((frame.y(tick), words, tick == 0))
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
    for place, label in enumerate(frame.periods):
        places_to_last = count - 1 - place
        if places_to_last % every == 0:
            ticks.append((frame.x(place), label, places_to_last % major != 0))
    return ticks


def table_rows(frame: Frame, series: Sequence[Series], unit: str) -> tuple[ChartTableRow, ...]:
    """The table below: a row for each period that a series speaks of, newest last."""
    columns: list[dict[str, Point]] = []
    for line in series:
        columns.append({point.label: point for point in line.points})
    rows: list[ChartTableRow] = []
    for label in frame.periods:
        points = [column.get(label) for column in columns]
        if any(points):
            notes = dict.fromkeys(point.note for point in points if point and point.note)
            cells = tuple(format_table_cell(point, unit) if point else "–" for point in points)
            rows.append(ChartTableRow(label, cells, "; ".join(notes)))
    return tuple(rows)


def chart_notes(series: Sequence[Series], baseline: ChartTarget | None, frame: Frame) -> list[str]:
    """What a reader must know to read the drawing, in sentences."""
    points = all_points(series)
    notes: list[str] = []
    for line in series:
        if line.break_before:
            notes.append(_("The break in the line: %(reason)s") % {"reason": line.break_before})
    if any(point.qualifier != "exact" for point in points):
        notes.append(
            _("A hollow point is a value that is not exact; an arrow says which way it may lie.")
        )
    if any(point.status == "preliminary" for point in points):
        notes.append(_("A hollow point at a broken line is preliminary."))
    if frame.scale.ticks[0] > 0:
        notes.append(_("The scale does not start at zero."))
    return notes


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
    table = table_rows(frame, series, unit)
    labels = tuple(line.label for line in series)
    legend: list[tuple[int, str]] = []
    if len(series) > 1:
        legend = list(zip(colour_numbers(series), labels, strict=True))
    geometry = _layout_lines(frame, series, targets, baseline, unit)
    return Chart(
        kind="lines",
        title=title,
        unit=unit,
        columns=labels,
        rows=table,
        summary=text_alternative(
            _("Line chart: %(title)s The numbers are in the table below."), title, table
        ),
        geometry=replace(
            geometry,
            keys=legend_rows(legend) if literal_colours else (),
            empty="" if table else empty_chart_text(),
        ),
        legend=legend,
        notes=chart_notes(series, baseline, frame),
        literal_colours=literal_colours,
    )


def _layout_lines(
    frame: Frame,
    series: Sequence[Series],
    targets: Sequence[ChartTarget],
    baseline: ChartTarget | None,
    unit: str,
) -> LineChartGeometry:
    """Where the lines, marks and words of a chart stand; its legend is not among them."""
    numbers = colour_numbers(series)
    few = max(numbers, default=0) == 0 and len(frame.periods) <= MAX_VALUES
    segments: list[LineSegment] = []
    marks: list[PointMark] = []
    for line, number in zip(series, numbers, strict=True):
        segments += line_segments(frame, line, number)
        marks += series_marks(frame, line, number, unit, few)
    aims = target_marks(frame, targets, baseline, unit)
    levels = [y for __, y, *___ in aims]
    ground = None
    if baseline:
        ground = (frame.y(baseline.value), format_target(baseline, unit))
        levels.append(ground[0])
    measured = bool(levels) or any(point.value is not None for point in all_points(series))
    return LineChartGeometry(
        frame=frame,
        grid=grid_lines(frame, unit, measured),
        ticks=axis_ticks(frame),
        lines=segments,
        marks=avoid_overlaps(marks, levels),
        gaps=missing_periods(frame, series),
        breaks=series_breaks(frame, series),
        targets=aims,
        baseline=ground,
    )


def legend_rows(legend: Sequence[tuple[int, str]]) -> list[tuple[int, int, str]]:
    """The legend below a document's drawing: how far down, the number of the series, its label."""
    rows: list[tuple[int, int, str]] = []
    for place, (number, label) in enumerate(legend):
        rows.append((HEIGHT + 10 + LEGEND_ROW_HEIGHT * place, number, label))
    return rows
