"""From a file to a policy: read the act, see what it would become, change that, and only then
save.
"""

from django import forms
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from splot.core.actions import Conflict
from splot.core.forms import RowForm
from splot.core.formsets import LineForm, LineForms, line_formset, lines_by_key
from splot.core.languages import guess_language
from splot.core.values import Json
from splot.documents.intake.sandbox import read_document_sandboxed
from splot.documents.readers import UnreadableDocument
from splot.documents.tree import citation_of
from splot.people.door import SignedInRequest, page
from splot.people.models import Municipality
from splot.policy.act_mapping import OWN_AIM, ActMapping, mapping_counts
from splot.policy.act_mapping.proposal import describe_proposal
from splot.policy.actions.act_imports import (
    change_act_import,
    start_act_import,
)
from splot.policy.labels import CLEANING_LABELS
from splot.policy.models import ActImport, Provision
from splot.policy.queries import act_import_of, open_act_imports
from splot.policy.rules import can_import_policy
from splot.policy.writing.act_rows import ActImportRefused

MAX_AREAS = 20

AREA_LINES = "areas"

MappingChoices = tuple[list[str], dict[str, str]]  # the areas' names, and each passage's role


class AreaNameForm(LineForm):
    """The name of an area that an act is to become; its key is its number, which roles name."""

    key = forms.IntegerField(min_value=1, max_value=MAX_AREAS, widget=forms.HiddenInput)
    name = forms.CharField(max_length=120, required=False)

    def clean_name(self) -> str:
        return "".join(filter(str.isprintable, self.cleaned_data["name"])).strip()


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
    form = RowForm(request.POST or None)
    formset = _area_lines(act_import, act_import.areas, request.POST or None)
    is_outdated = False
    if request.method == "POST":
        areas = _submitted_areas(formset) if formset.is_valid() else act_import.areas
        mine = areas, _submitted_links(request, act_import, areas)
        try:
            if formset.is_valid():
                # 0, which nothing has, when the form does not say which version was seen
                version = (form.is_valid() and form.cleaned_data["version"]) or 0
                return _save_mapping(request, act_import, version, *mine)
        except Conflict as conflict:
            assert isinstance(conflict.current, ActImport)
            act_import, is_outdated = conflict.current, True
            formset = _area_lines(act_import, areas)
    context = {
        "act_import": act_import,
        "conflict": is_outdated,
        "form": form,
        "formset": formset,
        **_mapping_context(act_import, mine),
    }
    return render(request, "policy/act_mapping.html", context)


def _area_lines(
    act_import: ActImport, areas: list[str], data: QueryDict | None = None
) -> LineForms:
    """A line for each area, and an empty one for another."""
    initial = []
    for number, name in enumerate([*areas, ""][:MAX_AREAS], 1):
        initial.append({"key": number, "name": name})
    formset = line_formset(AreaNameForm, data, prefix=AREA_LINES, initial=initial, most=MAX_AREAS)
    for form in formset:
        form.fields["name"].widget.attrs["lang"] = act_import.language
    return formset


def _save_mapping(
    request: SignedInRequest,
    act_import: ActImport,
    version: int,
    areas: list[str],
    links: dict[str, str],
) -> HttpResponse:
    """Raises Conflict."""
    change_act_import(
        by=request.user,
        act_import=act_import,
        version=version,
        areas=areas,
        links=links,
    )
    name = "act_import" if "more" in request.POST else "finish_act_import"
    return redirect(name, act_import.municipality.slug, act_import.pk)


def _submitted_areas(formset: LineForms) -> list[str]:
    """The areas' names by their numbers; empty ones are dropped from the end, others get a name."""
    names = [""] * MAX_AREAS
    for number, line in lines_by_key(formset).items():
        names[number - 1] = line["name"]
    while names and not names[-1]:
        names.pop()
    return [name or _("Area %(number)s") % {"number": at} for at, name in enumerate(names, 1)]


def _submitted_links(
    request: SignedInRequest, act_import: ActImport, areas: list[str]
) -> dict[str, str]:
    """Each passage's role, as the form says."""
    allowed = _role_labels(areas)
    links = {}
    for eid, saved in act_import.links.items():
        sent = request.POST.get(f"link-{eid}", saved)
        links[eid] = next((role for role in (sent, saved) if role in allowed), "")
    return links


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
    mapping = ActMapping(act_import.areas, act_import.links)
    proposal = describe_proposal(act_import.file_name, document, mapping)
    return {
        "document": document,
        "proposal": proposal,
        "around": _around_areas(proposal),
        "cleaned": [(CLEANING_LABELS.get(row.what, row.what), row) for row in document.cleaned],
        "passages": passages,
        "choices": _role_choices(areas),
        "their_areas": act_import.areas if areas != act_import.areas else [],
        **mapping_counts(act_import.links.values()),
    }


def _around_areas(proposal: Json) -> list[tuple[str, list[str]]]:
    """The lists that a proposal has besides its areas, each with its heading."""
    headings = (
        ("institutions", _("Institutions: %(count)d")),
        ("partners", _("Partners: %(count)d")),
        ("duties", _("Monitoring and duties: %(count)d")),
    )
    around = []
    for name, heading in headings:
        if proposal[name]:
            around.append((heading % {"count": len(proposal[name])}, proposal[name]))
    return around


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

    aims = of_areas("aim", _("aim: %(area)s"))
    openings = of_areas("area", _("opens the area: %(area)s"))
    openings += of_areas(OWN_AIM, _("opens the area and is its aim: %(area)s"))
    return [
        (_("In the text only"), [("", _("stays in the text only"))]),
        (_("Activity"), of_areas("activity", _("activity: %(area)s"))),
        (_("Aim"), [*aims, ("aim", _("aim of the whole policy"))]),
        (_("Area"), openings),
        (_("For whom"), of_areas("audience", _("for whom: %(area)s"))),
        (_("Who leads"), of_areas("leader", _("who leads: %(area)s"))),
        (_("Provision"), [(kind.value, str(kind.label)) for kind in Provision.Kind]),
    ]
