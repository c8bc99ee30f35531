"""What the room's pages with forms are called, where words were left that could not be saved."""

from django.utils.translation import gettext as _


def page_names() -> dict[str, str]:
    return {
        "report_progress": _("Report on task %(number)s"),
        "report_many": _("Report on your tasks"),
        "links": _("Personal links"),
        "reminders": _("Reminders"),
        "calendars": _("Calendars"),
    }
