"""A chart as a value: its words, its table, and the geometry that a template turns into SVG."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

DOCUMENT_WIDTH = 640

# How each part is painted: a class on a page, literal attributes in a document (var() would print
# black).
INK, SOFT, LINE, PAPER = "#1c2030", "#565b69", "#d5d0c3", "#ffffff"
SERIES_COLOURS = ("#2c3c86", "#b0561c", "#1e6e48", "#86447f")
SERIES_DASHES = ("none", "8 4", "2 4", "10 3 2 3")
HALO = f'stroke="{PAPER}" stroke-width="5" stroke-linejoin="round" paint-order="stroke"'
TEXT_STYLE = (
    f'font-family="Noto Sans, Liberation Sans, sans-serif" font-size="13" fill="{INK}" {HALO}'
)
LITERAL_STYLES = {
    "grid": f'stroke="{LINE}" stroke-width="1"',
    "axis": f'stroke="{SOFT}" stroke-width="1.5"',
    "text": TEXT_STYLE,
    "tick": TEXT_STYLE,
    "minor": TEXT_STYLE,
    "value": f'{TEXT_STYLE} font-weight="700"',
    "minor_value": f'{TEXT_STYLE} font-weight="700"',
    "target": f'stroke="{INK}" stroke-width="1.5" stroke-dasharray="6 4" fill="none"',
    "target_mark": f'fill="{INK}"',
    "goal": f'stroke="{INK}" stroke-width="3"',
    "baseline": f'stroke="{SOFT}" stroke-width="1.5" stroke-dasharray="2 4" fill="none"',
    "break": f'stroke="{SOFT}" stroke-width="1.5" stroke-dasharray="1 3" fill="none"',
    "gap": f'fill="{LINE}" fill-opacity=".35"',
}
LITERAL_SERIES_STYLES = {
    "line": 'fill="none" stroke="{colour}" stroke-width="2.5" stroke-dasharray="{dash}"',
    "broken": 'fill="none" stroke="{colour}" stroke-width="2" stroke-dasharray="3 4"',
    "full": 'fill="{colour}" stroke="{colour}" stroke-width="2"',
    "hollow": f'fill="{PAPER}" stroke="{{colour}}" stroke-width="2"',
    "whisker": 'fill="none" stroke="{colour}" stroke-width="2"',
    "area": 'fill="{colour}"',
}


@cache
def style_attributes(literal_colours: bool) -> dict[str, object]:
    """Attributes for each part of a drawing by the part's name; those of series as a list by their
    number.
    """
    attributes: dict[str, object] = {}
    for part, style in LITERAL_STYLES.items():
        attributes[part] = mark_safe(style if literal_colours else f'class="chart__{part}"')
    for part, style in LITERAL_SERIES_STYLES.items():
        of_series: list[str] = []
        pairs = zip(SERIES_COLOURS, SERIES_DASHES, strict=True)
        for number, (colour, dash) in enumerate(pairs, 1):
            literal = style.format(colour=colour, dash=dash)
            classes = f'class="chart__{part} chart--{number}"'
            of_series.append(mark_safe(literal if literal_colours else classes))
        attributes[part] = of_series
    return attributes


@dataclass(frozen=True, slots=True)
class ChartTableRow:
    """A row of the table below a chart: its heading, one cell for each column, a note."""

    label: str
    cells: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing with its words. `title` is the finding; `geometry` is what the templates of `kind`
    draw.
    """

    kind: str
    title: str
    unit: str
    columns: tuple[str, ...]
    rows: tuple[ChartTableRow, ...]
    summary: str
    geometry: object
    legend: Sequence[tuple[int, str]] = ()
    notes: Sequence[str] = ()
    literal_colours: bool = False

    def context(self) -> dict[str, object]:
        """What the chart's templates are rendered with."""
        return {
            "chart": self,
            "geometry": self.geometry,
            "paint": style_attributes(self.literal_colours),
        }

    def svg(self) -> SafeString:
        """The drawing alone, for a document; `literal_colours=True` freed it from the style
        sheet.
        """
        return render_to_string(f"chart/{self.kind}.svg", self.context())


def empty_chart_text() -> str:
    """What stands in place of the drawing of a chart that was given nothing."""
    return _("There are no numbers yet.")


def text_alternative(sentence: str, title: str, rows: Sequence[ChartTableRow]) -> str:
    """What a drawing says to who cannot see it: `words` with the title, or that there is nothing to
    see.
    """
    finding = end_with_full_stop(title)
    return sentence % {"title": finding} if rows else f"{finding} {empty_chart_text()}"


def end_with_full_stop(sentence: str) -> str:
    """A sentence that ends as one."""
    return sentence if sentence[-1:] in ".!?…" else f"{sentence}."
