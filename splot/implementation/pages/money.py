"""The money of the table: by year, source and currency, with what is not known said apart."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from splot.implementation.budget import budget_of
from splot.implementation.rules import can_edit_table, can_see_table_health
from splot.people.door import page
from splot.policy.models import Policy
from splot.policy.queries import policy_of
from splot.policy.rules import can_read_policy


@page(can_read_policy, find=policy_of, public=True)
def table_money(request: HttpRequest, policy: Policy) -> HttpResponse:
    context = {
        "policy": policy,
        "budget": budget_of(policy),
        "is_team": can_see_table_health(request.user, policy),
        "can_edit": can_edit_table(request.user, policy),
    }
    return render(request, "implementation/money.html", context)
