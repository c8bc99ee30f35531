"""The coordinator's page of a report: the assessment, the proposals, and what is still missing."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from splot.core.forms import TextFormField, save_if_valid
from splot.monitoring.actions import write_assessment
from splot.monitoring.forms import TranslatedForm
from splot.monitoring.models import Review
from splot.monitoring.queries import annual_report_gaps, proposals_of, review_of
from splot.monitoring.rules import can_edit_review
from splot.people.door import SignedInRequest, page


class AssessmentForm(TranslatedForm):
    translated = "assessment"
    assessment = TextFormField(
        label=gettext_lazy("The team’s assessment"),
        rows=16,
        max_length=40_000,
        required=False,
        help_text=gettext_lazy(
            "What went well, what did not, and why. An empty line begins a paragraph, “- ” a "
            "point of a list."
        ),
    )
    responsible = TextFormField(
        label=gettext_lazy("Who answers for the report"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("The body or office; it stands on the report."),
    )


# where a button of the form leads after saving
NEXT_PAGES = {"proposal": "add_proposal", "publish": "publish_annual_report"}


@page(can_edit_review, find=review_of, methods=("GET", "HEAD", "POST"))
def edit_annual_report(request: SignedInRequest, review: Review) -> HttpResponse:
    address = (review.municipality.slug, review.policy.term, review.year)
    form = AssessmentForm(request.POST or None, row=review, language=review.policy.language)

    def save() -> Review:
        version = form.cleaned_data["version"] or 0
        return write_assessment(by=request.user, review=review, version=version, **form.values())

    if save_if_valid(request, form, save):
        messages.success(request, _("Saved."))
        return redirect(
            NEXT_PAGES.get(request.POST.get("then", ""), "edit_annual_report"), *address
        )
    context = {
        "form": form,
        "review": review,
        "policy": review.policy,
        "missing": None if review.is_public else annual_report_gaps(review),
        "proposals": proposals_of(review),
    }
    return render(request, "monitoring/edit.html", context)
