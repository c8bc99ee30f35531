"""A spreadsheet is read: choose a file, say which table and what its columns are, put it away."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from splot.core.actions import Conflict
from splot.documents.spreadsheets import UnreadableDocument
from splot.documents.spreadsheets.tables import SheetTable
from splot.implementation.queries import plan_of
from splot.implementation.rules import can_edit_table
from splot.people.door import SignedInRequest, page
from splot.people.models import Municipality
from splot.people.queries import share_parents
from splot.policy.models import Policy
from splot.policy.queries import policy_of
from splot.spreadsheet_columns.forms import parse_columns
from splot.spreadsheet_columns.schema import ColumnMeaning
from splot.table_import.actions.choices import archive_import, change_import, start_import
from splot.table_import.actions.saving import TableImportRefused
from splot.table_import.columns import table_schema
from splot.table_import.forms import TableUploadForm, submitted_version
from splot.table_import.models import TableImport
from splot.table_import.options import columns_page_options
from splot.table_import.page_parts import changed_meanwhile, redirect_to_import, save_choices
from splot.table_import.parser import ParsedFile, parse_file_sandboxed
from splot.table_import.plan import column_meanings
from splot.table_import.queries import imports_of, table_import_of, tables_of

SEVERAL = ("GET", "HEAD", "POST")


@page(can_edit_table, find=policy_of, methods=SEVERAL)
def upload_table(request: SignedInRequest, policy: Policy) -> HttpResponse:
    plan = plan_of(policy)
    if plan is None:
        return redirect("table", policy.municipality.slug, policy.term)
    share_parents(plan, policy)
    form = TableUploadForm(request.POST or None, files=request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            parsed = parse_file_sandboxed(file.read(), file.name)
            table_import = start_import(
                by=request.user,
                plan=plan,
                file_name=file.name,
                tables=_tables_of(parsed, policy.municipality),
                joined=parsed.joined,
                notes=parsed.notes,
                idempotency_key=form.cleaned_data["idempotency_key"],
            )
        except (UnreadableDocument, TableImportRefused) as error:
            form.add_error("file", str(error))
        else:
            return redirect(
                "table_import_columns", policy.municipality.slug, policy.term, table_import.pk
            )
    imports = imports_of(policy)
    context = {"form": form, "policy": policy}
    context |= {
        "imports": imports.filter(is_archived=False)[:50],
        "archived": imports.filter(is_archived=True)[:50],
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
def confirm_columns(request: SignedInRequest, table_import: TableImport) -> HttpResponse:
    """Which of the file's tables it is, and what each of its columns is."""
    if table_import.applied_at:
        return redirect_to_import(table_import)
    faults: list[str] = []
    given: list[ColumnMeaning] | None = None
    theirs: list[ColumnMeaning] = []
    if request.method == "POST":
        try:
            if "chosen" in request.POST or table_import.chosen is None:
                chosen = _parse_table_choice(request, table_import)
                change_import(
                    by=request.user,
                    table_import=table_import,
                    version=submitted_version(request.POST),
                    chosen=chosen,
                )
                return redirect_to_import(table_import, "table_import_columns")
            given, faults = parse_columns(request.POST, table_schema(), table_import.column_count)
            if not faults:
                save_choices(request, table_import, columns=given)
                return redirect_to_import(
                    table_import,
                    "table_import_columns" if "again" in request.POST else "table_import",
                )
        except Conflict as conflict:
            assert isinstance(conflict.current, TableImport)
            table_import, faults = conflict.current, [changed_meanwhile()]
            theirs = column_meanings(table_import)
        except TableImportRefused as refusal:
            faults = [str(refusal)]
    shown = columns_page_options(table_import, given, theirs)
    context = {
        "table_import": table_import,
        "policy": table_import.plan.policy,
        "faults": faults,
        **shown,
    }
    return render(request, "table_import/columns.html", context)


def _parse_table_choice(request: SignedInRequest, table_import: TableImport) -> int:
    number = request.POST.get("chosen", "")
    if not number.isdecimal() or len(number) > 4 or int(number) >= tables_of(table_import).count():
        raise TableImportRefused(_("Choose one of the tables."))
    return int(number)


@page(can_edit_table, find=table_import_of, methods=("POST",))
def archive_or_restore_import(request: SignedInRequest, table_import: TableImport) -> HttpResponse:
    """A file that waits is put away, or taken up again."""
    is_archived = "take_up" not in request.POST
    try:
        archive_import(
            by=request.user,
            table_import=table_import,
            version=submitted_version(request.POST),
            is_archived=is_archived,
        )
    except TableImportRefused as refusal:
        messages.warning(request, str(refusal))
    except Conflict:
        messages.warning(request, _("Somebody else was faster. Look at what is there now."))
    else:
        words = (
            _("“%(file)s” is put away.") if is_archived else _("“%(file)s” waits for you again.")
        )
        messages.success(request, words % {"file": table_import.file_name})
    return redirect("import_table", table_import.municipality.slug, table_import.plan.policy.term)
