"""What stands around every page: the municipality, its navigation, the languages, the account."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from splot.core.languages import language_name, text_direction
from splot.people.models import Municipality
from splot.people.rules import can_open_desk
from splot.policy.models import Policy
from splot.policy.queries import current_policy, terms_of
from splot.policy.rules import can_read_policy

from .rules import can_open_settings

# below a policy's address, about its table
TABLE_PATHS = ("tasks/", "report/", "sheets/", "links/", "reminders/")


def navigation(request: HttpRequest) -> dict[str, object]:
    """Context for base.html; degrades to less on error pages."""
    municipality = getattr(request, "municipality", None)
    context: dict[str, object] = {
        "municipality": municipality,
        "languages": _language_links(request),
        "sign_in_url": reverse("sign_in"),
        "home_url": reverse("home", args=[municipality.slug])
        if municipality
        else reverse("municipalities"),
        "navigation": [],
        "account": None,
    }
    if municipality:
        context["navigation"] = _menu_entries(request, municipality)
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        desk = (
            reverse("desk", args=[municipality.slug])
            if municipality and can_open_desk(user, municipality)
            else None
        )
        context["account"] = {
            "name": user.name,
            "desk_url": desk or reverse("own_desk"),
            "settings_url": reverse("account"),
            "sign_out_url": reverse("sign_out"),
        }
    return context


def _language_links(request: HttpRequest) -> list[dict[str, object]]:
    here = get_language()
    return [
        {
            "code": code,
            "name": language_name(code),
            "url": translate_url(request.get_full_path(), code),
            "current": code == here,
            "dir": text_direction(code),
        }
        for code, __ in settings.LANGUAGES
    ]


def _policy_here(request: HttpRequest, municipality: Municipality) -> Policy | None:
    """The policy that the page belongs to, else the current one; for the team, a draft when there
    is nothing else.
    """
    match = request.resolver_match
    readable = [
        policy for policy in terms_of(municipality) if can_read_policy(request.user, policy)
    ]
    here = next(
        (policy for policy in readable if match and policy.term == match.kwargs.get("term")), None
    )
    return here or current_policy(municipality) or next(iter(readable), None)


def _menu_entries(request: HttpRequest, municipality: Municipality) -> list[dict[str, object]]:
    entries: list[tuple[str, str]] = []
    policy = _policy_here(request, municipality)
    if policy:
        place = [municipality.slug, policy.term]
        entries = [
            (_("Policy"), reverse("policy", args=place)),
            (_("Implementation table"), reverse("table", args=place)),
            (_("Reports"), reverse("reports", args=place)),
        ]
    entries.append((_("Indicators"), reverse("indicators", args=[municipality.slug])))
    if request.user.is_authenticated and can_open_settings(request.user, municipality):
        entries.append((_("Settings"), reverse("settings", args=[municipality.slug])))
    here = request.path
    if policy and any(here.startswith(entries[0][1] + part) for part in TABLE_PATHS):
        here = entries[1][1]
    current = max((url for __, url in entries if here.startswith(url)), key=len, default="")
    return [{"label": label, "url": url, "current": url == current} for label, url in entries]
