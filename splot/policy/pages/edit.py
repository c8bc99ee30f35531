"""What a coordinator sets on a policy: its name, vision, who answers for it, and that it is
public.
"""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from splot.catalogue.queries import entry_wording, shipped_catalogue
from splot.core.forms import RowForm, TextFormField, offer, save_if_valid
from splot.core.values import Values
from splot.parsing.form_fields import DayFormField, YearFormField
from splot.people.door import SignedInRequest, page
from splot.policy.actions.areas import change_area
from splot.policy.actions.policies import change_policy, publish_policy
from splot.policy.compose import adopting_body
from splot.policy.contents import contents_of
from splot.policy.forms import check_term
from splot.policy.models import Area, Policy
from splot.policy.publication import check_publication
from splot.policy.queries import (
    adopted_fields,
    area_of,
    imported_version,
    may_change_term,
    newest_version,
    policy_of,
    refs_of,
)
from splot.policy.rules import can_describe_policy, can_edit_policy, can_publish_policy
from splot.policy.suggestions import model_text


class PolicyForm(RowForm):
    starts = YearFormField(label=gettext_lazy("First year"))
    ends = YearFormField(
        label=gettext_lazy("Last year"),
        help_text=gettext_lazy(
            "The years stand in the policy’s address; they stay once a text was shown in public."
        ),
    )
    title = TextFormField(label=gettext_lazy("Title"), max_length=400)
    vision = TextFormField(
        label=gettext_lazy("Vision"),
        rows=5,
        required=False,
        help_text=gettext_lazy("What kind of place does the municipality want to be?"),
    )
    basis = TextFormField(
        label=gettext_lazy("Legal basis"),
        rows=3,
        required=False,
        help_text=gettext_lazy(
            "Stands at the head of the resolution, before “resolves as follows”."
        ),
    )
    offered_basis = forms.ChoiceField(
        label=gettext_lazy("Or choose a legal basis"),
        required=False,
        widget=forms.RadioSelect,
        help_text=gettext_lazy(
            "Look the journal of laws up, and write its year and number in place of the brackets."
        ),
    )
    body = forms.CharField(
        label=gettext_lazy("Who adopts it, as printed in the title"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("For example: RADY MIASTA LUBLIN"),
    )
    entry_into_force = TextFormField(
        label=gettext_lazy("When the amending resolution enters into force"),
        required=False,
        max_length=400,
    )
    justification = TextFormField(
        label=gettext_lazy("Justification"),
        rows=8,
        required=False,
        help_text=gettext_lazy(
            "Why the council should adopt it, what it changes and what it costs. Printed after the "
            "resolution."
        ),
    )
    responsible = TextFormField(
        label=gettext_lazy("Who answers for the content"), required=False, max_length=200
    )
    made_on = DayFormField(
        label=gettext_lazy("Made on"),
        required=False,
    )

    def __init__(self, *args: Any, row: Policy, **kwargs: Any) -> None:
        """Of an adopted policy, what its text holds is changed by an amendment alone."""
        super().__init__(*args, row=row, **kwargs)
        fixed = set() if row.is_open else {*adopted_fields(row), "justification"}
        if not may_change_term(row):
            fixed |= {"starts", "ends"}
        if not (row.is_open and row.amends_id):
            fixed.add("entry_into_force")
        if not row.is_open:
            fixed.add("offered_basis")
        for name in fixed:
            del self.fields[name]
        if row.is_open:
            offer(self, "offered_basis", _offered_bases(row))

    def values(self) -> Values:
        """A basis that was chosen takes the place of the one that was written."""
        values = super().values()
        if chosen := values.pop("offered_basis", ""):
            assert isinstance(self.row, Policy)
            values["basis"] = model_text(self.row, "bases", chosen, "text")
        return values

    def clean(self) -> dict[str, object]:
        super().clean()
        check_term(self)
        return self.cleaned_data


def _offered_bases(policy: Policy) -> list[tuple[str, str]]:
    """What the model offers as a legal basis, each with when it is the right one."""
    choices = [("", _("The one that is written above"))]
    for entry in shipped_catalogue().bases:
        text = model_text(policy, "bases", entry.id, "text")
        why = entry_wording("bases", entry.id, get_language() or "", "why")
        choices.append((entry.id, f"{text}. {why}"))
    return choices


class AdoptedAreaForm(RowForm):
    name = TextFormField(label=gettext_lazy("Name"), max_length=120)
    why = TextFormField(
        label=gettext_lazy("Why it matters"),
        rows=4,
        required=False,
        help_text=gettext_lazy("What the diagnosis found, in two or three sentences."),
    )

    def __init__(self, *args: Any, row: Area, **kwargs: Any) -> None:
        super().__init__(*args, row=row, **kwargs)
        if row.ref in refs_of(row.policy):
            del self.fields["name"]


class PublishForm(RowForm):
    status = forms.ChoiceField(
        label=gettext_lazy("State"),
        choices=[(status.value, status.label) for status in Policy.PUBLIC],
        widget=forms.RadioSelect,
    )
    responsible = TextFormField(
        label=gettext_lazy("Who answers for the content"),
        max_length=200,
        help_text=gettext_lazy("The office or body on whose behalf this is published."),
    )
    number = forms.CharField(
        label=gettext_lazy("Number of the resolution"), max_length=80, required=False
    )
    body = forms.CharField(label=gettext_lazy("Adopted by"), max_length=200, required=False)
    adopted_on = DayFormField(label=gettext_lazy("Adopted on"), required=False)
    in_force_from = DayFormField(label=gettext_lazy("In force from"), required=False)

    def __init__(self, *args: Any, row: Policy, **kwargs: Any) -> None:
        """A text that was composed here is printed under the number and the day of its
        resolution.
        """
        super().__init__(*args, row=row, **kwargs)
        if row.is_open and imported_version(row) is None:
            for name in ("number", "body", "adopted_on"):
                self.fields[name].required = True


@page(can_describe_policy, find=policy_of, methods=("GET", "HEAD", "POST"))
def edit_policy(request: SignedInRequest, policy: Policy) -> HttpResponse:
    form = PolicyForm(request.POST or None, row=policy, language=policy.language)

    def save() -> Policy:
        return change_policy(
            by=request.user, policy=policy, version=form.cleaned_data["version"], **form.values()
        )

    if changed := save_if_valid(request, form, save):
        messages.success(request, _("Saved."))
        return redirect("policy", policy.municipality.slug, changed.term)
    return render(
        request,
        "policy/edit.html",
        {"form": form, "policy": policy, "title": _("Policy’s details")},
    )


@page(can_edit_policy, find=area_of, methods=("GET", "HEAD", "POST"))
def edit_area(request: SignedInRequest, area: Area) -> HttpResponse:
    form = AdoptedAreaForm(request.POST or None, row=area, language=area.policy.language)

    def save() -> Area:
        version = form.cleaned_data["version"]
        return change_area(by=request.user, area=area, version=version, **form.values())

    if save_if_valid(request, form, save):
        messages.success(request, _("Saved."))
        return redirect("area", area.municipality.slug, area.policy.term, area.number)
    context = {"form": form, "policy": area.policy, "title": _("Area’s name and reasons")}
    return render(request, "policy/edit.html", context)


@page(can_publish_policy, find=policy_of, methods=("GET", "HEAD", "POST"))
def policy_publication(request: SignedInRequest, policy: Policy) -> HttpResponse:
    text = newest_version(policy)
    start = {} if policy.is_public else {"status": Policy.Status.IN_FORCE}
    adoption = (
        {name: getattr(text, name) for name in ("number", "body", "adopted_on", "in_force_from")}
        if text
        else {}
    )
    adoption["body"] = adoption.get("body") or adopting_body(policy)
    form = PublishForm(
        request.POST or None, row=policy, language=policy.language, initial={**start, **adoption}
    )

    def save() -> Policy:
        version = form.cleaned_data["version"]
        return publish_policy(by=request.user, policy=policy, version=version, **form.values())

    if save_if_valid(request, form, save):
        messages.success(request, _("The policy can now be read by everybody."))
        return redirect("policy", policy.municipality.slug, policy.term)
    # of a policy that is public the label alone is said anew
    check = check_publication(contents_of(policy)) if policy.is_open else None
    return render(request, "policy/publish.html", {"form": form, "policy": policy, "check": check})
