"""What the executive and the council of a municipality are, and what they are called."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from splot.core.forms import RowForm, save_if_valid
from splot.people.actions import name_authorities
from splot.people.authorities import council_of, executive_of, name_fits_kind
from splot.people.door import SignedInRequest, page
from splot.people.models import Municipality
from splot.people.rules import can_name_authorities


class AuthoritiesForm(RowForm):
    executive_kind = forms.ChoiceField(
        label=gettext_lazy("Executive"),
        choices=Municipality.Executive.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    executive_name = forms.CharField(
        label=gettext_lazy("Its full name"),
        max_length=200,
        required=False,
        help_text=gettext_lazy(
            "As it stands in acts, for example: Prezydent Miasta Poznania. Empty: the usual name."
        ),
    )
    council_kind = forms.ChoiceField(
        label=gettext_lazy("Council"),
        choices=Municipality.Council.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    council_name = forms.CharField(
        label=gettext_lazy("The council’s full name"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("For example: Rada Miejska w Kórniku. Empty: the usual name."),
    )

    def clean(self) -> dict[str, object]:
        super().clean()
        for which in ("executive", "council"):
            kind = self.cleaned_data.get(f"{which}_kind", "")
            name = self.cleaned_data.get(f"{which}_name", "")
            if name and not kind:
                self.add_error(f"{which}_kind", _("Say which it is, so that it can be declined."))
            elif name and not name_fits_kind(name, kind, self.language):
                message = _("The name begins with other words than what was chosen.")
                self.add_error(f"{which}_name", message)
        return self.cleaned_data


@page(can_name_authorities, methods=("GET", "HEAD", "POST"))
def edit_authorities(request: SignedInRequest, municipality: Municipality) -> HttpResponse:
    language = municipality.language
    form = AuthoritiesForm(request.POST or None, row=municipality, language=language)

    def save() -> Municipality:
        return name_authorities(by=request.user, municipality=municipality, **form.values())

    if save_if_valid(request, form, save):
        messages.success(request, _("Saved."))
        return redirect("authorities", municipality.slug)
    declined = [executive_of(municipality, language), council_of(municipality, language)]
    context = {"form": form, "language": language, "declined": declined}
    return render(request, "people/authorities.html", context)
