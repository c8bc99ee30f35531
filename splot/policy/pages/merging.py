"""Several activities into one, one into several."""

from collections.abc import Iterable

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from splot.core.actions import Conflict, Refused
from splot.core.forms import RowForm, save_if_valid, warn_not_saved
from splot.core.formsets import LineForm, line_formset, lines_by_key, was_sent
from splot.people.door import SignedInRequest, page
from splot.policy.actions.passages import merge_activities, split_activity
from splot.policy.actions.suggestions import adopt_activities
from splot.policy.models import Activity, Policy
from splot.policy.queries import activity_by_key, area_by_key, policy_of
from splot.policy.rules import can_write_part, can_write_policy

MAX_MERGED = 30
LINES = "lines"


class ActivityLineForm(LineForm):
    """An activity that is to be merged."""

    key = forms.IntegerField(min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput)


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
    is_sent = was_sent(request.POST, LINES)
    versions = _submitted_versions(request) if is_sent else _ticked_versions(request)
    if not is_sent:
        _adopt_ticked_suggestions(request, policy)
    if len(versions) > MAX_MERGED:
        messages.warning(
            request, _("Merge at most %(most)s activities at once.") % {"most": MAX_MERGED}
        )
        return redirect("write_policy", policy.municipality.slug, policy.term)
    rows = _activities_with_area(policy, versions)
    if len(rows) < 2 or len(rows) < len(versions):
        return _refuse_merge(request, policy, rows, all_there=len(rows) == len(versions))
    form = MergeForm(request.POST if is_sent else None, initial={"text": _join_wordings(rows)})
    if form.is_valid():
        try:
            first = merge_activities(
                by=request.user,
                activities=rows,
                versions=[versions[row.pk] for row in rows],
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
            rows, is_sent = _activities_with_area(policy, versions), False
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Merged. What the others said is kept with it."))
            return redirect(_activity_url(first))
    lines = []
    for row in rows:
        lines.append({"key": row.pk, "version": versions[row.pk] if is_sent else row.version})
    formset = line_formset(ActivityLineForm, None, prefix=LINES, initial=lines, most=MAX_MERGED)
    context = {
        "policy": policy,
        "form": form,
        "formset": formset,
        "lines": list(zip(rows, formset, strict=True)),
    }
    return render(request, "policy/merge.html", context)


def _adopt_ticked_suggestions(request: SignedInRequest, policy: Policy) -> None:
    """What was ticked in the other list of the area's page goes in as well."""
    chosen, key = request.POST.getlist("take"), request.POST.get("area", "")
    if not chosen or not key.isdecimal():
        return
    adopted = adopt_activities(
        by=request.user,
        area=area_by_key(policy.municipality, policy.term, int(key[:16])),
        chosen=chosen,
        indicators="indicators" in request.POST,
    )
    message = ngettext(
        "%(number)s activity taken over.", "%(number)s activities taken over.", len(adopted)
    )
    messages.success(request, message % {"number": len(adopted)})


def _ticked_versions(request: SignedInRequest) -> dict[int, int]:
    """{key of an activity that was ticked: 0}: nobody has looked at its version yet."""
    ticked = request.POST.getlist("activity")
    return {int(key): 0 for key in ticked if key.isdecimal() and len(key) < 16}


def _submitted_versions(request: SignedInRequest) -> dict[int, int]:
    """{key of an activity: the version that the writer saw}; 0, which nothing has, where a line
    does not say it.
    """
    formset = line_formset(ActivityLineForm, request.POST, prefix=LINES, most=MAX_MERGED)
    if not formset.is_valid():
        return {}
    return {key: line["version"] or 0 for key, line in lines_by_key(formset).items()}


def _activities_with_area(policy: Policy, keys: Iterable[int]) -> list[Activity]:
    return list(policy.activities.filter(pk__in=list(keys)).select_related("area"))


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
    warn_not_saved(request, _("Tick at least two activities to merge them.") if all_there else gone)
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
