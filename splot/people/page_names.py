"""What the room's pages with forms are called, where words were left that could not be saved."""

from django.utils.translation import gettext as _


def page_names() -> dict[str, str]:
    return {
        "authorities": _("Executive and council"),
        "add_organisation": _("Add an institution"),
        "edit_organisation": _("Institution"),
        "organisation_addresses": _("Addresses of the institutions"),
        "invite_person": _("Invite somebody"),
        "person": _("People"),
        "end_person": _("End the account here"),
    }
