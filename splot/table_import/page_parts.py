"""What the pages of an import share: saving a person's choices, the way back to the import."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from splot.people.door import SignedInRequest
from splot.spreadsheet_columns.schema import ColumnMeaning

from .actions.choices import change_import
from .forms import submitted_version
from .models import TableImport
from .queries import Choices, prepare_change


def save_choices(
    request: SignedInRequest,
    table_import: TableImport,
    *,
    columns: list[ColumnMeaning] | None = None,
    rows: Choices | None = None,
    names: Choices | None = None,
) -> None:
    """Keep what a person says, with the plan that comes of it, so that every page after it finds
    the plan worked out. Raises Conflict and TableImportRefused.
    """
    version = submitted_version(request.POST)
    prepared = None
    if version == table_import.version:
        prepared = prepare_change(table_import, columns=columns, rows=rows, names=names)
    change_import(
        by=request.user,
        table_import=table_import,
        version=version,
        columns=columns,
        rows=rows,
        names=names,
        prepared=prepared,
    )


def changed_meanwhile() -> str:
    return _(
        "Somebody else changed these choices meanwhile. Yours are in the form; look at them "
        "and save again."
    )


def redirect_to_import(
    table_import: TableImport, name: str = "table_import", query: str = ""
) -> HttpResponse:
    answer = redirect(
        name, table_import.municipality.slug, table_import.plan.policy.term, table_import.pk
    )
    answer["Location"] += query
    return answer
