"""A sheet for each institution: made with one click, taken back in one go, conflicts side by side."""

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
from splot.implementation.rules import can_edit_table
from splot.people.door import SignedInRequest, page
from splot.policy.models import Policy
from splot.policy.queries import policy_of
from splot.workbooks.actions.uploads import resume_return, start_return, work_of_upload
from splot.workbooks.actions.workbooks import make_sheets, settle
from splot.workbooks.cells import plain_text, shown
from splot.workbooks.merge import CONFLICT, KEPT, LEFT, OVERRULED, REFUSED, SAME, TAKEN, column_label
from splot.workbooks.models import IssuedWorkbook, ReturnedWorkbook, UploadedFile, WorkbookUpload
from splot.workbooks.queries import (
    GivenFile,
    awaited_period,
    institutions,
    periods_of,
    results_of,
    returned_of,
    sheet_of,
    upload_of,
    uploads_to_show,
    words_now,
)
from splot.workbooks.read import unpacked
from splot.workbooks.write import sheet_name, sheet_xlsx, sheets_zip

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
STATES = {
    TAKEN: gettext_lazy("taken over"),
    SAME: gettext_lazy("known already"),
    CONFLICT: gettext_lazy("to be decided"),
    KEPT: gettext_lazy("decided: the table stays"),
    OVERRULED: gettext_lazy("decided: the sheet’s words were taken"),
    LEFT: gettext_lazy("empty in this copy: the table stays"),
    REFUSED: gettext_lazy("not taken"),
}


class SeveralFiles(forms.FileField):
    """One or more files; gives a list of them."""

    widget = forms.ClearableFileInput

    def clean(self, data: object, initial: object = None) -> list[object]:
        files = data if isinstance(data, list | tuple) else [data]
        return [super(SeveralFiles, self).clean(each, initial) for each in files]


class ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class ReturnForm(RowForm):
    files: Any = SeveralFiles(  # of the class; on a form it is the files that were sent
        label=gettext_lazy("Workbooks that came back"),
        help_text=gettext_lazy("Up to 200 files, or one ZIP with all of them, 10 MB together: .xlsx, .ods or .csv."),
        widget=ManyFilesInput(attrs={"accept": ".xlsx,.ods,.csv,.zip", "multiple": True}),
        allow_empty_file=True,  # it is told of with the others, which it does not hold up
    )


@page(can_edit_table, find=policy_of)
def sheets(request: SignedInRequest, policy: Policy) -> HttpResponse:
    """The institutions with tasks: what was sent to each and what came back."""
    period = _asked(policy, request.GET.get("period", ""))
    periods = [
        {"label": str(Period.parse(code)), "url": f"?period={code}", "current": code == period}
        for code in periods_of(policy)
    ]
    rows = institutions(policy, period) if period else []
    context = {"policy": policy, "period": period, "periods": periods, "rows": rows}
    return render(request, "workbooks/workbooks.html", context)


def _asked(policy: Policy, asked: str) -> str:
    return asked if asked in periods_of(policy) else awaited_period(policy)


@page(can_edit_table, find=policy_of, methods=("POST",))
def make(request: SignedInRequest, policy: Policy) -> HttpResponse:
    """All workbooks of a period as one ZIP, or the one of one institution."""
    period = _asked(policy, request.POST.get("period", ""))
    key = request.POST.get("organisation", "")
    chosen = policy.municipality.organisations.filter(pk=key if key.isdecimal() and len(key) < 18 else 0)
    try:
        made = make_sheets(by=request.user, policy=policy, period=period, organisations=list(chosen) if key else None)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("sheets", policy.municipality.slug, policy.term)
    if not made:
        messages.warning(request, _("No institution has a task in this period."))
        return redirect("sheets", policy.municipality.slug, policy.term)
    if key:
        return _download(sheet_xlsx(made[0]), sheet_name(made[0]), XLSX)
    name = f"{policy.municipality.slug}-{policy.term}-{period}.zip"
    return _download(sheets_zip(made), name, "application/zip")


@page(can_edit_table, find=sheet_of)
def file(request: SignedInRequest, sheet: IssuedWorkbook) -> HttpResponse:
    """A workbook that was made, once more."""
    return _download(sheet_xlsx(sheet), sheet_name(sheet), XLSX)


def _download(data: bytes, name: str, content_type: str) -> HttpResponse:
    response = HttpResponse(data, content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(True, name) or ""
    return response


@page(can_edit_table, find=policy_of, methods=("GET", "HEAD", "POST"))
def take_back(request: SignedInRequest, policy: Policy) -> HttpResponse:
    """Files in: they are kept at once, and taken back in the background."""
    form = ReturnForm(request.POST or None, files=request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = (GivenFile(each.name, each.read()) for each in form.cleaned_data["files"])
        try:
            files, once = unpacked(given), form.cleaned_data["once"]
            upload = start_return(by=request.user, policy=policy, files=files, once=once)
            return redirect("sheet_upload", policy.municipality.slug, policy.term, upload.pk)
        except Refused as refusal:
            form.add_error("files", str(refusal))
    context = {"policy": policy, "form": form, "uploads": uploads_to_show(policy)}
    return render(request, "workbooks/upload.html", context)


@page(can_edit_table, find=upload_of, methods=("GET", "HEAD", "POST"))
def upload(request: SignedInRequest, upload: WorkbookUpload) -> HttpResponse:
    """How far the background is with files that were given in, and what became of each; POST lets it go on."""
    if request.method == "POST":
        try:
            resume_return(by=request.user, upload=upload)
        except Refused as refusal:
            messages.warning(request, str(refusal))
        return redirect("sheet_upload", upload.municipality.slug, upload.policy.term, upload.pk)
    results = sorted(results_of(upload), key=_calm)
    together: Counter[str] = Counter()
    for each in results:
        together.update(each.counts)
    context = {
        "policy": upload.policy,
        "upload": upload,
        "work": work_of_upload(upload),
        "results": [(each, _counted(each.counts)) for each in results],
        "together": _counted(together),
        "refusals": sum(bool(each.refusal) for each in results),
    }
    name = "workbooks/_upload_progress.html" if request.htmx else "workbooks/upload_results.html"
    return render(request, name, context)


def _calm(result: UploadedFile) -> tuple[bool, bool, bool]:
    """What somebody has to decide comes first, then what was not taken."""
    return CONFLICT not in result.counts, not result.refusal, REFUSED not in result.counts


def _counted(counts: dict[str, int]) -> list[tuple[str, int]]:
    """(what became of cells, how many)."""
    return [(str(label), counts[state]) for state, label in STATES.items() if state in counts]


@page(can_edit_table, find=returned_of, methods=("GET", "HEAD", "POST"))
def returned(request: SignedInRequest, returned: ReturnedWorkbook) -> HttpResponse:
    """What one workbook brought: conflicts first, each to be decided, then all the rest."""
    if request.method == "POST":
        return _settle(request, returned)
    now = words_now(returned)
    cells = [_shown(at, cell, now, returned.sheet) for at, cell in enumerate(returned.cells)]
    context = {
        "policy": returned.sheet.plan.policy,
        "returned": returned,
        "period": returned.sheet.period,
        "conflicts": [cell for cell in cells if cell["state"] == CONFLICT],
        "others": [cell for cell in cells if cell["state"] != CONFLICT],
    }
    return render(request, "workbooks/returned.html", context)


def _shown(
    at: int,
    cell: Json,
    now: dict[tuple[int, str], str],
    sheet: IssuedWorkbook,
) -> dict[str, object]:
    """A cell for its reader: values in words, and what stands in the table at this moment."""
    code = cell["column"]
    current = now.get((cell["task"], code), cell["now"] or "")
    words = {name: shown(code, cell[name] or "") for name in ("sent", "now", "theirs")}
    return {
        **cell,
        **words,
        "at": at,
        "title": sheet.rows.get(str(cell["task"]), {}).get("title", ""),
        "label": column_label(code),
        "current": current,
        "current_words": shown(code, current),
        "outcome": STATES[cell["state"]],
    }


def _settle(request: SignedInRequest, returned: ReturnedWorkbook) -> HttpResponse:
    choices = {
        at: choice
        for at in range(len(returned.cells))
        if (choice := request.POST.get(f"choice-{at}")) in (KEPT, OVERRULED)
    }
    seen = {at: plain_text(request.POST.get(f"seen-{at}", "")) for at in choices}
    version = request.POST.get("version", "")
    here = redirect("returned_sheet", returned.municipality.slug, returned.sheet.plan.policy.term, returned.pk)
    if not choices:
        return here
    try:
        left = settle(
            by=request.user,
            returned=returned,
            version=int(version) if version.isdecimal() and len(version) < 10 else 0,
            choices=choices,
            seen=seen,
        )
    except Conflict:
        messages.error(request, _("Somebody else decided meanwhile. Nothing of yours was saved; look again."))
        return here
    if left:
        messages.warning(request, _("Some cells changed again, or cannot say this. Look at them once more."))
    if decided := len(choices) - len(left):
        words = ngettext("%(count)s cell is decided.", "%(count)s cells are decided.", decided)
        messages.success(request, words % {"count": decided})
    return here
