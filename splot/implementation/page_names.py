"""What the room's pages with forms are called, where words were left that could not be saved."""

from django.utils.translation import gettext as _


def page_names() -> dict[str, str]:
    return {
        "groups": _("Sensitive groups"),
        "edit_group": _("Sensitive groups"),
        "assign_to_rows": _("Implementation table"),
        "rows_assigned": _("Implementation table"),
        "edit_cell": _("Task %(number)s"),
        "add_task": _("Add a task"),
        "edit_task": _("Task %(number)s"),
    }
