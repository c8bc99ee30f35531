"""From a spreadsheet into the table: choose a file, say what its columns are, look at every row, take it, undo it."""

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
from splot.core.jobs import Work
from splot.documents.sheets import UnreadableDocument, Workbook, read_sheets_apart
from splot.implementation.columns import column_label
from splot.implementation.queries import plan_of
from splot.implementation.rules import can_edit_table
from splot.people.door import SignedInRequest, page
from splot.people.models import Municipality, Organisation
from splot.policy.models import Policy
from splot.policy.queries import policy_of
from splot.table_import.actions import (
    AT_ONCE,
    ReadingRefused,
    apply_reading,
    change_reading,
    put_away,
    start_reading,
    start_work,
    undo_reading,
    work_of,
)
from splot.table_import.columns import ONCE, Meaning
from splot.table_import.models import TableImport
from splot.table_import.options import columns_shown, row_shown, states_shown, strangers_shown
from splot.table_import.plan import LEAVE, STATES, TAKE, TASK, table_of
from splot.table_import.queries import (
    changed_since,
    institutions_sheet,
    readings_of,
    seen_of,
    shown_preview,
    table_reading_of,
)
from splot.table_import.source_table import FileTable, tables_of

ROWS = 100
SEVERAL = ("GET", "HEAD", "POST")


class UploadForm(RowForm):
    file = forms.FileField(
        label=gettext_lazy("File with the table"),
        help_text=gettext_lazy(
            "Excel (.xlsx), OpenDocument (.ods), CSV, or a Word document (.docx) with tables; up to 10 MB."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xlsm,.ods,.csv,.tsv,.txt,.docx"}),
    )


@page(can_edit_table, find=policy_of, methods=SEVERAL)
def upload(request: SignedInRequest, policy: Policy) -> HttpResponse:
    plan = plan_of(policy)
    if plan is None:
        return redirect("table", policy.municipality.slug, policy.term)
    plan.policy, plan.municipality = policy, policy.municipality
    form = UploadForm(request.POST or None, files=request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            book = read_sheets_apart(file.read(), file.name)
            reading = start_reading(
                by=request.user,
                plan=plan,
                file_name=file.name,
                tables=_tables(book, policy.municipality),
                notes=book.notes,
                once=form.cleaned_data["once"],
            )
        except (UnreadableDocument, ReadingRefused) as error:
            form.add_error("file", str(error))
        else:
            return redirect("table_reading_columns", policy.municipality.slug, policy.term, reading.pk)
    readings = readings_of(policy)
    context = {"form": form, "policy": policy}
    context |= {"readings": readings.filter(is_put_away=False)[:50], "away": readings.filter(is_put_away=True)[:50]}
    return render(request, "table_import/upload.html", context)


def _tables(book: Workbook, municipality: Municipality) -> list[FileTable]:
    """Those of a file that is a table of people; what was made for institutions is taken back elsewhere."""
    owner = institutions_sheet(book)
    if owner == municipality.slug:
        raise ReadingRefused(
            _("This workbook was made here for an institution to fill. Give it in on the page of the sheets.")
        )
    if owner is not None:
        raise ReadingRefused(_("This workbook was made by another municipality for one of its institutions."))
    tables = tables_of(book)
    if not tables:
        raise ReadingRefused(_("There is no table with rows in this file. Nothing was kept."))
    return tables


@page(can_edit_table, find=table_reading_of, methods=SEVERAL)
def columns(request: SignedInRequest, reading: TableImport) -> HttpResponse:
    """Which of the file's tables it is, and what each of its columns is."""
    if reading.applied_at:
        return _to(reading)
    faults: list[str] = []
    given: dict[str, str] | None = None
    theirs: dict[str, str] = {}
    if request.method == "POST":
        try:
            if "chosen" in request.POST or reading.table["chosen"] is None:
                chosen = _chosen(request, reading)
                change_reading(by=request.user, reading=reading, version=_version(request), chosen=chosen)
                return _to(reading, "table_reading_columns")
            given, faults = _columns_given(request, reading)
            if not faults:
                change_reading(by=request.user, reading=reading, version=_version(request), columns=given)
                return _to(reading, "table_reading_columns" if "again" in request.POST else "table_reading")
        except Conflict as conflict:
            assert isinstance(conflict.current, TableImport)
            reading, faults = conflict.current, [_changed_meanwhile()]
            theirs = reading.columns
        except ReadingRefused as refusal:
            faults = [str(refusal)]
    shown = columns_shown(reading, given, theirs)
    context = {"reading": reading, "policy": reading.plan.policy, "faults": faults, **shown}
    return render(request, "table_import/columns.html", context)


def _changed_meanwhile() -> str:
    return _("Somebody else changed these choices meanwhile. Yours are in the form; look at them and save again.")


def _to(reading: TableImport, name: str = "table_reading", query: str = "") -> HttpResponse:
    answer = redirect(name, reading.municipality.slug, reading.plan.policy.term, reading.pk)
    answer["Location"] += query
    return answer


def _version(request: SignedInRequest) -> int:
    """The version that the writer saw; 0, which nothing has, when the form does not say."""
    form = RowForm(request.POST)
    return (form.is_valid() and form.cleaned_data["version"]) or 0


def _chosen(request: SignedInRequest, reading: TableImport) -> int:
    asked = request.POST.get("chosen", "")
    if not asked.isdecimal() or len(asked) > 4 or int(asked) >= len(reading.table["tables"]):
        raise ReadingRefused(_("Choose one of the tables."))
    return int(asked)


def _columns_given(
    request: SignedInRequest,
    reading: TableImport,
) -> tuple[dict[str, str], list[str]]:
    """{column's place: meaning} as the form says, and what is wrong with it."""
    given = {}
    for at in range(len(table_of(reading).header)):
        said = [request.POST.get(f"{name}-{at}", "") for name in ("code", "year", "source")]
        given[str(at)] = str(Meaning.parse(":".join(part.replace(":", "") for part in said)))
    codes = [Meaning.parse(kept).code for kept in given.values()]
    faults = [
        _("Two columns are “%(name)s”. Keep one of them.") % {"name": column_label(code)}
        for code in ONCE
        if codes.count(code) > 1
    ]
    if "title" not in codes and "number" not in codes:
        faults.append(_("Say which column holds the task, or its number in this table."))
    return given, faults


@page(can_edit_table, find=table_reading_of, query=("state", "page"), methods=SEVERAL)
def preview(request: SignedInRequest, reading: TableImport) -> HttpResponse:
    """Every row beside the table; once applied, what was done."""
    work = work_of(reading)
    if reading.applied_at or work.is_working:
        return _applied(request, reading, work)
    if reading.table["chosen"] is None or not reading.columns:
        return _to(reading, "table_reading_columns")
    if request.method == "POST":
        return _keep(request, reading) or _to(reading, query=_place(request))
    return _rows(request, reading, why=work.why)


def _keep(request: SignedInRequest, reading: TableImport) -> HttpResponse | None:
    """Keep what was ticked on the page. Gives the page again where somebody else was faster, None when it is kept."""
    rows = {row: TAKE if f"take-{row}" in request.POST else LEAVE for row in _numbers(request, "row")[:ROWS]}
    rows |= dict.fromkeys(_numbers(request, "task"), TASK)
    said = [(key[5:], str(value)) for key, value in request.POST.items() if key.startswith("name-")]
    names = {name: value for name, value in said if _is_answer(value) and name.isprintable()}
    try:
        change_reading(by=request.user, reading=reading, version=_version(request), rows=rows, names=names)
    except Conflict as conflict:
        assert isinstance(conflict.current, TableImport)
        return _rows(request, conflict.current, why=_changed_meanwhile(), mine=rows, my_names=names)
    except ReadingRefused as refusal:
        messages.warning(request, str(refusal))
        return _to(reading)
    return None


def _place(request: SignedInRequest) -> str:
    """The page of rows that is asked for, as the query of its address."""
    state, number = request.POST.get("state", ""), request.POST.get("go", "")
    parts = [f"state={state}"] if state in STATES else []
    parts += [f"page={number}"] if number.isdecimal() and len(number) < 6 else []
    return f"?{'&'.join(parts)}" if parts else ""


def _numbers(request: SignedInRequest, name: str) -> list[str]:
    """Rows of the file: those that stood on the page (`row`), those that are tasks after all (`task`)."""
    return [row for row in request.POST.getlist(name) if row.isascii() and row.isdecimal() and len(row) < 8]


def _is_answer(value: str) -> bool:
    is_row = value[:1] == "=" and value[1:].isdecimal()
    return is_row or value in ("", "group", *Organisation.Kind.values)


def _rows(
    request: SignedInRequest,
    reading: TableImport,
    *,
    why: str,
    mine: dict[str, str] | None = None,
    my_names: dict[str, str] | None = None,
) -> HttpResponse:
    """A page of rows; after a conflict `mine` and `my_names` are this person's choices beside the saved ones."""
    made = shown_preview(reading)
    asked = request.POST if request.method == "POST" else request.GET
    state = asked.get("state", "")
    shown = [each for each in made.proposals if state not in STATES or each.state == state]
    choices = reading.choices.get("rows", {})
    rows = [row_shown(each, choices, mine or {}) for each in shown]
    context = {
        "reading": reading,
        "policy": reading.plan.policy,
        "why": why,
        "seen": seen_of(reading.plan.policy),
        "state": state if state in STATES else "",
        "states": states_shown(made, state),
        "taken": sum(each.is_taken(choices) for each in made.proposals),
        "findings": made.findings,
        "others": made.others,
        "strangers": strangers_shown(reading, made, my_names or {}),
        "page": Paginator(rows, ROWS).get_page(asked.get("page")),
    }
    return render(request, "table_import/preview.html", context)


@page(can_edit_table, find=table_reading_of, methods=("POST",))
def apply(request: SignedInRequest, reading: TableImport) -> HttpResponse:
    """Take the chosen rows; those of the page that the button stands on as they are ticked there."""
    if reading.applied_at or reading.table["chosen"] is None or not reading.columns:
        return _to(reading)
    if answer := _keep(request, reading):
        return answer
    seen = request.POST.get("seen", "")[:100]
    many = len(table_of(reading).data) > AT_ONCE
    return _do(request, reading, start_work if many else apply_reading, seen=seen)


@page(can_edit_table, find=table_reading_of, methods=("POST",))
def undo(request: SignedInRequest, reading: TableImport) -> HttpResponse:
    many = len(reading.applied) > AT_ONCE
    reading.version = _version(request)
    return _do(request, reading, start_work if many else undo_reading, anyway="anyway" in request.POST)


@page(can_edit_table, find=table_reading_of, methods=("POST",))
def aside(request: SignedInRequest, reading: TableImport) -> HttpResponse:
    """A file that waits is put away, or taken up again."""
    away = "take_up" not in request.POST
    try:
        put_away(by=request.user, reading=reading, version=_version(request), away=away)
    except ReadingRefused as refusal:
        messages.warning(request, str(refusal))
    except Conflict:
        messages.warning(request, _("Somebody else was faster. Look at what is there now."))
    else:
        said = _("“%(file)s” is put away.") if away else _("“%(file)s” waits for you again.")
        messages.success(request, said % {"file": reading.file_name})
    return redirect("read_table", reading.municipality.slug, reading.plan.policy.term)


def _do(
    request: SignedInRequest,
    reading: TableImport,
    act: Callable[..., object],
    **asked: object,
) -> HttpResponse:
    try:
        act(by=request.user, reading=reading, version=reading.version, **asked)
    except ReadingRefused as refusal:
        messages.warning(request, str(refusal))
    except Conflict:
        messages.warning(request, _("Somebody else was faster. Look at what is there now."))
    return _to(reading)


def _applied(request: SignedInRequest, reading: TableImport, work: Work) -> HttpResponse:
    added = [entry for entry in reading.applied if entry["was"] is None]
    context = {
        "reading": reading,
        "policy": reading.plan.policy,
        "work": work,
        "is_working": work.is_working,
        "why": work.why,
        "added": added,
        "others": len(table_of(reading).data) - len(reading.applied) if reading.applied_at else 0,
        "changed": [entry for entry in reading.applied if entry["was"] is not None],
        "moved_on": changed_since(reading) if reading.applied_at and not reading.undone_at else [],
        "left": [entry for entry in reading.applied if not entry.get("undone")] if reading.undone_at else [],
    }
    name = "table_import/_progress.html" if request.htmx else "table_import/applied.html"
    return render(request, name, context)
