"""What the reader's codes mean, in words."""

from django.utils.translation import gettext_lazy as _

CLEANINGS = {
    "bom": _("invisible mark at the start of the file"),
    "soft-hyphen": _("soft hyphen"),
    "zero-width": _("invisible character"),
    "direction-mark": _("mark of writing direction"),
    "control": _("control character"),
    "space": _("superfluous space"),
    "tab": _("tabulator"),
    "composed": _("letter put together from parts"),
    "ligature": _("letters set as one sign"),
    "bookmark": _("leftover of a bookmark"),
    "signature-line": _("stamp of an electronic signature"),
    "page-number": _("page number"),
    "running-head": _("heading repeated on each page"),
    "hyphenation": _("word divided at a line’s end"),
    "broken-line": _("line broken inside a sentence"),
}
