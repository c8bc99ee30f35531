"""Charts: pure geometry from values as people report them, drawn as SVG by templates."""

from splot.charts.bars import bar_chart
from splot.charts.data import ChartTarget, Point, Series
from splot.charts.drawing import Chart
from splot.charts.lines import line_chart
from splot.charts.shares import share_chart

__all__ = ["Chart", "ChartTarget", "Point", "Series", "bar_chart", "line_chart", "share_chart"]
