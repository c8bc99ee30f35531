"""A form that writes one of its texts in every language that the report is printed in."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from splot.core.forms import RowForm, TextFormField
from splot.core.languages import Text, language_name
from splot.core.values import Json


class TranslatedForm(RowForm):
    """`translated` names the text; its translations stand directly below it and are never
    required.
    """

    translated: str

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        original, field = self._original(), self.fields[self.translated]
        assert isinstance(field, TextFormField)
        self.others = [
            code for code, __ in settings.LANGUAGES if code != (original.source or self.language)
        ]
        for code in self.others:
            translation = TextFormField(
                label=_("%(field)s, in another language: %(language)s")
                % {"field": field.label, "language": language_name(code)},
                rows=max(field.widget.attrs["rows"] // 2, 2),
                max_length=field.max_length or 5000,
                required=False,
            )
            self.fields[self._name(code)] = translation
            self.initial[self._name(code)] = original.texts.get(code, "")
        names = [name for name in self.fields if name not in map(self._name, self.others)]
        below = names.index(self.translated) + 1
        self.order_fields([*names[:below], *map(self._name, self.others), *names[below:]])

    def clean(self) -> Json:
        super().clean()
        values = self.cleaned_data
        if any(values.get(self._name(code)) for code in self.others) and not values.get(
            self.translated
        ):
            self.add_error(self.translated, _("Write the original first, then its translations."))
        return values

    def values(self) -> Json:
        values = super().values()
        text: Text = values[self.translated]
        for code in self.others:
            del values[self._name(code)]
            wording = self.cleaned_data[self._name(code)].strip()
            if wording != self._original().texts.get(code, ""):
                text = text.written(code, wording)
        return {**values, self.translated: text}

    def _original(self) -> Text:
        return getattr(self.row, self.translated, None) or Text()

    def _name(self, code: str) -> str:
        return f"{self.translated}_{code}"
