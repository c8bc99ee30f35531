"""The implementation table: nine columns, filtered, printable, cards on a phone."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from splot.implementation.actions.plans import start_plan
from splot.implementation.models import STATUS_LABELS
from splot.implementation.queries import (
    GAPS,
    TableFilter,
    counts_of,
    filter_options,
    filtered,
    table_year,
    with_cells,
)
from splot.implementation.rules import can_edit_table
from splot.people.door import page
from splot.people.rules import is_coordinator
from splot.policy.models import Policy
from splot.policy.queries import policy_of
from splot.policy.rules import can_read_policy

ROWS = 60
FILTERS = ("year", "area", "organisation", "status", "group", "gap", "words")


class FilterForm(forms.Form):
    """What a reader may narrow the table to."""

    words = forms.CharField(label=gettext_lazy("Search words"), required=False, max_length=100)
    area = forms.ChoiceField(label=gettext_lazy("Area"), required=False)
    organisation = forms.ChoiceField(label=gettext_lazy("Institution"), required=False)
    status = forms.ChoiceField(label=gettext_lazy("Status"), required=False)
    group = forms.ChoiceField(label=gettext_lazy("Sensitive group"), required=False)
    gap = forms.ChoiceField(label=gettext_lazy("Missing or past"), required=False)
    year = forms.ChoiceField(label=gettext_lazy("Year"), required=False)

    def __init__(self, data: dict[str, Any], *, policy: Policy) -> None:
        super().__init__(data)
        for name, options in {**filter_options(policy), "status": STATUS_LABELS.items(), "gap": GAPS.items()}.items():
            self.fields[name].choices = [("", _("all")), *options]
        self.fields["year"].choices = [(year, year) for year in policy.years]


@page(can_read_policy, find=policy_of, public=True, query=(*FILTERS, "page"))
def table(request: HttpRequest, policy: Policy) -> HttpResponse:
    # NUL is a character that PostgreSQL cannot even look for
    asked = {name: request.GET.get(name, "").replace("\0", "").strip()[:100] for name in FILTERS}
    year = table_year(policy, asked.pop("year"), timezone.localdate())
    wanted = TableFilter(year=year, **asked)
    tasks = filtered(policy, wanted)
    counts = counts_of(tasks)
    rows = Paginator(with_cells(tasks), ROWS)
    rows.count = counts.total  # counted already, with the statuses
    context = {
        "policy": policy,
        "year": year,
        "wanted": wanted,
        "counts": counts,
        "page": rows.get_page(request.GET.get("page")),
        "form": FilterForm({**asked, "year": year}, policy=policy),
        "has_plan": counts.total or policy.plans.exists(),
        "can_edit": is_coordinator(request.user, policy),
    }
    return render(request, "implementation/table.html", context)


@page(can_edit_table, find=policy_of, methods=("POST",))
def start(request: HttpRequest, policy: Policy) -> HttpResponse:
    """Open the table for the policy's whole term."""
    start_plan(by=request.user, policy=policy, starts=policy.starts, ends=policy.ends)
    messages.success(request, _("The table is open. Add its first task."))
    return redirect("add_task", policy.municipality.slug, policy.term)
