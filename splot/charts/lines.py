"""Line charts: values over time, with targets, breaks, gaps and uncertain values."""

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from splot.charts.data import (
    ChartTarget,
    Point,
    Series,
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
from splot.charts.frame import Frame, all_points, axis_periods
from splot.charts.line_geometry import (
    LineChartGeometry,
    LineSegment,
    axis_ticks,
    grid_lines,
    legend_rows,
    line_segments,
    missing_periods,
    series_breaks,
)
from splot.charts.marks import PointMark, avoid_overlaps, series_marks, target_marks

MAX_VALUES = 7  # so many periods leave room for the value of each point


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


def table_rows(frame: Frame, series: Sequence[Series], unit: str) -> tuple[ChartTableRow, ...]:
    """The table below: a row for each period that a series speaks of, newest last."""
    columns: list[dict[str, Point]] = []
    for line in series:
        columns.append({point.label: point for point in line.points})
    rows: list[ChartTableRow] = []
    for label in frame.periods:
        cells, notes = [], []
        for column in columns:
            point = column.get(label)
            cells.append(format_table_cell(point, unit) if point else "–")
            if point and point.note and point.note not in notes:
                notes.append(point.note)
        if any(label in column for column in columns):
            rows.append(ChartTableRow(label, tuple(cells), "; ".join(notes)))
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
