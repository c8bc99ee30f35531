"""Translating a policy: how complete each language is, and a side-by-side editor, passage by
passage.
"""

from collections.abc import Iterable
from itertools import chain, groupby
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from splot.core.actions import Conflict, Refused
from splot.core.forms import TextFormField, offer
from splot.core.languages import CURRENT, MACHINE, MISSING, OUTDATED, language_name, text_direction
from splot.core.values import Json
from splot.documents.diff import diff_text
from splot.people.door import SignedInRequest, page
from splot.policy.actions.translating import (
    approve_translation,
    machine_status,
    start_machine_translation,
    translate_text,
)
from splot.policy.models import Policy
from splot.policy.queries import policy_of
from splot.policy.rules import can_translate_policy
from splot.policy.translations import (
    OPENING,
    PROVISIONS,
    PolicyTranslation,
    TranslatablePassage,
    translation_of,
    translations_of,
)

PAGE_SIZE = 30
MAX_LENGTH = 10_000
CHARACTERS_IN_A_LINE = 45
STATE_LABELS = {
    MISSING: ("ring", pgettext_lazy("translation", "missing")),
    OUTDATED: ("warning", pgettext_lazy("translation", "out of date")),
    MACHINE: ("half", pgettext_lazy("translation", "made by a machine")),
    CURRENT: ("check", pgettext_lazy("translation", "up to date")),
}
# Languages that residents of Polish cities speak, besides those of the interface.
RESIDENTS_LANGUAGES = [
    "uk",
    "ru",
    "be",
    "en",
    "ka",
    "hy",
    "az",
    "kk",
    "ky",
    "uz",
    "tg",
    "tk",
    "tr",
    "ar",
    "fa",
    "hi",
    "bn",
    "ur",
    "ne",
    "vi",
    "zh",
    "fil",
    "id",
    "es",
    "pt",
    "fr",
    "de",
    "ro",
]


@page(can_translate_policy, find=policy_of)
def translation_overview(request: SignedInRequest, policy: Policy) -> HttpResponse:
    translations = translations_of(policy)
    languages = {translation.language for translation in translations} | {policy.language}
    others = [code for code in RESIDENTS_LANGUAGES if code not in languages]
    context = {
        "policy": policy,
        "translations": [_translation_card(translation) for translation in translations],
        "others": [_language_link(policy, code) for code in others],
    }
    return render(request, "policy/translations.html", context)


def _translation_card(translation: PolicyTranslation) -> Json:
    counts, url = translation.counts, _translation_url(translation)
    left = []
    for state, (__, words) in STATE_LABELS.items():
        if counts[state] and state != CURRENT:
            left.append((words, counts[state], f"{url}?{urlencode({'state': state})}"))
    return {
        "name": _own_name(translation.language),
        "url": url,
        "current": counts[CURRENT],
        "total": len(translation.passages),
        "left": left,
    }


def _own_name(code: str) -> SafeString:
    """A language's name in its own script, marked as such."""
    return format_html(
        '<span lang="{}" dir="{}">{}</span>', code, text_direction(code), language_name(code)
    )


def _language_link(policy: Policy, code: str) -> Json:
    url = reverse("translate", args=[policy.municipality.slug, policy.term, code])
    return {"code": code, "name": language_name(code), "dir": text_direction(code), "url": url}


def _translation_url(translation: PolicyTranslation, name: str = "translate") -> str:
    return reverse(
        name, args=[translation.municipality.slug, translation.policy.term, translation.language]
    )


class TranslationFilterForm(forms.Form):
    """Which passages are shown; a value that nobody offered shows all of them."""

    state = forms.ChoiceField(label=gettext_lazy("State"), required=False)
    area = forms.ChoiceField(label=gettext_lazy("Part of the policy"), required=False)

    def __init__(self, data: QueryDict, translation: PolicyTranslation) -> None:
        super().__init__(data)
        states = [("", _("All"))]
        for state, (__, words) in STATE_LABELS.items():
            states.append((state, f"{words} ({translation.counts[state]})"))
        offer(self, "state", states)
        offer(self, "area", [("", _("All")), *_group_names(translation.passages).items()])
        self.full_clean()

    def shows(self, passage: TranslatablePassage, language: str) -> bool:
        state, area = self.cleaned_data.get("state"), self.cleaned_data.get("area")
        is_in_state = state in ("", None, passage.text.state(language))
        return is_in_state and area in ("", None, passage.group)


def _group_names(passages: Iterable[TranslatablePassage]) -> dict[str, str]:
    """{part of the policy: its name}, in reading order."""
    names: dict[str, str] = {}
    for passage in passages:
        if passage.group in (OPENING, PROVISIONS):
            names[passage.group] = (
                _("Title, vision, values") if passage.group == OPENING else _("Provisions")
            )
        elif passage.group not in names:
            names[passage.group] = str(getattr(passage.row, "area", passage.row))
    return names


class WordingForm(forms.Form):
    """One passage as a translator sends it: the wording, and what they had before them."""

    key = forms.CharField(max_length=80)
    wording = TextFormField(
        label=gettext_lazy("Translation"), rows=2, max_length=MAX_LENGTH, required=False
    )
    seen = forms.CharField(required=False, strip=False)
    original = forms.CharField(required=False, strip=False)


def _passage_row(passage: TranslatablePassage, language: str, **sent: Any) -> Json:
    """A passage as the page shows it. `sent` is what a person has just sent, or what somebody else
    wrote meanwhile.

    `changes` says how the original became another one since the translation, where that is known;
    `lines` how tall the field is.
    """
    text, state = passage.text, passage.text.state(language)
    look, words = STATE_LABELS[state]
    seen, earlier = text.texts.get(language, ""), text.earlier.get(language)
    wording = sent.get("wording", seen)
    return {
        "passage": passage,
        "state": state,
        "look": look,
        "words": words,
        "seen": seen,
        "wording": wording,
        "changes": diff_text(earlier, text.source_wording) if seen and earlier is not None else (),
        "original": {
            "words": text.source_wording,
            "language": text.source,
            "dir": text_direction(text.source),
        },
        "lines": min(20, max(_height_of(wording), _height_of(text.source_wording)) + 1),
        "theirs": None,
        **sent,
    }


def _height_of(words: str) -> int:
    """How many lines of the field a text takes."""
    return sum(1 + len(line) // CHARACTERS_IN_A_LINE for line in words.splitlines())


@page(can_translate_policy, find=translation_of, methods=("GET", "HEAD", "POST"))
def edit_translation(request: SignedInRequest, translation: PolicyTranslation) -> HttpResponse:
    if request.method == "POST":
        return _handle_post(request, translation)
    if request.htmx and request.htmx.target == "machine":
        return render(request, "policy/_translation_machine.html", _machine_context(translation))
    return _render_passages(request, translation)


def _handle_post(request: SignedInRequest, translation: PolicyTranslation) -> HttpResponse:
    form = WordingForm(request.POST)
    form.full_clean()
    if "key" in form.errors:
        return redirect(_translation_url(translation))
    key = form.cleaned_data["key"]
    sent = _save_wording(request, form, translation, translation.at(key))
    after = translation.again()
    row = _passage_row(after.at(key), after.language, **sent)
    if request.htmx:
        return render(
            request,
            "policy/_translation_answer.html",
            {"row": row, **_common_context(request, after)},
        )
    if "is_saved" in sent:
        query = {
            name: request.GET[name] for name in ("state", "area", "from") if request.GET.get(name)
        }
        return redirect(f"{_translation_url(after)}?{urlencode({**query, 'saved': key})}#{key}")
    return _render_passages(request, after, row)


def _save_wording(
    request: SignedInRequest,
    form: WordingForm,
    translation: PolicyTranslation,
    passage: TranslatablePassage,
) -> Json:
    """What the passage shows after it was sent: that it is saved, or what stood in the way, with
    nothing lost.
    """
    if form.errors:
        errors = list(chain.from_iterable(form.errors.values()))
        return {"wording": form.data.get("wording", ""), "errors": errors}
    given = form.cleaned_data
    common = {
        "by": request.user,
        "row": passage.row,
        "field": passage.field,
        "language": translation.language,
        "seen": given["seen"],
        "original": given["original"] if "original" in form.data else None,
    }
    is_right = form.data.get("do") == "right"
    try:
        if is_right:
            approve_translation(**common)
        else:
            translate_text(**common, wording=given["wording"])
    except Conflict as conflict:
        theirs = getattr(conflict.current, passage.field).texts.get(translation.language, "")
        return {"wording": given["seen"] if is_right else given["wording"], "theirs": theirs}
    return {"is_saved": True}


def _render_passages(
    request: SignedInRequest,
    translation: PolicyTranslation,
    sent: Json | None = None,
) -> HttpResponse:
    """The page: passages that the filters show, from a chosen one on; `sent` is the row that could
    not be saved.
    """
    form, language = TranslationFilterForm(request.GET, translation), translation.language
    here = sent["passage"].key if sent else request.GET.get("saved", "")
    chosen = []
    for passage in translation.passages:
        if form.shows(passage, language) or passage.key == here:
            chosen.append(passage)
    start = _start_index(request, translation, chosen, here)
    passages = chosen[start : start + PAGE_SIZE]
    rows = []
    for passage in passages:
        if passage.key != here:
            rows.append(_passage_row(passage, language))
        else:
            rows.append(sent or _passage_row(passage, language, is_saved=True))
    names = _group_names(translation.passages)
    parts = groupby(rows, lambda row: row["passage"].group)
    context = {
        "form": form,
        "parts": [(names[group], list(listed)) for group, listed in parts],
        "total": len(chosen),
        "start": start + 1,
        "end": start + len(passages),
        "previous": _page_query(request, chosen[max(0, start - PAGE_SIZE)]) if start else "",
        "next": _page_query(request, chosen[start + PAGE_SIZE])
        if len(chosen) > start + PAGE_SIZE
        else "",
        **_common_context(request, translation),
        **_machine_context(translation),
    }
    return render(request, "policy/translate.html", context)


def _start_index(
    request: SignedInRequest,
    translation: PolicyTranslation,
    chosen: list[TranslatablePassage],
    here: str,
) -> int:
    """Where the page begins: at the passage of the address or the next one that is shown, or so
    that `here` is on it.

    Counted by passages and not by pages, it stays right while passages leave the filter.
    """
    places = {passage.key: place for place, passage in enumerate(translation.passages)}
    if request.GET.get("from") in places:
        first = places[request.GET["from"]]
        return next((at for at, row in enumerate(chosen) if places[row.key] >= first), 0)
    place = next((at for at, row in enumerate(chosen) if row.key == here), 0)
    return place // PAGE_SIZE * PAGE_SIZE


def _page_query(request: SignedInRequest, passage: TranslatablePassage) -> str:
    query = {name: request.GET[name] for name in ("state", "area") if request.GET.get(name)}
    return "?" + urlencode({**query, "from": passage.key})


def _common_context(request: SignedInRequest, translation: PolicyTranslation) -> Json:
    """What the page and the answer for one passage both show."""
    query = request.GET.copy()
    query.pop("saved", None)
    code = translation.language
    return {
        "translation": translation,
        "policy": translation.policy,
        "target": {"code": code, "name": language_name(code), "dir": text_direction(code)},
        "title": _own_name(code),
        "current": translation.counts[CURRENT],
        "action": f"{_translation_url(translation)}?{query.urlencode()}"
        if query
        else _translation_url(translation),
    }


def _machine_context(translation: PolicyTranslation) -> Json:
    missing = translation.counts[MISSING]
    button = ngettext(
        "Translate what is missing by machine (%(number)s text)",
        "Translate what is missing by machine (%(number)s texts)",
        missing,
    )
    return {
        "machine": machine_status(translation),
        "missing": missing,
        "unchecked": translation.counts[MACHINE],
        "asked": button % {"number": missing},
        "here": _translation_url(translation),
        "machine_url": _translation_url(translation, "translate_by_machine"),
    }


@page(can_translate_policy, find=translation_of, methods=("POST",))
def translate_by_machine(request: SignedInRequest, translation: PolicyTranslation) -> HttpResponse:
    try:
        start_machine_translation(by=request.user, translation=translation)
    except Refused as refusal:
        messages.warning(request, str(refusal))
    return redirect(f"{_translation_url(translation)}#machine")
