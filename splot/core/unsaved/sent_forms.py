"""A form as it was sent: what somebody wrote in it, and which form it was."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import Protocol
from urllib.parse import parse_qsl, urlencode

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest, QueryDict

from ..models import UnsavedEntry
from ..offers import Offer
from .page_names import match_address

TOKEN_FIELD, KEY_FIELD = "csrfmiddlewaretoken", "idempotency_key"
# Fields of every form that nobody wrote in; a formset or a prefix stands before their names.
_TECHNICAL_NAMES = [TOKEN_FIELD, KEY_FIELD, "version", "key"]
_TECHNICAL_NAMES += ["TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS"]
_SECRET = re.compile(r"password|token", re.IGNORECASE)
# What stands in a hidden field, a box or a list: a code, a number of a row, a tick, a currency.
_CODE = re.compile(r"[a-z0-9_.:-]*|[A-Z]{3}")


class TechnicalFields(Protocol):
    """`form_fields.py`: the names of fields of the room's forms that nobody writes in, and of its
    buttons. A number may stand behind a name ("seen-3"). They count in forms that are sent to the
    room's own addresses; a room whose pages have a lower room's forms has their names too.
    """

    def __call__(self) -> Collection[str]: ...


TECHNICAL_FIELDS: Offer[TechnicalFields] = Offer("form_fields", "technical_fields")


def technical_pattern(path: str) -> re.Pattern[str]:
    """Finds the names of fields that nobody writes in, in a form that was sent to this address:
    those of every form and of the page's room. In another room such a name may stand for words.
    """
    match = match_address(path)
    offered = TECHNICAL_FIELDS.of_room(match.func.__module__) if match else None
    return _compile_names(tuple(offered()) if offered else ())


@cache
def _compile_names(names: tuple[str, ...]) -> re.Pattern[str]:
    escaped = map(re.escape, [*_TECHNICAL_NAMES, *names])
    return re.compile(rf"(^|-)({'|'.join(escaped)})(-[0-9]+)?$")


@dataclass(frozen=True)
class SentForm:
    """A form as it was sent. `form_key` stays the same when the same form is sent again, `data` is
    all of it, encoded. `words` are [label, text]: first what somebody wrote, then, under the
    names of their fields, codes and numbers, of which nobody knows whether they were written.
    """

    form_key: str
    data: str
    words: list[tuple[str, str]]


def parse_sent_form(data: QueryDict, path: str) -> SentForm | None:
    """What was sent to an address, if somebody wrote in it; None for a button or an empty form."""
    pairs: list[tuple[str, str]] = []
    for name, values in data.lists():
        if not _SECRET.search(name):
            pairs += [(name, str(value).replace("\0", "")) for value in values]
    technical = technical_pattern(path)
    filled = [(name, text) for name, text in pairs if text.strip() and not technical.search(name)]
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
    except (OSError, BadRequest, SuspiciousOperation):  # it broke off, or is none of a form
        return []
    return sent.words if sent else []


def written_fields(entry: UnsavedEntry, path: str) -> set[str]:
    """The names of the fields in which the words of an entry stand, which was sent to this
    address.
    """
    pairs, technical = parse_qsl(entry.data), technical_pattern(path)
    return {name for name, text in pairs if text.strip() and not technical.search(name)}


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
