"""A workbook for each institution: issued with one click, uploaded in one go, conflicts side by
side.
"""

from collections import Counter
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from splot.core.actions import Conflict, Refused
from splot.core.dates import Period
from splot.core.forms import RowForm
from splot.core.values import Json
from splot.documents.intake.archives import IncomingFile, unpack_archives
from splot.people.door import SignedInRequest, page
from splot.policy.models import Policy
from splot.policy.queries import policy_of
from splot.workbooks.actions.uploads import resume_upload, start_upload, upload_progress
from splot.workbooks.actions.workbooks import issue_workbooks, resolve_conflicts
from splot.workbooks.cells import format_cell_value, normalise_cell_text
from splot.workbooks.merge import (
    CONFLICT,
    KEPT,
    LEFT_AS_SENT,
    OVERRULED,
    REFUSED,
    SAME,
    TAKEN,
)
from splot.workbooks.models import IssuedWorkbook, ReturnedWorkbook, UploadedFile, WorkbookUpload
from splot.workbooks.queries import (
    current_conflict_values,
    default_period,
    institutions_with_workbooks,
    results_of_upload,
    returned_workbook_of,
    upload_of,
    uploads_to_list,
    workbook_of,
    workbook_periods,
)
from splot.workbooks.rules import can_exchange_workbooks
from splot.workbooks.schema import workbook_column_label
from splot.workbooks.write import workbook_file_name, workbook_xlsx, workbooks_zip

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
STATE_LABELS = {
    TAKEN: gettext_lazy("taken over"),
    SAME: gettext_lazy("known already"),
    CONFLICT: gettext_lazy("to be decided"),
    KEPT: gettext_lazy("decided: the table stays"),
    OVERRULED: gettext_lazy("decided: the sheet’s words were taken"),
    LEFT_AS_SENT: gettext_lazy("empty in this copy: the table stays"),
    REFUSED: gettext_lazy("not taken"),
}


class WorkbooksField(forms.FileField):
    """One or more files; gives a list of them."""

    widget = forms.ClearableFileInput

    def clean(self, data: object, initial: object = None) -> list[object]:
        files = data if isinstance(data, list | tuple) else [data]
        return [super(WorkbooksField, self).clean(file, initial) for file in files]


class WorkbooksInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class WorkbookUploadForm(RowForm):
    files: Any = WorkbooksField(  # of the class; on a form it is the files that were sent
        label=gettext_lazy("Workbooks that came back"),
        help_text=gettext_lazy(
            "Up to 200 files, or one ZIP with all of them, 10 MB together: .xlsx, .ods or .csv."
        ),
        widget=WorkbooksInput(attrs={"accept": ".xlsx,.ods,.csv,.zip", "multiple": True}),
        allow_empty_file=True,  # it is told of with the others, which it does not hold up
    )


@page(can_exchange_workbooks, find=policy_of)
def workbook_list(request: SignedInRequest, policy: Policy) -> HttpResponse:
    """The institutions with tasks: what was sent to each and what came back."""
    period = _asked_period(policy, request.GET.get("period", ""))
    periods: list[dict[str, object]] = []
    for code in workbook_periods(policy):
        label = str(Period.parse(code))
        periods.append({"label": label, "url": f"?period={code}", "current": code == period})
    rows = institutions_with_workbooks(policy, period) if period else []
    context = {"policy": policy, "period": period, "periods": periods, "rows": rows}
    return render(request, "workbooks/workbooks.html", context)


def _asked_period(policy: Policy, code: str) -> str:
    return code if code in workbook_periods(policy) else default_period(policy)


@page(can_exchange_workbooks, find=policy_of, methods=("POST",))
def download_new_workbooks(request: SignedInRequest, policy: Policy) -> HttpResponse:
    """All workbooks of a period as one ZIP, or the one of one institution."""
    period = _asked_period(policy, request.POST.get("period", ""))
    key = request.POST.get("organisation", "")
    chosen = policy.municipality.organisations.filter(
        pk=key if key.isdecimal() and len(key) < 18 else 0
    )
    try:
        issued = issue_workbooks(
            by=request.user,
            policy=policy,
            period=period,
            organisations=list(chosen) if key else None,
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("workbooks", policy.municipality.slug, policy.term)
    if not issued:
        messages.warning(request, _("No institution has a task in this period."))
        return redirect("workbooks", policy.municipality.slug, policy.term)
    if key:
        return _download(workbook_xlsx(issued[0]), workbook_file_name(issued[0]), XLSX)
    name = f"{policy.municipality.slug}-{policy.term}-{period}.zip"
    return _download(workbooks_zip(issued), name, "application/zip")


@page(can_exchange_workbooks, find=workbook_of)
def download_workbook(request: SignedInRequest, workbook: IssuedWorkbook) -> HttpResponse:
    """A workbook that was made, once more."""
    return _download(workbook_xlsx(workbook), workbook_file_name(workbook), XLSX)


def _download(data: bytes, name: str, content_type: str) -> HttpResponse:
    response = HttpResponse(data, content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(True, name) or ""
    return response


@page(can_exchange_workbooks, find=policy_of, methods=("GET", "HEAD", "POST"))
def upload_workbooks(request: SignedInRequest, policy: Policy) -> HttpResponse:
    """Upload returned workbooks: they are kept at once, and merged by the background worker."""
    form = WorkbookUploadForm(request.POST or None, files=request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = (IncomingFile(file.name, file.read()) for file in form.cleaned_data["files"])
        try:
            files, idempotency_key = unpack_archives(given), form.cleaned_data["idempotency_key"]
            upload = start_upload(
                by=request.user, policy=policy, files=files, idempotency_key=idempotency_key
            )
            return redirect("workbook_upload", policy.municipality.slug, policy.term, upload.pk)
        except Refused as refusal:
            form.add_error("files", str(refusal))
    context = {"policy": policy, "form": form, "uploads": uploads_to_list(policy)}
    return render(request, "workbooks/upload.html", context)


@page(can_exchange_workbooks, find=upload_of, methods=("GET", "HEAD", "POST"))
def upload_results(request: SignedInRequest, upload: WorkbookUpload) -> HttpResponse:
    """How far the background worker is with an upload, and what became of each file; POST lets it
    go on.
    """
    if request.method == "POST":
        try:
            resume_upload(by=request.user, upload=upload)
        except Refused as refusal:
            messages.warning(request, str(refusal))
        return redirect("workbook_upload", upload.municipality.slug, upload.policy.term, upload.pk)
    results = sorted(results_of_upload(upload), key=_urgency_key)
    together: Counter[str] = Counter()
    labelled: list[tuple[UploadedFile, list[tuple[str, int]]]] = []
    refusals = 0
    for result in results:
        together.update(result.counts)
        labelled.append((result, _label_counts(result.counts)))
        refusals += bool(result.refusal)
    context = {
        "policy": upload.policy,
        "upload": upload,
        "work": upload_progress(upload),
        "results": labelled,
        "together": _label_counts(together),
        "refusals": refusals,
    }
    name = "workbooks/_upload_progress.html" if request.htmx else "workbooks/upload_results.html"
    return render(request, name, context)


def _urgency_key(result: UploadedFile) -> tuple[bool, bool, bool]:
    """What somebody has to decide comes first, then what was not taken."""
    return CONFLICT not in result.counts, not result.refusal, REFUSED not in result.counts


def _label_counts(counts: dict[str, int]) -> list[tuple[str, int]]:
    """(what became of cells, how many)."""
    return [(str(label), counts[state]) for state, label in STATE_LABELS.items() if state in counts]


@page(can_exchange_workbooks, find=returned_workbook_of, methods=("GET", "HEAD", "POST"))
def returned_workbook(request: SignedInRequest, returned: ReturnedWorkbook) -> HttpResponse:
    """What one workbook brought: conflicts first, each to be decided, then all the rest."""
    if request.method == "POST":
        return _resolve_conflicts(request, returned)
    now = current_conflict_values(returned)
    conflicts: list[dict[str, object]] = []
    others: list[dict[str, object]] = []
    for at, cell in enumerate(returned.cells):
        group = conflicts if cell["state"] == CONFLICT else others
        group.append(_cell_context(at, cell, now, returned.workbook))
    context = {
        "policy": returned.workbook.plan.policy,
        "returned": returned,
        "period": returned.workbook.period,
        "conflicts": conflicts,
        "others": others,
    }
    return render(request, "workbooks/returned.html", context)


def _cell_context(
    at: int,
    cell: Json,
    now: dict[tuple[int, str], str],
    workbook: IssuedWorkbook,
) -> dict[str, object]:
    """A cell for its reader: values in words, and what stands in the table at this moment."""
    code = cell["column"]
    current = now.get((cell["task"], code), cell["now"] or "")
    words = {name: format_cell_value(code, cell[name] or "") for name in ("sent", "now", "theirs")}
    return {
        **cell,
        **words,
        "at": at,
        "title": workbook.rows.get(str(cell["task"]), {}).get("title", ""),
        "label": workbook_column_label(code),
        "current": current,
        "current_words": format_cell_value(code, current),
        "outcome": STATE_LABELS[cell["state"]],
    }


def _resolve_conflicts(request: SignedInRequest, returned: ReturnedWorkbook) -> HttpResponse:
    choices: dict[int, str] = {}
    seen: dict[int, str] = {}
    for at in range(len(returned.cells)):
        choice = request.POST.get(f"choice-{at}", "")
        if choice in (KEPT, OVERRULED):
            choices[at] = choice
            seen[at] = normalise_cell_text(request.POST.get(f"seen-{at}", ""))
    version = request.POST.get("version", "")
    here = redirect(
        "returned_workbook",
        returned.municipality.slug,
        returned.workbook.plan.policy.term,
        returned.pk,
    )
    if not choices:
        return here
    try:
        left = resolve_conflicts(
            by=request.user,
            returned=returned,
            version=int(version) if version.isdecimal() and len(version) < 10 else 0,
            choices=choices,
            seen=seen,
        )
    except Conflict:
        messages.error(
            request, _("Somebody else decided meanwhile. Nothing of yours was saved; look again.")
        )
        return here
    if left:
        messages.warning(
            request, _("Some cells changed again, or cannot say this. Look at them once more.")
        )
    if decided := len(choices) - len(left):
        words = ngettext("%(count)s cell is decided.", "%(count)s cells are decided.", decided)
        messages.success(request, words % {"count": decided})
    return here
