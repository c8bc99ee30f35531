"""The text as adopted, each passage with its own address."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from splot.documents.tree import citation
from splot.people.door import page
from splot.policy.models import Policy
from splot.policy.queries import policy_of, text_of
from splot.policy.rules import can_read_policy


@page(can_read_policy, find=policy_of, public=True)
def text(request: HttpRequest, policy: Policy) -> HttpResponse:
    version = text_of(policy)
    context = {"policy": policy, "version": version}
    if version:
        document, language = version.document(get_language())
        passages = [
            {"node": node, "depth": len(ancestors), "citation": citation([*ancestors, node])}
            for node, ancestors in document.walk()
        ]
        notice = "missing" if language != get_language() else "" if language == version.language else "translation"
        context |= {"document": document, "language": language, "passages": passages, "notice": notice}
    return render(request, "policy/text.html", context)
