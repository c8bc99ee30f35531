"""Which aspects of the model the policy speaks of, and why it is silent on the others."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from splot.catalogue.models import Aspect
from splot.catalogue.queries import entry_text, shipped_catalogue
from splot.core.actions import Conflict
from splot.core.forms import RowForm
from splot.core.formsets import LineForm, LineForms, line_formset, lines_by_key
from splot.core.values import Json
from splot.people.door import SignedInRequest, page
from splot.policy.actions.suggestions import choose_aspects
from splot.policy.models import Area, Policy
from splot.policy.queries import policy_of
from splot.policy.rules import can_write_policy

LINES = "aspects"
MAX_REASON = 500


class AspectForm(LineForm):
    """An aspect of the model: taken into the policy, or why not."""

    chosen = forms.BooleanField(required=False)
    whole = forms.BooleanField(required=False)
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=MAX_REASON, required=False)


@page(can_write_policy, find=policy_of, methods=("GET", "HEAD", "POST"))
def edit_aspects(request: SignedInRequest, policy: Policy) -> HttpResponse:
    form = RowForm(request.POST or None, row=policy)
    formset = _aspect_lines(policy, request.POST or None)
    is_outdated = False
    if request.method == "POST" and form.is_valid() and formset.is_valid():
        lines = lines_by_key(formset)
        try:
            choose_aspects(
                by=request.user,
                policy=policy,
                version=form.cleaned_data["version"],
                **_submitted_choice(policy, lines),
            )
            messages.success(request, _("Saved. Open an area to write it further."))
            return redirect("write_policy", policy.municipality.slug, policy.term)
        except Conflict as conflict:
            assert isinstance(conflict.current, Policy)
            policy, is_outdated = conflict.current, True
            messages.warning(
                request,
                _(
                    "Somebody else changed this policy meanwhile. Your choice is kept below: save "
                    "it again."
                ),
            )
    context = {
        "policy": policy,
        "form": form,
        "formset": formset,
        "aspects": _aspect_cards(policy, formset, is_outdated=is_outdated),
    }
    return render(request, "policy/aspects.html", context)


def _aspect_lines(policy: Policy, data: QueryDict | None) -> LineForms:
    aspects = shipped_catalogue().aspects
    initial = []
    for aspect in aspects:
        initial.append({"key": aspect.id, "reason": policy.left_out.get(aspect.id, "")})
    return line_formset(AspectForm, data, prefix=LINES, initial=initial, most=len(aspects))


def _submitted_choice(policy: Policy, lines: dict[str, Json]) -> Json:
    """What the action takes; an aspect that the form did not show stays as it is."""
    chosen, whole, left_out = [], [], dict(policy.left_out)
    for aspect in shipped_catalogue().aspects:
        line = lines.get(aspect.id)
        if line is None:
            continue
        left_out[aspect.id] = line["reason"]
        if line["chosen"] or line["whole"]:
            chosen.append(aspect.id)
        if line["whole"]:
            whole.append(aspect.id)
    return {"chosen": chosen, "whole": whole, "left_out": left_out}


def _aspect_cards(policy: Policy, formset: LineForms, *, is_outdated: bool) -> list[Json]:
    areas = {area.aspect: area for area in policy.areas.exclude(aspect="")}
    forms_by_key = {form["key"].value(): form for form in formset}
    cards = []
    for aspect in shipped_catalogue().aspects:
        if form := forms_by_key.get(aspect.id):
            cards.append(_aspect_card(aspect, policy, areas.get(aspect.id), form, is_outdated))
    return cards


def _aspect_card(
    aspect: Aspect, policy: Policy, area: Area | None, form: LineForm, is_outdated: bool
) -> Json:
    """An aspect as a card to choose: why it matters, what it suggests, what the policy has of it;
    `theirs` is a reason that somebody else wrote meanwhile.
    """
    language, since = policy.language, policy.catalogue_version
    saved_reason = policy.left_out.get(aspect.id, "")
    is_other = is_outdated and saved_reason != form["reason"].value()
    activities = [entry_text("activities", activity.id, language) for activity in aspect.activities]
    return {
        "id": aspect.id,
        "name": entry_text("aspects", aspect.id, language, "name"),
        "why": entry_text("aspects", aspect.id, language, "why"),
        "aims": [entry_text("aims", aim, language) for aim in aspect.aims],
        "activities": activities,
        "is_new": since is not None and aspect.is_news_since(since),
        "area": area,
        "form": form,
        "theirs": saved_reason if is_other else "",
    }
