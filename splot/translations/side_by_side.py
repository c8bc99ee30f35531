"""The pages on which texts of a room are translated: how complete each language is, and each text
beside its translation.

A room's page asks its own door and hands over its `TextCollection`; its template extends the one
here, for the way back and for words of its own.
"""

from itertools import chain, groupby
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext

from splot.core.actions import Conflict, Refused
from splot.core.languages import CURRENT, MACHINE, MISSING, language_name, text_direction
from splot.core.unsaved import mark_saved
from splot.core.values import Json
from splot.documents.diff import diff_text
from splot.people.door import SignedInRequest

from .actions.machine import start_machine_translation
from .actions.texts import approve_translation, translate_text
from .forms import STATE_LABELS, TranslationFilterForm, WordingForm, part_names
from .languages import RESIDENTS_LANGUAGES, language_name_html
from .machine.status import machine_status
from .texts import TextCollection, TranslatableText, Translation, translations_of

PAGE_SIZE = 30
CHARACTERS_IN_A_LINE = 45
FILTERS = ("state", "area")


def overview_context(collection: TextCollection, language: str) -> Json:
    """How far each language is, and those that could be begun; `language` is the texts' own."""
    translations = translations_of(collection)
    taken = {language, *(translation.language for translation in translations)}
    others = [code for code in RESIDENTS_LANGUAGES if code not in taken]
    return {
        "collection": collection,
        "translations": list(map(_translation_card, translations)),
        "others": [_language_link(collection, code) for code in others],
    }


def _translation_card(translation: Translation) -> Json:
    counts, url = translation.counts, _url_of(translation)
    left = []
    for state, (__, label) in STATE_LABELS.items():
        if counts[state] and state != CURRENT:
            left.append((label, counts[state], f"{url}?{urlencode({'state': state})}"))
    return {
        "name": language_name_html(translation.language),
        "url": url,
        "current": counts[CURRENT],
        "total": len(translation.texts),
        "left": left,
    }


def _language_link(collection: TextCollection, code: str) -> Json:
    url = collection.side_by_side_url(code)
    return {"code": code, "name": language_name(code), "dir": text_direction(code), "url": url}


def _url_of(translation: Translation) -> str:
    return translation.collection.side_by_side_url(translation.language)


def answer_side_by_side(
    request: SignedInRequest, translation: Translation, template: str, context: Json
) -> HttpResponse:
    """The page with the texts, or the answer to one that was saved; `context` is what the room's
    own template needs.
    """
    if request.method == "POST":
        return _answer_wording(request, translation, template, context)
    if request.htmx and request.htmx.target == "machine":
        return render(request, "translations/_machine.html", _machine_context(translation))
    return _render_texts(
        request, translation, template, context, _restored_row(request, translation)
    )


def _restored_row(request: SignedInRequest, translation: Translation) -> Json | None:
    """The text whose translation was sent before and could not be saved, with its words."""
    form = WordingForm(request.POST)
    if not form.is_valid():
        return None
    text = translation.text_by_key(form.cleaned_data["key"])
    return _text_row(text, translation.language, wording=form.cleaned_data["wording"])


def _answer_wording(
    request: SignedInRequest, translation: Translation, template: str, context: Json
) -> HttpResponse:
    form = WordingForm(request.POST)
    form.full_clean()
    if "key" in form.errors:
        return redirect(_url_of(translation))
    key = form.cleaned_data["key"]
    outcome = _save_wording(request, form, translation, translation.text_by_key(key))
    after = translation.read_again()
    outcome["form_key"] = request.POST.get("idempotency_key")
    row = _text_row(after.text_by_key(key), after.language, **outcome)
    if request.htmx:
        common = _common_context(request, after)
        return render(request, "translations/_answer.html", {"row": row, **common})
    if "is_saved" in outcome:
        query = _query_of(request, *FILTERS, "from")
        return redirect(f"{_url_of(after)}?{urlencode({**query, 'saved': key})}#{key}")
    return _render_texts(request, after, template, context, row)


def _query_of(request: SignedInRequest, *names: str) -> dict[str, str]:
    return {name: request.GET[name] for name in names if request.GET.get(name)}


def _save_wording(
    request: SignedInRequest,
    form: WordingForm,
    translation: Translation,
    text: TranslatableText,
) -> Json:
    """What the text shows after it was sent: that it is saved, or what stood in the way, with
    nothing lost.
    """
    if form.errors:
        errors = list(chain.from_iterable(form.errors.values()))
        return {"wording": form.data.get("wording", ""), "errors": errors}
    values = form.cleaned_data
    common = {
        "by": request.user,
        "translation": translation,
        "row": text.row,
        "field": text.field,
        "seen": values["seen"],
        "original": values["original"] if "original" in form.data else None,
    }
    is_right = form.data.get("do") == "right"
    try:
        if is_right:
            approve_translation(**common)
        else:
            translate_text(**common, wording=values["wording"])
    except Conflict as conflict:
        theirs = getattr(conflict.current, text.field).texts.get(translation.language, "")
        return {"wording": values["seen"] if is_right else values["wording"], "theirs": theirs}
    mark_saved(request)
    return {"is_saved": True}


def _text_row(translatable: TranslatableText, language: str, **outcome: Any) -> Json:
    """A text as the page shows it. `outcome` is what came of what a person has just sent.

    `changes` says how the original became another one since the translation, where that is known;
    `lines` how tall the field is.
    """
    text, state = translatable.text, translatable.text.state(language)
    look, label = STATE_LABELS[state]
    seen, earlier = text.texts.get(language, ""), text.earlier.get(language)
    wording = outcome.get("wording", seen)
    return {
        "text": translatable,
        "state": state,
        "look": look,
        "state_label": label,
        "seen": seen,
        "wording": wording,
        "changes": diff_text(earlier, text.source_wording) if seen and earlier is not None else (),
        "original": {
            "wording": text.source_wording,
            "language": text.source,
            "dir": text_direction(text.source),
        },
        "lines": min(20, max(_height_of(wording), _height_of(text.source_wording)) + 1),
        "theirs": None,
        **outcome,
        # stays while the wording is not saved, so that what was kept of it is found again
        "form_key": (not outcome.get("is_saved") and outcome.get("form_key")) or uuid4(),
    }


def _height_of(wording: str) -> int:
    """How many lines of the field a text takes."""
    return sum(1 + len(line) // CHARACTERS_IN_A_LINE for line in wording.splitlines())


def _render_texts(
    request: SignedInRequest,
    translation: Translation,
    template: str,
    context: Json,
    unsaved: Json | None = None,
) -> HttpResponse:
    """The page: texts that the filters show, from a chosen one on; `unsaved` is the row that could
    not be saved.
    """
    form, language = TranslationFilterForm(request.GET, translation), translation.language
    here = unsaved["text"].key if unsaved else request.GET.get("saved", "")
    chosen = []
    for text in translation.texts:
        if form.shows(text, language) or text.key == here:
            chosen.append(text)
    start = _start_index(request, translation, chosen, here)
    texts = chosen[start : start + PAGE_SIZE]
    rows = []
    for text in texts:
        if text.key != here:
            rows.append(_text_row(text, language))
        else:
            rows.append(unsaved or _text_row(text, language, is_saved=True))
    names = part_names(translation.texts)
    parts = groupby(rows, lambda row: row["text"].part.key)
    has_next = len(chosen) > start + PAGE_SIZE
    page = {
        "form": form,
        "parts": [(names[key], list(rows_of_part)) for key, rows_of_part in parts],
        "total": len(chosen),
        "start": start + 1,
        "end": start + len(texts),
        "previous": _page_query(request, chosen[max(0, start - PAGE_SIZE)]) if start else "",
        "next": _page_query(request, chosen[start + PAGE_SIZE]) if has_next else "",
        **_common_context(request, translation),
        **_machine_context(translation),
        **context,
    }
    return render(request, template, page)


def _start_index(
    request: SignedInRequest,
    translation: Translation,
    chosen: list[TranslatableText],
    here: str,
) -> int:
    """Where the page begins: at the text of the address or the next one that is shown, or so that
    `here` is on it.

    Counted by texts and not by pages, it stays right while texts leave the filter.
    """
    places = {text.key: place for place, text in enumerate(translation.texts)}
    if request.GET.get("from") in places:
        first = places[request.GET["from"]]
        return next((at for at, text in enumerate(chosen) if places[text.key] >= first), 0)
    place = next((at for at, text in enumerate(chosen) if text.key == here), 0)
    return place // PAGE_SIZE * PAGE_SIZE


def _page_query(request: SignedInRequest, text: TranslatableText) -> str:
    return "?" + urlencode({**_query_of(request, *FILTERS), "from": text.key})


def _common_context(request: SignedInRequest, translation: Translation) -> Json:
    """What the page and the answer for one text both show."""
    query = request.GET.copy()
    query.pop("saved", None)
    code, url = translation.language, _url_of(translation)
    return {
        "translation": translation,
        "target": {"code": code, "name": language_name(code), "dir": text_direction(code)},
        "title": language_name_html(code),
        "current": translation.counts[CURRENT],
        "action": f"{url}?{query.urlencode()}" if query else url,
    }


def _machine_context(translation: Translation) -> Json:
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
        "button": button % {"number": missing},
        "here": _url_of(translation),
        "machine_url": translation.collection.machine_url(translation.language),
    }


def answer_machine_request(request: SignedInRequest, translation: Translation) -> HttpResponse:
    """Start the machine, and go back to the page that shows how far it is."""
    try:
        start_machine_translation(by=request.user, translation=translation)
    except Refused as refusal:
        messages.warning(request, str(refusal))
    return redirect(f"{_url_of(translation)}#machine")
