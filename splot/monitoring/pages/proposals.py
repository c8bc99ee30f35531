"""Proposed corrections: written, reworded, withdrawn, decided."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from splot.core.forms import RowForm, TextFormField, act_or_warn, offer_rows, save_if_valid
from splot.implementation.models import Task
from splot.monitoring.actions import (
    add_proposal,
    change_proposal,
    decide_proposal,
    withdraw_proposal,
)
from splot.monitoring.forms import TranslatedForm
from splot.monitoring.models import CorrectiveProposal, Review
from splot.monitoring.queries import proposal_of, review_of, tasks_to_correct
from splot.monitoring.rules import can_edit_proposal, can_edit_review, can_propose
from splot.people.door import SignedInRequest, page
from splot.policy.models import Activity

METHODS = ("GET", "HEAD", "POST")


class ProposalForm(TranslatedForm):
    translated = "text"
    text = TextFormField(
        label=gettext_lazy("What should change"),
        rows=4,
        max_length=4000,
        help_text=gettext_lazy("One proposal: what to do, who should do it, by when."),
    )
    activity: "forms.ModelChoiceField[Activity]" = forms.ModelChoiceField(
        label=gettext_lazy("About which activity"),
        queryset=None,
        required=False,
        empty_label=gettext_lazy("none"),
    )
    task: "forms.ModelChoiceField[Task]" = forms.ModelChoiceField(
        label=gettext_lazy("About which task"),
        queryset=None,
        required=False,
        empty_label=gettext_lazy("none"),
    )

    def __init__(self, *args: Any, review: Review, **kwargs: Any) -> None:
        super().__init__(*args, language=review.policy.language, **kwargs)
        offer_rows(self, "activity", review.policy.activities.all())
        offer_rows(self, "task", tasks_to_correct(review))


class DecisionForm(TranslatedForm):
    translated = "reason"
    disposition = forms.ChoiceField(
        label=gettext_lazy("What came of it"),
        choices=CorrectiveProposal.Disposition.choices,
        widget=forms.RadioSelect,
    )
    reason = TextFormField(
        label=gettext_lazy("Reason"),
        rows=3,
        max_length=4000,
        required=False,
        help_text=gettext_lazy(
            "Needed when the proposal was changed or rejected. Everybody will read it."
        ),
    )


class WithdrawForm(RowForm):
    withdrawn = forms.BooleanField(required=False)


def _proposals_url(request: SignedInRequest, review: Review) -> str:
    """The page that the proposals stand on: the coordinator's, or the report itself for the
    monitoring team.
    """
    name = "edit_annual_report" if can_edit_review(request.user, review) else "annual_report"
    return reverse(name, args=[review.municipality.slug, review.policy.term, review.year])


def _redirect_back(request: SignedInRequest, review: Review) -> HttpResponse:
    return redirect(_proposals_url(request, review))


@page(can_propose, find=review_of, methods=METHODS)
def new_proposal(request: SignedInRequest, review: Review) -> HttpResponse:
    if review.is_public:
        return _redirect_back(request, review)
    form = ProposalForm(request.POST or None, review=review)

    def save() -> CorrectiveProposal:
        return add_proposal(
            by=request.user,
            review=review,
            idempotency_key=form.cleaned_data["idempotency_key"],
            **form.values(),
        )

    if save_if_valid(request, form, save):
        messages.success(request, _("The proposal is saved."))
        return _redirect_back(request, review)
    return _render_form(request, form, review, _("New proposal"))


@page(can_propose, find=proposal_of, methods=METHODS)
def edit_proposal(request: SignedInRequest, proposal: CorrectiveProposal) -> HttpResponse:
    review = proposal.review
    if review.is_public:
        return _redirect_back(request, review)
    form = ProposalForm(request.POST or None, row=proposal, review=review)
    title = _("Proposal %(number)s") % {"number": proposal.number}

    def save() -> CorrectiveProposal:
        version = form.cleaned_data["version"] or 0
        return change_proposal(by=request.user, proposal=proposal, version=version, **form.values())

    if save_if_valid(request, form, save):
        messages.success(request, _("The proposal is saved."))
        return _redirect_back(request, review)
    return _render_form(request, form, review, title)


@page(can_edit_proposal, find=proposal_of, methods=METHODS)
def proposal_decision(request: SignedInRequest, proposal: CorrectiveProposal) -> HttpResponse:
    form = DecisionForm(
        request.POST or None, row=proposal, language=proposal.review.policy.language
    )
    title = _("What came of proposal %(number)s") % {"number": proposal.number}

    def save() -> CorrectiveProposal:
        version = form.cleaned_data["version"] or 0
        return decide_proposal(by=request.user, proposal=proposal, version=version, **form.values())

    if save_if_valid(request, form, save):
        messages.success(request, _("The decision is saved."))
        return _redirect_back(request, proposal.review)
    return _render_form(request, form, proposal.review, title, proposal)


@page(can_edit_proposal, find=proposal_of, methods=("POST",))
def proposal_withdrawal(request: SignedInRequest, proposal: CorrectiveProposal) -> HttpResponse:
    """Take a proposal back, or bring it back; nothing is lost."""
    form = WithdrawForm(request.POST)
    if form.is_valid():
        withdrawn, version = form.cleaned_data["withdrawn"], form.cleaned_data["version"] or 0

        def withdraw() -> None:
            withdraw_proposal(
                by=request.user, proposal=proposal, version=version, withdrawn=withdrawn
            )

        changed = _("Somebody changed this proposal meanwhile. Look at it, then try again.")
        if act_or_warn(request, withdraw, changed=changed):
            off, back = _("The proposal is withdrawn."), _("The proposal is back.")
            messages.success(request, off if withdrawn else back)
    return _redirect_back(request, proposal.review)


def _render_form(
    request: SignedInRequest,
    form: RowForm,
    review: Review,
    title: str,
    proposal: CorrectiveProposal | None = None,
) -> HttpResponse:
    context = {
        "form": form,
        "review": review,
        "policy": review.policy,
        "title": title,
        "proposal": proposal,
    }
    context["above"] = _proposals_url(request, review)
    return render(request, "monitoring/proposal.html", context)
