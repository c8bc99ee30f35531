"""Forms about accounts that several pages share."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import (
    password_validators_help_texts,
    validate_password,
)
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .factor_secrets import FactorSecrets
from .models import User
from .qr_codes import draw_qr_code
from .second_factors import generate_totp_secret, is_code_of_secret
from .throttle import exceeds_limit, forget_attempts

MAX_ATTEMPTS = 10  # wrong passwords of somebody who is signed in
PAUSE_SECONDS = 15 * 60
SECRET_KEY = "secret_of_new_app"  # in the session


def password_field(label: Any, autocomplete: str) -> forms.CharField:
    """A field for a password, which may begin or end with a space."""
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(label=label, strip=False, max_length=200, widget=widget)


class PersonForm(forms.Form):
    """A form about the account of a person."""

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user


class NewPasswordForm(PersonForm):
    """A new password, written twice, with what it has to be like."""

    password = password_field(gettext_lazy("New password"), "new-password")
    password_again = password_field(gettext_lazy("The same once more"), "new-password")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = " ".join(password_validators_help_texts())

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        password, again = data.get("password"), data.get("password_again")
        if password and again and password != again:
            self.add_error("password_again", _("This is not the same as above."))
        elif password:
            try:
                validate_password(password, self.user)
            except ValidationError as error:
                self.add_error("password", error)
        return data


class CurrentPasswordForm(PersonForm):
    """A form of somebody who is signed in and proves it anew with their password."""

    current_password = password_field(gettext_lazy("Your password now"), "current-password")

    def clean_current_password(self) -> str:
        what = f"password of {self.user.pk}"
        if exceeds_limit(what, limit=MAX_ATTEMPTS, seconds=PAUSE_SECONDS):
            raise ValidationError(
                _("Too many wrong passwords. Wait a quarter of an hour, then try again.")
            )
        password: str = self.cleaned_data["current_password"]
        if not self.user.check_password(password):
            raise ValidationError(_("This is not your password."))
        forget_attempts(what)
        return password


class ChangePasswordForm(NewPasswordForm, CurrentPasswordForm):
    field_order = ["current_password", "password", "password_again"]


class ChangeEmailForm(CurrentPasswordForm):
    email = forms.EmailField(
        label=gettext_lazy("New e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    field_order = ["email", "current_password"]


class AppCodeForm(PersonForm):
    """The first code of a new app. Its secret stays in the session until the code is right."""

    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=20,
        help_text=gettext_lazy("The six digits that the app shows now."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )

    def __init__(self, request: HttpRequest, user: User) -> None:
        super().__init__(request.POST or None, user=user)
        self.session = request.session
        self.secret: str = self.session.setdefault(SECRET_KEY, generate_totp_secret())
        address = FactorSecrets().build_totp_url(user, self.secret)
        self.qr_code = draw_qr_code(address)

    @property
    def secret_in_groups(self) -> str:
        """The secret as one types it: in groups of four."""
        return " ".join(self.secret[at : at + 4] for at in range(0, len(self.secret), 4))

    def clean_code(self) -> str:
        what = f"new app of {self.user.pk}"
        if exceeds_limit(what, limit=MAX_ATTEMPTS, seconds=PAUSE_SECONDS):
            raise ValidationError(
                _("Too many wrong codes. Wait a quarter of an hour, then try again.")
            )
        code: str = self.cleaned_data["code"]
        if not is_code_of_secret(self.secret, code):
            raise ValidationError(
                _("The app does not show this code now. Is the clock of your phone right?")
            )
        forget_attempts(what)
        return code

    def take_secret(self) -> str:
        """The secret of the app, which the session forgets."""
        del self.session[SECRET_KEY]
        return self.secret
