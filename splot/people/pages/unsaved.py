"""What one sent and Splot could not save: to be read again, sent again or discarded."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from splot.core.unsaved import show_entry, unsaved_entries, unsaved_entry
from splot.core.unsaved.actions import discard_unsaved
from splot.people.door import SignedInRequest, page
from splot.people.models import Municipality
from splot.people.rules import is_signed_in
from splot.people.unsaved import restoring_address, writers_of

PER_PAGE = 10  # each can be long


@page(is_signed_in, methods=("GET", "HEAD", "POST"))
def unsaved(request: SignedInRequest, municipality: Municipality) -> HttpResponse:
    """One's own entries, whoever else may read in the municipality."""
    writers = writers_of(request.user)
    if request.method == "POST":
        number = request.POST.get("discard", "")
        if entry := unsaved_entry(municipality.scope, writers, number):
            discard_unsaved(by=request.user, entries=[entry])
            messages.success(request, _("Discarded."))
        return redirect("unsaved", municipality.slug)
    entries = unsaved_entries(municipality.scope, writers)
    shown = Paginator(entries, PER_PAGE).get_page(request.GET.get("page"))
    pairs = [(show_entry(entry), restoring_address(entry)) for entry in shown]
    context = {"entries": pairs, "page": shown}
    return render(request, "people/unsaved.html", context)
