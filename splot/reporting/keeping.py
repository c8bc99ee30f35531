"""What the pages of reports answer while somebody writes, and when they keep or discard a draft."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from splot.core.autosave import format_now
from splot.core.models import UnsavedEntry
from splot.core.unsaved import mark_saved, unsaved_entry
from splot.core.unsaved.actions import discard_unsaved
from splot.core.unsaved.reasons import reason_of_entry
from splot.people.door import Request
from splot.people.unsaved import Sender

from .actions.reports import discard_draft
from .forms.cards import ReportCards
from .forms.strays import name_draft


def answer_draft_kept(request: Request, stray: UnsavedEntry | None = None) -> HttpResponse:
    """The answer to a form that saves itself: when it was kept, or what cannot be sent any more."""
    if stray is None:
        mark_saved(request)
    reason = reason_of_entry(stray) if stray else ""
    context = {"time": format_now(), "stray": stray, "reason": reason}
    return render(request, "reporting/_draft_saved.html", context)


def answer_keeping(
    request: Request, cards: ReportCards, sender: Sender, stray: UnsavedEntry | None
) -> HttpResponse | None:
    """The answer to a form that is kept and not sent; None for one that is sent."""
    if request.htmx:
        cards.keep()
        return answer_draft_kept(request, stray)
    if stray is None:
        mark_saved(request)  # what is not sent is a draft
    if request.POST.get("do") == "keep":
        cards.keep()
        messages.success(request, _("Kept, and not sent yet."))
        return redirect(request.path)
    discarded = request.POST.get("discard", "")
    if not discarded:
        return None
    cards.keep()
    _discard(cards, sender, discarded)
    messages.success(request, _("Discarded."))
    return redirect(request.path)


def _discard(cards: ReportCards, sender: Sender, name: str) -> None:
    """Throw away an entry, or a draft that no card shows."""
    if entry := unsaved_entry(sender.scope, sender.writers, name):
        discard_unsaved(by=sender.by, entries=[entry])
        return
    for draft in cards.stranded():
        if name_draft(draft) == name:
            discard_draft(by=sender.by, draft=draft)


def tell_left_files(request: Request, cards: ReportCards) -> None:
    """Files that were chosen for a task that was not sent are not kept: say so."""
    for number in cards.left_files():
        words = _("The files of task %(number)s were not sent: choose them again, please.")
        messages.warning(request, words % {"number": number})
