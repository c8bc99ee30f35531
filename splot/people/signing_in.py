"""What happens around a sign-in: where it leads, how often it may be tried, and what is noted."""

import re
import secrets
from urllib.parse import urlsplit, urlunsplit

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.encoding import iri_to_uri
from django.utils.http import url_has_allowed_host_and_scheme

from .actions.sessions import begin_session
from .models import User
from .queries import first_municipality_of, user_by_email
from .throttle import exceeds_limit, forget_attempts

MAX_ATTEMPTS = 10  # wrong passwords for one address
PAUSE_SECONDS = 15 * 60
MAX_URL_LENGTH = 2000
KNOWN_BROWSER_COOKIE = "splot_known"
KNOWN_FOR_SECONDS = 365 * 24 * 60 * 60

BROWSERS = {"Edg": "Edge", "OPR": "Opera", "Firefox": "Firefox", "Chrome": "Chrome"}
BROWSERS |= {"Safari": "Safari"}
SYSTEMS = {"Android": "Android", "iPhone": "iPhone", "iPad": "iPad", "Windows": "Windows"}
SYSTEMS |= {"Mac OS X": "macOS", "Linux": "Linux"}


def next_path(request: HttpRequest) -> str:
    """The page that sent the visitor to sign in, as a path of this very site; "" for anything
    else.
    """
    words = request.POST.get("next") or request.GET.get("next") or ""
    host = {request.get_host()}
    if not url_has_allowed_host_and_scheme(words, host, require_https=request.is_secure()):
        return ""
    if re.search(r"[\x00-\x20\x7f\\]", words):
        return ""
    try:
        __, __, path, query, fragment = urlsplit(words)
        url = iri_to_uri(urlunsplit(("", "", path, query, fragment)))
    except ValueError:  # among them what cannot be written as UTF-8
        return ""
    is_path = path.startswith("/") and not path.startswith("//")
    return url if is_path and len(url) <= MAX_URL_LENGTH else ""


def tries_too_often(request: HttpRequest, address: str) -> bool:
    """Count a try to sign in with an address: is it one of too many?

    A browser in which its owner has signed in before is counted apart, so that nobody can shut
    them out by guessing elsewhere.
    """
    return exceeds_limit(_attempt_of(request, address), limit=MAX_ATTEMPTS, seconds=PAUSE_SECONDS)


def forget_tries(request: HttpRequest, address: str) -> None:
    forget_attempts(_attempt_of(request, address))


def _attempt_of(request: HttpRequest, address: str) -> str:
    known = _known_browser(request)
    if known:
        user = user_by_email(address)
        if user and known.partition(":")[0] == str(user.pk):
            return f"sign-in {address} in {known}"
    return f"sign-in {address}"


def _known_browser(request: HttpRequest) -> str:
    """ "17:secret" in a browser in which the person 17 has signed in, else ""."""
    return request.get_signed_cookie(KNOWN_BROWSER_COOKIE, default="", salt="splot.people") or ""


def complete_sign_in(request: HttpRequest, user: User, next_url: str) -> HttpResponseBase:
    """Begin the session, note it, and lead on: to the page that was wanted, or to the desk."""
    known = _known_browser(request)
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    key = request.session.session_key or ""
    begin_session(by=user, session_key=key, browser=describe_browser(request))
    response = HttpResponseRedirect(next_url or _desk_url(user))
    if known.partition(":")[0] != str(user.pk):
        known = f"{user.pk}:{secrets.token_urlsafe(12)}"
    response.set_signed_cookie(
        KNOWN_BROWSER_COOKIE,
        known,
        salt="splot.people",
        max_age=KNOWN_FOR_SECONDS,
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )
    return response


def describe_browser(request: HttpRequest) -> str:
    """The browser and the system in words ("Firefox · Windows"), without versions."""
    agent = request.headers.get("User-Agent", "")
    browser = next((name for mark, name in BROWSERS.items() if f"{mark}/" in agent), "")
    system = next((name for mark, name in SYSTEMS.items() if mark in agent), "")
    return " · ".join(filter(None, [browser, system]))


def _desk_url(user: User) -> str:
    """The person's desk, in the language that they signed in with."""
    municipality = first_municipality_of(user)
    return reverse("desk", args=[municipality.slug]) if municipality else reverse("municipalities")
