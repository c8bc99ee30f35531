"""Cells that name activities of the policy, by their codes or by their words."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from splot.documents.spreadsheets import Cell
from splot.language.fuzzy import SIMILAR, STOP_WORDS, differ_in_ending
from splot.language.normalisation import normalise_name
from splot.parsing import ParsedCode, parse_codes
from splot.policy.models import Activity

from ..context import ImportContext
from .parsed_cell import ParsedCell, shorten_quote, split_lines


def parse_activities(cell: Cell, context: ImportContext) -> ParsedCell:
    """The activities of the policy by their codes, or by their words where there is no code.

    A code without its beginning ("1.1" for "§ 4 ust. 1 pkt 1") may be the file's own number: it is
    the activity's only where the words beside it are the activity's too.
    """
    text = code_text(cell)
    parsed, activities = ParsedCell(), []
    listed = parse_codes(text)
    for code in listed.codes:
        activity, is_whole = context.activity_by_code(code)
        if activity is not None and not is_whole and not _has_words_of(listed.left, activity):
            _doubt_short_code(code, activity, listed.left, parsed)
            activity = None if listed.left else activity
        elif activity is not None and not is_whole:
            parsed.notes.append(
                _("%(code)s was read as %(number)s")
                % {"code": code.printed, "number": activity.number}
            )
        elif activity is None and code.sure:
            parsed.doubt(_("the policy has no activity %(code)s") % {"code": code.printed})
            parsed.keep(code.printed)
        if activity is not None:
            activities.append(activity)
    if not listed.codes:
        for part in split_lines(text):
            _add_by_wording(part, context, activities, parsed)
    elif foreign_words(listed.left, activities):
        parsed.leave(listed.left)
    if activities:
        parsed.values["activities"] = list(dict.fromkeys(activities))
    return parsed


def code_text(cell: Cell) -> str:
    """The words of a cell of codes; a code that the spreadsheet took for a number ("1,10") with its
    point.
    """
    return cell.text if cell.amount is None else cell.text.replace(",", ".")


def _doubt_short_code(code: ParsedCode, activity: Activity, words: str, parsed: ParsedCell) -> None:
    names = {"code": code.printed, "number": activity.number, "words": shorten_quote(words)}
    if words:
        parsed.doubt(
            _("%(code)s may be activity %(number)s, whose words are others than “%(words)s”")
            % names
        )
        parsed.keep(code.printed)
    else:
        parsed.doubt(_("%(code)s may be activity %(number)s, or the file’s own number") % names)


def _add_by_wording(
    part: str, context: ImportContext, activities: list[Activity], parsed: ParsedCell
) -> None:
    activity, how = context.activities.find(part)
    if activity is None:
        parsed.doubt(_("the policy has no activity with these words"))
        parsed.keep(part)
        return
    activities.append(activity)
    if how == SIMILAR:
        parsed.doubt(
            _("similar words: read as activity %(number)s")
            % {"number": activity.number or activity}
        )


def _has_words_of(text: str, activity: Activity) -> bool:
    return bool(text) and not foreign_words(text, [activity])


def foreign_words(text: str, activities: Iterable[Activity]) -> list[str]:
    """The words of a text that stand in the wording of none of these activities, in any case."""
    own: set[str] = set()
    for activity in activities:
        for wording in activity.text.texts.values():
            own.update(normalise_name(wording).split())
    foreign: list[str] = []
    for word in normalise_name(text).split():
        if word not in own and word not in STOP_WORDS and not _is_form_of_any(word, own):
            foreign.append(word)
    return foreign


def _is_form_of_any(word: str, others: set[str]) -> bool:
    return any(word[:4] == other[:4] and differ_in_ending(word, other) for other in others)
