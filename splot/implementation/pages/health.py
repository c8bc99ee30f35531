"""The health of the table: what is missing, past or leads nowhere, for each institution."""

from collections import defaultdict
from dataclasses import dataclass, replace

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from splot.implementation.health import (
    FINDING_KINDS,
    InstitutionFindings,
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
    findings = table_findings(policy, timezone.localdate())
    institutions = count_by_institution(policy, findings)
    chosen = _chosen_institution(institutions, request.GET.get("institution", ""))
    if chosen:
        findings = [finding for finding in findings if finding.institution == chosen.key]
    context: dict[str, object] = {
        "policy": policy,
        "is_team": True,
        "can_edit": can_edit_table(request.user, policy),
        "institutions": institutions,
        "institution": chosen,
        "kind": None,
    }
    by_kind = _group_by_kind(findings)
    if kind := FINDING_KINDS.get(request.GET.get("kind", "")):
        findings = by_kind.get(kind.code, [])
        shown = Paginator(findings, ROWS).get_page(request.GET.get("page"))
        context |= {"kind": kind, "page": shown}
        by_kind = {kind.code: findings} if findings else {}
    groups = []
    for code, of_kind in by_kind.items():
        rows = _readable(request, policy, list(shown) if kind else of_kind[:FEW])
        groups.append(FindingGroup(FINDING_KINDS[code], len(of_kind), rows))
    context |= {"total": len(findings), "groups": groups}
    return render(request, "implementation/health.html", context)


def _chosen_institution(
    institutions: list[InstitutionFindings], asked: str
) -> InstitutionFindings | None:
    return next((row for row in institutions if row.asked == asked), None)


def _group_by_kind(findings: list[TableFinding]) -> dict[str, list[TableFinding]]:
    """{code of a kind: its findings}, in the order in which they come."""
    by_kind: dict[str, list[TableFinding]] = defaultdict(list)
    for finding in findings:
        by_kind[finding.kind.code].append(finding)
    return by_kind


def _readable(
    request: SignedInRequest, policy: Policy, findings: list[TableFinding]
) -> list[TableFinding]:
    """Who may not mend a thing is led to where it can be read."""
    if can_edit_table(request.user, policy):
        return findings
    readable = []
    for finding in findings:
        page = READ_AT.get(finding.page)
        readable.append(replace(finding, page=page, at="") if page else finding)
    return readable
