"""What a request may be, and what it gets when the server cannot answer it now."""

import logging
from collections.abc import Callable, Sequence

from django.conf import settings
from django.core.exceptions import (
    BadRequest,
    DisallowedHost,
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from .unsaved.sent_forms import parse_words_to_copy

RETRY_AFTER_SECONDS = 10

log = logging.getLogger(__name__)


def render_error_page(
    template: str, status: int, words: Sequence[tuple[str, str]] = ()
) -> HttpResponse:
    """A page that needs neither database nor session, in every language at once; `words` are what
    was sent, to be copied: [label, text].
    """
    return HttpResponse(render_to_string(template, {"words_sent": words}), status=status)


def render_refused_request(refusal: Exception) -> HttpResponse:
    """The answer to a request that Django refuses to read: it has too much of something, or is no
    form.
    """
    if isinstance(refusal, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return render_error_page("413.html", 413)
    return render_error_page("400.html", 400)


class KnownHosts:
    """Middleware: a request for another host than ours gets a page, and nothing in the log: such
    requests come from everywhere, all day long.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            request.get_host()
        except DisallowedHost:
            response = render_error_page("400.html", 400)
            response._has_been_logged = True  # type: ignore[attr-defined]  # as Django marks it
            return response
        return self.get_response(request)


class Limits:
    """Middleware: refuses bodies that nobody needs before they are read; a database that cannot
    answer is a 503.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdecimal():
            return render_error_page("400.html", 400)
        if int(length) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            return render_error_page("413.html", 413)
        try:
            return self.get_response(request)
        except BadRequest:
            return render_error_page("400.html", 400)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The database is locked, full or away: say so; nothing was half-written."""
        if not isinstance(exception, OperationalError):
            return None
        log.error("The database does not answer: %s", exception)
        answer = render_error_page("503.html", 503, parse_words_to_copy(request))
        answer["Retry-After"] = str(RETRY_AFTER_SECONDS)
        return answer
