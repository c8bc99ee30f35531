"""What people write in the cells of a table, as typed values: times, money, codes, names.

Polish first, then English; Ukrainian names of months and some words. Nothing is guessed in silence: `doubts` says
what was assumed, `read` holds the words that were understood and `left` the rest, so that no word is lost.
"""

from splot.parsing.amounts import Money, money, moneys
from splot.parsing.codes import Code, codes
from splot.parsing.names import names
from splot.parsing.spans import Times, Window, times

__all__ = ["Code", "Money", "Times", "Window", "codes", "money", "moneys", "names", "times"]
