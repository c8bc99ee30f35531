"""The health of the table: what is missing, past or leads nowhere, for each institution."""

import re
from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from splot.implementation.table_health import by_institution, findings_of
from splot.people.door import page
from splot.people.rules import is_coordinator, is_staff
from splot.policy.models import Policy
from splot.policy.queries import policy_of

FORM = re.compile(r"(/tasks/\d+/|/indicators/\d+/)(?:edit|report|values/add)/.*")


@page(is_staff, find=policy_of)
def health(request: HttpRequest, policy: Policy) -> HttpResponse:
    findings = findings_of(policy, timezone.localdate())
    if not is_coordinator(request.user, policy):  # who may not mend it is led to where it can be read
        findings = [replace(each, url=FORM.sub(r"\1", each.url)) for each in findings]
    kinds = list(dict.fromkeys(finding.kind for finding in findings))
    context = {
        "policy": policy,
        "is_team": True,
        "can_edit": is_coordinator(request.user, policy),
        "total": len(findings),
        "groups": [(kind, [finding for finding in findings if finding.kind == kind]) for kind in kinds],
        "institutions": by_institution(policy, findings),
    }
    return render(request, "implementation/health.html", context)
