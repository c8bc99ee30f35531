"""From a spreadsheet into the table: choose a file, say what its columns are, look at every row,
take it, undo it.
"""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from splot.core.actions import Conflict
from splot.core.forms import RowForm
from splot.core.jobs import JobProgress
from splot.documents.spreadsheets import UnreadableDocument
from splot.documents.spreadsheets.tables import SheetTable
from splot.implementation.columns import column_label
from splot.implementation.queries import plan_of
from splot.implementation.rules import can_edit_table
from splot.people.door import SignedInRequest, page
from splot.people.models import Municipality, Organisation
from splot.people.queries import tie
from splot.policy.models import Policy
from splot.policy.queries import policy_of
from splot.table_import.actions.apply import apply_import, undo_import
from splot.table_import.actions.background import (
    MAX_ROWS_IN_REQUEST,
    enqueue_import,
    import_progress,
)
from splot.table_import.actions.choices import archive_import, change_import, start_import
from splot.table_import.actions.saving import TableImportRefused
from splot.table_import.columns import UNIQUE_CODES
from splot.table_import.meaning import ColumnMeaning
from splot.table_import.models import TableImport
from splot.table_import.options import (
    column_options,
    row_options,
    state_filters,
    unmatched_name_options,
)
from splot.table_import.parser import ParsedFile, parse_file_sandboxed
from splot.table_import.plan import (
    LEAVE,
    STATE_LABELS,
    TAKE,
    TAKE_AS_TASK,
    column_meanings,
)
from splot.table_import.queries import (
    cached_plan,
    imports_of,
    rows_changed_since,
    table_fingerprint,
    table_import_of,
    tables_of,
)

ROWS = 100
COLUMN_FIELDS = ("code", "year", "source")  # of the form, for each column
SEVERAL = ("GET", "HEAD", "POST")


class TableUploadForm(RowForm):
    file = forms.FileField(
        label=gettext_lazy("File with the table"),
        help_text=gettext_lazy(
            "Excel (.xlsx), OpenDocument (.ods), CSV, or a Word document (.docx) with tables; up "
            "to 10 MB."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xlsm,.ods,.csv,.tsv,.txt,.docx"}),
    )


@page(can_edit_table, find=policy_of, methods=SEVERAL)
def upload_table(request: SignedInRequest, policy: Policy) -> HttpResponse:
    plan = plan_of(policy)
    if plan is None:
        return redirect("table", policy.municipality.slug, policy.term)
    tie(plan, policy)
    form = TableUploadForm(request.POST or None, files=request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            parsed = parse_file_sandboxed(file.read(), file.name)
            reading = start_import(
                by=request.user,
                plan=plan,
                file_name=file.name,
                tables=_tables_of(parsed, policy.municipality),
                notes=parsed.notes,
                idempotency_key=form.cleaned_data["idempotency_key"],
            )
        except (UnreadableDocument, TableImportRefused) as error:
            form.add_error("file", str(error))
        else:
            return redirect(
                "table_reading_columns", policy.municipality.slug, policy.term, reading.pk
            )
    readings = imports_of(policy)
    context = {"form": form, "policy": policy}
    context |= {
        "readings": readings.filter(is_put_away=False)[:50],
        "away": readings.filter(is_put_away=True)[:50],
    }
    return render(request, "table_import/upload.html", context)


def _tables_of(parsed: ParsedFile, municipality: Municipality) -> list[SheetTable]:
    """Those of a file that is a table of people; what was made for institutions is taken back
    elsewhere.
    """
    if parsed.issuer == municipality.slug:
        raise TableImportRefused(
            _(
                "This workbook was made here for an institution to fill. Give it in on the page of "
                "the sheets."
            )
        )
    if parsed.issuer is not None:
        raise TableImportRefused(
            _("This workbook was made by another municipality for one of its institutions.")
        )
    if not parsed.tables:
        raise TableImportRefused(_("There is no table with rows in this file. Nothing was kept."))
    return parsed.tables


@page(can_edit_table, find=table_import_of, methods=SEVERAL)
def confirm_columns(request: SignedInRequest, reading: TableImport) -> HttpResponse:
    """Which of the file's tables it is, and what each of its columns is."""
    if reading.applied_at:
        return _redirect_to(reading)
    faults: list[str] = []
    given: list[ColumnMeaning] | None = None
    theirs: list[ColumnMeaning] = []
    if request.method == "POST":
        try:
            if "chosen" in request.POST or reading.chosen is None:
                chosen = _parse_table_choice(request, reading)
                change_import(
                    by=request.user,
                    reading=reading,
                    version=_submitted_version(request),
                    chosen=chosen,
                )
                return _redirect_to(reading, "table_reading_columns")
            given, faults = _parse_columns(request, reading)
            if not faults:
                change_import(
                    by=request.user,
                    reading=reading,
                    version=_submitted_version(request),
                    columns=given,
                )
                return _redirect_to(
                    reading, "table_reading_columns" if "again" in request.POST else "table_reading"
                )
        except Conflict as conflict:
            assert isinstance(conflict.current, TableImport)
            reading, faults = conflict.current, [_changed_meanwhile()]
            theirs = column_meanings(reading)
        except TableImportRefused as refusal:
            faults = [str(refusal)]
    shown = column_options(reading, given, theirs)
    context = {"reading": reading, "policy": reading.plan.policy, "faults": faults, **shown}
    return render(request, "table_import/columns.html", context)


def _changed_meanwhile() -> str:
    return _(
        "Somebody else changed these choices meanwhile. Yours are in the form; look at them "
        "and save again."
    )


def _redirect_to(
    reading: TableImport, name: str = "table_reading", query: str = ""
) -> HttpResponse:
    answer = redirect(name, reading.municipality.slug, reading.plan.policy.term, reading.pk)
    answer["Location"] += query
    return answer


def _submitted_version(request: SignedInRequest) -> int:
    """The version that the writer saw; 0, which nothing has, when the form does not say."""
    form = RowForm(request.POST)
    return (form.is_valid() and form.cleaned_data["version"]) or 0


def _parse_table_choice(request: SignedInRequest, reading: TableImport) -> int:
    asked = request.POST.get("chosen", "")
    if not asked.isdecimal() or len(asked) > 4 or int(asked) >= tables_of(reading).count():
        raise TableImportRefused(_("Choose one of the tables."))
    return int(asked)


def _parse_columns(
    request: SignedInRequest,
    reading: TableImport,
) -> tuple[list[ColumnMeaning], list[str]]:
    """What each column is as the form says, and what is wrong with it."""
    given = []
    for at in range(reading.column_count):
        code, year, source = (request.POST.get(f"{name}-{at}", "") for name in COLUMN_FIELDS)
        given.append(ColumnMeaning.parse(code, year, source))
    codes = [meaning.code for meaning in given]
    faults = [
        _("Two columns are “%(name)s”. Keep one of them.") % {"name": column_label(code)}
        for code in UNIQUE_CODES
        if codes.count(code) > 1
    ]
    if "title" not in codes and "number" not in codes:
        faults.append(_("Say which column holds the task, or its number in this table."))
    return given, faults


@page(can_edit_table, find=table_import_of, query=("state", "page"), methods=SEVERAL)
def import_preview(request: SignedInRequest, reading: TableImport) -> HttpResponse:
    """Every row beside the table; once applied, what was done."""
    work = import_progress(reading)
    if reading.applied_at or work.is_working:
        return _render_applied(request, reading, work)
    if reading.chosen is None or not reading.columns:
        return _redirect_to(reading, "table_reading_columns")
    if request.method == "POST":
        return _save_choices(request, reading) or _redirect_to(reading, query=_page_query(request))
    return _render_rows(request, reading, why=work.why)


def _save_choices(request: SignedInRequest, reading: TableImport) -> HttpResponse | None:
    """Keep what was ticked on the page. Gives the page again where somebody else was faster, None
    when it is kept.
    """
    rows = {
        row: TAKE if f"take-{row}" in request.POST else LEAVE
        for row in _row_numbers(request, "row")[:ROWS]
    }
    rows |= dict.fromkeys(_row_numbers(request, "task"), TAKE_AS_TASK)
    said = [(key[5:], str(value)) for key, value in request.POST.items() if key.startswith("name-")]
    names = {name: value for name, value in said if _is_answer(value) and name.isprintable()}
    try:
        change_import(
            by=request.user,
            reading=reading,
            version=_submitted_version(request),
            rows=rows,
            names=names,
        )
    except Conflict as conflict:
        assert isinstance(conflict.current, TableImport)
        return _render_rows(
            request, conflict.current, why=_changed_meanwhile(), mine=rows, my_names=names
        )
    except TableImportRefused as refusal:
        messages.warning(request, str(refusal))
        return _redirect_to(reading)
    return None


def _page_query(request: SignedInRequest) -> str:
    """The page of rows that is asked for, as the query of its address."""
    state, number = request.POST.get("state", ""), request.POST.get("go", "")
    parts = [f"state={state}"] if state in STATE_LABELS else []
    parts += [f"page={number}"] if number.isdecimal() and len(number) < 6 else []
    return f"?{'&'.join(parts)}" if parts else ""


def _row_numbers(request: SignedInRequest, name: str) -> list[str]:
    """Rows of the file: those that stood on the page (`row`), those that are tasks after all
    (`task`).
    """
    return [
        row
        for row in request.POST.getlist(name)
        if row.isascii() and row.isdecimal() and len(row) < 8
    ]


def _is_answer(value: str) -> bool:
    is_row = value[:1] == "=" and value[1:].isdecimal()
    return is_row or value in ("", "group", *Organisation.Kind.values)


def _render_rows(
    request: SignedInRequest,
    reading: TableImport,
    *,
    why: str,
    mine: dict[str, str] | None = None,
    my_names: dict[str, str] | None = None,
) -> HttpResponse:
    """A page of rows; after a conflict `mine` and `my_names` are this person's choices beside the
    saved ones.
    """
    made = cached_plan(reading)
    asked = request.POST if request.method == "POST" else request.GET
    state = asked.get("state", "")
    shown = [each for each in made.proposals if state not in STATE_LABELS or each.state == state]
    choices = reading.choices.get("rows", {})
    rows = [row_options(each, choices, mine or {}) for each in shown]
    context = {
        "reading": reading,
        "policy": reading.plan.policy,
        "why": why,
        "seen": table_fingerprint(reading.plan.policy),
        "state": state if state in STATE_LABELS else "",
        "states": state_filters(made, state),
        "taken": sum(each.is_taken(choices) for each in made.proposals),
        "findings": made.findings,
        "others": made.others,
        "strangers": unmatched_name_options(reading, made, my_names or {}),
        "page": Paginator(rows, ROWS).get_page(asked.get("page")),
    }
    return render(request, "table_import/preview.html", context)


@page(can_edit_table, find=table_import_of, methods=("POST",))
def apply_rows(request: SignedInRequest, reading: TableImport) -> HttpResponse:
    """Take the chosen rows; those of the page that the button stands on as they are ticked
    there.
    """
    if reading.applied_at or reading.chosen is None or not reading.columns:
        return _redirect_to(reading)
    if answer := _save_choices(request, reading):
        return answer
    seen = request.POST.get("seen", "")[:100]
    many = reading.row_count > MAX_ROWS_IN_REQUEST
    return _run_action(request, reading, enqueue_import if many else apply_import, seen=seen)


@page(can_edit_table, find=table_import_of, methods=("POST",))
def undo_rows(request: SignedInRequest, reading: TableImport) -> HttpResponse:
    many = len(reading.applied) > MAX_ROWS_IN_REQUEST
    reading.version = _submitted_version(request)
    return _run_action(
        request, reading, enqueue_import if many else undo_import, anyway="anyway" in request.POST
    )


@page(can_edit_table, find=table_import_of, methods=("POST",))
def archive_or_restore_import(request: SignedInRequest, reading: TableImport) -> HttpResponse:
    """A file that waits is put away, or taken up again."""
    away = "take_up" not in request.POST
    try:
        archive_import(
            by=request.user, reading=reading, version=_submitted_version(request), away=away
        )
    except TableImportRefused as refusal:
        messages.warning(request, str(refusal))
    except Conflict:
        messages.warning(request, _("Somebody else was faster. Look at what is there now."))
    else:
        said = _("“%(file)s” is put away.") if away else _("“%(file)s” waits for you again.")
        messages.success(request, said % {"file": reading.file_name})
    return redirect("read_table", reading.municipality.slug, reading.plan.policy.term)


def _run_action(
    request: SignedInRequest,
    reading: TableImport,
    act: Callable[..., object],
    **asked: object,
) -> HttpResponse:
    try:
        act(by=request.user, reading=reading, version=reading.version, **asked)
    except TableImportRefused as refusal:
        messages.warning(request, str(refusal))
    except Conflict:
        messages.warning(request, _("Somebody else was faster. Look at what is there now."))
    return _redirect_to(reading)


def _render_applied(
    request: SignedInRequest, reading: TableImport, work: JobProgress
) -> HttpResponse:
    added = [entry for entry in reading.applied if entry["was"] is None]
    context = {
        "reading": reading,
        "policy": reading.plan.policy,
        "work": work,
        "is_working": work.is_working,
        "why": work.why,
        "added": added,
        "others": reading.row_count - len(reading.applied) if reading.applied_at else 0,
        "changed": [entry for entry in reading.applied if entry["was"] is not None],
        "moved_on": rows_changed_since(reading)
        if reading.applied_at and not reading.undone_at
        else [],
        "left": [entry for entry in reading.applied if not entry.get("undone")]
        if reading.undone_at
        else [],
    }
    name = "table_import/_progress.html" if request.htmx else "table_import/applied.html"
    return render(request, name, context)
