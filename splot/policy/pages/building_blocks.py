"""Values, principles, strategic aims and provisions: taken from the model, or written anew."""

from collections.abc import Callable, Sequence

from django import forms
from django.contrib import messages
from django.db.models import TextChoices
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from splot.catalogue.models import CatalogueEntry
from splot.catalogue.queries import entry_text, shipped_catalogue
from splot.core.forms import RowForm, TextFormField, act_or_warn, save_if_valid
from splot.core.values import Json
from splot.people.door import SignedInRequest, page
from splot.people.models import User
from splot.policy.actions.passages import add_part
from splot.policy.actions.suggestions import adopt_provisions, adopt_strategic_aims, adopt_values
from splot.policy.models import Aim, Policy, PolicyPart, Provision, Value
from splot.policy.origins import entries_of_rows
from splot.policy.queries import policy_of
from splot.policy.rules import can_write_policy
from splot.policy.suggestions import model_text

Take = Callable[..., Sequence[PolicyPart]]  # an action that takes what was chosen of the model


class NewValueForm(RowForm):
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"), choices=Value.Kind.choices, widget=forms.RadioSelect
    )
    name = TextFormField(label=gettext_lazy("Name"), max_length=120)
    text = TextFormField(label=gettext_lazy("What we mean by it"), rows=4, required=False)


class NewAimForm(RowForm):
    text = TextFormField(label=gettext_lazy("Aim"), rows=3, max_length=1000)


class NewProvisionForm(RowForm):
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Provision.Kind.choices)
    text = TextFormField(
        label=gettext_lazy("Wording"),
        rows=4,
        help_text=gettext_lazy("Lines that begin with “a)” or “1)” become points."),
    )


@page(can_write_policy, find=policy_of, methods=("GET", "HEAD", "POST"))
def edit_values(request: SignedInRequest, policy: Policy) -> HttpResponse:
    rows, model = list(policy.values.all()), shipped_catalogue()
    offers = [
        (
            _("Values"),
            _catalogue_offers("values", model.values, policy, rows, "name", "description"),
        ),
        (
            _("Principles"),
            _catalogue_offers("principles", model.principles, policy, rows, "name", "description"),
        ),
    ]
    context = {"groups": _groups_by_kind(rows, Value.Kind), "offers": offers}
    return _render_page(request, policy, Value, NewValueForm, adopt_values, context)


def _groups_by_kind(
    rows: Sequence[Value | Provision], kinds: type[TextChoices]
) -> list[tuple[str, list[PolicyPart]]]:
    """[(name of a kind, its passages)], also for a kind of which there are none."""
    by_kind: dict[str, list[PolicyPart]] = {kind: [] for kind in kinds.values}
    for row in rows:
        by_kind[row.kind].append(row)
    return [(str(kind.label), by_kind[kind.value]) for kind in kinds]


@page(can_write_policy, find=policy_of, methods=("GET", "HEAD", "POST"))
def edit_strategic_aims(request: SignedInRequest, policy: Policy) -> HttpResponse:
    rows = list(policy.aims.filter(area=None))
    offers = [
        (
            _("Strategic aims"),
            _catalogue_offers("strategic_aims", shipped_catalogue().strategic_aims, policy, rows),
        )
    ]
    return _render_page(
        request, policy, Aim, NewAimForm, _adopt_aims, {"groups": [("", rows)], "offers": offers}
    )


def _adopt_aims(*, by: User, policy: Policy, chosen: list[str]) -> list[Aim]:
    return adopt_strategic_aims(
        by=by, policy=policy, chosen=[name.partition(".")[2] for name in chosen]
    )


@page(can_write_policy, find=policy_of, methods=("GET", "HEAD", "POST"))
def edit_provisions(request: SignedInRequest, policy: Policy) -> HttpResponse:
    rows = list(policy.provisions.all())
    offers = [
        (
            _("Wordings"),
            _catalogue_offers(
                "provisions", shipped_catalogue().provisions, policy, rows, "name", "text"
            ),
        )
    ]
    groups = [group for group in _groups_by_kind(rows, Provision.Kind) if group[1]]
    context = {"groups": groups, "offers": offers}
    return _render_page(request, policy, Provision, NewProvisionForm, adopt_provisions, context)


def _catalogue_offers(
    section: str,
    entries: tuple[CatalogueEntry, ...],
    policy: Policy,
    rows: Sequence[PolicyPart],
    *fields: str,
) -> list[Json]:
    """What the model offers and the policy does not have: {entry, name, text, is_new}."""
    taken_over = entries_of_rows(rows)
    name, body = fields or ("", "")
    since = policy.catalogue_version
    offers: list[Json] = []
    for entry in entries:
        if f"{section}.{entry.id}" in taken_over:
            continue
        offers.append(
            {
                "entry": f"{section}.{entry.id}",
                "name": entry_text(section, entry.id, policy.language, name),
                "text": model_text(policy, section, entry.id, body) if body else None,
                "is_new": since is not None and entry.is_news_since(since),
            }
        )
    return offers


TITLES = {
    Value: (
        gettext_lazy("Values and principles"),
        gettext_lazy(
            "What the community believes in, and how the policy is carried out. Take "
            "over what is yours too."
        ),
    ),
    Aim: (
        gettext_lazy("Strategic aims"),
        gettext_lazy(
            "What the whole policy is to reach in its term; the aims of the areas serve them."
        ),
    ),
    Provision: (
        gettext_lazy("Provisions around"),
        gettext_lazy(
            "Who carries the policy out and with whom, who watches over it, who reports "
            "to the council."
        ),
    ),
}


def _render_page(
    request: SignedInRequest,
    policy: Policy,
    model: type[PolicyPart],
    form_class: type[RowForm],
    take: Take,
    context: dict[str, object],
) -> HttpResponse:
    """Take over from the model and add one's own, in one form: what is ticked in all of its lists
    goes in together with what is written.
    """
    chosen = request.POST.getlist("take")
    is_own = _has_wording(request, form_class) or not chosen
    form = form_class(
        (request.POST or None) if is_own else None,
        language=policy.language,
        use_required_attribute=False,  # whoever only ticks writes none of their own
    )

    def save() -> PolicyPart:
        idempotency_key = form.cleaned_data["idempotency_key"]
        part = add_part(
            by=request.user,
            model=model,
            policy=policy,
            idempotency_key=idempotency_key,
            **form.values(),
        )
        messages.success(request, _("Added."))
        return part

    if save_if_valid(request, form, save) or (request.method == "POST" and not is_own):
        if chosen:
            _adopt_chosen(request, policy, take, chosen)
        return redirect(request.path)
    title, lead = TITLES[model]
    context |= {
        "moved": request.GET.get("moved", ""),
        "policy": policy,
        "form": form,
        "ticked": chosen,
        "title": title,
        "lead": lead,
        "kind": model._meta.model_name,
    }
    return render(request, "policy/building_blocks.html", context)


def _has_wording(request: SignedInRequest, form_class: type[RowForm]) -> bool:
    """Did somebody write one of their own?"""
    for name, field in form_class.base_fields.items():
        if isinstance(field, TextFormField) and request.POST.get(name, "").strip():
            return True
    return False


def _adopt_chosen(request: SignedInRequest, policy: Policy, take: Take, chosen: list[str]) -> None:
    taken: list[PolicyPart] = []

    def adopt() -> None:
        taken.extend(take(by=request.user, policy=policy, chosen=chosen))

    if not act_or_warn(request, adopt, changed=""):
        return
    number = len(taken)
    message = ngettext("%(number)s passage taken over.", "%(number)s passages taken over.", number)
    messages.success(request, message % {"number": number})
