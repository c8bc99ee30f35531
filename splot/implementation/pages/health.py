"""The health of the table: what is missing, past or leads nowhere, for each institution."""

from dataclasses import dataclass, replace

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from splot.implementation.health import (
    FINDING_KINDS,
    TableFinding,
    count_by_institution,
    table_findings,
)
from splot.implementation.rules import can_edit_table, can_see_table_health
from splot.people.door import SignedInRequest, page
from splot.policy.health.findings import FindingKind
from splot.policy.models import Policy
from splot.policy.queries import policy_of

# for who may not mend
READ_AT = {"edit_task": "task", "report_progress": "task", "add_observation": "indicator"}
FEW, ROWS = 12, 60


@dataclass(frozen=True)
class FindingGroup:
    """The findings of one kind: how many there are, and those that are shown."""

    kind: FindingKind
    number: int
    findings: list[TableFinding]


@page(can_see_table_health, find=policy_of)
def table_health(request: SignedInRequest, policy: Policy) -> HttpResponse:
    """The first findings of each kind, or, page by page, all of one kind; all institutions or
    one.
    """
    found = table_findings(policy, timezone.localdate())
    institutions = count_by_institution(policy, found)
    asked, kind = request.GET.get("institution", ""), FINDING_KINDS.get(request.GET.get("kind", ""))
    chosen = next((each for each in institutions if each.asked == asked), None)
    if chosen:
        found = [each for each in found if each.institution == chosen.key]
    context: dict[str, object] = {
        "policy": policy,
        "is_team": True,
        "can_edit": can_edit_table(request.user, policy),
        "institutions": institutions,
        "institution": chosen,
        "kind": kind,
    }
    if kind:
        found = [each for each in found if each.kind == kind]
        context["page"] = shown = Paginator(found, ROWS).get_page(request.GET.get("page"))
        groups = (
            [FindingGroup(kind, len(found), _readable(request, policy, list(shown)))]
            if found
            else []
        )
    else:
        kinds = {each.kind.code: each.kind for each in found}
        by_kind = [(kind, [each for each in found if each.kind is kind]) for kind in kinds.values()]
        groups = [
            FindingGroup(kind, len(rows), _readable(request, policy, rows[:FEW]))
            for kind, rows in by_kind
        ]
    return render(
        request, "implementation/health.html", {**context, "total": len(found), "groups": groups}
    )


def _readable(
    request: SignedInRequest, policy: Policy, findings: list[TableFinding]
) -> list[TableFinding]:
    """Who may not mend a thing is led to where it can be read."""
    if can_edit_table(request.user, policy):
        return findings
    return [
        replace(each, page=READ_AT[each.page], at="") if each.page in READ_AT else each
        for each in findings
    ]
