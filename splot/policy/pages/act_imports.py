"""From a file to a policy: read the act, see what it would become, change that, and only then
save.
"""

import re
from collections import Counter

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from splot.core.actions import Conflict
from splot.core.forms import RowForm
from splot.core.languages import guess_language
from splot.documents.intake.sandbox import read_document_sandboxed
from splot.documents.readers import UnreadableDocument
from splot.documents.tree import citation_of
from splot.people.door import SignedInRequest, page
from splot.people.models import Municipality
from splot.policy.act_mapping import body_name
from splot.policy.actions.act_imports import (
    ActImportRefused,
    apply_act_import,
    change_act_import,
    start_act_import,
)
from splot.policy.labels import CLEANING_LABELS
from splot.policy.models import ActImport, Policy, Provision
from splot.policy.queries import act_import_of, open_act_imports
from splot.policy.rules import can_import_policy

MAX_AREAS = 20

MappingChoices = tuple[list[str], dict[str, str]]  # the areas' names, and each passage's role


class ActUploadForm(RowForm):
    act = forms.FileField(
        label=gettext_lazy("File with the act"),
        help_text=gettext_lazy(
            "A Word document (.docx), a PDF with text, plain text or Akoma Ntoso (.xml); up to 10 "
            "MB."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".docx,.pdf,.txt,.md,.xml"}),
    )


@page(can_import_policy, methods=("GET", "HEAD", "POST"))
def upload_act(request: SignedInRequest, municipality: Municipality) -> HttpResponse:
    form = ActUploadForm(request.POST or None, files=request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["act"]
        try:
            document = read_document_sandboxed(file.read(), file.name)
            act_import = start_act_import(
                by=request.user,
                municipality=municipality,
                document=document,
                file_name=file.name[:200],
                language=guess_language(" ".join(document.words()[:2000])),
                idempotency_key=form.cleaned_data["idempotency_key"],
            )
        except (UnreadableDocument, ActImportRefused) as error:
            form.add_error("act", str(error))
        else:
            return redirect("act_import", municipality.slug, act_import.pk)
    context = {"form": form, "act_imports": open_act_imports(municipality)}
    return render(request, "policy/upload_act.html", context)


@page(can_import_policy, find=act_import_of, methods=("GET", "HEAD", "POST"))
def edit_act_mapping(request: SignedInRequest, act_import: ActImport) -> HttpResponse:
    """The source on one side, what each passage becomes on the other."""
    mine: MappingChoices | None = None
    if request.method == "POST":
        areas, links = _submitted_mapping(request, act_import)
        try:
            change_act_import(
                by=request.user,
                act_import=act_import,
                version=_submitted_version(request),
                areas=areas,
                links=links,
            )
        except Conflict as error:
            assert isinstance(error.current, ActImport)
            act_import, mine = error.current, (areas, links)
        else:
            if "more" not in request.POST:
                return redirect("finish_act_import", act_import.municipality.slug, act_import.pk)
            return redirect("act_import", act_import.municipality.slug, act_import.pk)
    context = {
        "act_import": act_import,
        "conflict": mine is not None,
        **_mapping_context(act_import, mine),
    }
    return render(request, "policy/act_mapping.html", context)


def _submitted_version(request: SignedInRequest) -> int:
    """The version that the writer saw; 0, which nothing has, when the form does not say."""
    form = RowForm(request.POST)
    return (form.is_valid() and form.cleaned_data["version"]) or 0


def _submitted_mapping(request: SignedInRequest, act_import: ActImport) -> MappingChoices:
    """The areas' names (empty ones are dropped from the end) and each passage's role, as the form
    says.
    """
    areas: list[str] = []
    for number in range(1, MAX_AREAS + 1):
        areas.append(_clean_name(request.POST.get(f"area-{number}", "")))
    while areas and not areas[-1]:
        areas.pop()
    for place, name in enumerate(areas):
        areas[place] = name or _("Area %(number)s") % {"number": place + 1}
    allowed = _role_labels(areas)
    links = {}
    for eid, saved in act_import.links.items():
        sent = request.POST.get(f"link-{eid}", saved)
        links[eid] = next((role for role in (sent, saved) if role in allowed), "")
    return areas, links


def _clean_name(typed: str) -> str:
    return "".join(sign for sign in typed if sign.isprintable()).strip()[:120]


def _mapping_context(
    act_import: ActImport, mine: MappingChoices | None = None
) -> dict[str, object]:
    """The act and what becomes of it; after a conflict `mine` are the choices that wait beside the
    saved ones.
    """
    document = act_import.tree()
    areas, links = mine or (act_import.areas, act_import.links)
    labels = _role_labels(act_import.areas)
    passages = []
    for node, ancestors in document.walk():
        if node.text or node.heading:
            saved = act_import.links[node.eid]
            passages.append(
                {
                    "node": node,
                    "depth": len(ancestors),
                    "citation": citation_of([*ancestors, node]),
                    "role": links.get(node.eid, ""),
                    "theirs": labels.get(saved) if saved != links[node.eid] else None,
                    "reason": act_import.reasons.get(node.eid, ""),
                }
            )
    counts = Counter(role.partition(":")[0] for role in act_import.links.values())
    return {
        "document": document,
        "cleaned": [(CLEANING_LABELS.get(row.what, row.what), row) for row in document.cleaned],
        "passages": passages,
        "choices": _role_choices(areas),
        "areas": list(enumerate([*areas, ""][:MAX_AREAS], 1)),
        "their_areas": act_import.areas if areas != act_import.areas else [],
        "counts": {name: counts[name] for name in ("aim", "activity", "institution", "partner")},
        "duties": counts["team"] + counts["mayor"] + counts["council"] + counts["monitoring"],
    }


def _role_labels(areas: list[str]) -> dict[str, str]:
    """{role: its label} of all that a passage can become."""
    labels: dict[str, str] = {}
    for __, choices in _role_choices(areas):
        labels.update(choices)
    return labels


def _role_choices(areas: list[str]) -> list[tuple[str, list[tuple[str, str]]]]:
    """What a passage can become, in groups for a select."""

    def of_areas(role: str, label: str) -> list[tuple[str, str]]:
        choices = []
        for number, name in enumerate(areas, 1):
            choices.append((f"{role}:{number}", label % {"area": name or number}))
        return choices

    return [
        (_("In the text only"), [("", _("stays in the text only"))]),
        (_("Activity"), of_areas("activity", _("activity: %(area)s"))),
        (_("Aim"), of_areas("aim", _("aim: %(area)s"))),
        (_("Area"), of_areas("area", _("opens the area: %(area)s"))),
        (_("Provision"), [(kind.value, str(kind.label)) for kind in Provision.Kind]),
    ]


class FinishActImportForm(RowForm):
    title = forms.CharField(label=gettext_lazy("Title of the policy"), max_length=400)
    starts = forms.IntegerField(label=gettext_lazy("First year"), min_value=1990, max_value=2100)
    ends = forms.IntegerField(label=gettext_lazy("Last year"), min_value=1990, max_value=2100)
    status = forms.ChoiceField(
        label=gettext_lazy("State of the policy"),
        choices=[(status.value, status.label) for status in (Policy.Status.DRAFT, *Policy.PUBLIC)],
        help_text=gettext_lazy("A draft is seen by your team only; the other states are public."),
    )
    number = forms.CharField(
        label=gettext_lazy("Number of the resolution"), max_length=80, required=False
    )
    body = forms.CharField(label=gettext_lazy("Adopted by"), max_length=200, required=False)
    responsible = forms.CharField(
        label=gettext_lazy("Who answers for the content"), max_length=200, required=False
    )
    adopted_on = forms.DateField(label=gettext_lazy("Adopted on"), required=False)
    in_force_from = forms.DateField(label=gettext_lazy("In force from"), required=False)

    def clean(self) -> dict[str, object]:
        super().clean()
        values = self.cleaned_data
        starts, ends = values.get("starts"), values.get("ends")
        if starts and ends and not starts <= ends <= starts + 15:
            self.add_error(
                "ends", _("The last year comes after the first, at most 15 years later.")
            )
        return values


@page(can_import_policy, find=act_import_of, methods=("GET", "HEAD", "POST"))
def finish_act_import(request: SignedInRequest, act_import: ActImport) -> HttpResponse:
    """The last step: name and term; then the policy is made, whole or not at all."""
    form = FinishActImportForm(request.POST or None, initial=_guess_initial(act_import))
    if request.method == "POST" and form.is_valid():
        values = form.values()
        term = values.pop("starts"), values.pop("ends")
        try:
            policy = apply_act_import(
                by=request.user,
                act_import=act_import,
                term=term,
                idempotency_key=form.cleaned_data["idempotency_key"],
                **values,
            )
        except ActImportRefused as error:
            kept = _("Nothing was saved; your choices are kept.")
            form.add_error(None, f"{error} {kept}")
        else:
            messages.success(request, _("The policy is made. Next: the implementation table."))
            return redirect("policy", policy.municipality.slug, policy.term)
    return render(
        request,
        "policy/finish_act_import.html",
        {"form": form, "act_import": act_import, **_mapping_context(act_import)},
    )


def _guess_initial(act_import: ActImport) -> dict[str, object]:
    """What the title block says, for the form's start; dots that wait for a number count as
    nothing.
    """
    document = act_import.tree()
    years = [int(year) for year in re.findall(r"\b(?:19|20)\d\d\b", document.title)]
    quoted = re.search(r"[\"„“«](.+?)[\"”»]", document.title, re.S)
    return {
        "title": " ".join(
            (quoted[1] if quoted else document.act.subject or document.title).split()
        )[:400],
        "starts": years[-2] if len(years) > 1 else (years[0] if years else None),
        "ends": years[-1] if years else None,
        "status": Policy.Status.DRAFT,
        "number": document.act.number.strip(" .…"),
        "body": body_name(document.act.body),
    }
