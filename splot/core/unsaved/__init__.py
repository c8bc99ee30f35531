"""What somebody sent and Splot could not save: kept for its writer, shown with the reason, sent
again or discarded.

Pages say through `mark_not_saved` that a sending did not go in, and why; the doors of `people`
know who wrote it, and keep it.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.http import HttpRequest

from ..models import UnsavedEntry
from .page_names import name_page
from .reasons import Reason, reason_of_entry

# the query of an address that opens a form with the words of an entry
UNSAVED_PARAMETER = "unsaved"

# What a page noted in `request.META`.
_NOT_SAVED, _SAVED, _KEPT = "splot.not_saved", "splot.saved", "splot.kept"


@dataclass(frozen=True)
class KeptWords:
    """What somebody wrote and has not saved, as its writer is shown it: an entry, or a draft.

    `name` is how the button "discard" names it, `words` are [label or "", text], `page` is what the
    page is called on which it was written, "" where that is not told.
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
    reason, page = reason_of_entry(entry), name_page(entry.address)
    return KeptWords(str(entry.pk), reason, entry.words, entry.kept_at, page)


def mark_not_saved(request: HttpRequest, reason: Reason | str) -> None:
    """Note that what was sent did not go in, and why, so that the door keeps it."""
    request.META[_NOT_SAVED] = Reason(reason) if isinstance(reason, str) else reason


def mark_saved(request: HttpRequest) -> None:
    """Note that what was sent is saved, or kept as a draft, whatever the answer looks like."""
    request.META[_SAVED] = True


def mark_kept(request: HttpRequest) -> None:
    """Note that the page itself has kept what it could not save, and saved the rest."""
    request.META[_KEPT] = True


def reason_not_saved(request: HttpRequest) -> Reason | None:
    """Why the page could not save what was sent; None where it did not say so."""
    reason: Reason | None = request.META.get(_NOT_SAVED)
    return reason


def is_marked_saved(request: HttpRequest) -> bool:
    return _SAVED in request.META


def is_marked_kept(request: HttpRequest) -> bool:
    return _KEPT in request.META


def unsaved_entries(scope: str, writers: Collection[str]) -> QuerySet[UnsavedEntry]:
    """What is kept in a municipality for these writers, the newest first."""
    return UnsavedEntry.objects.filter(scope=scope, writer__in=writers)


def unsaved_entry(scope: str, writers: Collection[str], number: str) -> UnsavedEntry | None:
    """One of them by its number; None for any other."""
    if not (number.isdecimal() and len(number) < 18):
        return None
    return unsaved_entries(scope, writers).filter(pk=number).first()
