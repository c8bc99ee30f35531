"""A password chosen with a link, and the way to such a link when one is forgotten."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt

from splot.core.actions import Refused
from splot.core.mail import has_mail_server
from splot.people.account_links import open_account_link
from splot.people.actions.own_account import (
    ask_for_recovery,
    confirm_email,
    set_password_by_link,
)
from splot.people.door import SignedInRequest, page
from splot.people.forms import NewPasswordForm
from splot.people.link_door import guesses_too_often, keep_secret, pause_page
from splot.people.models import AccountLink
from splot.people.rules import anyone, can_confirm_email
from splot.people.throttle import exceeds_limit

Purpose = AccountLink.Purpose
MAX_RECOVERIES = 5  # letters for one address
RECOVERY_SECONDS = 60 * 60


class RecoveryForm(forms.Form):
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )


@page(anyone, methods=("GET", "HEAD", "POST"))
def recover_password(request: HttpRequest, __: None) -> HttpResponse:
    """Ask for an address that sets a new password; the answer is the same for every address."""
    form = RecoveryForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"].lower()
        # beyond the limit nothing is sent, and nothing else is said
        if not exceeds_limit(f"recovery {email}", limit=MAX_RECOVERIES, seconds=RECOVERY_SECONDS):
            ask_for_recovery(email=email)
        return render(request, "people/recovery_sent.html", {"email": email})
    context = {"form": form, "has_mail": has_mail_server()}
    return render(request, "people/recover_password.html", context)


def find_password_link(token: str) -> AccountLink | None:
    return open_account_link(token, Purpose.INVITATION, Purpose.RECOVERY)


def find_email_link(token: str) -> AccountLink | None:
    return open_account_link(token, Purpose.EMAIL)


# No cookie counts at a secret address: whoever knows it needs no forgery.
@csrf_exempt
@page(anyone, find=find_password_link, methods=("GET", "HEAD", "POST"))
def set_password(request: HttpRequest, link: AccountLink | None) -> HttpResponse:
    """Choose a password with the link of an invitation or a recovery."""
    if link is None:
        return _closed_page(request)
    form = NewPasswordForm(request.POST or None, user=link.user)
    if request.method == "POST" and form.is_valid():
        try:
            set_password_by_link(link=link, password=form.cleaned_data["password"])
        except Refused:
            return _closed_page(request)
        messages.success(request, _("The password is set. Sign in with it now."))
        return keep_secret(redirect("sign_in"))
    return keep_secret(
        render(request, "people/set_password.html", {"form": form, "person": link.user})
    )


@csrf_exempt
@page(can_confirm_email, find=find_email_link, methods=("GET", "HEAD", "POST"))
def confirm_email_address(request: SignedInRequest, link: AccountLink) -> HttpResponse:
    """Confirm one's new e-mail address, by a press: programs that look through mail open addresses.
    Whoever has another's mailbox by a slip of the pen confirms nothing.
    """
    if request.method == "POST":
        try:
            confirm_email(link=link)
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The address is confirmed. Sign in with it from now on."))
        return keep_secret(redirect("own_desk"))
    return keep_secret(render(request, "people/confirm_email.html", {"link": link}))


def _closed_page(request: HttpRequest) -> HttpResponse:
    """The same page for every secret that opens nothing; slow answers to guessing."""
    if guesses_too_often(request):
        return keep_secret(pause_page(request))
    return keep_secret(render(request, "people/account_link_closed.html", status=404))
