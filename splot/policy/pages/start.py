"""The beginning of a policy: for which years, and from what."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from splot.core.forms import RowForm, offer, save_if_valid
from splot.parsing.form_fields import YearFormField
from splot.people.door import SignedInRequest, page
from splot.people.models import Municipality
from splot.policy.actions.policies import EMPTY, MODEL, PREVIOUS, start_policy
from splot.policy.forms import check_term
from splot.policy.models import Policy
from splot.policy.queries import public_policies, terms_of
from splot.policy.rules import can_import_policy

STARTS = [
    (MODEL, gettext_lazy("From the model policy: choose aspects and take over what fits")),
    (PREVIOUS, gettext_lazy("From the previous policy: its text is the first draft")),
    (EMPTY, gettext_lazy("From an empty page")),
]


class NewPolicyForm(RowForm):
    title = forms.CharField(label=gettext_lazy("Title of the policy"), max_length=400)
    starts = YearFormField(label=gettext_lazy("First year"))
    ends = YearFormField(
        label=gettext_lazy("Last year"),
        help_text=gettext_lazy("The model advises a term of 5 to 10 years."),
    )
    start = forms.ChoiceField(
        label=gettext_lazy("How to begin"), choices=STARTS, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, has_earlier: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "start", [start for start in STARTS if has_earlier or start[0] != PREVIOUS])

    def clean(self) -> dict[str, object]:
        super().clean()
        check_term(self)
        return self.cleaned_data


@page(can_import_policy, methods=("GET", "HEAD", "POST"))
def new_policy(request: SignedInRequest, municipality: Municipality) -> HttpResponse:
    terms = terms_of(municipality)
    year = timezone.localdate().year
    first = max([year, *(policy.ends for policy in terms)]) + 1
    begin = {
        "starts": first,
        "ends": first + 5,
        "start": PREVIOUS if public_policies(municipality) else MODEL,
        "title": _suggested_title(municipality),
    }
    form = NewPolicyForm(request.POST or None, has_earlier=bool(terms), initial=begin)

    def save() -> Policy:
        values = form.values()
        return start_policy(
            by=request.user,
            municipality=municipality,
            title=values["title"],
            term=(values["starts"], values["ends"]),
            language=municipality.language,
            start=values["start"],
            idempotency_key=form.cleaned_data["idempotency_key"],
        )

    if policy := save_if_valid(request, form, save):
        next_page = "choose_aspects" if form.cleaned_data["start"] == MODEL else "write_policy"
        return redirect(next_page, municipality.slug, policy.term)
    return render(request, "policy/start.html", {"form": form})


def _suggested_title(municipality: Municipality) -> str:
    """A title in the municipality's language, whatever language the page is in."""
    with override(municipality.language):
        return _("Policy for the integration of migrants in %(municipality)s") % {
            "municipality": municipality.name
        }
