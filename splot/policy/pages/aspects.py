"""Which aspects of the model the policy speaks of, and why it is silent on the others."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from splot.catalogue.models import Aspect
from splot.catalogue.queries import entry_text, shipped_catalogue
from splot.core.actions import Conflict
from splot.core.forms import RowForm
from splot.core.values import Json
from splot.people.door import SignedInRequest, page
from splot.policy.actions.suggestions import choose_aspects
from splot.policy.models import Area, Policy
from splot.policy.queries import policy_of
from splot.policy.rules import can_write_policy

MAX_REASON = 500


@page(can_write_policy, find=policy_of, methods=("GET", "HEAD", "POST"))
def edit_aspects(request: SignedInRequest, policy: Policy) -> HttpResponse:
    sent = _submitted_choice(request) if request.method == "POST" else None
    if sent is not None:
        form = RowForm(request.POST, row=policy)
        try:
            if form.is_valid():
                choose_aspects(
                    by=request.user, policy=policy, version=form.cleaned_data["version"], **sent
                )
                messages.success(request, _("Saved. Open an area to write it further."))
                return redirect("write_policy", policy.municipality.slug, policy.term)
        except Conflict as conflict:
            assert isinstance(conflict.current, Policy)
            policy = conflict.current
            messages.warning(
                request,
                _(
                    "Somebody else changed this policy meanwhile. Your choice is kept below: save "
                    "it again."
                ),
            )
    there = {area.aspect: area for area in policy.areas.exclude(aspect="")}
    aspects = [_aspect_card(aspect, policy, there, sent) for aspect in shipped_catalogue().aspects]
    return render(request, "policy/aspects.html", {"policy": policy, "aspects": aspects})


def _submitted_choice(request: SignedInRequest) -> Json:
    ids = [aspect.id for aspect in shipped_catalogue().aspects]
    whole = [id for id in request.POST.getlist("whole") if id in ids]
    ticked = {*request.POST.getlist("aspect"), *whole}
    chosen = [id for id in ids if id in ticked]
    reasons = {}
    for id in ids:
        reason = request.POST.get(f"why-{id}", "").replace("\0", "")
        reasons[id] = reason.strip()[:MAX_REASON]
    return {"chosen": chosen, "whole": whole, "left_out": reasons}


def _aspect_card(
    aspect: Aspect,
    policy: Policy,
    there: dict[str, Area],
    sent: Json | None,
) -> dict[str, object]:
    """An aspect as a card to choose: why it matters, what it suggests, what the policy has of
    it.
    """
    since = policy.catalogue_version
    kept = sent or {"chosen": list(there), "whole": [], "left_out": policy.left_out}
    return {
        "id": aspect.id,
        "name": entry_text("aspects", aspect.id, policy.language, "name"),
        "why": entry_text("aspects", aspect.id, policy.language, "why"),
        "aims": [entry_text("aims", aim, policy.language) for aim in aspect.aims],
        "activities": [
            entry_text("activities", activity.id, policy.language) for activity in aspect.activities
        ],
        "is_new": since is not None and aspect.is_news_since(since),
        "area": there.get(aspect.id),
        "chosen": aspect.id in kept["chosen"],
        "whole": aspect.id in kept["whole"],
        "reason": kept["left_out"].get(aspect.id, ""),
    }
