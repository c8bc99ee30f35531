"""Charts: pure geometry from values as people report them, drawn as SVG by templates."""

from splot.core.components.chart.bars import bar_chart
from splot.core.components.chart.data import Point, Series, Target
from splot.core.components.chart.drawing import Chart
from splot.core.components.chart.lines import line_chart
from splot.core.components.chart.shares import share_chart

__all__ = ["Chart", "Point", "Series", "Target", "bar_chart", "line_chart", "share_chart"]
