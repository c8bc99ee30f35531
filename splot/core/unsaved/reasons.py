"""Why something was not saved, as it is kept: each reader is told in their own language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from ..models import UnsavedEntry


@dataclass(frozen=True)
class Reason:
    """A message of the catalogues, and its values. A sentence that is in none is told as it is."""

    message: str
    values: Mapping[str, str | int] = field(default_factory=dict)

    def __str__(self) -> str:
        sentence = _(self.message) if self.message else ""
        return sentence % self.values if self.values else sentence


CHANGED_MEANWHILE = Reason(gettext_noop("Somebody else changed this while you were writing."))
FILES_NOT_KEPT = Reason(gettext_noop("Files are not kept: choose them again, please."))


def say_reasons(reasons: Iterable[Reason]) -> str:
    """Several reasons, each once, as one paragraph in the active language."""
    return " ".join(dict.fromkeys(map(str, reasons)))


def reason_of_entry(entry: UnsavedEntry) -> str:
    """Why an entry was not saved, in the active language."""
    return say_reasons(Reason(message, values) for message, values in entry.reasons)
