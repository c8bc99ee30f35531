"""A printed number leads to its passage for ever: what bore it, in which version, and where that is
today.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from splot.people.door import page
from splot.people.models import Municipality
from splot.policy.models import Policy
from splot.policy.queries import newest_version, passages_by_number, policy_of
from splot.policy.rules import can_read_policy


def policy_with_number(municipality: Municipality, term: str, slug: str) -> Policy:
    """A policy with the passages that have borne a number ("4-1-2"), or 404."""
    policy = policy_of(municipality, term)
    borne = vars(policy)["borne"] = passages_by_number(policy, slug)
    if not borne:
        raise Http404
    return policy


@page(can_read_policy, find=policy_with_number, public=True)
def policy_number_redirect(request: HttpRequest, policy: Policy) -> HttpResponse:
    newest = newest_version(policy)
    today: dict[str, object] = {}
    if newest:
        document, __ = newest.document(newest.language)
        cited_nodes = document.cited_within_annex()
        today = {node.ref: (node, cited) for node, cited in cited_nodes if node.ref}
    rows = [
        {
            "version": version,
            "node": node,
            "citation": cited,
            "today": today.get(node.ref) if node.ref else None,
        }
        for version, node, cited in vars(policy)["borne"]
        if version.is_public or policy.is_open
    ]
    if not rows:
        raise Http404
    return render(
        request, "policy/number_redirect.html", {"policy": policy, "rows": rows, "newest": newest}
    )
