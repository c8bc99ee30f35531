"""A view of the table as separated values, as a Polish spreadsheet program opens them: UTF-8 with
its mark, ";".
"""

import csv
import io
from datetime import date
from decimal import Decimal

from babel.numbers import get_decimal_symbol
from django.utils.translation import gettext as _
from django.utils.translation import override

from splot.documents.spreadsheets.formulas import escape_formula

from .table_export import CellValue, TableExport, export_columns, group_heading


def table_csv(view: TableExport) -> bytes:
    """The bytes of the file; each row begins with its group, dates are ISO 8601, numbers have no
    separators.
    """
    output = io.StringIO(newline="")
    writer = csv.writer(output, delimiter=";")
    with override(view.language):
        fields, group = export_columns(view), ""
        point = get_decimal_symbol(view.language)
        writer.writerow([_("Group"), *(field.label for field in fields)])
        for row in view.rows():
            group = group_heading(row) or group
            writer.writerow(
                [
                    escape_formula(group),
                    *(csv_value(field.value(row.task), point) for field in fields),
                ]
            )
    return output.getvalue().encode("utf-8-sig")


def csv_value(value: CellValue, point: str) -> str:
    """A value as it stands in the file; words can never become a formula."""
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value.normalize():f}".replace(".", point)
    return escape_formula(str(value))
