"""Versions: frozen, compared, adopted, amended."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from splot.core.actions import Refused
from splot.core.forms import RowForm, save_if_valid
from splot.documents.amending_formulas import without_passed_only
from splot.documents.diff import SAME, compare_documents
from splot.parsing.form_fields import DayFormField
from splot.people.door import SignedInRequest, page
from splot.policy.actions.policies import adopt_amendment, start_amendment
from splot.policy.actions.versions import freeze_version
from splot.policy.compose import adopting_body
from splot.policy.contents import contents_of
from splot.policy.health import policy_findings
from splot.policy.models import Policy, PolicyVersion
from splot.policy.publication import check_publication
from splot.policy.queries import open_amendment_of, policy_of, versions_of
from splot.policy.rules import (
    can_amend_policy,
    can_edit_policy,
    can_freeze_policy,
    can_read_versions,
    can_write_policy,
)

Stage = PolicyVersion.Stage


class FreezeForm(RowForm):
    stage = forms.ChoiceField(
        label=gettext_lazy("What for"),
        choices=[
            (Stage.CONSULTATION.value, gettext_lazy("For consultation: everybody can read it")),
            (
                Stage.DRAFT.value,
                gettext_lazy("For the team: to keep this state and compare with it later"),
            ),
        ],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=gettext_lazy("Note"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("For example: after the meeting with schools."),
    )


class AdoptionForm(RowForm):
    number = forms.CharField(label=gettext_lazy("Number of the resolution"), max_length=80)
    body = forms.CharField(label=gettext_lazy("Adopted by"), max_length=200)
    adopted_on = DayFormField(label=gettext_lazy("Adopted on"))
    in_force_from = DayFormField(label=gettext_lazy("In force from"), required=False)


@page(can_read_versions, find=policy_of, public=True)
def version_list(request: HttpRequest, policy: Policy) -> HttpResponse:
    staff = can_edit_policy(request.user, policy)
    context = {
        "policy": policy,
        "versions": versions_of(policy, public=not _sees_all(request, policy)),
        "can_edit": staff,
        "can_write": can_write_policy(request.user, policy),
        "amendment": open_amendment_of(policy) if staff else None,
    }
    return render(request, "policy/versions.html", context)


def _sees_all(request: HttpRequest, policy: Policy) -> bool:
    return request.user.is_authenticated and can_edit_policy(request.user, policy)


@page(can_read_versions, find=policy_of, public=True, query=("old", "new", "all"))
def version_comparison(request: HttpRequest, policy: Policy) -> HttpResponse:
    """Two versions passage by passage; without a choice, the two newest."""
    versions = list(versions_of(policy, public=not _sees_all(request, policy)))
    if policy.amends:
        versions += list(versions_of(policy.amends, public=True))
    by_name = {_version_name(version): version for version in versions}
    new = by_name.get(request.GET.get("new", ""), versions[0] if versions else None)
    old = by_name.get(request.GET.get("old", ""), versions[1] if len(versions) > 1 else None)
    named = list(by_name.items())
    context: dict[str, object] = {"policy": policy, "versions": named}
    if old and new:
        # the one that binds: a translation that lags behind would hide what changed
        language = new.language
        # a consolidated text has neither signature nor justification
        before, after = [without_passed_only(row.document(language)[0]) for row in (old, new)]
        comparison = compare_documents(before, after)
        whole = bool(request.GET.get("all"))
        context |= {
            "old": old,
            "new": new,
            "old_name": _version_name(old),
            "new_name": _version_name(new),
            "comparison": comparison,
            "language": language,
            "whole": whole,
            "changes": [change for change in comparison.changes if whole or change.kind != SAME],
        }
    return render(request, "policy/comparison.html", context)


def _version_name(version: PolicyVersion) -> str:
    """How an address names a version: its ordinal, with the term for one of another policy."""
    return f"{version.policy.term}.{version.ordinal}"


@page(can_freeze_policy, find=policy_of, methods=("GET", "HEAD", "POST"))
def freeze_draft(request: SignedInRequest, policy: Policy) -> HttpResponse:
    form = FreezeForm(request.POST or None, row=policy)

    def save() -> PolicyVersion:
        values = form.values()
        return freeze_version(
            by=request.user,
            policy=policy,
            version=form.cleaned_data["version"],
            stage=values["stage"],
            note=values["note"],
            idempotency_key=form.cleaned_data["idempotency_key"],
        )

    if version := save_if_valid(request, form, save):
        messages.success(request, _("Frozen. This text stays as it is; writing can go on."))
        return redirect("version", policy.municipality.slug, policy.term, version.ordinal)
    findings = policy_findings(contents_of(policy)) if policy.is_open else []
    return render(
        request, "policy/freeze.html", {"policy": policy, "form": form, "findings": findings}
    )


@page(can_edit_policy, find=policy_of, methods=("POST",))
def begin_amendment(request: SignedInRequest, policy: Policy) -> HttpResponse:
    """Open an amendment, or go on with the one that is open."""
    form = RowForm(request.POST)
    idempotency_key = form.cleaned_data["idempotency_key"] if form.is_valid() else None
    try:
        amendment = start_amendment(by=request.user, policy=policy, idempotency_key=idempotency_key)
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return redirect("write_policy", policy.municipality.slug, policy.term)
    return redirect("write_policy", policy.municipality.slug, amendment.term)


@page(can_amend_policy, find=policy_of, methods=("GET", "HEAD", "POST"))
def amendment_adoption(request: SignedInRequest, policy: Policy) -> HttpResponse:
    """The council has adopted an amendment: number, date, and the text is amended."""
    initial = {"body": adopting_body(policy)}
    form = AdoptionForm(request.POST or None, row=policy, initial=initial)

    def save() -> Policy:
        version, values = form.cleaned_data["version"], form.values()
        return adopt_amendment(by=request.user, amendment=policy, version=version, **values)

    if amended := save_if_valid(request, form, save):
        messages.success(
            request, _("The policy is amended. Its earlier text stays readable under “Versions”.")
        )
        return redirect("policy_text", policy.municipality.slug, amended.term)
    check = check_publication(contents_of(policy))
    return render(request, "policy/adopt.html", {"policy": policy, "form": form, "check": check})
