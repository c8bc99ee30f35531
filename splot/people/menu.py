"""The people, authorities and institutions among the settings of a municipality."""

from django.urls import reverse
from django.utils.translation import gettext as _

from .models import Municipality
from .offers import MenuEntry


def settings_menu(municipality: Municipality) -> list[MenuEntry]:
    entries = [
        MenuEntry(
            4,
            _("People"),
            reverse("people", args=[municipality.slug]),
            _("Who has an account or is in charge: invite, change roles, end."),
        ),
        MenuEntry(
            10,
            _("Institutions"),
            reverse("organisations", args=[municipality.slug]),
            _("Who carries tasks out, who helps, who is asked."),
        ),
    ]
    if not municipality.is_network:  # a network has neither
        entries.append(
            MenuEntry(
                5,
                _("Executive and council"),
                reverse("authorities", args=[municipality.slug]),
                _("What they are called in acts, on pages and in mails."),
            )
        )
    return entries
