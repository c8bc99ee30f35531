"""A view of the table as separated values, as a Polish spreadsheet program opens them: UTF-8 with its mark, ";"."""

import csv
import io
from datetime import date
from decimal import Decimal

from babel.numbers import get_decimal_symbol
from django.utils.translation import gettext as _
from django.utils.translation import override

from .view import Value, View, fields_of, heading

# What makes a spreadsheet program take words for a formula, also in full width.
# Source: OWASP, "CSV Injection".
TRIGGERS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def table_csv(view: View) -> bytes:
    """The bytes of the file; each row begins with its group, dates are ISO 8601, numbers have no separators."""
    made = io.StringIO(newline="")
    writer = csv.writer(made, delimiter=";")
    with override(view.language):
        fields, group = fields_of(view), ""
        point = get_decimal_symbol(view.language)
        writer.writerow([_("Group"), *(field.label for field in fields)])
        for row in view.rows():
            group = heading(row) or group
            writer.writerow([harmless(group), *(plain(field.value(row.task), point) for field in fields)])
    return made.getvalue().encode("utf-8-sig")


def plain(value: Value, point: str) -> str:
    """A value as it stands in the file; words can never become a formula."""
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value.normalize():f}".replace(".", point)
    return harmless(str(value))


def harmless(words: str) -> str:
    return f"'{words}" if words.startswith(TRIGGERS) else words
