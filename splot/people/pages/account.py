"""One's own account: name, language, mail; password, e-mail address, open sessions."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from splot.core.actions import Refused
from splot.core.forms import RowForm, offer
from splot.core.languages import language_name
from splot.people.actions import change_account
from splot.people.actions.own_account import (
    ask_for_email_change,
    change_own_password,
    refuse_shared_account,
)
from splot.people.actions.sessions import end_sessions, move_session
from splot.people.door import SignedInRequest, page
from splot.people.forms import ChangeEmailForm, ChangePasswordForm
from splot.people.rules import is_signed_in
from splot.people.throttle import exceeds_limit

MAX_EMAIL_CHANGES, EMAIL_SECONDS = 5, 60 * 60


class AccountForm(RowForm):
    name = forms.CharField(
        label=gettext_lazy("Name and surname"),
        max_length=150,
        help_text=gettext_lazy("As it stands beside what you publish and report."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    language = forms.ChoiceField(  # type: ignore[assignment]  # Django takes it from the class
        label=gettext_lazy("Language of your letters"), widget=forms.RadioSelect
    )
    wants_mail = forms.BooleanField(
        label=gettext_lazy("Send me reminders by e-mail"),
        required=False,
        help_text=gettext_lazy(
            "Without them your institution or the coordinator is asked about your tasks."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "language", [(code, language_name(code)) for code, __ in settings.LANGUAGES])


@page(is_signed_in, methods=("GET", "HEAD", "POST"))
def account(request: SignedInRequest, __: None) -> HttpResponse:
    form = AccountForm(request.POST or None, row=request.user)
    if request.user.is_demonstration:
        form.fields["name"].disabled = True
    if request.method == "POST" and form.is_valid():
        change_account(by=request.user, user=request.user, **form.values())
        messages.success(request, _("Saved."))
        return redirect("account")
    return render(request, "people/account.html", {"form": form})


@page(is_signed_in, methods=("GET", "HEAD", "POST"))
def account_password(request: SignedInRequest, __: None) -> HttpResponse:
    form = ChangePasswordForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        old_key = request.session.session_key or ""
        try:
            password = form.cleaned_data["password"]
            user = change_own_password(by=request.user, password=password, keep_session=old_key)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            update_session_auth_hash(request, user)
            new_key = request.session.session_key or ""
            move_session(by=user, old_key=old_key, new_key=new_key)
            messages.success(request, _("Your password is changed. All other sessions have ended."))
            return redirect("account")
    return render(request, "people/account_password.html", {"form": form})


@page(is_signed_in, methods=("GET", "HEAD", "POST"))
def account_email(request: SignedInRequest, __: None) -> HttpResponse:
    form = ChangeEmailForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        what = f"e-mail change of {request.user.pk}"
        try:
            refuse_shared_account(request.user)
            if exceeds_limit(what, limit=MAX_EMAIL_CHANGES, seconds=EMAIL_SECONDS):
                raise Refused(_("That was very often in a short time. Try again in an hour."))
            ask_for_email_change(by=request.user, email=email)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            words = _("A letter is on its way to %(email)s. Confirm the address with it.")
            messages.success(request, words % {"email": email})
            return redirect("account")
    return render(request, "people/account_email.html", {"form": form})


@page(is_signed_in, methods=("GET", "HEAD", "POST"))
def account_sessions(request: SignedInRequest, __: None) -> HttpResponse:
    """The browsers in which one is signed in; one or all of the others are ended here."""
    here = request.session.session_key or ""
    if request.method == "POST":
        number = request.POST.get("end", "")
        one = int(number) if number.isascii() and number.isdigit() and len(number) < 18 else None
        if one is not None or number == "others":
            ended = end_sessions(by=request.user, user=request.user, number=one, keep=here)
            words = ngettext("%(number)s session ended.", "%(number)s sessions ended.", ended)
            messages.success(request, words % {"number": ended})
        return redirect("account_sessions")
    sessions = request.user.open_sessions.alive()
    context = {"sessions": sessions, "here": here}
    return render(request, "people/account_sessions.html", context)
