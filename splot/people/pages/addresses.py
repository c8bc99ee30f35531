"""The e-mail addresses of all institutions in one list, typed or pasted from a spreadsheet."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from splot.core.forms import act_or_warn
from splot.core.mail import is_email_address
from splot.people.actions.addresses import change_addresses
from splot.people.door import SignedInRequest, page
from splot.people.models import Municipality, Organisation
from splot.people.pasted_addresses import PastedAddresses, parse_pasted_addresses
from splot.people.rules import can_keep_organisations

MAX_PASTED = 200_000  # characters
LEFT_REASONS = {
    "unknown": gettext_lazy("no institution of this name"),
    "no_address": gettext_lazy("no address in this line"),
    "not_an_address": gettext_lazy("this is not an e-mail address"),
    "repeated": gettext_lazy("another address for an institution that has one above"),
}


@dataclass
class AddressRow:
    """An institution with the address that its field shows; `line` is the pasted line that is
    doubtful, `error` why what was typed cannot be saved.
    """

    organisation: Organisation
    email: str
    version: int
    line: str = ""
    error: str = ""

    @property
    def is_changed(self) -> bool:
        return self.email != self.organisation.email


@page(can_keep_organisations, methods=("GET", "HEAD", "POST"))
def organisation_addresses(request: SignedInRequest, municipality: Municipality) -> HttpResponse:
    organisations = list(municipality.organisations.all())
    organisations.sort(key=lambda organisation: str(organisation.name).lower())
    rows = [_typed_row(request, organisation) for organisation in organisations]
    words = request.POST.get("pasted", "").strip()[:MAX_PASTED]
    pasted = PastedAddresses()
    is_opened_again = request.method == "GET"  # with words that were sent before
    # whatever button was pressed: what was pasted is looked at before it is saved
    if words and not is_opened_again:
        pasted = parse_pasted_addresses(words, organisations)
        _fill_rows(rows, pasted)
    elif request.method == "POST" and _save_rows(request, municipality, rows):
        return redirect("organisation_addresses", municipality.slug)
    context = {
        "rows": rows,
        "pasted": words if is_opened_again else "",
        "filled": len(pasted.found),
        "left": [(line, LEFT_REASONS[wrong]) for line, wrong in pasted.left],
        "errors": sum(bool(row.error) for row in rows),
    }
    return render(request, "people/organisation_addresses.html", context)


def _typed_row(request: SignedInRequest, organisation: Organisation) -> AddressRow:
    """The row as it was sent, or as it stands where nothing was sent for it."""
    email = request.POST.get(f"email-{organisation.pk}", organisation.email).strip()
    seen = request.POST.get(f"version-{organisation.pk}", "")
    is_number = seen.isascii() and seen.isdigit() and len(seen) < 9
    row = AddressRow(organisation, email, int(seen) if is_number else organisation.version)
    if row.is_changed and email and not is_email_address(email):
        row.error = _("This is not an e-mail address.")
    return row


def _fill_rows(rows: list[AddressRow], pasted: PastedAddresses) -> None:
    """Write what was pasted into the fields; nothing is saved yet."""
    for row in rows:
        if address := pasted.found.get(row.organisation.pk):
            row.email, row.line, row.error = address.email, address.line, ""


def _save_rows(
    request: SignedInRequest, municipality: Municipality, rows: list[AddressRow]
) -> bool:
    """Save the addresses that are other ones now; were they saved?"""
    if any(row.error for row in rows):
        return False
    changed = [(row.organisation, row.version, row.email) for row in rows if row.is_changed]
    saved = act_or_warn(
        request,
        lambda: change_addresses(by=request.user, municipality=municipality, addresses=changed),
        changed=_("Somebody else changed one of these institutions. Look, and save again."),
    )
    if saved:
        number = len(changed)
        words = ngettext("%(number)s address saved.", "%(number)s addresses saved.", number)
        messages.success(request, words % {"number": number})
    return saved
