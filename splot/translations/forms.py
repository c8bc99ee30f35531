"""Which texts are shown to translate, and the form of one of them."""

from collections.abc import Iterable

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from splot.core.forms import TextFormField, offer
from splot.core.languages import CURRENT, MACHINE, MISSING, OUTDATED

from .texts import TranslatableText, Translation

MAX_LENGTH = 10_000
STATE_LABELS = {
    MISSING: ("ring", pgettext_lazy("translation", "missing")),
    OUTDATED: ("warning", pgettext_lazy("translation", "out of date")),
    MACHINE: ("half", pgettext_lazy("translation", "made by a machine")),
    CURRENT: ("check", pgettext_lazy("translation", "up to date")),
}


class TranslationFilterForm(forms.Form):
    """Which texts are shown; a value that nobody offered shows all of them."""

    state = forms.ChoiceField(label=gettext_lazy("State"), required=False)
    area = forms.ChoiceField(required=False)  # in addresses since a policy alone was translated

    def __init__(self, data: QueryDict, translation: Translation) -> None:
        super().__init__(data)
        states = [("", _("All"))]
        for state, (__, label) in STATE_LABELS.items():
            states.append((state, f"{label} ({translation.counts[state]})"))
        offer(self, "state", states)
        offer(self, "area", [("", _("All")), *part_names(translation.texts).items()])
        self.fields["area"].label = translation.collection.part_label
        self.full_clean()

    def shows(self, text: TranslatableText, language: str) -> bool:
        state, part = self.cleaned_data.get("state"), self.cleaned_data.get("area")
        is_in_state = state in ("", None, text.text.state(language))
        return is_in_state and part in ("", None, text.part.key)


def part_names(texts: Iterable[TranslatableText]) -> dict[str, str]:
    """{key of a part: its name}, in reading order."""
    return {text.part.key: str(text.part.name) for text in texts}


class WordingForm(forms.Form):
    """One text as a translator sends it: the wording, and what they had before them."""

    key = forms.CharField(max_length=80)
    wording = TextFormField(
        label=gettext_lazy("Translation"), rows=2, max_length=MAX_LENGTH, required=False
    )
    seen = forms.CharField(required=False, strip=False)
    original = forms.CharField(required=False, strip=False)
