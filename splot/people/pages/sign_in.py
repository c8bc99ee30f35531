"""Signing in and out."""

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from splot.people.actions.sessions import end_session_here
from splot.people.door import page
from splot.people.models import DEMONSTRATION_PASSWORD, User
from splot.people.queries import demonstration_accounts
from splot.people.rules import anyone
from splot.people.second_step import needs_second_step, start_second_step
from splot.people.signing_in import complete_sign_in, forget_tries, next_path, tries_too_often

MAX_EMAIL_LENGTH = 254


class SignInForm(AuthenticationForm):
    """Django's, with a pause after many wrong passwords, whether the account exists or not.

    The demonstration's accounts are shut outside a demonstration: their password is public.
    """

    request: HttpRequest

    def clean(self) -> dict[str, object]:
        address = self.cleaned_data.get("username", "").lower()
        if len(address) > MAX_EMAIL_LENGTH:
            raise self.get_invalid_login_error()
        # counted before the answer, so that many at once count too
        if tries_too_often(self.request, address):
            raise ValidationError(
                _("Too many wrong passwords. Wait a quarter of an hour, then try again.")
            )
        super().clean()
        forget_tries(self.request, address)
        return self.cleaned_data

    def confirm_login_allowed(self, user: User) -> None:
        super().confirm_login_allowed(user)
        if user.is_demonstration and not settings.DEMONSTRATION:
            raise self.get_invalid_login_error()


@page(anyone, methods=("GET", "HEAD", "POST"))
def sign_in(request: HttpRequest, __: None) -> HttpResponseBase:
    form = SignInForm(request, request.POST or None)
    form.fields["username"].widget.attrs["autocomplete"] = "username"
    if request.method == "POST" and form.is_valid():
        user, next_url = form.get_user(), next_path(request)
        if needs_second_step(user):
            return redirect(start_second_step(request, user, next_url))
        return complete_sign_in(request, user, next_url)
    accounts = demonstration_accounts() if settings.DEMONSTRATION else []
    context = {
        "form": form,
        "accounts": accounts,
        "password": DEMONSTRATION_PASSWORD,
        "next": next_path(request),
    }
    return render(request, "people/sign_in.html", context)


@page(anyone, methods=("POST",))
def sign_out(request: HttpRequest, __: None) -> HttpResponseBase:
    if request.user.is_authenticated and request.session.session_key:
        end_session_here(by=request.user, session_key=request.session.session_key)
    logout(request)
    return redirect("municipalities")
