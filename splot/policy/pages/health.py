"""The health of a policy, explained: what to look at, why it matters, where it is mended."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from splot.core.forms import act_or_warn
from splot.people.door import SignedInRequest, page
from splot.policy.actions.model_details import adopt_model_details
from splot.policy.contents import contents_of
from splot.policy.health import policy_findings
from splot.policy.health.findings import FindingKind, PolicyFinding
from splot.policy.models import Policy
from splot.policy.queries import policy_of
from splot.policy.rules import can_write_policy
from splot.policy.suggestions import has_open_suggestions


@page(can_write_policy, find=policy_of)
def policy_health(request: HttpRequest, policy: Policy) -> HttpResponse:
    """A line for each kind of finding, the gravest first, with its findings folded below it."""
    contents = contents_of(policy)
    groups: dict[FindingKind, list[PolicyFinding]] = {}
    for finding in policy_findings(contents):
        groups.setdefault(finding.kind, []).append(finding)
    context = {
        "policy": policy,
        "groups": list(groups.items()),
        "has_suggestions": has_open_suggestions(policy, contents.all_activities),
    }
    return render(request, "policy/health.html", context)


@page(can_write_policy, find=policy_of, methods=("POST",))
def adopt_all_details(request: SignedInRequest, policy: Policy) -> HttpResponse:
    """Take over at once what the model suggests beside the words."""
    counts: dict[str, int] = {}

    def adopt() -> None:
        counts.update(adopt_model_details(by=request.user, policy=policy))

    if act_or_warn(request, adopt, changed=_("Somebody else changed the policy meanwhile.")):
        messages.success(
            request,
            _(
                "Taken over: %(institutions)s mentions of institutions, %(indicators)s of "
                "indicators, %(groups)s provision on groups."
            )
            % counts,
        )
    return redirect("policy_health", policy.municipality.slug, policy.term)
