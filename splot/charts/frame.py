"""Where things stand in a line chart. Across, lengths are percentages on a page and points in a
document.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import get_language_bidi

from splot.charts.data import ChartTarget, Point, Series
from splot.charts.drawing import DOCUMENT_WIDTH
from splot.charts.scale import Scale, build_scale

HEIGHT, TOP, BOTTOM = 300, 34, 262
START, END = 0.12, 0.92


def all_points(series: Sequence[Series]) -> list[Point]:
    points: list[Point] = []
    for line in series:
        points += line.points
    return points


def axis_periods(series: Sequence[Series], targets: Sequence[ChartTarget] = ()) -> list[str]:
    """The periods in order. Where all are years, the years that nobody mentions keep their place
    too.
    """
    mentioned = [point.label for point in all_points(series)]
    mentioned += [target.at_label for target in targets if target.at_label]
    labels = list(dict.fromkeys(mentioned))
    if labels and all(label.isdecimal() and len(label) == 4 for label in labels):
        first, last = int(min(labels, key=int)), int(max(labels, key=int))
        return [str(year) for year in range(first, last + 1)]
    return sorted(labels) if all(label[:4].isdecimal() for label in labels) else labels


@dataclass(frozen=True, slots=True)
class Frame:
    """Turns a period's place and a value into coordinates. `width` None means percentages of the
    page.
    """

    periods: Sequence[str]
    scale: Scale
    width: int | None
    mirrored: bool

    @classmethod
    def around(
        cls,
        series: Sequence[Series],
        targets: Sequence[ChartTarget],
        baseline: ChartTarget | None,
        from_zero: bool,
        document: bool,
    ) -> "Frame":
        """A frame that holds every value, target and baseline, mirrored where reading goes from the
        right.
        """
        values = [target.value for target in targets]
        if baseline:
            values.append(baseline.value)
        for point in all_points(series):
            if point.value is not None:
                values.append(point.value)
        return cls(
            periods=axis_periods(series, targets),
            scale=build_scale(values, from_zero),
            width=DOCUMENT_WIDTH if document else None,
            mirrored=get_language_bidi(),
        )

    def length(self, fraction: float) -> str:
        """A fraction of the width as an SVG length."""
        return f"{100 * fraction:.2f}%" if self.width is None else f"{self.width * fraction:.1f}"

    def across(self, fraction: float) -> str:
        """A place across the drawing, the fraction counted from where reading starts."""
        return self.length(1 - fraction if self.mirrored else fraction)

    def fraction(self, position: float) -> float:
        steps = len(self.periods) - 1
        return START + (END - START) * position / steps if steps > 0 else (START + END) / 2

    def x(self, position: float) -> str:
        """Across: a period by its place on the axis; 1.5 is half-way between the second and the
        third.
        """
        return self.across(self.fraction(position))

    def y(self, value: Decimal) -> float:
        """Down from the top, in pixels."""
        return round(BOTTOM - (BOTTOM - TOP) * self.scale.share(value), 1)

    def strip(self, position: int) -> tuple[str, str]:
        """Left edge and width of a period's own strip."""
        half = (END - START) / max(len(self.periods) - 1, 1) * 0.36
        middle = self.fraction(position)
        left = (1 - middle if self.mirrored else middle) - half
        return self.length(left), self.length(2 * half)
