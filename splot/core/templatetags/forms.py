"""Forms: one field at a time, the summary of what is wrong, and the key that makes a double click
harmless.
"""

from itertools import chain
from uuid import uuid4

from django import forms, template
from django.conf import settings
from django.forms import BaseFormSet, BoundField
from django.forms.formsets import DELETION_FIELD_NAME
from django.template.context import RequestContext
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

register = template.Library()


def shape(bound: BoundField) -> str:
    """How a field is laid out: "hidden", "check" (box before its label), "group" (a fieldset) or
    "line".
    """
    widget = bound.field.widget
    if widget.is_hidden:
        return "hidden"
    if isinstance(widget, forms.CheckboxInput):
        return "check"
    return "group" if widget.use_fieldset else "line"


@register.inclusion_tag("field/field.html")
def field(bound: BoundField, optional: bool = True) -> dict[str, object]:
    """A form field whole: label, help, errors, widget. `optional=False` drops the "(optional)"
    marker.
    """
    return {
        "field": bound,
        "shape": shape(bound),
        "marked_optional": optional and not bound.field.required,
        "plain_group": isinstance(
            bound.field.widget, (forms.RadioSelect, forms.CheckboxSelectMultiple)
        ),
    }


@register.inclusion_tag("field/fields.html")
def form_fields(form: forms.BaseForm) -> dict[str, object]:
    """The summary of errors and every field of a form, in its order."""
    return {"form": form}


@register.inclusion_tag("form_errors/form_errors.html")
def form_errors(
    form: forms.BaseForm,
    *formsets: "BaseFormSet[forms.BaseForm]",
) -> dict[str, object]:
    """What is wrong with a form and the formsets in it, in one list that links to the fields;
    nothing when nothing is.

    A field of a formset is named with the number of its line, counted from one.
    """
    fields, general = [(bound, bound.label) for bound in wrong_fields(form)], general_errors(form)
    for formset in formsets:
        general += map(str, formset.non_form_errors())
        for place, line in enumerate(formset.forms, start=1):
            if getattr(line, "cleaned_data", {}).get(DELETION_FIELD_NAME):
                continue
            general += general_errors(line)
            name = _("%(field)s, line %(number)s")
            for bound in wrong_fields(line):
                fields.append((bound, name % {"field": bound.label, "number": place}))
    return {"fields": fields, "general": general}


def wrong_fields(form: forms.BaseForm) -> list[BoundField]:
    return [bound for bound in form.visible_fields() if bound.errors]


def general_errors(form: forms.BaseForm) -> list[str]:
    """Errors that no field on the page can show: those of the whole form and of hidden fields."""
    hidden = chain.from_iterable(bound.errors for bound in form.hidden_fields())
    return [*map(str, form.non_field_errors()), *map(str, hidden)]


@register.inclusion_tag("filters/filters.html", takes_context=True)
def filters(context: RequestContext, form: forms.BaseForm) -> dict[str, object]:
    """A row of filters as a GET form; "Clear" appears when something is chosen."""
    request = context.get("request")
    query = request.GET if request else {}
    chosen = any(query.get(form.add_prefix(name)) for name in form.fields)
    return {"form": form, "chosen": chosen, "here": request.path if request else ""}


@register.simple_tag
def idempotency_key() -> SafeString:
    """A hidden field "idempotency_key" with a fresh key: a form that is sent twice is done once."""
    return format_html('<input type="hidden" name="idempotency_key" value="{}">', uuid4())


@register.simple_tag
def max_request_bytes() -> int:
    """How many bytes a browser can send at once, files among them."""
    return settings.DATA_UPLOAD_MAX_MEMORY_SIZE


@register.simple_tag
def max_request_megabytes() -> int:
    """The same in whole megabytes, for a sentence."""
    return settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 1_000_000


@register.simple_tag
def max_form_fields() -> int:
    return settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
