"""What the room's pages with forms are called, where words were left that could not be saved."""

from django.utils.translation import gettext as _


def page_names() -> dict[str, str]:
    return {
        "edit_annual_report": _("Report for %(year)s"),
        "publish_annual_report": _("Report for %(year)s"),
        "add_proposal": _("Proposals to the report for %(year)s"),
        "edit_proposal": _("Proposals to the report for %(year)s"),
        "decide_proposal": _("Proposals to the report for %(year)s"),
    }
