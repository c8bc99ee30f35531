"""What is remembered of a municipality's spreadsheets."""

from splot.people.models import Municipality

from .models import RememberedColumn
from .schema import ColumnMeaning, ImportSchema


def remembered_columns(
    municipality: Municipality, schema: ImportSchema
) -> dict[str, ColumnMeaning]:
    """{heading, by `normalise_name`: what it meant the last time}."""
    rows = RememberedColumn.objects.filter(municipality=municipality, subject=schema.subject)
    return {row.heading: schema.parse_meaning(row.code, row.options) for row in rows}
