"""The implementation table: columns to choose, grouped and filtered, on a line of time, as cards on
a phone.
"""

from collections.abc import Iterable
from typing import Any, cast
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from splot.core.forms import offer
from splot.implementation.actions.plans import start_plan
from splot.implementation.column import Column
from splot.implementation.columns import COLUMN_BY_CODE
from splot.implementation.models import Task
from splot.implementation.queries import (
    GAPS,
    GROUPINGS,
    NO_AREA,
    TableFilter,
    counts_of,
    filter_options,
    filter_tasks,
    table_year,
    with_cells,
)
from splot.implementation.rules import can_edit_table, can_see_table_health
from splot.implementation.statuses import STATUS_LABELS
from splot.implementation.table_view import (
    DEFAULT_COLUMNS,
    build_timeline,
    column_choices,
    parse_column_codes,
    task_rows,
)
from splot.people.door import SignedInRequest, page
from splot.people.rules import can_open_desk
from splot.policy.models import Policy
from splot.policy.queries import policy_of
from splot.policy.rules import can_read_policy

ROWS = 60
FILE_FORMATS = (("xlsx", "Excel (XLSX)"), ("csv", "CSV"), ("docx", "Word (DOCX)"), ("pdf", "PDF"))
FILTERS = ("year", "area", "organisation", "status", "group", "gap", "words", "by")
COOKIE, A_YEAR = "splot_columns", 365 * 86400


class TableFilterForm(forms.Form):
    """What a reader may narrow the table to, and how its rows are grouped."""

    words = forms.CharField(label=gettext_lazy("Search words"), required=False, max_length=100)
    area = forms.ChoiceField(label=gettext_lazy("Area"), required=False)
    organisation = forms.ChoiceField(label=gettext_lazy("Institution"), required=False)
    status = forms.ChoiceField(label=gettext_lazy("Status"), required=False)
    group = forms.ChoiceField(label=gettext_lazy("Sensitive group"), required=False)
    gap = forms.ChoiceField(label=gettext_lazy("Missing or past"), required=False)
    year = forms.ChoiceField(label=gettext_lazy("Year"), required=False)
    by = forms.ChoiceField(label=gettext_lazy("Grouped"), required=False, choices=GROUPINGS.items())
    columns = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: dict[str, object], *, policy: Policy) -> None:
        super().__init__(data)
        options: dict[str, Iterable[tuple[Any, Any]]] = dict(filter_options(policy))
        options["area"] = [*options["area"], (NO_AREA, _("outside the areas"))]
        options |= {"status": STATUS_LABELS.items(), "gap": GAPS.items()}
        for name, choices in options.items():
            offer(self, name, [("", _("all")), *choices])
        offer(self, "year", [(year, year) for year in policy.years])


class TableRequest:
    """What an address asks to see: the filter, the columns, and the address of the same in another
    form.
    """

    def __init__(self, request: HttpRequest, policy: Policy) -> None:
        # NUL is a character that PostgreSQL cannot even look for
        asked = {
            name: request.GET.get(name, "").replace("\0", "").strip()[:100] for name in FILTERS
        }
        self.year = table_year(policy, asked.pop("year"), timezone.localdate())
        asked["by"] = asked["by"] if asked["by"] in GROUPINGS else "area"
        self.wanted = TableFilter(year=self.year, **asked)
        remembered = request.COOKIES.get(COOKIE, "") if request.user.is_authenticated else ""
        self.codes = parse_column_codes(",".join(request.GET.getlist("columns")) or remembered)
        columns = "" if self.codes == DEFAULT_COLUMNS else ",".join(self.codes)
        self.form = TableFilterForm({**asked, "year": self.year, "columns": columns}, policy=policy)
        self.needed = ("groups",) if self.wanted.by == "group" else ()
        self.kept = [(name, request.GET[name]) for name in FILTERS if request.GET.get(name)]
        self.query = request.GET.urlencode()

    def column_choices(self) -> list[tuple[Column, bool]]:
        """Every column that can be chosen, and whether it is shown."""
        return [(COLUMN_BY_CODE[code], code in self.codes) for code in column_choices()]


def _rows_of(shown: "Page[Task]") -> "QuerySet[Task]":
    return cast("QuerySet[Task]", shown.object_list)


@page(can_read_policy, find=policy_of, public=True, query=(*FILTERS, "columns", "page"))
def table_page(request: HttpRequest, policy: Policy) -> HttpResponse:
    asked = TableRequest(request, policy)
    tasks = filter_tasks(policy, asked.wanted)
    counts = counts_of(tasks)
    pages = Paginator(tasks, ROWS)
    if asked.wanted.by != "group":  # else a task stands in each of its groups
        pages.count = counts.total  # counted already, with the statuses
    shown = pages.get_page(request.GET.get("page"))
    rows = with_cells(_rows_of(shown), (*asked.codes, *asked.needed))
    context = {
        "policy": policy,
        "year": asked.year,
        "wanted": asked.wanted,
        "counts": counts,
        "page": shown,
        "rows": task_rows(rows, asked.codes, asked.wanted.by),
        "columns": [COLUMN_BY_CODE[code] for code in asked.codes],
        "choices": asked.column_choices(),
        "form": asked.form,
        "query": asked.query,
        "is_team": can_see_table_health(request.user, policy),
        "file_forms": FILE_FORMATS,
        "kept": asked.kept,
        "remembers": can_open_desk(request.user, policy),
        "has_plan": counts.total or policy.plans.exists(),
        "can_edit": can_edit_table(request.user, policy),
    }
    return render(request, "implementation/table.html", context)


@page(can_read_policy, find=policy_of, public=True, query=(*FILTERS, "columns", "page"))
def table_timeline(request: HttpRequest, policy: Policy) -> HttpResponse:
    """The same rows on a line of time."""
    asked = TableRequest(request, policy)
    tasks = filter_tasks(policy, asked.wanted)
    counts = counts_of(tasks)
    pages = Paginator(tasks, ROWS)
    if asked.wanted.by != "group":
        pages.count = counts.total
    shown = pages.get_page(request.GET.get("page"))
    rows = with_cells(_rows_of(shown), ("when", "milestones", "after", "groups"))
    context = {
        "policy": policy,
        "year": asked.year,
        "wanted": asked.wanted,
        "counts": counts,
        "page": shown,
        "can_edit": can_edit_table(request.user, policy),
        "line": build_timeline(rows, asked.year, asked.wanted.by, timezone.localdate()),
        "form": asked.form,
        "query": asked.query,
        "is_team": can_see_table_health(request.user, policy),
    }
    return render(request, "implementation/timeline.html", context)


@page(can_open_desk, find=policy_of, methods=("POST",))
def choose_columns(request: HttpRequest, policy: Policy) -> HttpResponse:
    """Show other columns, and remember them for the next time; what else the address asked for
    stays.
    """
    codes = ",".join(parse_column_codes(",".join(request.POST.getlist("columns"))))
    query = QueryDict(request.POST.get("query", "").replace("\0", "")[:1000], mutable=True)
    kept = {name: query[name] for name in FILTERS if query.get(name)}
    address = reverse("table", args=[policy.municipality.slug, policy.term])
    response = redirect(f"{address}?{urlencode({**kept, 'columns': codes})}")
    response.set_cookie(
        COOKIE, codes, max_age=A_YEAR, httponly=True, samesite="Lax", secure=request.is_secure()
    )
    return response


@page(can_edit_table, find=policy_of, methods=("POST",))
def start_table(request: SignedInRequest, policy: Policy) -> HttpResponse:
    """Open the table for the policy's whole term."""
    start_plan(by=request.user, policy=policy, starts=policy.starts, ends=policy.ends)
    messages.success(request, _("The table is open. Add its first task."))
    return redirect("add_task", policy.municipality.slug, policy.term)
