"""Whose a form is that could not be saved, and what the doors do with it: keep it, open the page
with its words again, let it go once it is saved.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.db import DatabaseError
from django.db.models import Sum
from django.db.models.functions import Length
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.middleware import csrf
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from splot.core.actors import By
from splot.core.models import UnsavedEntry
from splot.core.unsaved import (
    UNSAVED_PARAMETER,
    is_marked_kept,
    is_marked_saved,
    reason_not_saved,
    unsaved_entries,
    unsaved_entry,
)
from splot.core.unsaved.actions import KEPT_FOR, discard_unsaved, keep_unsaved
from splot.core.unsaved.reasons import FILES_NOT_KEPT, Reason
from splot.core.unsaved.sent_forms import (
    TOKEN_FIELD,
    SentForm,
    parse_sent_form,
    written_fields,
)

from .actors import actor_by_link
from .models import PersonalLink, User
from .throttle import exceeds_limit

FORMS_COOKIE = "splot_forms"  # a keyed hash of forms' tokens, and whose they are
MAX_REMEMBERED = 8  # sign-ins of a browser
MAX_KEPT, KEPT_SECONDS = 300, 15 * 60  # for one writer
MAX_KEPT_CHARACTERS = 40_000_000  # of all that one writer has kept
NOT_RIGHT = Reason(gettext_noop("Something in the form was not right, or was changed meanwhile."))
BROKEN = Reason(
    gettext_noop("Something broke on our side when you sent it. The fault has been noted.")
)


def writer_of_user(user: int) -> str:
    """The key of a person, by that of their account."""
    return f"user {user}"


def writer_of_link(link: PersonalLink) -> str:
    """The key of whoever holds a link: the same for every link of its owner, and another one than
    that of the owner's account, which a link does not open.
    """
    if link.user_id:
        return f"link of user {link.user_id}"
    return f"link of organisation {link.organisation_id}"


def writers_of(user: User) -> list[str]:
    """All that a person writes under: their account, and their own links."""
    return [writer_of_user(user.pk), f"link of user {user.pk}"]


@dataclass(frozen=True)
class Sender:
    """Who sends a form in a municipality: how the trail names them, and under which keys what
    they sent is kept, the first of them for what they send now.
    """

    by: By
    scope: str
    writers: Sequence[str]


def sender_by_account(user: User, scope: str) -> Sender:
    return Sender(user, scope, writers_of(user))


def sender_by_link(link: PersonalLink) -> Sender:
    return Sender(actor_by_link(link), link.municipality.scope, [writer_of_link(link)])


def keep_sent_form(
    request: HttpRequest, sender: Sender, reason: Reason, address: str = ""
) -> UnsavedEntry | None:
    """Keep what was sent for its writer; None where nobody wrote anything, or far too often."""
    sent = parse_sent_form(request.POST, request.path)
    return keep_form(request, sender, sent, reason, address) if sent else None


def keep_form(
    request: HttpRequest, sender: Sender, sent: SentForm, reason: Reason, address: str = ""
) -> UnsavedEntry | None:
    """Keep a form, or what of it is kept nowhere else; None where its writer sends far too much."""
    writer = sender.writers[0]
    if not _has_room(sender, sent):
        return None
    return keep_unsaved(
        by=sender.by,
        scope=sender.scope,
        writer=writer,
        sent=sent,
        reasons=[reason, FILES_NOT_KEPT] if request.FILES else [reason],
        address=address,
    )


def _has_room(sender: Sender, sent: SentForm) -> bool:
    """May this writer have another entry? A form that saves itself replaces its own."""
    writer = sender.writers[0]
    kept = unsaved_entries(sender.scope, [writer])
    others = kept.exclude(form_key=sent.form_key).aggregate(size=Sum(Length("data")))
    if (others["size"] or 0) + len(sent.data) > MAX_KEPT_CHARACTERS:
        return False
    if kept.filter(form_key=sent.form_key).exists():
        return True
    return not exceeds_limit(f"unsaved of {writer}", limit=MAX_KEPT, seconds=KEPT_SECONDS)


def page_address(request: HttpRequest, methods: Sequence[str]) -> str:
    """The address of the page that a form stood on; "" where the form went elsewhere."""
    if "GET" not in methods:
        return ""
    query = request.GET.copy()
    query.pop(UNSAVED_PARAMETER, None)
    return f"{request.path}?{query.urlencode()}" if query else request.path


def restoring_address(entry: UnsavedEntry) -> str:
    """The address that opens the form of an entry with its words; "" where no page does."""
    if not entry.address:
        return ""
    query = unsaved_query(entry)
    return entry.address + (query.replace("?", "&") if "?" in entry.address else query)


def unsaved_query(entry: UnsavedEntry) -> str:
    """The query that opens a page with the words of an entry."""
    return f"?{urlencode({UNSAVED_PARAMETER: entry.pk})}"


def restore_form(request: HttpRequest, sender: Sender) -> None:
    """Let the page show its form with the words of the entry that its address names.

    The page finds them in `request.POST`, as after a sending that was not valid; nothing is saved,
    since the request stays a GET.
    """
    number = request.GET.get(UNSAVED_PARAMETER)
    if request.method != "GET" or not number:
        return
    if entry := unsaved_entry(sender.scope, sender.writers, number):
        request.POST = QueryDict(entry.data)
        messages.info(
            request, _("These are the words that you sent before. They are not saved yet.")
        )


def settle_sending(
    request: HttpRequest, response: HttpResponseBase, sender: Sender, methods: Sequence[str]
) -> None:
    """After a page has answered: keep what it could not save, let go of what is saved now.

    A page that sends the visitor on has saved, unless it says that it has not; one that shows its
    form again has not, unless it says that it has.
    """
    if request.method != "POST" or is_marked_kept(request):
        return
    reason = reason_not_saved(request)
    if not reason and (is_marked_saved(request) or response.status_code in (302, 303)):
        _discard_saved(request, sender)
    elif reason or response.status_code == 200:
        keep_sent_form(request, sender, reason or NOT_RIGHT, page_address(request, methods))


def keep_after_fault(request: HttpRequest, sender: Sender, methods: Sequence[str]) -> None:
    """Keep what was sent to a page that broke. Where the database is what broke, the page of the
    fault hands the words back.
    """
    if request.method != "POST":
        return
    with suppress(DatabaseError):
        keep_sent_form(request, sender, BROKEN, page_address(request, methods))


def _discard_saved(request: HttpRequest, sender: Sender) -> None:
    """Let go of the entry of the form that was saved, and of the one that the page was opened with
    if its words were sent with this form, and not left behind in another one of the page.
    """
    saved: list[UnsavedEntry] = []
    if sent := parse_sent_form(request.POST, request.path):
        entries = unsaved_entries(sender.scope, sender.writers)
        saved += entries.filter(form_key=sent.form_key)
    opened = unsaved_entry(sender.scope, sender.writers, request.GET.get(UNSAVED_PARAMETER, ""))
    if opened and opened not in saved and written_fields(opened, request.path) <= set(request.POST):
        saved.append(opened)
    if saved:
        discard_unsaved(by=sender.by, entries=saved)


def remember_writer(request: HttpRequest, response: HttpResponseBase, user: User) -> None:
    """Let the browser know whose the forms are that it is given, so that a form of a session that
    has ended finds its writer, and nobody else who signs in there sees its words.
    """
    secret = request.META.get("CSRF_COOKIE")
    if not secret:
        return
    writers, mark = _remembered_writers(request), _digest_of(secret)
    if writers.get(mark) == user.pk:
        return
    writers.pop(mark, None)
    kept = [*writers.items(), (mark, user.pk)][-MAX_REMEMBERED:]
    assert hasattr(response, "set_cookie")
    response.set_cookie(
        FORMS_COOKIE,
        signing.dumps(dict(kept), salt=FORMS_COOKIE),
        max_age=KEPT_FOR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def writer_of_form(request: HttpRequest) -> int | None:
    """The account that a form was given to in this browser, by the form's token; None where that
    is not known. Nobody else can have the token.
    """
    token = str(request.POST.get(TOKEN_FIELD, ""))
    if len(token) != csrf.CSRF_TOKEN_LENGTH or not (token.isascii() and token.isalnum()):
        return None
    # Django's own, which its types do not name: the form's token hides the cookie's secret
    secret: str = csrf._unmask_cipher_token(token)  # type: ignore[attr-defined]
    return _remembered_writers(request).get(_digest_of(secret))


def _remembered_writers(request: HttpRequest) -> dict[str, int]:
    try:
        writers: dict[str, int] = signing.loads(
            request.COOKIES.get(FORMS_COOKIE, ""), salt=FORMS_COOKIE, max_age=KEPT_FOR
        )
    except signing.BadSignature:
        return {}
    return writers


def _digest_of(secret: str) -> str:
    return salted_hmac(FORMS_COOKIE, secret, algorithm="sha256").hexdigest()[:32]
