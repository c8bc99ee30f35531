"""One translation of one text. It changes nothing that binds, so it is no step of writing and needs
no open text.
"""

from dataclasses import replace
from typing import TypeVar

from splot.core.actions import Conflict, action, change
from splot.core.languages import Text, texts_of
from splot.core.values import Values
from splot.people.models import User
from splot.people.queries import share_parents

from ...models import Policy, PolicyPassage
from .frozen_text import refresh_frozen_text

TranslatableRow = Policy | PolicyPassage
Kept = TypeVar("Kept", str, int)


@action
def translate_text(
    *,
    by: User | None,
    row: TranslatableRow,
    field: str,
    language: str,
    wording: str,
    seen: str,
    original: str | None = None,
    machine: bool = False,
) -> TranslatableRow:
    """Write a text's translation; without words it is missing again. Gives the row as it is now.

    `seen` is the translation that the writer had before them: raises Conflict when another one
    stands there by now and differs from what they send. `original` is the source's wording that
    they translated: when the source has moved on meanwhile, the translation is kept as made from
    that one. A machine overwrites nothing at all.
    """
    row = write_translation(
        by=by,
        row=row,
        field=field,
        language=language,
        wording=wording,
        seen=seen,
        original=original,
        machine=machine,
    )
    refresh_frozen_text(policy_of_row(row), language)
    return row


@action
def approve_translation(
    *,
    by: User | None,
    row: TranslatableRow,
    field: str,
    language: str,
    seen: str,
    original: str | None = None,
) -> TranslatableRow:
    """A person says that a translation is right: one that a machine made, or one whose source has
    changed since.

    Raises Conflict when the translation is not the one that they saw.
    """
    fresh = lock_row(row, field, language)
    stands = getattr(fresh, field).texts.get(language, "")
    if not stands or normalise_line_ends(seen) != normalise_line_ends(stands):
        raise Conflict(fresh)
    _save_translation(
        fresh,
        by=by,
        verb="translation_approved",
        field=field,
        language=language,
        words=stands,
        original=original,
    )
    refresh_frozen_text(policy_of_row(fresh), language)
    return fresh


def write_translation(
    *,
    by: User | None,
    row: TranslatableRow,
    field: str,
    language: str,
    wording: str,
    seen: str,
    original: str | None,
    machine: bool,
) -> TranslatableRow:
    """The writing of `translate_text`, without the frozen text: for an action that writes many."""
    fresh = lock_row(row, field, language)
    words, stands = (
        normalise_line_ends(wording).strip(),
        normalise_line_ends(getattr(fresh, field).texts.get(language, "")),
    )
    allowed = ("",) if machine else (normalise_line_ends(seen), words)
    if stands not in allowed:
        raise Conflict(fresh)
    verb = "translated_by_machine" if machine else "translated"
    _save_translation(
        fresh,
        by=by,
        verb=verb,
        field=field,
        language=language,
        words=words,
        original=original,
        machine=machine,
    )
    return fresh


def lock_row(row: TranslatableRow, field: str, language: str) -> TranslatableRow:
    """The row as it is now, held until the action ends."""
    fresh = type(row)._base_manager.select_for_update().get(pk=row.pk)
    if isinstance(row, PolicyPassage) and isinstance(fresh, PolicyPassage):
        share_parents(fresh, row.policy)
    if language == texts_of(fresh)[field].source:
        raise ValueError("the source of a text is written, not translated")
    return fresh


def _save_translation(
    row: TranslatableRow,
    *,
    by: User | None,
    verb: str,
    field: str,
    language: str,
    words: str,
    original: str | None,
    machine: bool = False,
) -> None:
    old = getattr(row, field)
    new = (
        with_earlier_source(old, old.written(language, words, machine=machine), language, original)
        if words
        else None
    )
    new = without_translation(old, language) if new is None else new
    version = row.version if new != old else None  # the same again needs no new version
    changed: Values = {field: new}
    change(row, by=by, verb=f"{row._meta.model_name}.{verb}", version=version, **changed)


def with_earlier_source(old: Text, new: Text, language: str, original: str | None) -> Text:
    """The new text; as made from an earlier source, where the translator had another wording before
    them.
    """
    if original is None or normalise_line_ends(original) == normalise_line_ends(old.source_wording):
        return new
    return replace(
        new,
        made_from={**new.made_from, language: old.revision - 1},
        earlier={**new.earlier, language: normalise_line_ends(original)},
    )


def without_translation(text: Text, language: str) -> Text:
    """The text as if it had never been translated into a language."""
    texts, earlier = _less(text.texts, language), _less(text.earlier, language)
    made = _less(text.made_from, language)
    machine = tuple(code for code in text.machine if code != language)
    return replace(text, texts=texts, made_from=made, earlier=earlier, machine=machine)


def _less(kept: dict[str, Kept], language: str) -> dict[str, Kept]:
    return {code: value for code, value in kept.items() if code != language}


def normalise_line_ends(words: str) -> str:
    """Browsers send line ends as CR LF."""
    return words.replace("\r\n", "\n").replace("\r", "\n")


def policy_of_row(row: TranslatableRow) -> Policy:
    return row if isinstance(row, Policy) else row.policy
