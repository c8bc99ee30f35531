"""An area while it is written: why, aims, activities, and what the model suggests for it."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from splot.core.forms import RowForm, TextFormField, save_if_valid
from splot.people.door import SignedInRequest, page
from splot.policy.actions.areas import add_area
from splot.policy.actions.passages import add_part
from splot.policy.actions.suggestions import adopt_activities
from splot.policy.contents import contents_of
from splot.policy.health import policy_findings
from splot.policy.models import Activity, Aim, Area, Policy, PolicyPart
from splot.policy.queries import area_by_key, policy_of
from splot.policy.rules import can_write_part, can_write_policy
from splot.policy.suggestions import suggestions_for


class NewAreaForm(RowForm):
    name = TextFormField(label=gettext_lazy("Name of the area"), max_length=120)


class NewPassageForm(RowForm):
    """An aim, or an activity under one."""

    text = TextFormField(label=gettext_lazy("Wording"), rows=2, max_length=2000)


@page(can_write_policy, find=policy_of, methods=("GET", "HEAD", "POST"))
def new_area(request: SignedInRequest, policy: Policy) -> HttpResponse:
    form = NewAreaForm(request.POST or None, language=policy.language)

    def save() -> Area:
        return add_area(
            by=request.user,
            policy=policy,
            idempotency_key=form.cleaned_data["idempotency_key"],
            **form.values(),
        )

    if area := save_if_valid(request, form, save):
        return redirect("write_area", policy.municipality.slug, policy.term, area.pk)
    return render(
        request, "policy/add.html", {"policy": policy, "form": form, "title": _("A new area")}
    )


@page(can_write_part, find=area_by_key)
def write_area(request: SignedInRequest, area: Area) -> HttpResponse:
    contents = contents_of(area.policy)
    aims: list[tuple[Aim | None, list[Activity]]] = []
    for aim in contents.aims[area.pk]:
        aims.append((aim, contents.under(area, aim)))
    if loose := contents.under(area, None):
        aims.append((None, loose))
    context = {
        "area": next(row for row in contents.areas if row.pk == area.pk),
        "policy": area.policy,
        "aims": aims,
        "suggestions": suggestions_for(area, contents.all_activities),
        "findings": [finding for finding in policy_findings(contents) if finding.area == area.pk],
        "moved": request.GET.get("moved", ""),
        "ticked": _numbers(request.GET.getlist("ticked")),
        "neighbours": contents.areas,
    }
    return render(request, "policy/write_area.html", context)


@page(can_write_part, find=area_by_key, methods=("GET", "HEAD", "POST"))
def add_passage(request: SignedInRequest, area: Area) -> HttpResponse:
    """Add an aim to the area, or an activity under one of its aims (`?aim=`)."""
    policy, aim = area.policy, _requested_aim(request, area)
    kind = "activity" if "aim" in request.GET else "aim"
    form = NewPassageForm(request.POST or None, language=policy.language)

    def save() -> PolicyPart:
        values = {
            **form.values(),
            "area": area,
            "policy": policy,
            "idempotency_key": form.cleaned_data["idempotency_key"],
        }
        if kind == "aim":
            return add_part(by=request.user, model=Aim, **values)
        return add_part(by=request.user, model=Activity, aim=aim, **values)

    if part := save_if_valid(request, form, save):
        messages.success(request, _("Added."))
        return redirect(_area_url(area, f"{kind}-{part.pk}"))
    title = _("A new activity") if kind == "activity" else _("A new aim")
    context = {"policy": policy, "form": form, "area": area, "aim": aim, "title": title}
    return render(request, "policy/add.html", context)


def _requested_aim(request: SignedInRequest, area: Area) -> Aim | None:
    key = request.GET.get("aim", "")
    return area.aims.filter(pk=key).first() if key.isdecimal() and len(key) < 16 else None


def _area_url(area: Area, anchor: str, query: str = "") -> str:
    url = reverse("write_area", args=[area.municipality.slug, area.policy.term, area.pk])
    return f"{url}?{query}#{anchor}" if query else f"{url}#{anchor}"


def _numbers(texts: list[str]) -> list[int]:
    return [int(text) for text in texts if text.isdecimal() and len(text) < 16]


@page(can_write_part, find=area_by_key, methods=("POST",))
def adopt_ticked_activities(request: SignedInRequest, area: Area) -> HttpResponse:
    """Take over the suggested activities that were ticked; those to be merged stay ticked."""
    chosen = request.POST.getlist("take")
    adopted = adopt_activities(
        by=request.user, area=area, chosen=chosen, indicators="indicators" in request.POST
    )
    if adopted:
        message = ngettext(
            "%(number)s activity taken over.", "%(number)s activities taken over.", len(adopted)
        )
        messages.success(request, message % {"number": len(adopted)})
    else:
        messages.info(request, _("Nothing was ticked, or it is in the policy already."))
    ticked = urlencode({"ticked": _numbers(request.POST.getlist("activity"))}, doseq=True)
    return redirect(_area_url(area, "activities", ticked))
