"""The health of a policy, explained: what to look at, why it matters, where it is mended."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from splot.people.door import page
from splot.policy.contents import contents_of
from splot.policy.health import policy_findings
from splot.policy.health.findings import FindingKind, PolicyFinding
from splot.policy.models import Policy
from splot.policy.queries import policy_of
from splot.policy.rules import can_write_policy


@page(can_write_policy, find=policy_of)
def policy_health(request: HttpRequest, policy: Policy) -> HttpResponse:
    findings = policy_findings(contents_of(policy))
    groups: dict[FindingKind, list[PolicyFinding]] = {}
    for finding in findings:
        groups.setdefault(finding.kind, []).append(finding)
    context = {"policy": policy, "groups": list(groups.items()), "total": len(findings)}
    return render(request, "policy/health.html", context)
