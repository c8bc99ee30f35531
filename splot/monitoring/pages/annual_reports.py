"""The annual reports of a policy: what is published, and, for the coordinator, what is being
written.
"""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from splot.core.forms import RowForm
from splot.monitoring.actions import ReviewRefused, start_review
from splot.monitoring.queries import (
    draft_reviews,
    public_reviews_of,
    published_reviews,
    years_without_review,
)
from splot.monitoring.rules import can_start_review
from splot.parsing.form_fields import YearFormField
from splot.people.door import SignedInRequest, page
from splot.people.rules import can_read_drafts
from splot.policy.models import Policy
from splot.policy.queries import policy_of
from splot.policy.rules import can_read_policy


class NewAnnualReportForm(RowForm):
    year = YearFormField()


@page(can_read_policy, find=policy_of, public=True)
def annual_report_list(request: HttpRequest, policy: Policy) -> HttpResponse:
    others = public_reviews_of(policy.municipality).exclude(policy=policy)
    context: dict[str, object] = {
        "policy": policy,
        "reviews": published_reviews(policy),
        "others": others,
    }
    if can_read_drafts(request.user, policy):
        context["drafts"] = draft_reviews(policy)
    if can_start_review(request.user, policy):
        context["years"] = _years_to_begin(policy, timezone.localdate().year)
    return render(request, "monitoring/annual_reports.html", context)


def _years_to_begin(policy: Policy, this_year: int) -> list[tuple[int, RowForm, bool]]:
    """The years without a report that have begun: (year, form, whether it still runs)."""
    years = years_without_review(policy)
    return [(year, NewAnnualReportForm(), year == this_year) for year in years if year <= this_year]


@page(can_start_review, find=policy_of, methods=("POST",))
def new_annual_report(request: SignedInRequest, policy: Policy) -> HttpResponse:
    form = NewAnnualReportForm(request.POST)
    if not form.is_valid():
        return redirect("annual_reports", policy.municipality.slug, policy.term)
    year = form.cleaned_data["year"]
    try:
        start_review(
            by=request.user,
            policy=policy,
            year=year,
            idempotency_key=form.cleaned_data["idempotency_key"],
        )
    except ReviewRefused as refusal:
        messages.warning(request, str(refusal))
        return redirect("annual_reports", policy.municipality.slug, policy.term)
    return redirect("edit_annual_report", policy.municipality.slug, policy.term, year)
