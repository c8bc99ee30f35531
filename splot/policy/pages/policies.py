"""All terms of a municipality's policy."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from splot.people.door import page
from splot.people.models import Municipality
from splot.people.rules import anyone, is_staff


@page(anyone, public=True)
def policy_list(request: HttpRequest, municipality: Municipality) -> HttpResponse:
    policies = municipality.policies.all()
    if not is_staff(request.user, municipality):
        policies = policies.public()
    return render(request, "policy/policies.html", {"policies": policies})
