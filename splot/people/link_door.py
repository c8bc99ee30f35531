"""What every address that is a secret needs: its link or the closed page, slow answers to guessing,
and no trace of it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_noop

from splot.core.logs import has_token
from splot.core.unsaved import KeptWords, show_entry
from splot.core.unsaved.page_names import match_address
from splot.core.unsaved.reasons import Reason
from splot.core.unsaved.sent_forms import SentForm, parse_sent_form

from .links import is_expired, is_usable, link_by_token
from .models import Municipality, PersonalLink
from .offers import LATE_FORM
from .throttle import exceeds_limit
from .unsaved import keep_form, sender_by_link

Response = TypeVar("Response", bound=HttpResponseBase)

RATE_PERIOD_SECONDS = 15 * 60
MAX_GUESSES = 30  # addresses that lead nowhere, by one visitor
MAX_WRITES = 300  # with one link, kept drafts among them
LINK_EXPIRED = Reason(gettext_noop("The link had expired when you sent it."))
LINK_WITHDRAWN = Reason(gettext_noop("The link had been withdrawn when you sent it."))


@dataclass(frozen=True)
class LinkVisit:
    """Somebody at a secret address: its link if it is open, else whether it was open once."""

    link: PersonalLink | None
    ended: PersonalLink | None = None

    @property
    def expired(self) -> bool:
        return self.ended is not None and is_expired(self.ended)


def visit_by_token(municipality: Municipality, token: str, purpose: str) -> LinkVisit:
    link = link_by_token(municipality, token, purpose)
    if link is not None and is_usable(link):
        return LinkVisit(link)
    return LinkVisit(None, ended=link)


def closed_page(request: HttpRequest, visit: LinkVisit) -> HttpResponse:
    """The same page for every secret that opens nothing, but for one whose time ran out."""
    if not visit.expired and guesses_too_often(request):
        return pause_page(request)
    context = {"expired": visit.expired, "entry": _keep_late_words(request, visit)}
    is_autosave = context["entry"] and "HX-Request" in request.headers
    template = "people/_link_closed_kept.html" if is_autosave else "people/link_closed.html"
    return render(request, template, context, status=404)


def guesses_too_often(request: HttpRequest) -> bool:
    """Count an address that leads nowhere: is it one of too many by this visitor?"""
    visitor = f"guess from {request.META.get('REMOTE_ADDR', '')}"
    return exceeds_limit(visitor, limit=MAX_GUESSES, seconds=RATE_PERIOD_SECONDS)


def _keep_late_words(request: HttpRequest, visit: LinkVisit) -> KeptWords | None:
    """What was sent with a link that had ended meanwhile, kept for its owner."""
    if request.method != "POST" or visit.ended is None or writes_too_often(request, visit.ended):
        return None
    reason = LINK_EXPIRED if visit.expired else LINK_WITHDRAWN
    sent = _parse_late_form(request, visit.ended)
    entry = keep_form(request, sender_by_link(visit.ended), sent, reason) if sent else None
    return show_entry(entry) if entry else None


def _parse_late_form(request: HttpRequest, link: PersonalLink) -> SentForm | None:
    """What its writer would lose: the room of the page knows what of it was saved before."""
    match = match_address(request.path)
    parse_late_form = LATE_FORM.of_room(match.func.__module__) if match else None
    if parse_late_form is not None:
        return parse_late_form(request, link)
    return parse_sent_form(request.POST, request.path)


def writes_too_often(request: HttpRequest, link: PersonalLink) -> bool:
    """A link that leaked cannot flood what it opens."""
    return request.method not in ("GET", "HEAD") and exceeds_limit(
        f"write by link {link.pk}", limit=MAX_WRITES, seconds=RATE_PERIOD_SECONDS
    )


def pause_page(request: HttpRequest) -> HttpResponse:
    """The page for who writes far too often; it hands back what they wrote."""
    sent = parse_sent_form(request.POST, request.path) if request.method == "POST" else None
    context = {"waits": True, "words": sent.words if sent else ()}
    return render(request, "people/link_closed.html", context, status=429)


def keep_secret(response: Response) -> Response:
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
