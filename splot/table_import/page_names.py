"""What the room's pages with forms are called, where words were left that could not be saved."""

from django.utils.translation import gettext as _


def page_names() -> dict[str, str]:
    return {
        "import_table": _("Spreadsheet for the table"),
        "table_import": _("Spreadsheet for the table"),
        "table_import_columns": _("Spreadsheet for the table"),
    }
