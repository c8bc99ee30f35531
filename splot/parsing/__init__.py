"""Parses what people write in cells into typed values: dates and spans, money, codes, names.

Polish first, then English; Ukrainian, German, Czech and Spanish words for time and money. Nothing
is guessed in silence: each parser returns a `Parsed`, whose `doubts` say what was assumed, `read`
holds the words that were understood and `left` the rest, so that no word is lost. A value is sure
only when it was understood to the last sign.
"""

from splot.parsing.amounts import ParsedAmount, parse_amount, parse_amounts
from splot.parsing.codes import ParsedCode, ParsedCodes, parse_codes
from splot.parsing.names import split_names
from splot.parsing.parsed import Parsed
from splot.parsing.shown_days import parse_shown_day
from splot.parsing.spans import DateSpan, ParsedSpans, parse_spans

__all__ = [
    "DateSpan",
    "Parsed",
    "ParsedAmount",
    "ParsedCode",
    "ParsedCodes",
    "ParsedSpans",
    "parse_amount",
    "parse_amounts",
    "parse_codes",
    "parse_shown_day",
    "parse_spans",
    "split_names",
]
