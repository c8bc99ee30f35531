"""The people of a municipality: who has which role; inviting, changing, ending."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from splot.core.actions import Refused
from splot.core.forms import RowForm, offer, offer_rows, save_if_valid
from splot.core.mail import has_mail_server
from splot.core.values import Values
from splot.people.actions.accounts import (
    change_roles,
    end_account,
    invite_person,
    send_invitation,
    show_invitation,
    withdraw_invitation,
)
from splot.people.door import SignedInRequest, page
from splot.people.mails import account_link_url
from splot.people.models import Membership, Municipality, Organisation, User
from splot.people.offers import RESPONSIBILITIES
from splot.people.queries import (
    may_show_invitation,
    people_in_charge,
    person_entries,
    person_of,
)
from splot.people.rules import can_keep_people
from splot.people.states import PersonEntry

# in the order in which they are offered: the one that most people get first
ROLE_HELP = {
    Membership.Role.LEADER: gettext_lazy("is in charge of tasks and reports on them"),
    Membership.Role.EDITOR: gettext_lazy("writes and translates"),
    Membership.Role.MONITOR: gettext_lazy("reads drafts and proposes corrections"),
    Membership.Role.READER: gettext_lazy("has a desk, and reads what is public"),
    Membership.Role.COORDINATOR: gettext_lazy("runs the policy, table, report and this list"),
}


def _role_choices(also: tuple[Membership, ...] = ()) -> list[tuple[str, str]]:
    """The roles that have something to do, and those that the person has."""
    choices = [(role.value, f"{role.label}: {ROLE_HELP[role]}") for role in ROLE_HELP]
    for membership in also:
        if membership.role not in ROLE_HELP:
            choices.append((membership.role, str(membership.get_role_display())))
    return choices


def _organisation_field() -> "forms.ModelChoiceField[Organisation]":
    return forms.ModelChoiceField(
        None,
        label=gettext_lazy("Institution"),
        required=False,
        empty_label=gettext_lazy("for the municipality as a whole"),
    )


class InviteForm(RowForm):
    name = forms.CharField(
        label=gettext_lazy("Name and surname"),
        max_length=150,
        help_text=gettext_lazy("As it stands beside what the person publishes and reports."),
    )
    email = forms.EmailField(label=gettext_lazy("E-mail address"), max_length=254)
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=_role_choices)
    organisation = _organisation_field()
    has_account = forms.TypedChoiceField(
        label=gettext_lazy("How the person works with Splot"),
        choices=[
            ("yes", gettext_lazy("signs in: gets a letter with an address to choose a password")),
            ("no", gettext_lazy("without an account: is named, and reports by personal link")),
        ],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        initial="yes",
    )

    def __init__(self, *args: Any, municipality: Municipality, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "organisation", municipality.organisations.all())

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("has_account") is False and data.get("role") != Membership.Role.LEADER:
            self.add_error("role", _("Without an account somebody can be a person in charge only."))
        return data


class RolesForm(forms.Form):
    roles = forms.MultipleChoiceField(
        label=gettext_lazy("Roles"), widget=forms.CheckboxSelectMultiple
    )
    organisation = _organisation_field()

    def __init__(self, data: QueryDict | None, *, entry: PersonEntry) -> None:
        initial = {
            "roles": [role.role for role in entry.roles],
            "organisation": entry.organisation,
        }
        super().__init__(data, initial=initial)
        offer(self, "roles", _role_choices(entry.roles))
        offer_rows(self, "organisation", entry.municipality.organisations.all())


@page(can_keep_people)
def people(request: SignedInRequest, municipality: Municipality) -> HttpResponse:
    return render(request, "people/people.html", {"entries": person_entries(municipality)})


@page(can_keep_people, methods=("GET", "HEAD", "POST"))
def invite(request: SignedInRequest, municipality: Municipality) -> HttpResponse:
    form = InviteForm(request.POST or None, municipality=municipality)

    def save() -> User:
        key = form.cleaned_data["idempotency_key"]
        return invite_person(
            by=request.user, municipality=municipality, idempotency_key=key, **form.values()
        )

    if user := save_if_valid(request, form, save):
        messages.success(request, _("%(name)s is on the list.") % {"name": user})
        return redirect("person", municipality.slug, user.pk)
    return render(request, "people/invite.html", {"form": form})


@page(can_keep_people, find=person_of, methods=("GET", "HEAD", "POST"))
def person(request: SignedInRequest, entry: PersonEntry) -> HttpResponse:
    """A person's roles and invitation. A new address is shown this once."""
    municipality, shown, do = entry.municipality, "", request.POST.get("do", "")
    form = RolesForm(request.POST if do == "roles" else None, entry=entry)
    if do == "show":
        shown = _show_invitation(request, entry)
        entry = person_of(municipality, entry.user.pk)
    elif request.method == "POST":
        is_done = _save_roles(request, form, entry) if do == "roles" else True
        if do in ("send", "withdraw"):
            _handle_invitation(request, entry, do)
        if is_done:
            return redirect("person", municipality.slug, entry.user.pk)
    context = {
        "entry": entry,
        "form": form,
        "shown": shown,
        "may_show": may_show_invitation(entry.user, municipality),
        "has_mail": has_mail_server(),
    }
    return render(request, "people/person.html", context)


def _save_roles(request: SignedInRequest, form: RolesForm, entry: PersonEntry) -> bool:
    if not form.is_valid():
        return False
    values: Values = {"municipality": entry.municipality, "user": entry.user}
    values |= form.cleaned_data
    try:
        change_roles(by=request.user, is_moved="organisation" in form.changed_data, **values)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, _("Saved."))
    return True


def _show_invitation(request: SignedInRequest, entry: PersonEntry) -> str:
    """A new address that sets the person's first password, "" where it may not be shown."""
    try:
        link, token = show_invitation(
            by=request.user, municipality=entry.municipality, user=entry.user
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
        return ""
    return account_link_url(link, token)


def _handle_invitation(request: SignedInRequest, entry: PersonEntry, do: str) -> None:
    person = entry.user
    try:
        if do == "send":
            send_invitation(by=request.user, municipality=entry.municipality, user=person)
            words = _("The invitation is on its way to %(email)s.") % {"email": person.email}
        else:
            withdraw_invitation(by=request.user, user=person)
            words = _("The invitation opens nothing any more.")
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, words)


class EndForm(forms.Form):
    successor: "forms.ModelChoiceField[User]" = forms.ModelChoiceField(
        None,
        label=gettext_lazy("Who takes over"),
        required=False,
        empty_label=gettext_lazy("nobody yet"),
    )


@page(can_keep_people, find=person_of, methods=("GET", "HEAD", "POST"))
def end_person(request: SignedInRequest, entry: PersonEntry) -> HttpResponse:
    """End a person's roles here, and ask who takes over what they are in charge of."""
    municipality, person = entry.municipality, entry.user
    responsibilities: list[str] = []
    for responsibilities_of in RESPONSIBILITIES.gather():
        responsibilities += responsibilities_of(person, municipality)
    form = EndForm(request.POST or None)
    others = people_in_charge(municipality).exclude(pk=person.pk)
    offer_rows(form, "successor", others.order_by("name"))
    if request.method == "POST" and form.is_valid():
        place: Values = {"municipality": municipality, "user": person}
        try:
            end_account(by=request.user, **{**place, **form.cleaned_data})
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            words = _("%(name)s has no role here any more. What they did stays under their name.")
            messages.success(request, words % {"name": person})
            if person.pk == request.user.pk:
                return redirect("own_desk")
            return redirect("people", municipality.slug)
    context = {"person": person, "form": form, "responsibilities": responsibilities}
    return render(request, "people/end_person.html", context)
