"""Several activities into one, one into several."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from splot.core.actions import Conflict, Refused
from splot.core.forms import RowForm, save_if_valid
from splot.people.door import SignedInRequest, page
from splot.policy.actions.passages import merge_activities, split_activity
from splot.policy.models import Activity, Policy
from splot.policy.queries import activity_by_key, policy_of
from splot.policy.rules import can_write_part, can_write_policy

MAX_MERGED = 30


class MergeForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("Wording of the one activity"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("Institutions and indicators of all of them are kept."),
    )
    idempotency_key = forms.UUIDField(widget=forms.HiddenInput, required=False)


class SplitForm(RowForm):
    text = forms.CharField(
        label=gettext_lazy("The activities, with an empty line between them"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=gettext_lazy(
            "The first keeps the place and what was said of it; the others follow it."
        ),
    )

    def clean_text(self) -> list[str]:
        lines = self.cleaned_data["text"].replace("\r\n", "\n").split("\n\n")
        texts = [" ".join(part.split()) for part in lines if part.strip()]
        if len(texts) < 2:
            raise forms.ValidationError(
                _("Leave an empty line between the activities: there is only one so far.")
            )
        return texts


@page(can_write_policy, find=policy_of, methods=("POST",))
def activity_merge(request: SignedInRequest, policy: Policy) -> HttpResponse:
    """First the ticked activities side by side, then, with a wording, one of them all."""
    keys = [key for key in request.POST.getlist("activity") if key.isdecimal() and len(key) < 16]
    if len(keys) > MAX_MERGED:
        messages.warning(
            request, _("Merge at most %(most)s activities at once.") % {"most": MAX_MERGED}
        )
        return redirect("write_policy", policy.municipality.slug, policy.term)
    rows = list(policy.activities.filter(pk__in=keys).select_related("area"))
    if len(rows) < 2 or len(rows) < len(set(keys)):
        return _refuse_merge(request, policy, rows, all_there=len(rows) == len(set(keys)))
    versions = [_submitted_version(request, row) for row in rows]
    form = MergeForm(
        request.POST if "text" in request.POST else None, initial={"text": _join_wordings(rows)}
    )
    if form.is_valid():
        try:
            first = merge_activities(
                by=request.user,
                activities=rows,
                versions=versions,
                text=form.cleaned_data["text"],
                idempotency_key=form.cleaned_data["idempotency_key"],
            )
        except Conflict:
            form.add_error(
                None,
                _(
                    "Somebody changed one of these activities meanwhile. Look at them, then "
                    "merge again."
                ),
            )
            rows = list(policy.activities.filter(pk__in=keys).select_related("area"))
            versions = [row.version for row in rows]
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Merged. What the others said is kept with it."))
            return redirect(_activity_url(first))
    rows_with_versions = list(zip(rows, versions, strict=True))
    return render(
        request, "policy/merge.html", {"policy": policy, "rows": rows_with_versions, "form": form}
    )


def _submitted_version(request: SignedInRequest, row: Activity) -> int:
    """The version that the writer saw; the present one where the activities were only just
    ticked.
    """
    sent = request.POST.get(f"version-{row.pk}", "")
    return int(sent) if sent.isdecimal() and len(sent) < 10 else row.version


def _refuse_merge(
    request: SignedInRequest,
    policy: Policy,
    rows: list[Activity],
    *,
    all_there: bool,
) -> HttpResponse:
    gone = _(
        "One of these activities was merged or put away by somebody else. Nothing was changed."
    )
    messages.warning(
        request, _("Tick at least two activities to merge them.") if all_there else gone
    )
    return (
        redirect(_activity_url(rows[0]))
        if rows
        else redirect("write_policy", policy.municipality.slug, policy.term)
    )


def _join_wordings(rows: list[Activity]) -> str:
    return "; ".join(row.text.source_wording.rstrip(" .;") for row in rows)


def _activity_url(activity: Activity) -> str:
    policy = activity.policy
    address = reverse("write_area", args=[policy.municipality.slug, policy.term, activity.area_id])
    return f"{address}#activity-{activity.pk}"


@page(can_write_part, find=activity_by_key, methods=("GET", "HEAD", "POST"))
def activity_split(request: SignedInRequest, activity: Activity) -> HttpResponse:
    form = SplitForm(
        request.POST or None, row=activity, initial={"text": activity.text.source_wording}
    )

    def save() -> list[Activity]:
        version, idempotency_key = (
            form.cleaned_data["version"],
            form.cleaned_data["idempotency_key"],
        )
        texts = form.cleaned_data["text"]
        return split_activity(
            by=request.user,
            activity=activity,
            version=version,
            texts=texts,
            idempotency_key=idempotency_key,
        )

    if parts := save_if_valid(request, form, save):
        messages.success(request, _("Split."))
        return redirect(_activity_url(parts[0]))
    return render(
        request,
        "policy/split.html",
        {"policy": activity.policy, "activity": activity, "form": form},
    )
