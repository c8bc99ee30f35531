"""The municipality's list of institutions: who carries out, supports, is asked."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from splot.core.forms import RowForm, TextFormField, save_if_valid
from splot.people.actions import add_organisation, change_organisation
from splot.people.door import SignedInRequest, page
from splot.people.models import Municipality, Organisation
from splot.people.queries import organisation_of
from splot.people.rules import can_keep_organisations


class OrganisationForm(RowForm):
    name = TextFormField(label=gettext_lazy("Name"), max_length=200)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Organisation.Kind.choices)
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        required=False,
        help_text=gettext_lazy(
            "Tasks are asked about here when nobody is in charge of them. Not shown in public."
        ),
    )
    wants_mail = forms.BooleanField(
        label=gettext_lazy("May be sent reminders"), required=False, initial=True
    )


@page(can_keep_organisations)
def organisation_list(request: SignedInRequest, municipality: Municipality) -> HttpResponse:
    return render(
        request, "people/organisations.html", {"organisations": municipality.organisations.all()}
    )


@page(can_keep_organisations, methods=("GET", "HEAD", "POST"))
def new_organisation(request: SignedInRequest, municipality: Municipality) -> HttpResponse:
    form = OrganisationForm(
        request.POST or None, language=municipality.language, initial={"wants_mail": True}
    )
    if request.method == "POST" and form.is_valid():
        idempotency_key = form.cleaned_data["idempotency_key"]
        organisation = add_organisation(
            by=request.user,
            municipality=municipality,
            idempotency_key=idempotency_key,
            **form.values(),
        )
        messages.success(request, _("%(name)s is on the list.") % {"name": organisation})
        return redirect("organisations", municipality.slug)
    return render(request, "people/organisation.html", {"form": form})


@page(can_keep_organisations, find=organisation_of, methods=("GET", "HEAD", "POST"))
def edit_organisation(request: SignedInRequest, organisation: Organisation) -> HttpResponse:
    form = OrganisationForm(request.POST or None, row=organisation)

    def save() -> Organisation:
        version = form.cleaned_data["version"]
        return change_organisation(
            by=request.user, organisation=organisation, version=version, **form.values()
        )

    if save_if_valid(request, form, save):
        messages.success(request, _("Saved."))
        return redirect("organisations", organisation.municipality.slug)
    return render(request, "people/organisation.html", {"form": form, "organisation": organisation})
