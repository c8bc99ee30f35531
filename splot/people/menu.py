"""The institutions among the settings of a municipality."""

from django.urls import reverse
from django.utils.translation import gettext as _

from .models import Municipality
from .offers import MenuEntry


def settings_menu(municipality: Municipality) -> list[MenuEntry]:
    return [
        MenuEntry(
            10,
            _("Institutions"),
            reverse("organisations", args=[municipality.slug]),
            _("Who carries tasks out, who helps, who is asked."),
        )
    ]
