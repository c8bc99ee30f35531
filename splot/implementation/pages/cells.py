"""One cell of the table, changed where it stands; without scripts, on a page of its own.

The address of that page takes the table's filters along, so that one comes back to the rows that
one saw.
"""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from splot.core.forms import save_if_valid
from splot.implementation.actions.tasks import change_task
from splot.implementation.columns import COLUMN_BY_CODE
from splot.implementation.forms import TaskForm
from splot.implementation.models import Task
from splot.implementation.queries import task_of
from splot.implementation.rules import can_edit_task
from splot.people.door import SignedInRequest, page
from splot.people.models import Municipality


def cell_of(municipality: Municipality, term: str, number: int, code: str) -> Task:
    """The task with this cell, or 404."""
    if code not in COLUMN_BY_CODE:
        raise Http404
    return task_of(municipality, term, number)


@page(can_edit_task, find=cell_of, methods=("GET", "HEAD", "POST"))
def edit_cell(request: SignedInRequest, task: Task) -> HttpResponse:
    assert request.resolver_match is not None
    column = COLUMN_BY_CODE[request.resolver_match.kwargs["code"]]
    address = [task.municipality.slug, task.policy.term, task.number]
    whole = f"{reverse('edit_task', args=address)}#{column.part}"
    if not column.form_fields or (column.code == "when" and task.windows.exists()):
        if not request.htmx:
            return redirect(whole)
        return HttpResponse(headers={"HX-Redirect": whole})
    form = TaskForm(request.POST or None, row=task, policy=task.policy).only(column.form_fields)

    def save() -> Task:
        return change_task(
            by=request.user, task=task, version=form.cleaned_data["version"], **form.values()
        )

    context = {
        "task": task,
        "policy": task.policy,
        "column": column,
        "code": column.code,
        "label": column.label,
    }
    context["query"] = "" if request.htmx else request.GET.urlencode()
    if save_if_valid(request, form, save) or (request.htmx and "leave" in request.GET):
        task = task_of(task.municipality, task.policy.term, task.number)
        if not request.htmx:
            query = f"?{context['query']}" if context["query"] else ""
            return redirect(f"{reverse('table', args=address[:2])}{query}#task-{task.number}")
        return render(
            request,
            "implementation/_saved_cell.html",
            {**context, "task": task, "cell": column.cell(task)},
        )
    template = "implementation/_cell_form.html" if request.htmx else "implementation/cell.html"
    return render(request, template, {**context, "form": form})
