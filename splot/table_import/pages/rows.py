"""The rows of a spreadsheet beside the table: look at every row, take them, undo it."""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from splot.core.actions import Conflict
from splot.core.jobs import JobProgress
from splot.core.values import Json
from splot.implementation.rules import can_edit_table
from splot.people.door import SignedInRequest, page
from splot.table_import.actions.apply import apply_import, undo_import
from splot.table_import.actions.background import (
    MAX_ROWS_IN_REQUEST,
    enqueue_import,
    import_progress,
)
from splot.table_import.actions.saving import TableImportRefused
from splot.table_import.forms import (
    ROWS,
    page_query,
    parse_names,
    parse_row_choices,
    submitted_version,
)
from splot.table_import.models import TableImport
from splot.table_import.options import (
    row_counts,
    row_options,
    state_filters,
    unmatched_name_options,
)
from splot.table_import.page_parts import changed_meanwhile, redirect_to_import, save_choices
from splot.table_import.plan import STATE_LABELS, PlannedRow
from splot.table_import.queries import (
    Choices,
    decided_rows,
    rows_changed_since,
    shown_plan,
    table_fingerprint,
    table_import_of,
)
from splot.table_import.summary import MAX_REASONS, common_doubts, doubtful_others, sum_money

SEVERAL = ("GET", "HEAD", "POST")


@page(can_edit_table, find=table_import_of, query=("state", "page"), methods=SEVERAL)
def import_preview(request: SignedInRequest, table_import: TableImport) -> HttpResponse:
    """Every row beside the table; once applied, what was done."""
    work = import_progress(table_import)
    if table_import.applied_at or work.is_working:
        return _render_applied(request, table_import, work)
    if table_import.chosen is None or not table_import.columns:
        return redirect_to_import(table_import, "table_import_columns")
    if request.method == "POST":
        rows = parse_row_choices(request.POST)
        if submitted_version(request.POST) == table_import.version:
            rows = decided_rows(table_import, rows)
        return _save_choices(request, table_import, rows) or redirect_to_import(
            table_import, query=page_query(request.POST)
        )
    return _render_rows(request, table_import, why=work.why)


def _save_choices(
    request: SignedInRequest, table_import: TableImport, rows: Choices
) -> HttpResponse | None:
    """Keep what was chosen on the page. Gives the page again where somebody else was faster, None
    when it is kept.
    """
    names = parse_names(request.POST)
    try:
        save_choices(request, table_import, rows=rows, names=names)
    except Conflict as conflict:
        assert isinstance(conflict.current, TableImport)
        return _render_rows(
            request, conflict.current, why=changed_meanwhile(), own_choices=rows, own_names=names
        )
    except TableImportRefused as refusal:
        messages.warning(request, str(refusal))
        return redirect_to_import(table_import)
    return None


def _render_rows(
    request: SignedInRequest,
    table_import: TableImport,
    *,
    why: str,
    own_choices: dict[str, str] | None = None,
    own_names: dict[str, str] | None = None,
) -> HttpResponse:
    """A page of rows; after a conflict `own_choices` and `own_names` are this person's choices
    beside the saved ones.
    """
    plan = shown_plan(table_import)
    reasons = common_doubts(plan)
    query = request.POST if request.method == "POST" else request.GET
    state = query.get("state", "")
    choices = table_import.choices.get("rows", {})
    shown: list[PlannedRow] = []
    taken = 0
    for row in plan.rows:
        taken += row.is_taken(choices)
        if state not in STATE_LABELS or row.state == state:
            shown.append(row)
    shown_page = Paginator(shown, ROWS).get_page(query.get("page"))
    context = {
        "table_import": table_import,
        "policy": table_import.plan.policy,
        "why": why,
        "seen": table_fingerprint(table_import.plan.policy),
        "state": state if state in STATE_LABELS else "",
        "states": state_filters(plan, state),
        "taken": taken,
        "findings": plan.findings,
        "others": plan.others,
        "others_doubtful": doubtful_others(plan),
        "counts": row_counts(plan),
        "reasons": reasons[:MAX_REASONS],
        "further_reasons": len(reasons[MAX_REASONS:]),
        "sums": sum_money(plan, choices),
        "unmatched_names": unmatched_name_options(table_import, plan, own_names or {}),
        "page": shown_page,
        "rows": [row_options(row, choices, own_choices or {}) for row in shown_page],
    }
    return render(request, "table_import/preview.html", context)


@page(can_edit_table, find=table_import_of, methods=("POST",))
def apply_rows(request: SignedInRequest, table_import: TableImport) -> HttpResponse:
    """Take the chosen rows; those of the page that the button stands on as they are ticked
    there.
    """
    if table_import.applied_at or table_import.chosen is None or not table_import.columns:
        return redirect_to_import(table_import)
    # as ticked, even where a name chosen with it makes a row sure that is not ticked
    rows = parse_row_choices(request.POST)
    if answer := _save_choices(request, table_import, rows):
        return answer
    seen = request.POST.get("seen", "")[:100]
    many = table_import.row_count > MAX_ROWS_IN_REQUEST
    return _run_action(request, table_import, enqueue_import if many else apply_import, seen=seen)


@page(can_edit_table, find=table_import_of, methods=("POST",))
def undo_rows(request: SignedInRequest, table_import: TableImport) -> HttpResponse:
    many = len(table_import.applied) > MAX_ROWS_IN_REQUEST
    table_import.version = submitted_version(request.POST)
    return _run_action(
        request,
        table_import,
        enqueue_import if many else undo_import,
        anyway="anyway" in request.POST,
    )


def _run_action(
    request: SignedInRequest,
    table_import: TableImport,
    action: Callable[..., object],
    **arguments: object,
) -> HttpResponse:
    try:
        action(
            by=request.user, table_import=table_import, version=table_import.version, **arguments
        )
    except TableImportRefused as refusal:
        messages.warning(request, str(refusal))
    except Conflict:
        messages.warning(request, _("Somebody else was faster. Look at what is there now."))
    return redirect_to_import(table_import)


def _render_applied(
    request: SignedInRequest, table_import: TableImport, work: JobProgress
) -> HttpResponse:
    added: list[Json] = []
    changed: list[Json] = []
    left: list[Json] = []
    for entry in table_import.applied:
        group = added if entry["was"] is None else changed
        group.append(entry)
        if table_import.undone_at and not entry.get("undone"):
            left.append(entry)
    is_in_table = bool(table_import.applied_at and not table_import.undone_at)
    context = {
        "table_import": table_import,
        "policy": table_import.plan.policy,
        "work": work,
        "is_working": work.is_working,
        "why": work.why,
        "added": added,
        "others": table_import.row_count - len(table_import.applied)
        if table_import.applied_at
        else 0,
        "changed": changed,
        "moved_on": rows_changed_since(table_import) if is_in_table else [],
        "left": left,
        "unmet": [entry for entry in table_import.applied if entry.get("unmet") and is_in_table],
    }
    name = "table_import/_progress.html" if request.htmx else "table_import/applied.html"
    return render(request, name, context)
