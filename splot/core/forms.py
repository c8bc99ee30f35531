"""Forms over rows: texts in their source language, the version the writer saw, the key against
double sending.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .actions import Conflict, Refused
from .languages import Text
from .models import Versioned
from .normalisation import normalise_text
from .unsaved import mark_not_saved, mark_saved
from .unsaved.reasons import CHANGED_MEANWHILE
from .values import Values

Result = TypeVar("Result")


class TextFormField(forms.CharField):
    """The wording of a Text in the language that the form writes."""

    def __init__(self, *, rows: int = 1, max_length: int = 5000, **kwargs: Any) -> None:
        widget = forms.Textarea(attrs={"rows": rows}) if rows > 1 else forms.TextInput()
        super().__init__(max_length=max_length, widget=widget, **kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Without a length: browsers cut what is pasted, and say nothing."""
        attributes = super().widget_attrs(widget)
        attributes.pop("maxlength", None)
        return attributes

    def to_python(self, value: object) -> str:
        """In its normal form: with line ends as browsers send them every saving would look like a
        new wording.
        """
        return super().to_python(normalise_text(str(value or ""))) or ""

    def prepare_value(self, value: object) -> object:
        return value.texts.get(value.source, "") if isinstance(value, Text) else value

    def has_changed(self, initial: object, data: object) -> bool:
        stands = self.to_python(self.prepare_value(initial))
        return not self.disabled and stands != self.to_python(data)


if TYPE_CHECKING:
    _RowsField = forms.ModelMultipleChoiceField[models.Model]
else:
    _RowsField = forms.ModelMultipleChoiceField


class RowsField(_RowsField):
    """Several rows; a number that no database holds is no choice, not a fault."""

    def clean(self, value: Any) -> models.QuerySet[models.Model]:
        try:
            return super().clean(value)
        except OverflowError as error:
            raise forms.ValidationError(_("Choose from the list.")) from error


class ConfirmField(forms.BooleanField):
    """A tick with which a person says that an unusual value is meant. It is hidden until it is
    asked for: see `ask_to_confirm`.
    """

    def __init__(self) -> None:
        label = gettext_lazy("Yes, this value is meant")
        super().__init__(label=label, required=False, widget=forms.HiddenInput)


def ask_to_confirm(form: forms.BaseForm, name: str, question: str) -> None:
    """Refuse the value of a field with a question, and show the form's ConfirmField beneath it,
    until that is ticked.
    """
    for confirm_name, field in form.fields.items():
        if isinstance(field, ConfirmField):
            field.widget = forms.CheckboxInput()
            if not form.cleaned_data.get(confirm_name):
                form.add_error(name, question)


class RowForm(forms.Form):
    """A form over one row, or for a new one (`row=None`). A field `minor` says that translations
    stay valid.

    `language` is the source language of new texts; an existing text keeps its own. After a Conflict
    call `show_conflict(current)`: the page then shows both texts, and sending it again decides for
    the writer's own.
    """

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)
    idempotency_key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        row: models.Model | None = None,
        language: str = "pl",
        initial: Mapping[str, object] | None = None,
        **kwargs: Any,
    ) -> None:
        self.row, self.language = row, language
        self.conflicts: list[tuple[str, str, str]] = []
        start: Values = {}
        if row is not None:
            start = {name: getattr(row, name, None) for name in self.base_fields}
        # every form has a key of its own, also one that starts from a row
        start["idempotency_key"] = uuid4()
        self.started_elsewhere = {
            name
            for name, value in (initial or {}).items()
            if not isinstance(start.get(name), models.Manager) and start.get(name) != value
        }
        super().__init__(data, initial={**start, **(initial or {})}, **kwargs)
        self.fields["version"].required = hasattr(row, "version")

    def _clean_fields(self) -> None:
        """What stands in the row already is not refused again, so that one field can be changed
        while others have gaps, or hold what an older release allowed. What stands in a draft is.
        """
        super()._clean_fields()  # type: ignore[misc]  # Django's own step, not in its types
        for name in [] if self.row is None else [*self.errors]:
            bound = self[name]
            is_of_row = hasattr(self.row, name) and name not in self.started_elsewhere
            if is_of_row and name not in self.changed_data:
                del self.errors[name]
                stands = bound.initial
                self.cleaned_data[name] = (
                    bound.field.prepare_value(stands) if isinstance(stands, Text) else stands
                )

    def values(self) -> Values:
        """The cleaned values as an action takes them: texts as Text, without the form's own two
        fields.
        """
        return {
            name: self._text(name) if isinstance(self.fields[name], TextFormField) else value
            for name, value in self.cleaned_data.items()
            if name not in ("version", "idempotency_key", "minor", "since")
            and not isinstance(self.fields[name], ConfirmField)
        }

    def _text(self, name: str) -> Text:
        old: Text = getattr(self.row, name, None) or Text()
        wording: str = self.cleaned_data[name].strip()
        if not wording and not old:
            return Text()
        minor = self.cleaned_data.get("minor", False)
        text = old.written(old.source or self.language, wording, minor=minor)
        since = (self.cleaned_data.get("since") or {}).get(name) if minor else None
        return text.still_valid(since) if isinstance(since, int) else text

    def _shown(self, name: str, value: object) -> str:
        """A value as a reader compares it: a choice by its label, nothing as a dash."""
        choices = getattr(self.fields[name], "choices", ()) if isinstance(value, str) else ()
        return next((str(label) for choice, label in choices if choice == value), str(value or "—"))

    def show_refusal(self, error: ValidationError) -> None:
        """Say what the row itself refuses: beside the field, above all where the form lacks it."""
        for name, errors in getattr(error, "error_dict", {"": [error]}).items():
            self.add_error(name if name in self.fields else None, errors)

    def show_conflict(self, current: models.Model) -> None:
        """Say what somebody else wrote meanwhile, beside what is in the form; the next sending
        overwrites it.
        """
        mine = self.values()
        for name, value in mine.items():
            if not hasattr(current, name):
                continue  # a question of the form alone
            theirs = getattr(current, name)
            if hasattr(theirs, "all"):
                theirs, value = format_rows(theirs.all()), format_rows(value)
            if theirs != value:
                self.conflicts.append(
                    (
                        str(self.fields[name].label),
                        self._shown(name, theirs),
                        self._shown(name, value),
                    )
                )
        data = cast("QueryDict", self.data).copy()
        if isinstance(current, Versioned):
            data["version"] = str(current.version)
        self.data = data
        self.add_error(
            None,
            _(
                "Somebody else changed this while you were writing. Nothing is lost: "
                "compare both below, then save again."
            ),
        )


def offer(form: forms.BaseForm, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
    """Give a field of choices what can be chosen."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices


def offer_rows(form: forms.BaseForm, name: str, rows: models.QuerySet[Any]) -> None:
    """Give a field of rows those that can be chosen."""
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = rows


def save_if_valid(request: HttpRequest, form: RowForm, save: Callable[[], Result]) -> Result | None:
    """What `save()` gives for a form that was sent and is valid; None where the page has to be
    shown (again).

    After a Conflict the form shows both versions, after a refusal or an error of validation its
    reason; what was typed stays in it, and is kept in case its writer leaves.
    """
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        result = save()
    except Conflict as conflict:
        form.show_conflict(conflict.current)
        mark_not_saved(request, CHANGED_MEANWHILE)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        mark_not_saved(request, str(refusal))
    except ValidationError as error:
        form.show_refusal(error)
    else:
        mark_saved(request)
        return result
    return None


def act_or_warn(request: HttpRequest, act: Callable[[], object], *, changed: str) -> bool:
    """Do what a button says; was it done? If not, a message says why.

    `changed` is the sentence for a row that somebody else changed meanwhile.
    """
    try:
        act()
    except Conflict:
        warn_not_saved(request, changed)
    except Refused as refusal:
        warn_not_saved(request, str(refusal))
    else:
        return True
    return False


def warn_not_saved(request: HttpRequest, reason: str) -> None:
    """Say in a message why what was sent did not go in, and let the door keep it."""
    messages.warning(request, reason)
    mark_not_saved(request, reason)


def format_rows(rows: Iterable[object]) -> str:
    """Rows as a reader compares them: one a line, in a fixed order."""
    return "\n".join(sorted(map(str, rows)))
