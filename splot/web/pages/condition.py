"""The condition of the installation: for whoever watches it by machine, and for its operator."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from splot.core.condition import EXAMINATIONS, examine_installation
from splot.core.jobs import failed_jobs, waiting_jobs
from splot.people.door import SignedInRequest, page
from splot.people.rules import anyone
from splot.web.rules import is_operator


@page(anyone)
def health_check(request: HttpRequest, __: None) -> HttpResponse:
    """The state of each part in a word; 503 when any is a fault. `only` names the parts that are
    asked for, as "database,disk".
    """
    asked = frozenset(request.GET.get("only", "").split(",")) & EXAMINATIONS.keys()
    findings = examine_installation(asked or frozenset(EXAMINATIONS))
    has_fault = any(finding.is_fault for finding in findings)
    states = {finding.part: finding.state for finding in findings}
    status = "fault" if has_fault else "ok"
    return JsonResponse({"status": status, **states}, status=503 if has_fault else 200)


@page(is_operator)
def condition(request: SignedInRequest, __: None) -> HttpResponse:
    """The same for people, with what to do, and the jobs that wait or have failed."""
    context = {
        "findings": examine_installation(),
        "failed_jobs": failed_jobs(),
        "waiting_jobs": waiting_jobs(),
    }
    return render(request, "web/condition.html", context)
