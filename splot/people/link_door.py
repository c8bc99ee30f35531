"""What every address that is a secret needs: its link or the closed page, slow answers to guessing,
and no trace of it.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from splot.core.logs import has_token

from .links import is_expired, is_usable, link_by_token
from .models import Municipality, PersonalLink
from .throttle import exceeds_limit

RATE_PERIOD_SECONDS = 15 * 60
MAX_GUESSES = 30  # addresses that lead nowhere, by one visitor
MAX_WRITES = 300  # with one link, kept drafts among them


@dataclass(frozen=True)
class LinkVisit:
    """Somebody at a secret address: its link if it is open, else whether it was open once."""

    link: PersonalLink | None
    expired: bool = False


def visit_by_token(municipality: Municipality, token: str, purpose: str) -> LinkVisit:
    link = link_by_token(municipality, token, purpose)
    if link is not None and is_usable(link):
        return LinkVisit(link)
    return LinkVisit(None, expired=link is not None and is_expired(link))


def closed_page(request: HttpRequest, visit: LinkVisit) -> HttpResponse:
    """The same page for every secret that opens nothing, but for one whose time ran out."""
    visitor = f"guess from {request.META.get('REMOTE_ADDR', '')}"
    if not visit.expired and exceeds_limit(visitor, limit=MAX_GUESSES, seconds=RATE_PERIOD_SECONDS):
        return pause_page(request)
    return render(request, "people/link_closed.html", {"expired": visit.expired}, status=404)


def writes_too_often(request: HttpRequest, link: PersonalLink) -> bool:
    """A link that leaked cannot flood what it opens."""
    return request.method not in ("GET", "HEAD") and exceeds_limit(
        f"write by link {link.pk}", limit=MAX_WRITES, seconds=RATE_PERIOD_SECONDS
    )


def pause_page(request: HttpRequest) -> HttpResponse:
    return render(request, "people/link_closed.html", {"waits": True}, status=429)


def keep_secret(response: HttpResponseBase) -> HttpResponseBase:
    """The address tells nobody where the visitor came from, and stands in no log, index or
    cache.
    """
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    # Django would write the address of a 404
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response


class SecretAddresses:
    """Middleware, the outermost: what others answer at a secret address (a request that is too
    large, a page that broke, a redirect) leaves no trace of it either.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.status_code != 200 and has_token(request.path):
            return keep_secret(response)
        return response
