"""Machine translation of what is missing: asked for on the page, done in the background, marked
until checked.
"""

from collections.abc import Iterator
from itertools import groupby

from django.utils.translation import gettext as _
from django_tasks import task as background

from splot.core.actions import Conflict, Refused, action, record
from splot.core.languages import MISSING
from splot.core.values import Json
from splot.people.models import User

from ..machine import TranslatorFailed, TranslatorUnreachable, configured_translator
from ..machine.markup import translate_texts
from ..machine.status import (
    REFUSED,
    UNKNOWN_LANGUAGE,
    UNREACHABLE,
    machine_status,
    verb_saved,
    verb_started,
)
from ..offers import text_collection_of
from ..texts import TranslatableText, Translation
from ..writing import write_translation

BATCH_SIZE = 10  # texts kept at once: what a stopped server cannot take away again


@action
def start_machine_translation(*, by: User | None, translation: Translation) -> None:
    """Let the background worker translate what is missing. Raises Refused when there is nothing to
    start.
    """
    machine, missing = machine_status(translation), translation.counts[MISSING]
    if not machine.is_offered:
        raise Refused(_("No machine translation is set up on this server."))
    if machine.is_working:
        raise Refused(_("The machine is translating already."))
    if not missing:
        raise Refused(_("Nothing is missing: there is nothing to translate."))
    subject, language = translation.collection.subject, translation.language
    record(
        by=by, verb=verb_started(translation), of=subject, changes={"language": [None, language]}
    )
    translate_missing.enqueue(
        model=subject._meta.label_lower,
        key=subject.pk,
        language=language,
        texts=missing,
        by=by.pk if by else None,
    )


@background()
def translate_missing(*, model: str, key: int, language: str, texts: int, by: int | None) -> Json:
    """Translate what is missing now, a batch at a time; what is kept stays, whatever happens to the
    next.

    Gives {"kept", "damaged", "why", "detail"}, see MachineStatus. Safe to repeat: what is there is
    left alone. `texts`, the number when it was asked for, is for the page that shows the progress.
    """
    translation = Translation(text_collection_of(model, key), language)
    person = User.objects.filter(pk=by).first() if by else None
    ended: Json = {"kept": 0, "damaged": 0, "why": "", "detail": ""}
    machine = configured_translator()
    assert machine is not None
    try:
        languages = machine.languages()
        if languages is not None and language not in languages:
            return ended | {"why": UNKNOWN_LANGUAGE}
        for source, batch in _missing_batches(translation):
            originals = [text.text.source_wording for text in batch]
            answers = translate_texts(machine, originals, source, language)
            wordings = []
            for text, answer in zip(batch, answers, strict=True):
                if answer:
                    wordings.append((text, answer))
            ended["damaged"] += len(batch) - len(wordings)
            if wordings:
                ended["kept"] += save_machine_translations(
                    by=person, translation=translation, wordings=wordings
                )
    except TranslatorUnreachable as error:
        return ended | {"why": UNREACHABLE, "detail": str(error)}
    except TranslatorFailed as error:
        return ended | {"why": REFUSED, "detail": str(error)}
    return ended


def _missing_batches(translation: Translation) -> Iterator[tuple[str, list[TranslatableText]]]:
    """What is missing, in reading order: (source language, at most BATCH_SIZE texts)."""
    missing = []
    for text in translation.texts:
        if text.text.state(translation.language) == MISSING:
            missing.append(text)
    for source, group in groupby(missing, lambda text: text.text.source):
        texts = list(group)
        for start in range(0, len(texts), BATCH_SIZE):
            yield source, texts[start : start + BATCH_SIZE]


@action
def save_machine_translations(
    *, by: User | None, translation: Translation, wordings: list[tuple[TranslatableText, str]]
) -> int:
    """Keep what a machine wrote, except where a person was faster. Gives how many were kept."""
    language, number = translation.language, 0
    for text, wording in wordings:
        try:
            write_translation(
                by=by,
                row=text.row,
                field=text.field,
                language=language,
                wording=wording,
                seen="",
                original=text.text.source_wording,
                machine=True,
            )
        except Conflict:
            continue
        number += 1
    translation.collection.follow_translation(language)
    record(
        by=by,
        verb=verb_saved(translation),
        of=translation.collection.subject,
        changes={"language": [None, language], "texts": [None, number]},
    )
    return number
