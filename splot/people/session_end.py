"""What a form meets whose session has ended: its words are kept; signing in leads back to it."""

from collections.abc import Sequence
from typing import cast

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.contrib.messages.storage.base import BaseStorage
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from splot.core.models import UnsavedEntry
from splot.core.unsaved import show_entry
from splot.core.unsaved.reasons import Reason
from splot.core.unsaved.sent_forms import parse_words_to_copy

from .models import Municipality
from .unsaved import (
    Sender,
    keep_sent_form,
    page_address,
    restoring_address,
    writer_of_form,
    writer_of_user,
)

SESSION_ENDED = Reason(gettext_noop("Your session had ended when you sent it."))


def ask_to_sign_in(
    request: HttpRequest, municipality: str | None, methods: Sequence[str]
) -> HttpResponse:
    """The way to sign in, and back to the page; what was sent waits there for its writer."""
    if request.method in ("GET", "HEAD"):
        return _lead_to(request, redirect_to_login(request.get_full_path()), status=401)
    entry = _keep_for_writer(request, municipality, methods)
    url = _address_after_signing_in(request, entry, municipality, methods)
    if entry is None and (words := parse_words_to_copy(request)):
        context = {"words": words, "sign_in": redirect_to_login(url).url}
        return render(request, "people/not_kept.html", context, status=401)
    if entry:
        _say_once(
            request,
            messages.INFO,
            _("Your session has ended. What you wrote is kept: sign in to go on."),
        )
        if request.FILES:
            _say_once(
                request, messages.WARNING, _("Files are not kept: choose them again, please.")
            )
    elif request.FILES:
        _say_once(
            request,
            messages.WARNING,
            _("Your session has ended. Files are not kept: sign in and choose them again."),
        )
    return _lead_to(request, redirect_to_login(url), status=401)


def _say_once(request: HttpRequest, level: int, words: str) -> None:
    """Say it on the next page, unless that page says it already: a form that saves itself is
    refused again and again before anybody reads why.
    """
    waiting = cast("BaseStorage", messages.get_messages(request))
    is_said = words in map(str, waiting)
    waiting.used = False  # read here, and shown to nobody yet
    if not is_said:
        messages.add_message(request, level, words)


def answer_stale_token(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The answer to a form whose token counts no more, mostly because its writer, or somebody else,
    has signed in since. Its words are kept for its writer, whoever sits there now.
    """
    match = request.resolver_match
    methods = getattr(getattr(match and match.func, "door", None), "methods", ())
    municipality = match.kwargs.get("municipality") if match else None
    entry = _keep_for_writer(request, municipality, methods)
    if entry is None:
        context = {"words": parse_words_to_copy(request)}
        return render(request, "403_csrf.html", context, status=403)
    if not request.user.is_authenticated:
        return ask_to_sign_in(request, municipality, methods)
    if entry.writer != writer_of_user(request.user.pk):
        return render(request, "403_csrf.html", {"is_kept": True}, status=403)
    url = _address_after_signing_in(request, entry, municipality, methods)
    return _lead_to(request, HttpResponseRedirect(url), status=403)


def _keep_for_writer(
    request: HttpRequest, municipality: str | None, methods: Sequence[str]
) -> UnsavedEntry | None:
    writer = writer_of_form(request)
    if writer is None or not Municipality.objects.filter(slug=municipality).exists():
        return None
    sender = Sender(None, municipality or "", [writer_of_user(writer)])
    return keep_sent_form(request, sender, SESSION_ENDED, page_address(request, methods))


def _address_after_signing_in(
    request: HttpRequest,
    entry: UnsavedEntry | None,
    municipality: str | None,
    methods: Sequence[str],
) -> str:
    if entry:
        return restoring_address(entry) or reverse("unsaved", args=[entry.scope])
    if page := page_address(request, methods):
        return page
    return reverse("desk", args=[municipality]) if municipality else reverse("municipalities")


def _lead_to(request: HttpRequest, there: HttpResponseRedirect, status: int) -> HttpResponse:
    """There; a script is told so in a header, since it would follow without a word."""
    if not getattr(request, "htmx", False):
        return there
    return HttpResponse(status=status, headers={"HX-Redirect": there.url})


def answer_not_saved(request: HttpRequest, entry: UnsavedEntry) -> HttpResponse:
    """The page that shows what could not be saved, and why, to its writer."""
    if getattr(request, "htmx", False):
        url = reverse("unsaved", args=[entry.scope])
        return HttpResponse(status=404, headers={"HX-Redirect": url})
    return render(request, "people/not_saved.html", {"entry": show_entry(entry)}, status=404)
