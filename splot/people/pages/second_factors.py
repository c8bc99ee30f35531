"""One's second factors: an app, passkeys, recovery codes."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from splot.core.actions import Refused
from splot.people.actions.second_factors import (
    add_app,
    add_passkey,
    remove_factor,
    renew_recovery_codes,
)
from splot.people.door import SignedInRequest, page
from splot.people.forms import AppCodeForm, CurrentPasswordForm
from splot.people.rules import is_signed_in
from splot.people.second_factors import (
    factors_of,
    must_have_second_factor,
    parse_new_passkey,
    passkey_creation_options,
    recovery_codes_left,
)


class ConfirmedAppForm(AppCodeForm, CurrentPasswordForm):
    """A new app of somebody who proves anew who they are."""


class PasskeyForm(CurrentPasswordForm):
    name = forms.CharField(
        label=gettext_lazy("Name of the passkey"),
        max_length=60,
        help_text=gettext_lazy("For example: my phone, the key on my ring."),
    )
    credential = forms.CharField(max_length=20_000, widget=forms.HiddenInput, required=False)
    field_order = ["name", "current_password"]

    def clean(self) -> dict[str, object]:
        data = super().clean() or self.cleaned_data
        if not self.errors:  # a challenge counts once
            self.passkey = parse_new_passkey(data.get("credential", ""))
            if self.passkey is None:
                raise ValidationError(_("No passkey came from your browser. Try once more."))
        return data


@page(is_signed_in, methods=("GET", "HEAD", "POST"))
def second_factors(request: SignedInRequest, __: None) -> HttpResponse:
    """What one has; one is removed, or the recovery codes made anew, with the password."""
    form = CurrentPasswordForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        do = request.POST.get("do", "")
        if do == "codes":
            return _show_codes(request, renew_recovery_codes(by=request.user))
        try:
            number = int(do) if do.isascii() and do.isdigit() and len(do) < 18 else 0
            remove_factor(by=request.user, number=number)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Removed."))
            return redirect("second_factors")
    context = {
        "form": form,
        "factors": factors_of(request.user),
        "codes_left": len(recovery_codes_left(request.user)),
        "is_required": must_have_second_factor(request.user),
    }
    return render(request, "people/second_factors.html", context)


@page(is_signed_in, methods=("GET", "HEAD", "POST"))
def add_app_page(request: SignedInRequest, __: None) -> HttpResponse:
    form = ConfirmedAppForm(request, request.user)
    if request.method == "POST" and form.is_valid():
        try:
            codes = add_app(by=request.user, secret=form.take_secret())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("From now on you sign in with a code of this app."))
            return _show_codes(request, codes) if codes else redirect("second_factors")
    return render(request, "people/add_app.html", {"form": form})


@page(is_signed_in, methods=("GET", "HEAD", "POST"))
def add_passkey_page(request: SignedInRequest, __: None) -> HttpResponse:
    form = PasskeyForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid() and form.passkey:
        name = form.cleaned_data["name"]
        try:
            codes = add_passkey(by=request.user, name=name, credential=form.passkey)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("From now on you sign in with this passkey."))
            return _show_codes(request, codes) if codes else redirect("second_factors")
    options = passkey_creation_options(request.user)
    return render(request, "people/add_passkey.html", {"form": form, "options": options})


def _show_codes(request: SignedInRequest, codes: list[str]) -> HttpResponse:
    """New recovery codes, this once."""
    return render(request, "people/recovery_codes.html", {"codes": codes})
