"""Words below the heading of the task that are no task: a time, a sum, an institution."""

from django.utils.translation import gettext as _

from splot.language.normalisation import normalise_name
from splot.parsing import parse_amounts, parse_spans
from splot.parsing.amount_words import AMOUNT

from ..context import ImportContext
from .names import NO_NAME

MAX_LENGTH, MAX_WORDS = 60, 4  # what is longer is a name
MAX_TITLE_LENGTH = 400


def doubts_of_title(title: str, context: ImportContext) -> list[str]:
    """Why what stands in the task's column may be no task."""
    if not title:
        return [_("the row has no task")]
    if _is_no_name(title, context):
        return [_("“%(words)s” is no name of a task") % {"words": title}]
    return [_("the task’s name is very long")] if len(title) > MAX_TITLE_LENGTH else []


def _is_no_name(title: str, context: ImportContext) -> bool:
    """Whether a title is nothing but what stands in other columns: a table that was taken for
    another one.
    """
    if len(title) > MAX_LENGTH or title.count(" ") >= MAX_WORDS:
        return False
    if NO_NAME.match(title) or not any(map(str.isalpha, title)):
        return True
    if normalise_name(title) in context.institutions.exact:
        return True
    if not any(map(str.isdigit, title)):
        return False
    spans = parse_spans(title, context.single_year)
    first, *others = parse_amounts(title)
    is_amount = first.state == AMOUNT and not first.left and not others
    return is_amount or (bool(spans.windows) and not spans.left)
