"""Addresses: language first, then the municipality, then its policy. Stable for ever."""

from collections.abc import Iterable
from types import ModuleType

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

from splot.core.assets import serve_asset
from splot.core.offers import modules_named
from splot.web.pages.condition import health_check
from splot.web.pages.site import choose_language, own_desk


def addresses_of(rooms: Iterable[ModuleType]) -> list[URLPattern | URLResolver]:
    """The addresses that rooms list: `site_urlpatterns` for the whole installation, `urlpatterns`
    within a municipality.

    Those of the installation come first: they begin with fixed words, which no municipality may
    bear (`RESERVED_SLUGS`), and a municipality's name may be any other word. Which room comes first
    makes no difference: no address fits the patterns of two rooms.
    """
    site: list[URLPattern | URLResolver] = []
    municipality: list[URLPattern | URLResolver] = []
    for room in rooms:
        site += getattr(room, "site_urlpatterns", ())
        municipality += getattr(room, "urlpatterns", ())
    return [*site, path("<slug:municipality>/", include(municipality))]


urlpatterns = [
    path("", choose_language, name="root"),
    path("desk/", own_desk, name="own_desk"),
    path("health/", health_check, name="health"),
    path("assets/<str:name>", serve_asset, name="asset"),
    *i18n_patterns(*addresses_of(modules_named("urls"))),
]

handler400 = "splot.web.pages.errors.bad_request"
handler404 = "splot.web.pages.errors.not_found"
handler500 = "splot.web.pages.errors.server_error"
