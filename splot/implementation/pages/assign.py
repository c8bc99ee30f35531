"""Rows that were ticked in the table get an activity, an area, an institution or a person at once.

Ticked rows and the search stand in the address, so that all of it works without scripts.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db import models
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy

from splot.core.languages import Text
from splot.core.values import Words
from splot.implementation.actions.assign import (
    Assignment,
    NothingAssigned,
    Outcome,
    assign_to_tasks,
    undo_assignment,
)
from splot.implementation.models import Task
from splot.implementation.queries import table_rows_by_number
from splot.implementation.rules import can_edit_table
from splot.language.folding import fold
from splot.people.door import SignedInRequest, page
from splot.people.queries import people_in_charge
from splot.policy.models import Policy
from splot.policy.queries import policy_of

MOST_ROWS = 200  # at once
FEW_ROWS = 3  # that are listed at once; more would push what they get off a phone
IN_SESSION = "assignment"


@dataclass(frozen=True)
class AssignKind:
    """What rows can be given: the field of a task, and what the page calls it."""

    field_name: str
    label: Words
    question: Words


ASSIGN_KINDS = {
    "activity": AssignKind(
        "activities", gettext_lazy("Activity"), gettext_lazy("For which activity are they?")
    ),
    "area": AssignKind("area", gettext_lazy("Area"), gettext_lazy("In which area do they stand?")),
    "institution": AssignKind(
        "lead", gettext_lazy("Institution"), gettext_lazy("Which institution answers for them?")
    ),
    "person": AssignKind(
        "leader", gettext_lazy("Person in charge"), gettext_lazy("Who is in charge of them?")
    ),
}


@dataclass(frozen=True)
class AssignChoice:
    """What can be chosen: its row, its name, and what is said beside the name."""

    row: models.Model
    name: Text | str
    beside: Text | str = ""

    def matches(self, words: Iterable[str]) -> bool:
        """Does it hold all these words, whatever their capitals and marks?"""
        name, beside = fold(str(self.name)), fold(str(self.beside))
        return all(word in f"{name} {beside}" for word in words)


def choices_of(policy: Policy, kind: str) -> list[AssignChoice]:
    """What rows of a policy's table can be given."""
    municipality = policy.municipality
    if kind == "activity":
        activities = policy.activities.select_related("area")
        return [AssignChoice(row, row.text, row.number or row.area.name) for row in activities]
    if kind == "area":
        return [AssignChoice(row, row.name, str(row.number)) for row in policy.areas.all()]
    if kind == "institution":
        institutions = municipality.organisations.municipal()
        choices = [AssignChoice(row, row.name) for row in institutions]
    else:
        choices = [AssignChoice(row, row.name) for row in people_in_charge(municipality)]
    return sorted(choices, key=lambda choice: fold(str(choice.name)))


class AssignRequest:
    """What was asked for: the rows, what they get, the words that narrow the list."""

    def __init__(self, sent: QueryDict, policy: Policy) -> None:
        kind = sent.get("what", "activity")
        if kind not in ASSIGN_KINDS:
            raise Http404
        self.kind, self.policy = kind, policy
        self.words = sent.get("words", "").replace("\0", "").strip()[:100]
        every = _parse_rows(sent.getlist("task"))
        self.versions = dict(list(every.items())[:MOST_ROWS])
        self.left_out = list(every)[MOST_ROWS:]  # their numbers
        self.replaces = "replaces" in sent
        self.query = _table_query(sent.get("query", ""))

    def rows(self) -> list[Task]:
        return table_rows_by_number(self.policy, self.versions)

    def choices(self) -> list[AssignChoice]:
        words = fold(self.words).split()
        every = choices_of(self.policy, self.kind)
        return [choice for choice in every if choice.matches(words)]

    def address(self, kind: str) -> str:
        """The query of the same page for something else that the rows can get."""
        return _query_of(kind, [*self.versions, *self.left_out], self.query)


def _parse_rows(sent: Iterable[str]) -> dict[int, int]:
    """{task's number: the version that was seen, 0 where none was} of "3" or "3:7"."""
    versions: dict[int, int] = {}
    for written in sent:
        number, __, version = written.partition(":")
        if number.isdecimal() and len(number) < 10:
            versions[int(number)] = int(version) if version.isdecimal() and len(version) < 10 else 0
    return versions


def _query_of(kind: str, numbers: Iterable[int], table_query: str) -> str:
    """The query of the page that gives something to these rows."""
    rows = [("task", number) for number in numbers]
    return urlencode([("what", kind), *rows, ("query", table_query)])


def _table_query(query: str) -> str:
    """The filters of the table from which somebody came, as an address takes them."""
    return QueryDict(query.replace("\0", "")[:1000]).urlencode()


@page(can_edit_table, find=policy_of, methods=("GET", "HEAD", "POST"))
def assign_to_rows(request: SignedInRequest, policy: Policy) -> HttpResponse:
    asked = AssignRequest(request.POST or request.GET, policy)
    every = choices_of(policy, asked.kind) if request.method == "POST" else []
    chosen = next((each for each in every if str(each.row.pk) == request.POST.get("choice")), None)
    if chosen is not None and asked.versions:
        kept = {"what": asked.kind, "query": asked.query, **_assign(request, asked, chosen.row)}
        kept["left_out"] = asked.left_out
        request.session[IN_SESSION] = {**kept, "policy": policy.pk, "name": str(chosen.name)}
        return redirect("rows_assigned", policy.municipality.slug, policy.term)
    rows = asked.rows()
    context = {
        "policy": policy,
        "asked": asked,
        "kind": ASSIGN_KINDS[asked.kind],
        "kinds": [
            {"label": kind.label, "url": f"?{asked.address(code)}", "current": code == asked.kind}
            for code, kind in ASSIGN_KINDS.items()
        ],
        "rows": rows,
        "are_few": len(rows) <= FEW_ROWS,
        "choices": asked.choices(),
        "is_incomplete": request.method == "POST",
    }
    return render(request, "implementation/assign.html", context)


def _assign(request: SignedInRequest, asked: AssignRequest, value: models.Model) -> dict[str, Any]:
    try:
        assignment = assign_to_tasks(
            by=request.user,
            policy=asked.policy,
            versions=asked.versions,
            field_name=ASSIGN_KINDS[asked.kind].field_name,
            value=value,
            replaces=asked.replaces,
        )
    except NothingAssigned as nothing:
        assignment = nothing.assignment
    return _to_session(assignment)


def _to_session(assignment: Assignment) -> dict[str, Any]:
    outcomes = [[number, outcome] for number, outcome in assignment.outcomes.items()]
    return {"outcomes": outcomes, "states": assignment.states}


@page(can_edit_table, find=policy_of, methods=("GET", "HEAD", "POST"))
def rows_assigned(request: SignedInRequest, policy: Policy) -> HttpResponse:
    """What became of each row; and the way back."""
    kept = request.session.get(IN_SESSION, {})
    if kept.get("policy") != policy.pk:
        return redirect("table", policy.municipality.slug, policy.term)
    kind = ASSIGN_KINDS[kept["what"]]
    if request.method == "POST" and kept["states"]:
        try:
            undone = undo_assignment(
                by=request.user,
                policy=policy,
                field_name=kind.field_name,
                states=[(before, after) for before, after in kept["states"]],
            )
        except NothingAssigned as nothing:
            undone = nothing.assignment
        request.session[IN_SESSION] = {**kept, **_to_session(undone)}
        return redirect("rows_assigned", policy.municipality.slug, policy.term)
    outcomes = {number: Outcome(outcome) for number, outcome in kept["outcomes"]}
    rows = table_rows_by_number(policy, outcomes)
    context = {
        "policy": policy,
        "kind": kind,
        "name": kept["name"],
        "query": kept["query"],
        "left_out": kept.get("left_out", []),
        # the rows that were too many at once
        "again": _query_of(kept["what"], kept.get("left_out", []), kept["query"]),
        "rows": [(task, outcomes[task.number]) for task in rows],
        "changed": sum(outcome == Outcome.CHANGED for outcome in outcomes.values()),
        "can_be_undone": bool(kept["states"]),
        "is_undone": Outcome.RESTORED in outcomes.values(),
    }
    return render(request, "implementation/assigned.html", context)
