"""What somebody sent and Splot could not save: kept for its writer, shown with the reason, sent
again or discarded.

Pages say through `mark_not_saved` that a sending did not go in, and why; the doors of `people`
know who wrote it, and keep it.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from urllib.parse import parse_qsl, urlencode

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import BadRequest
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.utils import timezone

from .actions import action, record_nothing
from .actors import Actor
from .models import UnsavedEntry

KEPT_FOR = timedelta(days=30)
# the query of an address that opens a form with the words of an entry
UNSAVED_PARAMETER = "unsaved"
By = Actor | AbstractBaseUser | None

# What a page noted in `request.META`.
_NOT_SAVED, _SAVED, _KEPT = "splot.not_saved", "splot.saved", "splot.kept"
TOKEN_FIELD, KEY_FIELD = "csrfmiddlewaretoken", "idempotency_key"
# Fields of forms that nobody wrote in; a formset or a prefix stands before their names.
_TECHNICAL = re.compile(
    rf"(^|-)({TOKEN_FIELD}|{KEY_FIELD}|draft_key|version|key|seen(-[0-9]+)?|original|was|only|do|then"
    r"|since|TOTAL_FORMS|INITIAL_FORMS|MIN_NUM_FORMS|MAX_NUM_FORMS)$"
)
_SECRET = re.compile(r"password|token", re.IGNORECASE)
# What stands in a hidden field, a box or a list: a code, a number of a row, a tick, a currency.
_CODE = re.compile(r"[a-z0-9_.:-]*|[A-Z]{3}")


@dataclass(frozen=True)
class SentForm:
    """A form as it was sent. `form_key` stays the same when the same form is sent again, `data` is
    all of it, encoded. `words` are [label, text]: first what somebody wrote, then, under the
    names of their fields, codes and numbers, of which nobody knows whether they were written.
    """

    form_key: str
    data: str
    words: list[tuple[str, str]]


@dataclass(frozen=True)
class KeptWords:
    """What somebody wrote and has not saved, as its writer is shown it: an entry, or a draft.

    `name` is how the button "discard" names it, `words` are [label or "", text], `page` is where it
    was written, "" where that is not told.
    """

    name: str
    reason: str
    words: Sequence[Sequence[str]]
    kept_at: datetime
    page: str = ""
    is_draft: bool = False

    @property
    def passages(self) -> list[tuple[str, str]]:
        """What is surely somebody's writing: (label or "", text)."""
        return [(label, text) for label, text in self.words if not label or _is_long(text)]

    @property
    def details(self) -> list[tuple[str, str]]:
        """The short answers beside it: (label, text)."""
        return [(label, text) for label, text in self.words if label and not _is_long(text)]


def _is_long(text: str) -> bool:
    return len(text) > 60 or "\n" in text


def show_entry(entry: UnsavedEntry) -> KeptWords:
    """An entry as its writer is shown it."""
    return KeptWords(str(entry.pk), entry.reason, entry.words, entry.kept_at, entry.page)


def mark_not_saved(request: HttpRequest, reason: str) -> None:
    """Note that what was sent did not go in, and why, so that the door keeps it."""
    request.META[_NOT_SAVED] = reason


def mark_saved(request: HttpRequest) -> None:
    """Note that what was sent is saved, or kept as a draft, whatever the answer looks like."""
    request.META[_SAVED] = True


def mark_kept(request: HttpRequest) -> None:
    """Note that the page itself has kept what it could not save, and saved the rest."""
    request.META[_KEPT] = True


def reason_not_saved(request: HttpRequest) -> str:
    """Why the page could not save what was sent; "" where it did not say so."""
    reason: str = request.META.get(_NOT_SAVED, "")
    return reason


def is_marked_saved(request: HttpRequest) -> bool:
    return _SAVED in request.META


def is_marked_kept(request: HttpRequest) -> bool:
    return _KEPT in request.META


def parse_sent_form(data: QueryDict, path: str) -> SentForm | None:
    """What was sent to an address, if somebody wrote in it; None for a button or an empty form."""
    pairs: list[tuple[str, str]] = []
    for name, values in data.lists():
        if not _SECRET.search(name):
            pairs += [(name, str(value).replace("\0", "")) for value in values]
    filled = [(name, text) for name, text in pairs if text.strip() and not _TECHNICAL.search(name)]
    prose = [("", text) for __, text in filled if not _CODE.fullmatch(text.strip())]
    if not prose and not (filled and any(name.endswith(KEY_FIELD) for name, __ in pairs)):
        return None
    codes = [(name, text) for name, text in filled if _CODE.fullmatch(text.strip())]
    return SentForm(form_key_of(data, path), urlencode(pairs), prose + codes)


def parse_words_to_copy(request: HttpRequest) -> list[tuple[str, str]]:
    """What was sent, for an answer that does not keep it: its writer copies it from there. Nothing
    where another site sent it, which would put its words into our page.
    """
    if request.method != "POST" or not _is_from_own_page(request):
        return []
    try:
        sent = parse_sent_form(request.POST, request.path)
    except (OSError, BadRequest):  # the body broke off, or is none of a form
        return []
    return sent.words if sent else []


def written_fields(entry: UnsavedEntry) -> set[str]:
    """The names of the fields in which the words of an entry stand."""
    pairs = parse_qsl(entry.data)
    return {name for name, text in pairs if text.strip() and not _TECHNICAL.search(name)}


def _is_from_own_page(request: HttpRequest) -> bool:
    """Browsers that do not name the site of a form's page name its origin."""
    site = request.headers.get("Sec-Fetch-Site")
    own = f"{request.scheme}://{request.headers.get('Host')}"
    return site == "same-origin" if site else request.headers.get("Origin") == own


def form_key_of(data: QueryDict, path: str) -> str:
    """A key of a form that was shown once, whatever is written in it: from its keys against double
    sending, else from its token against forgery, which all forms of one showing of a page share.
    """
    named = sorted(data.items())
    keys = [str(value) for name, value in named if name.endswith(KEY_FIELD) and value]
    return hash_keys(keys or [path, str(data.get(TOKEN_FIELD, "")), str(data.get("key", ""))])


def hash_keys(keys: Iterable[str]) -> str:
    """The key of a form that has these keys against double sending."""
    return sha256("\n".join(keys).encode()).hexdigest()


@action
def keep_unsaved(
    *, by: By, scope: str, writer: str, sent: SentForm, reason: str, address: str = ""
) -> UnsavedEntry:
    """Keep what was sent for its writer; a later sending of the same form takes its place."""
    entry, __ = UnsavedEntry.objects.update_or_create(
        scope=scope,
        writer=writer,
        form_key=sent.form_key,
        defaults={
            "address": address[:500],
            "reason": reason,
            "words": [list(pair) for pair in sent.words],
            "data": sent.data,
        },
    )
    record_nothing()
    return entry


@action
def discard_unsaved(*, by: By, entries: Iterable[UnsavedEntry]) -> None:
    """Throw entries away: they were sent after all, or their writer does not need them."""
    for entry in entries:
        entry.delete()
    record_nothing()


def discard_expired() -> int:
    """Throw away what was kept for 30 days; how many entries. Nothing is written if there are
    none.
    """
    expired = list(UnsavedEntry.objects.filter(kept_at__lt=timezone.now() - KEPT_FOR))
    if expired:
        discard_unsaved(by=None, entries=expired)
    return len(expired)


def unsaved_entries(scope: str, writers: Collection[str]) -> QuerySet[UnsavedEntry]:
    """What is kept in a municipality for these writers, the newest first."""
    return UnsavedEntry.objects.filter(scope=scope, writer__in=writers)


def unsaved_entry(scope: str, writers: Collection[str], number: str) -> UnsavedEntry | None:
    """One of them by its number; None for any other."""
    if not (number.isdecimal() and len(number) < 18):
        return None
    return unsaved_entries(scope, writers).filter(pk=number).first()
