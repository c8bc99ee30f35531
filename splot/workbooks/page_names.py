"""What the room's pages with forms are called, where words were left that could not be saved."""

from django.utils.translation import gettext as _


def page_names() -> dict[str, str]:
    return {
        "upload_workbooks": _("Sheets for institutions"),
        "workbook_upload": _("Sheets for institutions"),
        "returned_workbook": _("Sheets for institutions"),
    }
