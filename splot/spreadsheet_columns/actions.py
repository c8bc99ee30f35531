"""Remembers what the columns of a spreadsheet were."""

from collections.abc import Iterable

from splot.language.normalisation import normalise_name
from splot.people.models import Municipality

from .models import RememberedColumn
from .schema import ColumnMeaning, ImportSchema

MAX_HEADING_LENGTH = 200


def remember_columns(
    municipality: Municipality,
    schema: ImportSchema,
    columns: Iterable[tuple[str, ColumnMeaning]],
) -> None:
    """Keep what each heading meant, for the next file; called within the action that uses the
    columns, which records it.
    """
    for heading, meaning in columns:
        if key := normalise_name(heading)[:MAX_HEADING_LENGTH]:
            RememberedColumn.objects.update_or_create(
                municipality=municipality,
                subject=schema.subject,
                heading=key,
                defaults={"code": meaning.code, "options": dict(meaning.options)},
            )
