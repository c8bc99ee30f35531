"""Publishing a report: what will happen, then the decision."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from splot.core.actions import Conflict
from splot.core.forms import RowForm
from splot.monitoring.actions import ReviewRefused, publish_review
from splot.monitoring.models import Review
from splot.monitoring.queries import annual_report_gaps, proposals_of, review_of
from splot.monitoring.rules import can_edit_review
from splot.people.door import SignedInRequest, page


@page(can_edit_review, find=review_of, methods=("GET", "HEAD", "POST"))
def annual_report_publication(request: SignedInRequest, review: Review) -> HttpResponse:
    address = (review.municipality.slug, review.policy.term, review.year)
    form = RowForm(request.POST or None, row=review)
    if request.method == "POST" and form.is_valid():
        try:
            publish_review(
                by=request.user, review=review, version=form.cleaned_data["version"] or 0
            )
        except Conflict:
            messages.warning(
                request, _("Somebody changed the report meanwhile. Read it again, then publish it.")
            )
            return redirect("edit_annual_report", *address)
        except ReviewRefused as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, _("The report is published. Its PDF files are being made."))
        return redirect("annual_report", *address)
    if review.is_public:
        return redirect("annual_report", *address)
    context = {
        "form": form,
        "review": review,
        "policy": review.policy,
        "missing": annual_report_gaps(review),
        "proposals": proposals_of(review).filter(is_withdrawn=False),
    }
    return render(request, "monitoring/publish.html", context)
