"""Definitions and values of indicators, as the coordinator keeps them."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from splot.core.bounds import validate_series
from splot.core.dates import validate_period
from splot.core.forms import ConfirmField, RowForm, TextFormField, ask_to_confirm, save_if_valid
from splot.core.numbers import Qualifier
from splot.indicators.actions import (
    add_indicator,
    add_observation,
    change_indicator,
    change_observation,
)
from splot.indicators.models import Indicator, Observation
from splot.indicators.queries import indicator_of, observation_of
from splot.indicators.rules import can_edit_indicator
from splot.parsing.form_fields import CountFormField, NumberFormField
from splot.people.door import SignedInRequest, page
from splot.people.models import Municipality


class IndicatorForm(RowForm):
    name = TextFormField(label=gettext_lazy("Name"), max_length=200)
    unit = TextFormField(
        label=gettext_lazy("Unit"),
        max_length=60,
        help_text=gettext_lazy("For example: persons, %."),
    )
    counted = TextFormField(
        label=gettext_lazy("What exactly is counted"), rows=3, required=False, max_length=1000
    )
    source = TextFormField(label=gettext_lazy("Source"), required=False, max_length=300)
    direction = forms.ChoiceField(
        label=gettext_lazy("Which way is better"), choices=Indicator.Direction.choices
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Indicator.Kind.choices)
    frequency = forms.ChoiceField(
        label=gettext_lazy("How often"), choices=Indicator.Frequency.choices
    )


class ObservationForm(RowForm):
    period = forms.CharField(
        label=gettext_lazy("Period"),
        max_length=10,
        validators=[validate_period],
        help_text=gettext_lazy("2024, 2024-H1, 2024-Q3 or 2024-05."),
    )
    status = forms.ChoiceField(
        label=gettext_lazy("State of the value"), choices=Observation.Status.choices
    )
    qualifier = forms.ChoiceField(
        label=gettext_lazy("How sure is the number?"), choices=Qualifier.choices
    )
    value = NumberFormField(
        label=gettext_lazy("Value"),
        required=False,
        help_text=gettext_lazy("Empty for a secret or missing value; 0 means zero."),
    )
    is_meant = ConfirmField()
    series = CountFormField(
        label=gettext_lazy("Series"),
        validate=validate_series,
        initial=1,
        help_text=gettext_lazy(
            "Take the next number when the definition changed; the chart then shows a break."
        ),
    )
    note = TextFormField(label=gettext_lazy("Note"), rows=2, required=False, max_length=500)

    def __init__(self, *args: Any, indicator: Indicator, **kwargs: Any) -> None:
        self.indicator = indicator
        super().__init__(*args, language=indicator.municipality.language, **kwargs)

    def clean(self) -> dict[str, object]:
        super().clean()
        values = self.cleaned_data
        question = self.indicator.question_about(values.get("value"))
        if question and "value" in self.changed_data:
            ask_to_confirm(self, "value", question)
        without = values.get("status") in Observation.WITHOUT_VALUE
        if values.get("value") is None and not without and "value" not in self.errors:
            self.add_error("value", _("Give a value, or say that it is secret or missing."))
        if values.get("value") is not None and without:
            self.add_error("value", _("A secret or missing value has no number."))
        return values


@page(can_edit_indicator, methods=("GET", "HEAD", "POST"))
def new_indicator(request: SignedInRequest, municipality: Municipality) -> HttpResponse:
    form = IndicatorForm(request.POST or None, language=municipality.language)
    if request.method == "POST" and form.is_valid():
        idempotency_key = form.cleaned_data["idempotency_key"]
        indicator = add_indicator(
            by=request.user,
            municipality=municipality,
            idempotency_key=idempotency_key,
            **form.values(),
        )
        messages.success(request, _("The indicator is defined. Enter its first value."))
        return redirect("indicator", municipality.slug, indicator.pk)
    return render(request, "indicators/edit.html", {"form": form, "title": _("New indicator")})


@page(can_edit_indicator, find=indicator_of, methods=("GET", "HEAD", "POST"))
def edit_indicator(request: SignedInRequest, indicator: Indicator) -> HttpResponse:
    form = IndicatorForm(request.POST or None, row=indicator)

    def save() -> Indicator:
        version = form.cleaned_data["version"]
        return change_indicator(
            by=request.user, indicator=indicator, version=version, **form.values()
        )

    if save_if_valid(request, form, save):
        messages.success(request, _("Saved."))
        return redirect("indicator", indicator.municipality.slug, indicator.pk)
    return render(
        request,
        "indicators/edit.html",
        {"form": form, "indicator": indicator, "title": indicator.name},
    )


@page(can_edit_indicator, find=indicator_of, methods=("GET", "HEAD", "POST"))
def add_value(request: SignedInRequest, indicator: Indicator) -> HttpResponse:
    form = ObservationForm(request.POST or None, indicator=indicator)

    def save() -> Observation:
        return add_observation(
            by=request.user,
            indicator=indicator,
            idempotency_key=form.cleaned_data["idempotency_key"],
            **form.values(),
        )

    if save_if_valid(request, form, save):
        messages.success(request, _("The value is saved."))
        return redirect("indicator", indicator.municipality.slug, indicator.pk)
    return render(
        request,
        "indicators/edit.html",
        {"form": form, "indicator": indicator, "title": _("New value")},
    )


@page(can_edit_indicator, find=observation_of, methods=("GET", "HEAD", "POST"))
def edit_value(request: SignedInRequest, observation: Observation) -> HttpResponse:
    indicator = observation.indicator
    form = ObservationForm(request.POST or None, row=observation, indicator=indicator)

    def save() -> Observation:
        version = form.cleaned_data["version"]
        return change_observation(
            by=request.user, observation=observation, version=version, **form.values()
        )

    if save_if_valid(request, form, save):
        messages.success(request, _("Saved."))
        return redirect("indicator", indicator.municipality.slug, indicator.pk)
    return render(
        request,
        "indicators/edit.html",
        {"form": form, "indicator": indicator, "title": _("Correct a value")},
    )
