"""The writing desk of a policy: its chapters, what each holds, and what to look at next."""

from collections import Counter
from operator import attrgetter

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from splot.catalogue.queries import entry_wording, shipped_catalogue
from splot.core.actions import Conflict
from splot.core.autosave import autosave_error_response, autosave_response
from splot.core.forms import RowForm, TextFormField, save_if_valid
from splot.people.door import SignedInRequest, page
from splot.policy.actions.policies import change_policy
from splot.policy.actions.steps import undo_step
from splot.policy.contents import Contents, contents_of
from splot.policy.health import policy_findings
from splot.policy.labels import STEP_LABELS
from splot.policy.models import Policy, Step
from splot.policy.queries import policy_of, step_of
from splot.policy.rules import can_freeze_policy, can_write_part, can_write_policy


class VisionForm(RowForm):
    vision = TextFormField(
        label=gettext_lazy("Vision"),
        rows=10,
        required=False,
        help_text=gettext_lazy(
            "A story of the place you want to be. Its first sentence stands on the first page."
        ),
    )


@page(can_write_policy, find=policy_of)
def writing_desk(request: SignedInRequest, policy: Policy) -> HttpResponse:
    contents = contents_of(policy)
    findings = policy_findings(contents)
    step = policy.steps.filter(undoes=None, undone_by=None).select_related("by").first()
    context = {
        "policy": policy,
        "contents": contents,
        "moved": request.GET.get("moved", ""),
        "chapters": _chapter_rows(contents),
        "areas": [
            (area, len(contents.aims[area.pk]), len(contents.activities[area.pk]))
            for area in contents.areas
        ],
        "findings": findings,
        "finding_kinds": list(Counter(map(attrgetter("kind"), findings)).items()),
        "last_step": step,
        "last_words": STEP_LABELS.get(step.verb, step.verb) if step else "",
        "is_coordinator": can_freeze_policy(request.user, policy),
    }
    return render(request, "policy/write.html", context)


def _chapter_rows(contents: Contents) -> list[dict[str, object]]:
    """The chapters before the areas, each with what it holds so far."""
    policy = contents.policy
    address = [policy.municipality.slug, policy.term]
    chapters = [
        (_("Vision"), "write_vision", bool(policy.vision), ""),
        (_("Values and principles"), "write_values", bool(contents.values), len(contents.values)),
        (
            _("Strategic aims"),
            "write_aims",
            bool(contents.strategic_aims),
            len(contents.strategic_aims),
        ),
    ]
    rows: list[dict[str, object]] = []
    for label, name, filled, number in chapters:
        url = reverse(name, args=address)
        rows.append({"label": label, "url": url, "filled": filled, "number": number})
    return rows


@page(can_write_policy, find=policy_of, methods=("GET", "HEAD", "POST"))
def edit_vision(request: SignedInRequest, policy: Policy) -> HttpResponse:
    form = VisionForm(request.POST or None, row=policy, language=policy.language)

    def save() -> Policy:
        common = {
            "by": request.user,
            "version": form.cleaned_data["version"],
            "goes_on": bool(request.htmx),
        }
        return change_policy(policy=policy, **common, **form.values())

    if row := save_if_valid(request, form, save):
        return autosave_response(request, row) or redirect(
            "write_policy", policy.municipality.slug, policy.term
        )
    context = {
        "policy": policy,
        "form": form,
        "questions": [
            entry_wording("vision_questions", question.id, policy.language)
            for question in shipped_catalogue().vision_questions
        ],
        "example": entry_wording("vision", "example", policy.language),
    }
    return autosave_error_response(request, form) or render(request, "policy/vision.html", context)


@page(can_write_policy, find=policy_of)
def writing_steps(request: SignedInRequest, policy: Policy) -> HttpResponse:
    rows = Paginator(policy.steps.select_related("by", "undone_by"), 50).get_page(
        request.GET.get("page")
    )
    return render(
        request,
        "policy/steps.html",
        {
            "policy": policy,
            "page": rows,
            "steps": [(row, STEP_LABELS.get(row.verb)) for row in rows],
        },
    )


@page(can_write_part, find=step_of, methods=("POST",))
def undo_writing_step(request: SignedInRequest, step: Step) -> HttpResponse:
    """Take a step back; where somebody has written since, say so and leave everything as it is."""
    policy = step.policy
    try:
        undo_step(by=request.user, step_taken=step)
    except Conflict:
        messages.warning(
            request,
            _(
                "This cannot be taken back: somebody has changed the same passage since. "
                "Nothing was changed."
            ),
        )
    else:
        messages.success(request, _("Taken back."))
    return redirect("writing_steps", policy.municipality.slug, policy.term)
