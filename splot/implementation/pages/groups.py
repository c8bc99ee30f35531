"""The municipality's list of groups that need particular attention."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from splot.core.forms import RowForm, TextFormField, save_if_valid
from splot.implementation.actions.plans import add_group, change_group
from splot.implementation.models import SensitiveGroup
from splot.implementation.queries import group_of
from splot.implementation.rules import can_keep_groups
from splot.people.door import SignedInRequest, page
from splot.people.models import Municipality


class GroupForm(RowForm):
    name = TextFormField(label=gettext_lazy("Name of the group"), max_length=200)


class GroupEditForm(GroupForm):
    is_archived = forms.BooleanField(
        label=gettext_lazy("No longer in use"),
        required=False,
        help_text=gettext_lazy(
            "It is no longer offered for new tasks; tasks that name it keep it."
        ),
    )


@page(can_keep_groups, methods=("GET", "HEAD", "POST"))
def group_list(request: SignedInRequest, municipality: Municipality) -> HttpResponse:
    form = GroupForm(request.POST or None, language=municipality.language)
    if request.method == "POST" and form.is_valid():
        idempotency_key = form.cleaned_data["idempotency_key"]
        group = add_group(
            by=request.user,
            municipality=municipality,
            idempotency_key=idempotency_key,
            **form.values(),
        )
        messages.success(request, _("%(name)s is on the list.") % {"name": group})
        return redirect("groups", municipality.slug)
    groups = municipality.sensitive_groups.all()
    return render(request, "implementation/groups.html", {"form": form, "groups": groups})


@page(can_keep_groups, find=group_of, methods=("GET", "HEAD", "POST"))
def edit_group(request: SignedInRequest, group: SensitiveGroup) -> HttpResponse:
    form = GroupEditForm(request.POST or None, row=group)

    def save() -> SensitiveGroup:
        version = form.cleaned_data["version"]
        return change_group(by=request.user, group=group, version=version, **form.values())

    if save_if_valid(request, form, save):
        messages.success(request, _("Saved."))
        return redirect("groups", group.municipality.slug)
    return render(request, "implementation/group.html", {"form": form, "group": group})
