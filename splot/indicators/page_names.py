"""What the room's pages with forms are called, where words were left that could not be saved."""

from django.utils.translation import gettext as _


def page_names() -> dict[str, str]:
    return {
        "add_indicator": _("Add an indicator"),
        "edit_indicator": _("Indicator"),
        "add_observation": _("Value of an indicator"),
        "edit_observation": _("Value of an indicator"),
    }
