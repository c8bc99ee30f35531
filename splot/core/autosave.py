"""Forms that are saved as one writes: the answer to htmx, which leaves what is being typed
alone.
"""

from babel.dates import format_time
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django_htmx.middleware import HtmxDetails

from .forms import RowForm
from .models import Versioned


class HtmxRequest(HttpRequest):
    """A request as the middleware of htmx hands it on."""

    htmx: HtmxDetails


def autosave_response(request: HtmxRequest, row: Versioned) -> HttpResponse | None:
    """The answer to an autosave that succeeded: the row's new version. None when a person pressed
    the button.
    """
    if not request.htmx:
        return None
    return render(request, "autosave/saved.html", {"version": row.version, "time": format_now()})


def format_now() -> str:
    """The time of day, as the reader writes it."""
    return str(format_time(timezone.localtime(), "short", locale=get_language()))


def autosave_error_response(request: HtmxRequest, form: RowForm) -> HttpResponse | None:
    """The answer to an autosave that was refused: the reason; what is being typed is left alone."""
    if not request.htmx or request.method != "POST":
        return None
    return render(request, "autosave/not_saved.html", {"form": form})
