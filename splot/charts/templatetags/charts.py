"""Charts in templates: {% chart drawing %}, the drawing made in the view by splot.charts."""

from collections.abc import Sequence

from django import template

from splot.charts import Chart

register = template.Library()


@register.inclusion_tag("chart/chart.html")
def chart(drawing: Chart) -> dict[str, object]:
    """A chart whole: its finding, legend, drawing, notes and numbers."""
    return drawing.context()


@register.simple_tag
def part(looks: Sequence[str], number: int) -> str:
    """The look of the series with this number, for the charts' own templates."""
    return looks[number]
