"""Translating a policy: how complete each language is, and passage by passage side by side."""

from django.http import HttpResponse
from django.shortcuts import render

from splot.people.door import SignedInRequest, page
from splot.policy.models import Policy
from splot.policy.queries import policy_of
from splot.policy.rules import can_translate_policy
from splot.policy.translatable import PolicyTexts, policy_translation_of
from splot.translations.side_by_side import (
    answer_machine_request,
    answer_side_by_side,
    overview_context,
)
from splot.translations.texts import Translation


@page(can_translate_policy, find=policy_of)
def translation_overview(request: SignedInRequest, policy: Policy) -> HttpResponse:
    context = overview_context(PolicyTexts(policy), policy.language)
    return render(request, "policy/translations.html", {"policy": policy, **context})


@page(can_translate_policy, find=policy_translation_of, methods=("GET", "HEAD", "POST"))
def edit_translation(request: SignedInRequest, translation: Translation) -> HttpResponse:
    context = {"policy": translation.collection.subject}
    return answer_side_by_side(request, translation, "policy/translate.html", context)


@page(can_translate_policy, find=policy_translation_of, methods=("POST",))
def translate_by_machine(request: SignedInRequest, translation: Translation) -> HttpResponse:
    return answer_machine_request(request, translation)
