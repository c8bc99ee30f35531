"""One's own account: in which language letters come, and whether they come at all."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from splot.core.forms import RowForm, offer
from splot.core.languages import language_name
from splot.people.actions import change_account
from splot.people.door import SignedInRequest, page
from splot.people.rules import is_signed_in


class AccountForm(RowForm):
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
    if request.method == "POST" and form.is_valid():
        change_account(by=request.user, user=request.user, **form.values())
        messages.success(request, _("Saved."))
        return redirect("account")
    return render(request, "people/account.html", {"form": form})
