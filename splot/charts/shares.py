"""Shares of one whole as one bar, with each part in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from babel.numbers import format_percent
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from splot.charts.data import Point, format_point, reader_locale
from splot.charts.drawing import (
    DOCUMENT_WIDTH,
    SERIES_COLOURS,
    Chart,
    ChartTableRow,
    empty_chart_text,
    text_alternative,
)

BAR_HEIGHT, LINE_HEIGHT = 32, 24


@dataclass(frozen=True, slots=True)
class Share:
    """A part: its start and size as fractions of the whole, its colour's number, its words."""

    label: str
    value_text: str
    first: float
    size: float
    number: int
    position: int
    mirrored: bool

    @property
    def start(self) -> str:
        return f"{100 * self.first:.2f}%"

    @property
    def length(self) -> str:
        return f"{100 * self.size:.2f}%"

    @property
    def x(self) -> float:
        """Left edge in a document."""
        return round(
            DOCUMENT_WIDTH * (1 - self.first - self.size if self.mirrored else self.first), 1
        )

    @property
    def width(self) -> float:
        return round(DOCUMENT_WIDTH * self.size, 1)

    @property
    def line(self) -> int:
        """How far down its words stand in a document."""
        return BAR_HEIGHT + LINE_HEIGHT * (self.position + 1)

    @property
    def text_at(self) -> int:
        return DOCUMENT_WIDTH - 26 if self.mirrored else 26

    @property
    def box_x(self) -> int:
        return DOCUMENT_WIDTH - 16 if self.mirrored else 0


@dataclass(frozen=True, slots=True)
class ShareChartGeometry:
    """What shares.html and shares.svg draw."""

    shares: Sequence[Share]
    mirrored: bool
    width: int = DOCUMENT_WIDTH
    empty: str = ""

    @property
    def edge(self) -> int:
        return DOCUMENT_WIDTH if self.mirrored else 0

    @property
    def height(self) -> int:
        return BAR_HEIGHT + LINE_HEIGHT * (len(self.shares) + 1)

    @property
    def anchor(self) -> str:
        return "end" if self.mirrored else "start"


def format_part_share(part: Point, whole: Decimal, unit: str) -> str:
    """ "52% (over 1,040 people)"; what is not known has no share."""
    if part.value is None or not whole:
        return format_point(part, unit)
    share = format_percent(part.value / whole, locale=reader_locale())
    return (
        share
        if unit == "%"
        else _("%(share)s (%(figure)s)") % {"share": share, "figure": format_point(part, unit)}
    )


def layout_shares(parts: Sequence[Point], unit: str) -> list[Share]:
    """Lay out the parts of one whole, one behind the other."""
    if any(part.value is not None and part.value < 0 for part in parts):
        raise ValueError("a share cannot be below zero")
    whole = sum((part.value for part in parts if part.value is not None), Decimal(0))
    shares: list[Share] = []
    before = Decimal(0)
    for position, part in enumerate(parts):
        value = part.value or Decimal(0)
        shares.append(
            Share(
                label=part.label,
                value_text=format_part_share(part, whole, unit),
                first=float(before / whole) if whole else 0.0,
                size=float(value / whole) if whole else 0.0,
                number=position % len(SERIES_COLOURS),
                position=position,
                mirrored=get_language_bidi(),
            )
        )
        before += value
    return shares


def share_chart(
    *,
    title: str,
    parts: Sequence[Point],
    unit: str = "",
    column: str = "",
    literal_colours: bool = False,
) -> Chart:
    """Parts of one whole, which is the sum of the parts that are known. No part may be below
    zero.
    """
    shares = layout_shares(parts, unit)
    table: list[ChartTableRow] = []
    for part, share in zip(parts, shares, strict=True):
        table.append(ChartTableRow(part.label, (share.value_text,), part.note))
    rows = tuple(table)
    return Chart(
        kind="shares",
        title=title,
        unit=unit,
        columns=(column or _("Share"),),
        rows=rows,
        summary=text_alternative(
            _("Shares of a whole: %(title)s The numbers are in the table below."), title, rows
        ),
        geometry=ShareChartGeometry(
            shares, get_language_bidi(), empty="" if parts else empty_chart_text()
        ),
        literal_colours=literal_colours,
    )
