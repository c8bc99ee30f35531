"""The second factor at the sign-in: asked for, or set up where the installation asks for one."""

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from splot.people.actions.second_factors import add_app, use_recovery_code
from splot.people.door import page
from splot.people.forms import AppCodeForm
from splot.people.models import User
from splot.people.rules import anyone
from splot.people.second_factors import (
    Type,
    factors_of,
    has_second_factor,
    is_code_of_app,
    is_passkey_of,
    passkey_request_options,
)
from splot.people.second_step import end_second_step, user_at_second_step
from splot.people.signing_in import complete_sign_in
from splot.people.throttle import exceeds_limit, forget_attempts

MAX_ATTEMPTS = 10  # wrong codes after a right password
PAUSE_SECONDS = 15 * 60


class SecondStepForm(forms.Form):
    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=40,
        help_text=gettext_lazy("The six digits that your app shows now, or a recovery code."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )
    credential = forms.CharField(required=False, max_length=20_000, widget=forms.HiddenInput)

    def __init__(self, *args: object, user: User, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # handed on as they come
        self.user = user
        self.fields["code"].required = not self.data.get("credential")

    def clean(self) -> dict[str, object]:
        attempt = f"second step of {self.user.pk}"
        if exceeds_limit(attempt, limit=MAX_ATTEMPTS, seconds=PAUSE_SECONDS):
            raise ValidationError(
                _("Too many wrong codes. Wait a quarter of an hour, then try again.")
            )
        code = self.cleaned_data.get("code", "")
        credential = self.cleaned_data.get("credential", "")
        if credential and not is_passkey_of(self.user, credential):
            raise ValidationError(_("This passkey does not belong to your account. Try again."))
        if not credential and not self._is_right(code):
            raise ValidationError(
                _("This code is not right. A code counts once, and for half a minute.")
            )
        forget_attempts(attempt)
        return self.cleaned_data

    def _is_right(self, code: str) -> bool:
        return is_code_of_app(self.user, code) or use_recovery_code(user=self.user, code=code)


@page(anyone, methods=("GET", "HEAD", "POST"))
def second_step(request: HttpRequest, __: None) -> HttpResponseBase:
    user = user_at_second_step(request)
    if user is None or not has_second_factor(user):
        return redirect("sign_in")
    form = SecondStepForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        return complete_sign_in(request, user, end_second_step(request))
    kinds = set(factors_of(user).values_list("type", flat=True))
    options = passkey_request_options(user) if Type.WEBAUTHN in kinds else ""
    context = {"form": form, "person": user, "options": options, "has_app": Type.TOTP in kinds}
    return render(request, "people/second_step.html", context)


@page(anyone, methods=("GET", "HEAD", "POST"))
def second_step_setup(request: HttpRequest, __: None) -> HttpResponseBase:
    """Set up an app before the first sign-in that asks for a second factor."""
    user = user_at_second_step(request)
    if user is None or has_second_factor(user):
        return redirect("sign_in")
    form = AppCodeForm(request, user)
    if request.method == "POST" and form.is_valid():
        codes = add_app(by=user, secret=form.take_secret())
        response = complete_sign_in(request, user, end_second_step(request))
        context = {"codes": codes, "onward": response["Location"]}
        shown = render(request, "people/recovery_codes.html", context)
        shown.cookies.update(response.cookies)
        return shown
    return render(request, "people/second_step_setup.html", {"form": form, "person": user})
