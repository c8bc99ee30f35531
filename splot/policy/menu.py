"""Where the pages of a policy's text stand in the menu, and the ways to begin a policy."""

from django.urls import ResolverMatch, reverse
from django.utils.translation import gettext as _

from splot.people.models import Municipality
from splot.people.offers import MenuEntry


def menu_address(page: ResolverMatch) -> str:
    if "term" not in page.kwargs:
        return ""
    return reverse("policy", args=[page.kwargs["municipality"], page.kwargs["term"]])


def settings_menu(municipality: Municipality) -> list[MenuEntry]:
    return [
        MenuEntry(
            30,
            _("A new policy"),
            reverse("start_policy", args=[municipality.slug]),
            _("From the model policy, from the previous term, or from an empty page."),
        ),
        MenuEntry(
            40,
            _("Read a resolution"),
            reverse("import_policy", args=[municipality.slug]),
            _("Make a policy of an act in Word, PDF or plain text."),
        ),
    ]
