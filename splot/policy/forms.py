"""The forms in which passages are written, and what forms of a term have in common."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from splot.core.forms import RowForm, RowsField, TextFormField, offer_rows
from splot.core.languages import texts_of
from splot.core.values import Words
from splot.people.models import Organisation
from splot.policy.models import Activity, Aim, Area, PolicyPassage, Provision, Value

LONGEST_TERM = 15
CHECKBOXES = forms.CheckboxSelectMultiple


def check_term(form: forms.Form) -> None:
    """The first year of a term comes before the last, and is not too far from it."""
    starts, ends = form.cleaned_data.get("starts"), form.cleaned_data.get("ends")
    if starts and ends and (message := term_message(starts, ends)):
        form.add_error("ends", message)


def term_message(starts: int, ends: int) -> str:
    """What is wrong with the years of a term, "" for nothing."""
    if starts <= ends <= starts + LONGEST_TERM:
        return ""
    return _("The last year comes after the first, at most 15 years later.")


class PassageForm(RowForm):
    """A form over a passage: relations begin with what it names; who has translations may say "a
    small correction".
    """

    many: tuple[str, ...] = ()

    # the texts' revisions when the page was opened
    since = forms.JSONField(widget=forms.HiddenInput, required=False)
    minor = forms.BooleanField(
        label=gettext_lazy("A small correction: translations stay valid"),
        required=False,
        help_text=gettext_lazy(
            "For a typing error or a comma. Leave it empty when the meaning changed."
        ),
    )

    def __init__(self, *args: Any, row: PolicyPassage, **kwargs: Any) -> None:
        initial: dict[str, object] = {name: list(getattr(row, name).all()) for name in self.many}
        initial["since"] = {name: text.revision for name, text in texts_of(row).items()}
        super().__init__(*args, row=row, language=row.policy.language, initial=initial, **kwargs)
        self.choices_of(row)
        if not _is_translated(row):
            del self.fields["minor"], self.fields["since"]
        else:
            self.order_fields([name for name in self.fields if name != "minor"] + ["minor"])

    def choices_of(self, row: PolicyPassage) -> None:
        """Fill the choices that depend on the policy."""
        institutions = row.policy.municipality.organisations.all()
        for name in ("institutions", "leader"):
            if name in self.fields:
                offer_rows(self, name, institutions)


def _is_translated(row: PolicyPassage) -> bool:
    return any(text.made_from for text in texts_of(row).values())


def institutions_field() -> RowsField:
    return RowsField(
        label=gettext_lazy("Institutions that carry it out"),
        queryset=Organisation.objects.none(),
        required=False,
        widget=CHECKBOXES,
    )


def leader_field(help_text: Words) -> "forms.ModelChoiceField[Organisation]":
    return forms.ModelChoiceField(
        label=gettext_lazy("Leader"),
        queryset=Organisation.objects.none(),
        required=False,
        help_text=help_text,
    )


class AreaForm(PassageForm):
    many = ("institutions",)

    name = TextFormField(label=gettext_lazy("Name"), max_length=120)
    why = TextFormField(
        label=gettext_lazy("Why it matters"),
        rows=4,
        required=False,
        help_text=gettext_lazy("The challenge in two or three sentences. Markdown is allowed."),
    )
    evidence = TextFormField(
        label=gettext_lazy("What this rests on"),
        rows=3,
        required=False,
        help_text=gettext_lazy(
            "Figures, reports, voices of residents, with their source and year."
        ),
    )
    audience = TextFormField(label=gettext_lazy("Who it is for"), rows=2, required=False)
    institutions = institutions_field()
    leader = leader_field(
        gettext_lazy("Who brings the others together and answers for the whole area.")
    )


class AimForm(PassageForm):
    text = TextFormField(label=gettext_lazy("Aim"), rows=3, max_length=1000)


class ActivityForm(PassageForm):
    many = ("institutions", "indicators")

    text = TextFormField(
        label=gettext_lazy("What will be done"),
        rows=4,
        max_length=2000,
        help_text=gettext_lazy("One sentence. Lines that begin with “a)” become points below it."),
    )
    audience = TextFormField(
        label=gettext_lazy("Who it is for"),
        rows=2,
        required=False,
        help_text=gettext_lazy("Empty: as for the whole area."),
    )
    institutions = institutions_field()
    leader = leader_field(gettext_lazy("Empty: as for the whole area."))
    indicators = RowsField(
        label=gettext_lazy("How it will be measured"),
        queryset=None,
        required=False,
        widget=CHECKBOXES,
    )
    funding = forms.ChoiceField(
        label=gettext_lazy("Money"),
        choices=Activity.Funding.choices,
        required=False,
        widget=forms.RadioSelect,
    )

    def choices_of(self, row: PolicyPassage) -> None:
        super().choices_of(row)
        offer_rows(self, "indicators", row.policy.municipality.indicators.all())


class ValueForm(PassageForm):
    name = TextFormField(label=gettext_lazy("Name"), max_length=120)
    text = TextFormField(label=gettext_lazy("What we mean by it"), rows=5, required=False)


class ProvisionForm(PassageForm):
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Provision.Kind.choices)
    text = TextFormField(
        label=gettext_lazy("Wording"),
        rows=6,
        help_text=gettext_lazy("Lines that begin with “a)” or “1)” become points."),
    )


PASSAGE_FORMS: dict[type[PolicyPassage], type[PassageForm]] = {
    Area: AreaForm,
    Value: ValueForm,
    Aim: AimForm,
    Activity: ActivityForm,
    Provision: ProvisionForm,
}
