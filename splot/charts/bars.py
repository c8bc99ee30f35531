"""Bars that compare the values of categories, horizontal and from zero, in the order given."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from textwrap import wrap

from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from splot.charts.data import ChartTarget, Point, format_point, format_table_cell, format_target
from splot.charts.drawing import (
    DOCUMENT_WIDTH,
    Chart,
    ChartTableRow,
    empty_chart_text,
    text_alternative,
)
from splot.charts.scale import Scale, build_scale

# A document's bars stand in three columns: label, bar, value.
LABEL_CHARACTERS, LINE_HEIGHT, BAR_HEIGHT, BAR_SPACING = 30, 17, 18, 12
BARS_START, BARS_END = 220, 500


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: where it starts and ends as fractions of the room, in the direction of reading."""

    label: str
    value_text: str
    first: float
    last: float
    has_value: bool
    uncertain: bool
    top: int
    mirrored: bool

    @property
    def start(self) -> str:
        return f"{100 * self.first:.2f}%"

    @property
    def length(self) -> str:
        return f"{100 * (self.last - self.first):.2f}%"

    @property
    def lines(self) -> list[tuple[int, str]]:
        """The label in lines for a document: how far down, and the words."""
        rows = wrap(self.label, LABEL_CHARACTERS)
        return [(self.top + 14 + LINE_HEIGHT * position, row) for position, row in enumerate(rows)]

    @property
    def height(self) -> int:
        return max(BAR_HEIGHT, LINE_HEIGHT * len(self.lines))

    @property
    def x(self) -> float:
        """Left edge in a document."""
        left = BARS_START + (BARS_END - BARS_START) * self.first
        return round(DOCUMENT_WIDTH - left - self.width if self.mirrored else left, 1)

    @property
    def width(self) -> float:
        return round((BARS_END - BARS_START) * (self.last - self.first), 1)

    @property
    def text_at(self) -> float:
        """Where the value's words begin in a document: behind the bar."""
        return self.x - 8 if self.mirrored else round(self.x + self.width + 8, 1)


@dataclass(frozen=True, slots=True)
class BarChartGeometry:
    """What bars.html and bars.svg draw. `target`: its fraction of the room and its words."""

    bars: Sequence[Bar]
    zero: float
    target: tuple[float, str] | None
    height: int
    mirrored: bool
    width: int = DOCUMENT_WIDTH
    empty: str = ""

    @property
    def edge(self) -> int:
        return DOCUMENT_WIDTH if self.mirrored else 0

    @property
    def anchor(self) -> str:
        return "end" if self.mirrored else "start"

    @property
    def zero_at(self) -> str:
        return f"{100 * self.zero:.2f}%"

    @property
    def target_at(self) -> str:
        return f"{100 * self.target[0]:.2f}%" if self.target else ""

    @property
    def bars_height(self) -> int:
        return self.height - LINE_HEIGHT if self.target else self.height

    @property
    def zero_x(self) -> float:
        return self.across(self.zero)

    @property
    def target_x(self) -> float:
        return self.across(self.target[0]) if self.target else 0

    def across(self, fraction: float) -> float:
        """A place across a document's drawing, from a fraction of the room for bars."""
        position = BARS_START + (BARS_END - BARS_START) * fraction
        return round(DOCUMENT_WIDTH - position if self.mirrored else position, 1)


def layout_bar(point: Point, across: Scale, unit: str, top: int) -> Bar:
    """Lay out one bar below what is already `top` pixels high."""
    zero = across.share(Decimal(0))
    end = zero if point.value is None else across.share(point.value)
    return Bar(
        label=point.label,
        value_text=format_point(point, unit),
        first=min(zero, end),
        last=max(zero, end),
        has_value=point.value is not None,
        uncertain=point.qualifier != "exact" or point.status == "preliminary",
        top=top,
        mirrored=get_language_bidi(),
    )


def bar_chart(
    *,
    title: str,
    bars: Sequence[Point],
    unit: str = "",
    target: ChartTarget | None = None,
    column: str = "",
    literal_colours: bool = False,
) -> Chart:
    """Values of categories. `title` says the finding; `column` heads the values in the table."""
    values = [point.value for point in bars if point.value is not None]
    if target:
        values.append(target.value)
    across = build_scale(values)
    drawn: list[Bar] = []
    rows: list[ChartTableRow] = []
    top = 0
    for point in bars:
        drawn.append(layout_bar(point, across, unit, top))
        rows.append(ChartTableRow(point.label, (format_table_cell(point, unit),), point.note))
        top += drawn[-1].height + BAR_SPACING
    table = tuple(rows)
    mark = (across.share(target.value), format_target(target, unit)) if target else None
    height = (top or 2 * LINE_HEIGHT) + (LINE_HEIGHT if mark else 0)
    empty = "" if bars else empty_chart_text()
    hatched = _("A hatched or hollow bar is a value that is not exact or is preliminary.")
    return Chart(
        kind="bars",
        title=title,
        unit=unit,
        columns=(column or _("Value"),),
        rows=table,
        summary=text_alternative(
            _("Bar chart: %(title)s The numbers are in the table below."), title, table
        ),
        geometry=BarChartGeometry(
            drawn, across.share(Decimal(0)), mark, height, get_language_bidi(), empty=empty
        ),
        notes=(hatched,) if any(bar.uncertain for bar in drawn) else (),
        literal_colours=literal_colours,
    )
