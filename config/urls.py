"""Addresses: language first, then the municipality, then its policy. Stable for ever."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from splot.core.assets import serve_asset
from splot.web.pages.site import choose_language, health_check, own_desk

urlpatterns = [
    path("", choose_language, name="root"),
    path("desk/", own_desk, name="own_desk"),
    path("health/", health_check, name="health"),
    path("assets/<str:name>", serve_asset, name="asset"),
    *i18n_patterns(
        path("", include("splot.people.urls")),
        path("", include("splot.catalogue.urls")),
        path("", include("splot.web.urls")),
        # A fixed word comes before a name that may be any: policy/import/ before policy/<term>/,
        # and table.ics before table.<form>.
        path("<slug:municipality>/", include("splot.policy.urls")),
        path("<slug:municipality>/", include("splot.monitoring.urls")),
        path("<slug:municipality>/", include("splot.reporting.urls")),
        path("<slug:municipality>/", include("splot.workbooks.urls")),
        path("<slug:municipality>/", include("splot.table_import.urls")),
        path("<slug:municipality>/", include("splot.implementation.urls")),
        path("<slug:municipality>/", include("splot.indicators.urls")),
    ),
]

handler400 = "splot.web.pages.errors.bad_request"
handler404 = "splot.web.pages.errors.not_found"
handler500 = "splot.web.pages.errors.server_error"
