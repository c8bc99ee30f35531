"""Lists that are edited line by line: each line says the key of what it is about, and the version
that its writer saw, so that neither the place nor the words of a line tell which one it is.
"""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.forms.formsets import TOTAL_FORM_COUNT, BaseFormSet
from django.http import QueryDict

if TYPE_CHECKING:
    LineForms = BaseFormSet["LineForm"]
else:
    LineForms = BaseFormSet


class LineForm(forms.Form):
    """One line of a list; forms of lines add their fields."""

    key: forms.Field = forms.CharField(max_length=200, widget=forms.HiddenInput)
    version = forms.IntegerField(
        min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput, required=False
    )


def line_formset(
    form: type[LineForm],
    data: QueryDict | None,
    *,
    prefix: str,
    initial: Iterable[Mapping[str, object]] = (),
    most: int,
) -> LineForms:
    """A formset of such lines: of what was sent, else of `initial`; no more than `most`."""
    factory = forms.formset_factory(
        form, extra=0, max_num=most, validate_max=True, absolute_max=most + 1
    )
    return factory(
        data,
        prefix=prefix,
        initial=None if data else list(initial),
        # a line without its key is an error, not a line that may stay empty
        form_kwargs={"empty_permitted": False},
    )


def was_sent(data: QueryDict, prefix: str) -> bool:
    """Does a form that was sent hold this formset?"""
    return f"{prefix}-{TOTAL_FORM_COUNT}" in data


def lines_by_key(formset: LineForms) -> dict[Any, dict[str, Any]]:
    """What the lines of a valid formset say, by their keys."""
    return {form.cleaned_data["key"]: form.cleaned_data for form in formset}
