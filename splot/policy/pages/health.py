"""The health of a policy, explained: what to look at, why it matters, where it is mended."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from splot.people.door import page
from splot.policy.contents import contents_of
from splot.policy.health import policy_findings
from splot.policy.models import Policy
from splot.policy.queries import policy_of
from splot.policy.rules import can_write_policy


@page(can_write_policy, find=policy_of)
def policy_health(request: HttpRequest, policy: Policy) -> HttpResponse:
    findings = policy_findings(contents_of(policy))
    kinds = list(dict.fromkeys(finding.kind for finding in findings))
    groups = [(kind, [finding for finding in findings if finding.kind == kind]) for kind in kinds]
    return render(
        request, "policy/health.html", {"policy": policy, "groups": groups, "total": len(findings)}
    )
