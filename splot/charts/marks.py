"""The points and targets of a line chart, and the places of their labels, which never overlap."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from splot.charts.data import ChartTarget, Series, format_axis_figure, format_target
from splot.charts.frame import BOTTOM, Frame

LABEL_CLEARANCE, LABEL_HEIGHT = 34, 18


@dataclass(frozen=True, slots=True)
class PointMark:
    """The point of a value, its words where there is room; `minor` words are left out on a
    phone.
    """

    x: str
    y: float
    number: int
    hollow: bool
    arrow: str
    value_text: str
    minor: bool
    below: bool = False

    @property
    def text_at(self) -> int:
        """How far from the point its words stand: above or below it, and clear of its arrow."""
        if self.below:
            return 34 if self.arrow == "down" else 22
        return -24 if self.arrow == "up" else -12


def series_marks(
    frame: Frame, series: Series, number: int, unit: str, few: bool
) -> Iterator[PointMark]:
    """The points of one series; the first and the last say their value, the others only where there
    are `few`.
    """
    measured = [point for point in series.points if point.value is not None]
    positions = [frame.periods.index(point.label) for point in measured]
    arrows = {"over": "up", "up_to": "down"}
    for point, position in zip(measured, positions, strict=True):
        assert point.value is not None
        at_end = position in (min(positions), max(positions))
        yield PointMark(
            x=frame.x(position),
            y=frame.y(point.value),
            number=number,
            hollow=point.qualifier != "exact" or point.status == "preliminary",
            arrow=arrows.get(point.qualifier, ""),
            value_text=format_axis_figure(point.value, unit) if few or at_end else "",
            minor=not at_end,
        )


def avoid_overlaps(drawn: Sequence[PointMark], levels: Sequence[float]) -> list[PointMark]:
    """The same marks, a label going below where another mark, or one of the lines at `levels`, is
    above it.
    """

    def crowded(mark: PointMark) -> bool:
        is_free_below = BOTTOM - mark.y >= LABEL_CLEARANCE - 4 or BOTTOM - mark.y <= 4
        for other in drawn:
            if other.x == mark.x and 0 < mark.y - other.y < LABEL_CLEARANCE:
                return True
            if other.x == mark.x and 0 < other.y - mark.y < LABEL_CLEARANCE:
                is_free_below = False
        has_level_above = False
        for level in levels:
            has_level_above |= 4 < mark.y - level < LABEL_CLEARANCE - 4
            is_free_below &= not 4 < level - mark.y < LABEL_CLEARANCE - 4
        return has_level_above and is_free_below

    return [replace(mark, below=crowded(mark)) for mark in drawn]


def target_marks(
    frame: Frame, targets: Sequence[ChartTarget], baseline: ChartTarget | None, unit: str
) -> list[tuple[str, float, str, float]]:
    """Each target's mark (at the end for one that always holds), its height, its words and their
    height.

    Words stand above their line; where others stand there already, below it.
    """
    taken = [frame.y(baseline.value) + 16] if baseline else []
    marks: list[tuple[str, float, str, float]] = []
    for target in sorted(targets, key=lambda target: -target.value):
        position = (
            frame.periods.index(target.at_label) if target.at_label else len(frame.periods) - 1
        )
        y = frame.y(target.value)
        words_y = _find_free_height(y, taken)
        taken.append(words_y)
        marks.append((frame.x(position), y, format_target(target, unit), words_y))
    return marks


def _find_free_height(y: float, taken: Sequence[float]) -> float:
    """The height above a line at `y`, or else the first below it, that is clear of those taken."""
    height, rows_below = y - 13, 0
    while any(abs(height - other) < LABEL_HEIGHT for other in taken):
        height = y + 22 + LABEL_HEIGHT * rows_below
        rows_below += 1
    return height
