"""Names that stand in the column of areas and are those of none."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from .context import ImportContext
from .parse.parsed_cell import shorten_quote
from .parse.parsed_row import ParsedRow

MAX_LISTED = 15  # areas in a sentence


def doubt_unknown_areas(parsed_rows: Sequence[ParsedRow], context: ImportContext) -> list[str]:
    """Doubts the rows whose area the policy lacks, with the areas that it has. A file that has a
    division of its own, of which no name is an area of the policy, is said so once: what is
    returned is said of the whole file.
    """
    unknown: set[str] = set()
    for row in parsed_rows:
        unknown.update(row.unknown_areas)
    if not (unknown and context.area_numbers):
        return []
    areas = _list_areas(context)
    if len(unknown) > 1 and not any(row.areas for row in parsed_rows):
        return [_("None of the file’s areas is one of the policy, which has: %s.") % areas]
    for row in parsed_rows:
        if row.areas or row.activities:
            continue
        for name in row.unknown_areas:
            words = {"name": shorten_quote(name), "areas": areas}
            row.doubts.append(_("the policy has no area “%(name)s”, only: %(areas)s") % words)
    return []


def _list_areas(context: ImportContext) -> str:
    named = [f"{number}. {area.name}" for number, area in context.area_numbers.items()]
    return "; ".join(named[:MAX_LISTED]) + (" …" if len(named) > MAX_LISTED else "")
