"""Refusals of files that cannot be read, each a sentence for people: what is wrong, that nothing
was kept, what to do.
"""

from __future__ import annotations

from django.utils.translation import gettext as _


class UnreadableDocument(Exception):
    """The file cannot be read. The message is for people: what is wrong, what was kept, what to
    do.
    """


def unreadable_document(name: str, what: str, advice: str = "") -> UnreadableDocument:
    """The refusal of this file where a document was expected."""
    return _refusal(
        name, what, advice or _("Save it as .docx or as .pdf with text, and try again.")
    )


def unreadable_spreadsheet(name: str, what: str, advice: str = "") -> UnreadableDocument:
    """The refusal of this file where a table was expected."""
    return _refusal(name, what, advice or _("Save it as .xlsx, .ods or .csv, and try again."))


def _refusal(name: str, what: str, advice: str) -> UnreadableDocument:
    parts = {"name": display_name(name), "what": what, "advice": advice}
    return UnreadableDocument(
        _("“%(name)s” cannot be read: %(what)s Nothing was saved. %(advice)s") % parts
    )


def display_name(name: str) -> str:
    """A file's name fit for a message: no folders, no control characters, not endless."""
    base = name.replace("\\", "/").rsplit("/", 1)[-1]
    printable = "".join(letter if letter.isprintable() else "�" for letter in base)
    return printable[:80] or _("file without a name")


def empty_document(name: str) -> UnreadableDocument:
    """The refusal of a file without a word in it."""
    return unreadable_document(
        name, _("there is no text in it."), _("Choose a file with text in it, and try again.")
    )


def damaged_document(name: str) -> UnreadableDocument:
    """The refusal of a document of a kind that is read, with something wrong inside."""
    return unreadable_document(name, _("it is damaged and cannot be opened."))


def empty_spreadsheet(name: str) -> UnreadableDocument:
    """The refusal of a file with nothing in its cells."""
    return unreadable_spreadsheet(
        name, _("there is no table in it."), _("Choose a file with a table in it, and try again.")
    )


def damaged_spreadsheet(name: str) -> UnreadableDocument:
    """The refusal of a table of a kind that is read, with something wrong inside."""
    return unreadable_spreadsheet(name, _("it is damaged and cannot be opened."))
