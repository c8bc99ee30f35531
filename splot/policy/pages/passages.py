"""One passage while it is written: reworded, moved, merged, split, dropped."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from splot.core.actions import Conflict, Refused
from splot.core.autosave import autosave_error_response, autosave_response
from splot.core.forms import RowForm, save_if_valid, warn_not_saved
from splot.core.languages import Text
from splot.core.unsaved import mark_kept, reason_not_saved
from splot.core.unsaved.sent_forms import KEY_FIELD
from splot.core.values import Json
from splot.people.door import SignedInRequest, page
from splot.people.models import Organisation
from splot.people.unsaved import (
    NOT_RIGHT,
    keep_sent_form,
    restoring_address,
    sender_by_account,
)
from splot.policy.actions.areas import move_area
from splot.policy.actions.passages import (
    change_part,
    drop_part,
    move_activity,
    move_part,
    name_institution,
)
from splot.policy.actions.suggestions import adopt_indicators
from splot.policy.forms import PASSAGE_FORMS, PassageForm
from splot.policy.models import Activity, Aim, Area, PolicyPart, PolicyPassage, Provision, Value
from splot.policy.origins import origin_label
from splot.policy.queries import activity_by_key, part_of
from splot.policy.rules import can_write_part
from splot.policy.suggestions import suggested_relations

TITLES = {
    Area: gettext_lazy("Area"),
    Value: gettext_lazy("Value or principle"),
    Aim: gettext_lazy("Aim"),
    Activity: gettext_lazy("Activity"),
    Provision: gettext_lazy("Provision"),
}
OF_PASSAGE = {
    "form": "autosave"
}  # the id of the passage's form, to which a field beside it belongs
LIST_PAGES = {Value: "write_values", Provision: "write_provisions", Area: "write_policy"}


def passage_url(part: PolicyPassage) -> str:
    """The page on which a passage stands among its siblings, at its place."""
    policy = part.policy
    area = getattr(part, "area_id", None)
    if area:
        return (
            reverse("write_area", args=[policy.municipality.slug, policy.term, area])
            + f"#{part.anchor}"
        )
    name = LIST_PAGES.get(type(part), "write_aims")
    return reverse(name, args=[policy.municipality.slug, policy.term]) + f"#{part.anchor}"


class InstitutionForm(forms.Form):
    """An institution that the list lacks; its fields belong to the form of the passage."""

    prefix = "institution"
    use_required_attribute = False

    name = forms.CharField(
        label=gettext_lazy("Name of the institution"),
        max_length=200,
        widget=forms.TextInput(attrs=OF_PASSAGE),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        choices=Organisation.Kind.choices,
        widget=forms.Select(attrs=OF_PASSAGE),
    )


@page(can_write_part, find=part_of, methods=("GET", "HEAD", "POST"))
def edit_passage(request: SignedInRequest, part: PolicyPassage) -> HttpResponse:
    form = PASSAGE_FORMS[type(part)](request.POST or None, row=part)
    if row := _save_passage(request, form, part):
        if not request.htmx and request.POST.get("institution-name", "").strip():
            _add_institution(request, part)
        return autosave_response(request, row) or _redirect_after_save(request, part)
    context = {
        "policy": part.policy,
        "part": part,
        "form": form,
        "title": TITLES[type(part)],
        "kind": part._meta.model_name,
        "above": passage_url(part),
        "origins": [(origin_label(origin), origin.get("text", "")) for origin in part.origins],
        **_beside(part, form),
    }
    return autosave_error_response(request, form) or render(request, "policy/passage.html", context)


def _beside(part: PolicyPassage, form: PassageForm) -> Json:
    """What the page offers beside the form; less while its writer compares two wordings."""
    if not isinstance(part, Area | Activity):
        return {}
    name = form.data.get("institution-name", "")  # as it was sent with the passage
    beside: Json = {"institution": InstitutionForm(initial={"name": name})}
    if isinstance(part, Activity) and not form.conflicts:
        beside |= {"suggested": suggested_relations(part), "places": _possible_places(part)}
    return beside


def _save_passage(
    request: SignedInRequest, form: PassageForm, part: PolicyPassage
) -> PolicyPassage | None:
    def save() -> PolicyPassage:
        common = {
            "by": request.user,
            "version": form.cleaned_data["version"],
            "goes_on": bool(request.htmx),
        }
        return change_part(part=part, **common, **form.values())

    return save_if_valid(request, form, save)


def _save_before(request: SignedInRequest, part: PolicyPassage) -> HttpResponse | None:
    """Save the passage's form, which a button beside it sends along. Where that cannot be, nothing
    else is done: the way back to the form, with its words in it.
    """
    if not _has_passage(request):
        return None
    form = PASSAGE_FORMS[type(part)](request.POST, row=part)
    if _save_passage(request, form, part):
        return None
    address = _page_of(part)
    reason = reason_not_saved(request) or NOT_RIGHT
    messages.warning(request, f"{reason} {_('The button did nothing.')}")
    sender = sender_by_account(request.user, part.municipality.scope)
    entry = keep_sent_form(request, sender, reason, address)
    mark_kept(request)
    return redirect(restoring_address(entry) if entry else address)


def _has_passage(request: SignedInRequest) -> bool:
    return KEY_FIELD in request.POST


def _page_of(part: PolicyPassage) -> str:
    kind = part._meta.model_name
    return reverse("write_passage", args=[part.municipality.slug, part.policy.term, kind, part.pk])


def _seen_version(request: SignedInRequest, part: PolicyPassage) -> int:
    """The version that the writer builds on: of what was just saved, else as the page showed it.
    Raises Conflict where it says none.
    """
    if _has_passage(request):
        return part.version
    form = RowForm(request.POST, row=part)
    if not form.is_valid():
        raise Conflict(part)
    version: int = form.cleaned_data["version"]
    return version


def _redirect_after_save(request: SignedInRequest, part: PolicyPassage) -> HttpResponse:
    messages.success(request, _("Saved."))
    if isinstance(part, Area):
        return redirect("write_area", part.municipality.slug, part.policy.term, part.pk)
    return redirect(passage_url(part))


def _possible_places(activity: Activity) -> list[tuple[str, list[tuple[str, str, bool]]]]:
    """Where an activity can stand: each area with its aims as (value, words, is it there now)."""
    groups = []
    for area in activity.policy.areas.prefetch_related("aims"):
        aims = [
            (f"{area.pk}.{aim.pk}", str(aim.text), aim.pk == activity.aim_id)
            for aim in area.aims.all()
        ]
        here = activity.area_id == area.pk and activity.aim_id is None
        groups.append(
            (str(area.name), aims or [(f"{area.pk}.", _("in this area, under no aim"), here)])
        )
    return groups


@page(can_write_part, find=part_of, methods=("POST",))
def move_passage(request: SignedInRequest, part: PolicyPassage) -> HttpResponse:
    """One place up or down; the button that was pressed keeps the focus."""
    places = -1 if request.POST.get("places") == "-1" else 1
    if isinstance(part, Area):
        move_area(by=request.user, area=part, places=places)
    elif isinstance(part, PolicyPart):
        move_part(by=request.user, part=part, places=places)
    address, direction = passage_url(part).partition("#")[0], "up" if places < 0 else "down"
    # a fragment would take the focus away
    return redirect(f"{address}?moved={part.anchor}-{direction}")


@page(can_write_part, find=part_of, methods=("POST",))
def drop_passage(request: SignedInRequest, part: PolicyPassage) -> HttpResponse:
    """Put a passage away; the message leads to the list where it can be brought back."""
    if back := _save_before(request, part):
        return back
    list_url = passage_url(part).partition("#")[0]
    try:
        drop_part(by=request.user, part=part, version=_seen_version(request, part))
    except Conflict:
        messages.warning(
            request, _("Somebody changed this passage meanwhile. Look at it, then try again.")
        )
        return redirect(_page_of(part))
    messages.success(request, _("Put away. Under “Steps” you can bring it back."))
    return redirect(list_url)


@page(can_write_part, find=activity_by_key, methods=("POST",))
def move_to_aim(request: SignedInRequest, activity: Activity) -> HttpResponse:
    """Put an activity under another aim."""
    if back := _save_before(request, activity):
        return back
    area, __, aim = request.POST.get("place", "").partition(".")
    areas = {str(row.pk): row for row in activity.policy.areas.prefetch_related("aims")}
    if area not in areas:
        messages.warning(request, _("Choose an aim from the list."))
        return redirect(_page_of(activity))
    chosen = next((row for row in areas[area].aims.all() if str(row.pk) == aim), None)
    try:
        version = _seen_version(request, activity)
        move_activity(
            by=request.user, activity=activity, version=version, area=areas[area], aim=chosen
        )
    except Conflict:
        messages.warning(
            request, _("Somebody changed this passage meanwhile. Look at it, then try again.")
        )
    else:
        messages.success(request, _("Moved."))
    return redirect(_page_of(activity))


@page(can_write_part, find=activity_by_key, methods=("POST",))
def adopt_suggested_indicators(request: SignedInRequest, activity: Activity) -> HttpResponse:
    """Let an activity be measured by the indicators that the model suggests for it."""
    if back := _save_before(request, activity):
        return back
    adopt_indicators(by=request.user, activity=activity)
    messages.success(request, _("The suggested indicators are taken over."))
    return redirect(_page_of(activity))


@page(can_write_part, find=part_of, methods=("POST",))
def add_institution(request: SignedInRequest, part: PolicyPassage) -> HttpResponse:
    """Put an institution on the municipality's list and into this passage at once."""
    if not isinstance(part, Area | Activity):
        raise Http404
    if back := _save_before(request, part):
        return back
    _add_institution(request, part)
    return redirect(_page_of(part))


def _add_institution(request: SignedInRequest, part: PolicyPassage) -> None:
    if not isinstance(part, Area | Activity):
        return
    form = InstitutionForm(_institution_data(request.POST))
    if form.is_valid():
        language = part.policy.language
        name = Text.of(language, {language: form.cleaned_data["name"]})
        try:
            organisation = name_institution(
                by=request.user, part=part, name=name, kind=form.cleaned_data["kind"]
            )
        except Refused as refusal:
            warn_not_saved(request, str(refusal))
        else:
            messages.success(
                request,
                _("%(name)s is on the list and in this passage.") % {"name": organisation},
            )
    else:
        warn_not_saved(request, _("Give the institution’s name."))


def _institution_data(sent: QueryDict) -> dict[str, str]:
    """Name and kind of the suggested institution whose button was pressed, else those that were
    written.
    """
    kind, __, name = sent.get("suggested", "").partition(" ")
    if name:
        return {"institution-name": name, "institution-kind": kind}
    return {key: str(text) for key, text in sent.items()}
