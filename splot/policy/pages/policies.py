"""All terms of a municipality's policy."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from splot.people.door import page
from splot.people.models import Municipality
from splot.people.rules import anyone, can_read_drafts
from splot.policy.models import Policy
from splot.policy.rules import can_import_policy


@page(anyone, public=True)
def policy_list(request: HttpRequest, municipality: Municipality) -> HttpResponse:
    policies = municipality.policies.terms()
    in_consultation = policies.filter(status=Policy.Status.CONSULTATION)
    if not can_read_drafts(request.user, municipality):
        policies = policies.public()
    context = {
        "policies": policies,
        "in_consultation": in_consultation,
        "can_start": can_import_policy(request.user, municipality),
    }
    return render(request, "policy/policies.html", context)
