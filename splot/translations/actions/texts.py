"""One translation of one text. It changes nothing that binds, so it needs no open draft."""

from splot.core.actions import Conflict, action
from splot.core.models import Versioned
from splot.people.models import User

from ..texts import Translation
from ..writing import lock_row, normalise_line_ends, save_translation, write_translation


@action
def translate_text(
    *,
    by: User | None,
    translation: Translation,
    row: Versioned,
    field: str,
    wording: str,
    seen: str,
    original: str | None = None,
    machine: bool = False,
) -> Versioned:
    """Write a text's translation; without words it is missing again. Gives the row as it is now.

    `seen` is the translation that the writer had before them: raises Conflict when another one
    stands there by now and differs from what they send. `original` is the source's wording that
    they translated: when the source has moved on meanwhile, the translation is kept as made from
    that one. A machine overwrites nothing at all.
    """
    current = write_translation(
        by=by,
        row=row,
        field=field,
        language=translation.language,
        wording=wording,
        seen=seen,
        original=original,
        machine=machine,
    )
    translation.collection.follow_translation(translation.language)
    return current


@action
def approve_translation(
    *,
    by: User | None,
    translation: Translation,
    row: Versioned,
    field: str,
    seen: str,
    original: str | None = None,
) -> Versioned:
    """A person says that a translation is right: one that a machine made, or one whose source has
    changed since.

    Raises Conflict when the translation is not the one that they saw.
    """
    language = translation.language
    current = lock_row(row, field, language)
    present = getattr(current, field).texts.get(language, "")
    if not present or normalise_line_ends(seen) != normalise_line_ends(present):
        raise Conflict(current)
    save_translation(
        current,
        by=by,
        verb="translation_approved",
        field=field,
        language=language,
        wording=present,
        original=original,
    )
    translation.collection.follow_translation(language)
    return current
