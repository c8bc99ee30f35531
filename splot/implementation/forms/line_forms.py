"""Forms of one line of a task: a resource, a target, money, a stretch of time, a milestone."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from splot.core.dates import validate_period
from splot.core.forms import ConfirmField, ask_to_confirm, offer_rows
from splot.core.normalisation import normalise_text
from splot.core.values import Json
from splot.implementation.models import BudgetLine, TaskResource
from splot.indicators.models import Indicator
from splot.parsing.exact import STARTS, check_currency
from splot.parsing.form_fields import (
    AmountFormField,
    DayFormField,
    NumberFormField,
    YearFormField,
    limit_days,
)
from splot.people.models import Municipality

EMPTY_CHOICE = [("", "—")]


class LineForm(forms.Form):
    """One line; `was` is the mark of the row that it showed, so that it is known again wherever it
    stands by then.
    """

    was = forms.CharField(widget=forms.HiddenInput, required=False)

    def has_changed(self) -> bool:
        return bool(set(self.changed_data) - {"was", "is_meant"})

    def keep_if_unchanged(self, rows: Iterable[Json]) -> None:
        """Take a line that says what one of the rows says, whatever would be wrong with it as a
        new one: an earlier release, or a file, may have allowed it.
        """
        for values in rows:
            if all(self._shows(name, values.get(name)) for name in self.fields if name != "was"):
                self._errors = ErrorDict()
                self.cleaned_data = {**values, "was": self.data.get(self.add_prefix("was"), "")}
                return

    def _shows(self, name: str, value: object) -> bool:
        """Does a field stand as it would with this value? A browser joins the lines of a text that
        stands in a field of one line.
        """
        sent = self[name].data
        if isinstance(value, str) and isinstance(sent, str):
            return normalise_text(value).split() == normalise_text(sent).split()
        return not self.fields[name].has_changed(value, sent)


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
    baseline = NumberFormField(label=gettext_lazy("Baseline"), required=False)
    baseline_period = forms.CharField(
        label=gettext_lazy("Baseline’s period"),
        required=False,
        max_length=10,
        validators=[validate_period],
    )
    value = NumberFormField(label=gettext_lazy("Target"), required=False)
    by = forms.CharField(
        label=gettext_lazy("By when"), required=False, max_length=10, validators=[validate_period]
    )
    is_meant = ConfirmField()

    def __init__(self, *args: Any, municipality: Municipality, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "indicator", municipality.indicators.all())

    def clean(self) -> Json:
        super().clean()
        values = self.cleaned_data
        names = values.keys() - {"was", "is_meant"}
        given = {name for name in names if values[name] not in (None, "")}
        if given and not self.errors:
            for name in {"indicator", "value", "by"} - given:
                self.add_error(name, _("Fill this in too, or empty the line."))
        self._ask_about_shares(values)
        return values

    def _ask_about_shares(self, values: Json) -> None:
        indicator = values.get("indicator")
        for name in ("baseline", "value"):
            if indicator and (question := indicator.question_about(values.get(name))):
                ask_to_confirm(self, name, question)


FIGURES = ("planned", "committed", "paid")


class MoneyForm(LineForm):
    source = forms.ChoiceField(
        label=gettext_lazy("Source"),
        choices=[*EMPTY_CHOICE, *BudgetLine.Source.choices],
        required=False,
    )
    year = YearFormField(label=gettext_lazy("Year"), required=False)
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"), choices=BudgetLine.Kind.choices, required=False
    )
    planned = AmountFormField(label=gettext_lazy("Planned"), required=False)
    committed = AmountFormField(label=gettext_lazy("Committed"), required=False)
    paid = AmountFormField(label=gettext_lazy("Paid"), required=False)
    currency = forms.RegexField(
        r"^[A-Z]{3}$", label=gettext_lazy("Currency"), initial="PLN", required=False
    )
    as_at = DayFormField(label=gettext_lazy("As at"), help_text="", required=False)
    shared_with = forms.CharField(
        label=gettext_lazy("Shared with municipalities"), required=False, max_length=200
    )

    def has_changed(self) -> bool:
        """A currency alone is no line: it stands there from the start."""
        return bool(set(self.changed_data) - {"was", "currency"})

    def clean(self) -> Json:
        super().clean()
        values = self.cleaned_data
        self._check_currencies(values.get("currency") or "PLN")
        figures = [values.get(name) for name in FIGURES]
        has_figure = any(figure is not None for figure in figures)
        has_details = any(
            values.get(name) not in (None, "") for name in ("year", "kind", "as_at", "shared_with")
        )
        if (has_figure or has_details) and not values.get("source"):
            self.add_error(
                "source", _("Say where the money comes from, or that it is not found yet.")
            )
        is_figure_wrong = not self.errors.keys().isdisjoint(FIGURES)
        if values.get("source") and not (has_figure or is_figure_wrong):
            self.add_error("planned", _("Give at least one figure; 0 is one too."))
        return values

    def _check_currencies(self, currency: str) -> None:
        """A figure may say its currency; it is the line's then."""
        for name in FIGURES:
            try:
                check_currency(str(self.data.get(self.add_prefix(name)) or ""), currency)
            except ValidationError as error:
                self.add_error(name, error)


class WindowForm(LineForm):
    starts = DayFormField(
        label=pgettext_lazy("stretch of time", "From"), edge=STARTS, help_text="", required=False
    )
    due = DayFormField(label=gettext_lazy("Until"), help_text="", required=False)

    def __init__(self, *args: Any, years: range, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit_days(self, ("starts", "due"), years)

    def clean(self) -> Json:
        super().clean()
        values = self.cleaned_data
        if values.get("starts") and values.get("due") and values["due"] < values["starts"]:
            self.add_error("due", _("The end comes before the beginning."))
        return values


class MilestoneForm(LineForm):
    name = forms.CharField(label=gettext_lazy("Milestone"), required=False, max_length=200)
    due = DayFormField(label=gettext_lazy("Until when"), help_text="", required=False)
    reached_on = DayFormField(label=gettext_lazy("Reached on"), help_text="", required=False)

    def __init__(self, *args: Any, years: range, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit_days(self, ("due", "reached_on"), years)

    def clean(self) -> Json:
        super().clean()
        values = self.cleaned_data
        if (values.get("due") or values.get("reached_on")) and not values.get("name"):
            self.add_error("name", _("Name the milestone."))
        return values
