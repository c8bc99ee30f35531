"""Parses what people write in cells into typed values: dates and spans, money, codes, names.

Polish first, then English; Ukrainian names of months and some words. Nothing is guessed in silence:
`doubts` says what was assumed, `read` holds the words that were understood and `left` the rest, so
that no word is lost.
"""

from splot.parsing.amounts import ParsedAmount, parse_amount, parse_amounts
from splot.parsing.codes import ParsedCode, parse_codes
from splot.parsing.names import split_names
from splot.parsing.spans import DateSpan, ParsedSpans, parse_spans

__all__ = [
    "DateSpan",
    "ParsedAmount",
    "ParsedCode",
    "ParsedSpans",
    "parse_amount",
    "parse_amounts",
    "parse_codes",
    "parse_spans",
    "split_names",
]
