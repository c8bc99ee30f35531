"""Headings that name several fields at once: "Responsible unit / contact person"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from splot.documents.spreadsheets.headings import HEADING_SEPARATOR
from splot.language.normalisation import normalise_name

from .schema import ImportSchema

SLASH = re.compile(r"\s*/\s*")
CONJUNCTION = re.compile(r"\s+(?:i|oraz|and|und|y|a|та|і|й)\s+", re.I)
LEAST_WEIGHT = 0.75  # of each part; what is only perhaps a field says nothing


def fields_of_parts(heading: str, schema: ImportSchema) -> tuple[str, list[str]]:
    """What a heading with several names in it means: (code of a field that holds them all, []) for
    "Start and end"; ("", codes of which one is chosen) for "Responsible unit / contact person";
    ("", []) for a heading that names one field.

    Of two headings one above the other the lower counts. "and" can stand within the name of one
    field, so only a slash makes a choice.
    """
    lower = heading.rpartition(HEADING_SEPARATOR)[2]
    if normalise_name(lower) in schema.codes_by_own_label:
        return "", []
    parts = SLASH.split(lower)
    for divided in (parts, [piece for part in parts for piece in CONJUNCTION.split(part)]):
        if together := schema.together.get(frozenset(_codes_of(divided, schema))):
            return together, []
    codes = _codes_of(parts, schema)
    return "", codes if len(codes) > 1 else []


def _codes_of(parts: Iterable[str], schema: ImportSchema) -> list[str]:
    codes: list[str] = []
    for part in filter(None, map(normalise_name, parts)):
        weights = {field.code: field.weigh_heading(part) for field in schema.fields}
        code = max(weights, key=lambda code: weights[code])
        if weights[code] >= LEAST_WEIGHT and code not in codes:
            codes.append(code)
    return codes
