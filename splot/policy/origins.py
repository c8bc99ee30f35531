"""Origins: where a passage came from, as small JSON objects on its row, so that they outlive what
they name.
"""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from splot.core.values import Json

from .models import ActImport, PolicyPart

Origin = Json


def catalogue_origin(entry: str, version: int, text: str) -> Origin:
    """Taken from the model: `entry` is "activities.teaching-assistants"."""
    return {"catalogue": entry, "version": version, "text": text}


def act_origin(act_import: ActImport, number: str) -> Origin:
    """Read in an act."""
    return {"act": act_import.file_name, "number": number}


def part_origin(part: PolicyPart, term: str) -> Origin:
    """Taken over from an earlier term."""
    return {"term": term, "number": part.number, "text": part.text.source_wording}


def entries_of(origins: list[Origin]) -> set[str]:
    """The entries of the catalogue among the origins."""
    return {origin["catalogue"] for origin in origins if "catalogue" in origin}


def entries_of_rows(rows: Iterable[PolicyPart]) -> set[str]:
    """The entries of the catalogue that any of the rows came from."""
    entries: set[str] = set()
    for row in rows:
        entries |= entries_of(row.origins)
    return entries


def is_from_act(origins: list[Origin]) -> bool:
    """Does it come from an act?"""
    return any("act" in origin for origin in origins)


def origin_label(origin: Origin) -> str:
    """What a reader is told of an origin."""
    if "catalogue" in origin:
        return _("From the model policy")
    if "act" in origin:
        return _("Read from %(file)s, %(number)s") % {
            "file": origin["act"],
            "number": origin["number"],
        }
    return _("From the policy for %(term)s, %(number)s") % {
        "term": origin["term"],
        "number": origin["number"] or "–",
    }
