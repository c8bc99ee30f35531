"""Signing in and out."""

from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from splot.people.door import page
from splot.people.models import DEMONSTRATION_PASSWORD
from splot.people.queries import demonstration_accounts
from splot.people.rules import anyone


@page(anyone, methods=("GET", "HEAD", "POST"))
def sign_in(request: HttpRequest, __: None) -> HttpResponse:
    form = AuthenticationForm(request, request.POST or None)
    form.fields["username"].widget.attrs["autocomplete"] = "username"
    if request.method == "POST" and form.is_valid():
        login(request, form.get_user())
        return redirect(_wanted(request) or "own_desk")
    accounts = demonstration_accounts() if settings.DEMONSTRATION else []
    context = {"form": form, "accounts": accounts, "password": DEMONSTRATION_PASSWORD, "next": _wanted(request)}
    return render(request, "people/sign_in.html", context)


@page(anyone, methods=("POST",))
def sign_out(request: HttpRequest, __: None) -> HttpResponse:
    logout(request)
    return redirect("municipalities")


def _wanted(request: HttpRequest) -> str:
    """The page that sent the visitor here, if it is one of ours."""
    url = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())
    return url if ours else ""
