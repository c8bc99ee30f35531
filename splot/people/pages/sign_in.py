"""Signing in and out."""

from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from splot.people.door import page
from splot.people.models import DEMONSTRATION_PASSWORD, User
from splot.people.queries import demonstration_accounts, first_municipality_of
from splot.people.rules import anyone
from splot.people.throttle import exceeds_limit, forget_attempts

MAX_ATTEMPTS = 10  # wrong passwords for one address
PAUSE_SECONDS = 15 * 60
MAX_EMAIL_LENGTH = 254


class SignInForm(AuthenticationForm):
    """Django's, with a pause after many wrong passwords, whether the account exists or not.

    The demonstration's accounts are shut outside a demonstration: their password is public.
    """

    def clean(self) -> dict[str, object]:
        address = self.cleaned_data.get("username", "").lower()
        if len(address) > MAX_EMAIL_LENGTH:
            raise self.get_invalid_login_error()
        # counted before the answer, so that many at once count too
        if exceeds_limit(f"sign-in {address}", limit=MAX_ATTEMPTS, seconds=PAUSE_SECONDS):
            raise ValidationError(
                _("Too many wrong passwords. Wait a quarter of an hour, then try again.")
            )
        super().clean()
        forget_attempts(f"sign-in {address}")
        return self.cleaned_data

    def confirm_login_allowed(self, user: User) -> None:
        super().confirm_login_allowed(user)
        if user.is_demonstration and not settings.DEMONSTRATION:
            raise self.get_invalid_login_error()


@page(anyone, methods=("GET", "HEAD", "POST"))
def sign_in(request: HttpRequest, __: None) -> HttpResponse:
    form = SignInForm(request, request.POST or None)
    form.fields["username"].widget.attrs["autocomplete"] = "username"
    if request.method == "POST" and form.is_valid():
        login(request, form.get_user())
        return redirect(_next_url(request) or _desk_url(form.get_user()))
    accounts = demonstration_accounts() if settings.DEMONSTRATION else []
    context = {
        "form": form,
        "accounts": accounts,
        "password": DEMONSTRATION_PASSWORD,
        "next": _next_url(request),
    }
    return render(request, "people/sign_in.html", context)


@page(anyone, methods=("POST",))
def sign_out(request: HttpRequest, __: None) -> HttpResponse:
    logout(request)
    return redirect("municipalities")


def _desk_url(user: User) -> str:
    """The person's desk, in the language that they signed in with."""
    municipality = first_municipality_of(user)
    return reverse("desk", args=[municipality.slug]) if municipality else reverse("municipalities")


def _next_url(request: HttpRequest) -> str:
    """The page that sent the visitor here, if it is one of ours."""
    url = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(
        url, {request.get_host()}, require_https=request.is_secure()
    )
    return url if ours else ""
