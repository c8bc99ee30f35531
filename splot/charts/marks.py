"""The marks of a line chart, values and targets, and the places of their words, which never cover
one another.
"""

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
    words: str
    minor: bool
    below: bool = False

    @property
    def words_at(self) -> int:
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
    known = [point.label for point in series.points if point.value is not None]
    spoken = (
        {min(known, key=frame.periods.index), max(known, key=frame.periods.index)}
        if known
        else set()
    )
    arrows = {"over": "up", "up_to": "down"}
    for point in series.points:
        if point.value is None:
            continue
        uncertain = point.qualifier != "exact" or point.status == "preliminary"
        words = format_axis_figure(point.value, unit) if few or point.label in spoken else ""
        place = frame.x(frame.periods.index(point.label))
        arrow = arrows.get(point.qualifier, "")
        yield PointMark(
            place, frame.y(point.value), number, uncertain, arrow, words, point.label not in spoken
        )


def avoid_overlaps(drawn: Sequence[PointMark], levels: Sequence[float]) -> list[PointMark]:
    """The same marks, words going below where above them is another mark, or one of the `levels`
    drawn across.
    """

    def crowded(mark: PointMark) -> bool:
        if any(m.x == mark.x and 0 < mark.y - m.y < LABEL_CLEARANCE for m in drawn):
            return True
        neighbour_below = any(m.x == mark.x and 0 < m.y - mark.y < LABEL_CLEARANCE for m in drawn)
        above = any(4 < mark.y - level < LABEL_CLEARANCE - 4 for level in levels)
        room_below = all(
            not 4 < level - mark.y < LABEL_CLEARANCE - 4 for level in [*levels, BOTTOM]
        )
        return above and room_below and not neighbour_below

    return [replace(mark, below=crowded(mark)) for mark in drawn]


def target_marks(
    frame: Frame, targets: Sequence[ChartTarget], baseline: ChartTarget | None, unit: str
) -> list[tuple[str, float, str, float]]:
    """Each target's mark (at the end for one that always holds), its height, its words and their
    height.

    Words stand above their line; where others stand there already, below it.
    """
    taken = [frame.y(baseline.value) + 16] if baseline else []
    result = []
    for target in sorted(targets, key=lambda each: -each.value):
        place = frame.periods.index(target.at_label) if target.at_label else len(frame.periods) - 1
        y = frame.y(target.value)
        heights = [y - 13, *(y + 22 + LABEL_HEIGHT * n for n in range(len(taken) + 1))]
        words_y = next(
            height
            for height in heights
            if all(abs(height - other) >= LABEL_HEIGHT for other in taken)
        )
        taken.append(words_y)
        result.append((frame.x(place), y, format_target(target, unit), words_y))
    return result
