"""The last step from an act to a policy: name and term; then it is saved."""

import re

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from splot.core.forms import RowForm
from splot.parsing.form_fields import DayFormField, YearFormField
from splot.people.door import SignedInRequest, page
from splot.policy.act_mapping import body_name, mapping_counts
from splot.policy.act_mapping.proposal import adoption_day, printed_number, suggested_title
from splot.policy.actions.act_imports import apply_act_import
from splot.policy.forms import check_term
from splot.policy.models import ActImport, Policy
from splot.policy.queries import act_import_of
from splot.policy.rules import can_import_policy
from splot.policy.writing.act_rows import ActImportRefused


class FinishActImportForm(RowForm):
    title = forms.CharField(label=gettext_lazy("Title of the policy"), max_length=400)
    starts = YearFormField(label=gettext_lazy("First year"))
    ends = YearFormField(label=gettext_lazy("Last year"))
    status = forms.ChoiceField(
        label=gettext_lazy("State of the policy"),
        choices=[(status.value, status.label) for status in (Policy.Status.DRAFT, *Policy.PUBLIC)],
        help_text=gettext_lazy("A draft is seen by your team only; the other states are public."),
    )
    number = forms.CharField(
        label=gettext_lazy("Number of the resolution"), max_length=80, required=False
    )
    body = forms.CharField(label=gettext_lazy("Adopted by"), max_length=200, required=False)
    responsible = forms.CharField(
        label=gettext_lazy("Who answers for the content"), max_length=200, required=False
    )
    adopted_on = DayFormField(label=gettext_lazy("Adopted on"), required=False)
    in_force_from = DayFormField(label=gettext_lazy("In force from"), required=False)

    def clean(self) -> dict[str, object]:
        super().clean()
        check_term(self)
        return self.cleaned_data


@page(can_import_policy, find=act_import_of, methods=("GET", "HEAD", "POST"))
def finish_act_import(request: SignedInRequest, act_import: ActImport) -> HttpResponse:
    """The last step: name and term; then the policy is made, whole or not at all."""
    form = FinishActImportForm(request.POST or None, initial=_guess_initial(act_import))
    if request.method == "POST" and form.is_valid():
        values = form.values()
        term = values.pop("starts"), values.pop("ends")
        try:
            policy = apply_act_import(
                by=request.user,
                act_import=act_import,
                term=term,
                idempotency_key=form.cleaned_data["idempotency_key"],
                **values,
            )
        except ActImportRefused as error:
            reassurance = _("Nothing was saved; your choices are kept.")
            form.add_error(None, f"{error} {reassurance}")
        else:
            messages.success(request, _("The policy is made. Next: the implementation table."))
            return redirect("policy", policy.municipality.slug, policy.term)
    context = {"form": form, "act_import": act_import}
    context |= mapping_counts(act_import.links.values())
    return render(request, "policy/finish_act_import.html", context)


def _guess_initial(act_import: ActImport) -> dict[str, object]:
    """What the title block says, for the form's start."""
    document = act_import.tree()
    years = [int(year) for year in re.findall(r"\b(?:19|20)\d\d\b", document.title)]
    return {
        "title": suggested_title(document)[:400],
        "starts": years[-2] if len(years) > 1 else (years[0] if years else None),
        "ends": years[-1] if years else None,
        "status": Policy.Status.DRAFT,
        "number": printed_number(document),
        "body": body_name(document.act.body),
        "adopted_on": adoption_day(document),
    }
