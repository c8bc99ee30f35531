"""Any view of the table as a file."""

import logging
from dataclasses import fields

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from splot.documents.typesetting import TypesettingError
from splot.implementation.exports.booklet import table_docx, table_pdf
from splot.implementation.exports.csv import table_csv
from splot.implementation.exports.table_export import TableExport
from splot.implementation.exports.xlsx import table_xlsx
from splot.implementation.queries import (
    GROUPINGS,
    TableFilter,
    filter_tasks,
    table_year,
    with_cells,
)
from splot.implementation.table_view import parse_column_codes
from splot.people.door import page
from splot.people.models import Municipality
from splot.policy.models import Policy
from splot.policy.queries import policy_of
from splot.policy.rules import can_read_policy

logger = logging.getLogger(__name__)

FILTERS = tuple(field.name for field in fields(TableFilter))
OFFICE = "application/vnd.openxmlformats-officedocument"
EXPORT_FORMATS = {
    "xlsx": (table_xlsx, f"{OFFICE}.spreadsheetml.sheet"),
    "csv": (table_csv, "text/csv; charset=utf-8"),
    "docx": (table_docx, f"{OFFICE}.wordprocessingml.document"),
    "pdf": (table_pdf, "application/pdf"),
}


def policy_in_format(municipality: Municipality, term: str, form: str) -> Policy:
    """The policy whose table is asked for in one of EXPORT_FORMATS."""
    return policy_of(municipality, term)


@page(can_read_policy, find=policy_in_format, public=True, query=(*FILTERS, "columns"))
def export_table(request: HttpRequest, policy: Policy) -> HttpResponse:
    """All rows that fit, on as many pages as it takes, with the columns that the reader chose."""
    # NUL is a character that PostgreSQL cannot even look for
    asked = {name: request.GET.get(name, "").replace("\0", "").strip()[:100] for name in FILTERS}
    year = table_year(policy, asked.pop("year"), timezone.localdate())
    asked["by"] = asked["by"] if asked["by"] in GROUPINGS else "area"
    wanted = TableFilter(year=year, **asked)
    codes = parse_column_codes(request.GET.get("columns", ""))
    view = TableExport(
        policy=policy,
        tasks=with_cells(filter_tasks(policy, wanted), codes),
        codes=codes,
        language=get_language(),
        year=year,
        by=wanted.by,
        is_narrowed=wanted.is_narrowed,
    )
    assert request.resolver_match is not None
    form = request.resolver_match.kwargs["form"]
    write, content_type = EXPORT_FORMATS[form]
    try:
        data = write(view)
    except TypesettingError:
        logger.exception("no PDF of the table of %s in %s", policy, view.language)
        message = _(
            "The PDF cannot be made at the moment. Take another form of the table, or try "
            "again later."
        )
        return HttpResponse(
            message,
            status=503,
            content_type="text/plain; charset=utf-8",
            headers={"Retry-After": "600"},
        )
    response = HttpResponse(data, content_type=content_type)
    name = f"{policy.municipality.slug}-{policy.term}-{year}-{view.language}.{form}"
    response["Content-Disposition"] = content_disposition_header(True, name) or ""
    response["X-Robots-Tag"] = "noindex"
    return response
