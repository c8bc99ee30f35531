"""What one sent and Splot could not save: to be read again, sent again or discarded."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from splot.core.unsaved import discard_unsaved, show_entry, unsaved_entries, unsaved_entry
from splot.people.door import SignedInRequest, page
from splot.people.models import Municipality
from splot.people.rules import is_signed_in
from splot.people.unsaved import restoring_address, writers_of


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
    context = {"entries": [(show_entry(entry), restoring_address(entry)) for entry in entries]}
    return render(request, "people/unsaved.html", context)
