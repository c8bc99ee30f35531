"""Writing one translation into its row; called inside an action."""

from dataclasses import replace
from typing import TypeVar

from splot.core.actions import Conflict, change
from splot.core.languages import Text, texts_of
from splot.core.models import Versioned
from splot.core.values import Values
from splot.people.models import User
from splot.people.queries import share_parents

Entry = TypeVar("Entry", str, int)


def write_translation(
    *,
    by: User | None,
    row: Versioned,
    field: str,
    language: str,
    wording: str,
    seen: str,
    original: str | None,
    machine: bool = False,
) -> Versioned:
    """The writing of `translate_text`, without what follows from it: for an action that writes
    many.
    """
    current = lock_row(row, field, language)
    wording = normalise_line_ends(wording).strip()
    present = normalise_line_ends(getattr(current, field).texts.get(language, ""))
    expected = ("",) if machine else (normalise_line_ends(seen), wording)
    if present not in expected:
        raise Conflict(current)
    save_translation(
        current,
        by=by,
        verb="translated_by_machine" if machine else "translated",
        field=field,
        language=language,
        wording=wording,
        original=original,
        machine=machine,
    )
    return current


def lock_row(row: Versioned, field: str, language: str) -> Versioned:
    """The row as it is now, held until the action ends."""
    current = type(row)._base_manager.select_for_update().get(pk=row.pk)
    if language == texts_of(current)[field].source:
        raise ValueError("the source of a text is written, not translated")
    return share_parents(current, row)


def save_translation(
    row: Versioned,
    *,
    by: User | None,
    verb: str,
    field: str,
    language: str,
    wording: str,
    original: str | None,
    machine: bool = False,
) -> None:
    old: Text = getattr(row, field)
    if wording:
        new = old.written(language, wording, machine=machine)
        new = with_earlier_source(old, new, language, original)
    else:
        new = without_translation(old, language)
    version = row.version if new != old else None  # the same again needs no new version
    changed: Values = {field: new}
    change(row, by=by, verb=f"{row._meta.model_name}.{verb}", version=version, **changed)


def with_earlier_source(old: Text, new: Text, language: str, original: str | None) -> Text:
    """The new text; as made from an earlier source, where the translator had another wording before
    them.
    """
    source = normalise_line_ends(old.source_wording)
    if original is None or normalise_line_ends(original) == source:
        return new
    return replace(
        new,
        made_from={**new.made_from, language: old.revision - 1},
        earlier={**new.earlier, language: normalise_line_ends(original)},
    )


def without_translation(text: Text, language: str) -> Text:
    """The text as if it had never been translated into a language."""
    return replace(
        text,
        texts=_without(text.texts, language),
        earlier=_without(text.earlier, language),
        made_from=_without(text.made_from, language),
        machine=tuple(code for code in text.machine if code != language),
    )


def _without(entries: dict[str, Entry], language: str) -> dict[str, Entry]:
    return {code: entry for code, entry in entries.items() if code != language}


def normalise_line_ends(wording: str) -> str:
    """Browsers send line ends as CR LF."""
    return wording.replace("\r\n", "\n").replace("\r", "\n")
