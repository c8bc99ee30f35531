"""What the commands refuse, in sentences for the operator, and what several of them look up."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from splot.people.models import Municipality

Commands = argparse._SubParsersAction


class CommandRefused(Exception):
    """What the operator asked for cannot be done; the message says why."""


@contextmanager
def explain_validation_errors() -> Iterator[None]:
    """What a row refuses, as a sentence for the operator."""
    from django.core.exceptions import ValidationError

    try:
        yield
    except ValidationError as error:
        raise CommandRefused(" ".join(error.messages)) from error


def municipality_by_slug(slug: str) -> Municipality:
    from splot.people.queries import all_tenants

    found = all_tenants().filter(slug=slug).first()
    if found is None:
        known = ", ".join(all_tenants().values_list("slug", flat=True)) or "none yet"
        raise CommandRefused(f"no municipality {slug!r} (known: {known})")
    return found


def parse_year(written: str) -> int:
    from django.core.exceptions import ValidationError

    from splot.core.bounds import validate_year
    from splot.parsing.exact import parse_exact_year

    try:
        year = parse_exact_year(written)
        validate_year(year)
    except ValidationError as error:
        raise CommandRefused(f"{written}: {' '.join(error.messages)}") from error
    return year
