"""Forms of one line of a task: a resource, a target, money, a stretch of time, a milestone."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from splot.core.dates import validate_period
from splot.core.forms import offer_rows
from splot.core.values import Json, Words
from splot.implementation.models import BudgetLine, TaskResource
from splot.indicators.models import Indicator
from splot.people.models import Municipality

EMPTY_CHOICE = [("", "—")]


class LineForm(forms.Form):
    """One line; `was` is the mark of the row that it showed, so that it is known again wherever it
    stands by then.
    """

    was = forms.CharField(widget=forms.HiddenInput, required=False)

    def has_changed(self) -> bool:
        return bool(set(self.changed_data) - {"was"})


class ResourceForm(LineForm):
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        choices=[*EMPTY_CHOICE, *TaskResource.Kind.choices],
        required=False,
    )
    text = forms.CharField(label=gettext_lazy("What and how much"), required=False, max_length=500)

    def clean(self) -> Json:
        super().clean()
        values = self.cleaned_data
        if values.get("text") and not values.get("kind"):
            self.add_error("kind", _("Choose a kind."))
        speaks_for_itself = (TaskResource.Kind.NO_COST, TaskResource.Kind.WITHIN_BUDGET)
        if (
            values.get("kind")
            and values["kind"] not in speaks_for_itself
            and not values.get("text")
        ):
            self.add_error("text", _("Say what and how much."))
        return values


class TargetForm(LineForm):
    indicator: "forms.ModelChoiceField[Indicator]" = forms.ModelChoiceField(
        label=gettext_lazy("Indicator"), queryset=None, required=False
    )
    baseline = forms.DecimalField(
        label=gettext_lazy("Baseline"), required=False, max_digits=15, decimal_places=3
    )
    baseline_period = forms.CharField(
        label=gettext_lazy("Baseline’s period"),
        required=False,
        max_length=10,
        validators=[validate_period],
    )
    value = forms.DecimalField(
        label=gettext_lazy("Target"), required=False, max_digits=15, decimal_places=3
    )
    by = forms.CharField(
        label=gettext_lazy("By when"), required=False, max_length=10, validators=[validate_period]
    )

    def __init__(self, *args: Any, municipality: Municipality, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "indicator", municipality.indicators.all())

    def clean(self) -> Json:
        super().clean()
        values = self.cleaned_data
        given = {
            name for name, value in values.items() if value not in (None, "") and name != "was"
        }
        if given and not self.errors:
            for name in {"indicator", "value", "by"} - given:
                self.add_error(name, _("Fill this in too, or empty the line."))
        return values


MAX_AMOUNT = Decimal("999999999999")


def amount_field(label: Words) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, required=False, min_value=0, max_value=MAX_AMOUNT, decimal_places=2
    )


class MoneyForm(LineForm):
    source = forms.ChoiceField(
        label=gettext_lazy("Source"),
        choices=[*EMPTY_CHOICE, *BudgetLine.Source.choices],
        required=False,
    )
    year = forms.IntegerField(
        label=gettext_lazy("Year"), required=False, min_value=1990, max_value=2100
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"), choices=BudgetLine.Kind.choices, required=False
    )
    planned = amount_field(gettext_lazy("Planned"))
    committed = amount_field(gettext_lazy("Committed"))
    paid = amount_field(gettext_lazy("Paid"))
    currency = forms.RegexField(
        r"^[A-Z]{3}$", label=gettext_lazy("Currency"), initial="PLN", required=False
    )
    as_at = forms.DateField(label=gettext_lazy("As at"), required=False)
    shared_with = forms.CharField(
        label=gettext_lazy("Shared with municipalities"), required=False, max_length=200
    )

    def has_changed(self) -> bool:
        """A currency alone is no line: it stands there from the start."""
        return bool(set(self.changed_data) - {"was", "currency"})

    def clean(self) -> Json:
        super().clean()
        values = self.cleaned_data
        figures = [values.get(name) for name in ("planned", "committed", "paid")]
        has_figure = any(figure is not None for figure in figures)
        has_details = any(
            values.get(name) not in (None, "") for name in ("year", "kind", "as_at", "shared_with")
        )
        if (has_figure or has_details) and not values.get("source"):
            self.add_error(
                "source", _("Say where the money comes from, or that it is not found yet.")
            )
        if values.get("source") and not has_figure:
            self.add_error("planned", _("Give at least one figure; 0 is one too."))
        return values


class WindowForm(LineForm):
    starts = forms.DateField(label=pgettext_lazy("stretch of time", "From"), required=False)
    due = forms.DateField(label=gettext_lazy("Until"), required=False)

    def clean(self) -> Json:
        super().clean()
        values = self.cleaned_data
        if values.get("starts") and values.get("due") and values["due"] < values["starts"]:
            self.add_error("due", _("The end comes before the beginning."))
        return values


class MilestoneForm(LineForm):
    name = forms.CharField(label=gettext_lazy("Milestone"), required=False, max_length=200)
    due = forms.DateField(label=gettext_lazy("Until when"), required=False)
    reached_on = forms.DateField(label=gettext_lazy("Reached on"), required=False)

    def clean(self) -> Json:
        super().clean()
        values = self.cleaned_data
        if (values.get("due") or values.get("reached_on")) and not values.get("name"):
            self.add_error("name", _("Name the milestone."))
        return values
