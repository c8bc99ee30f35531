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

# What a step of writing did, by its verb; the step's label follows.
VERBS = {
    "policy.changed": _("title, vision or basis changed"),
    "aspects.chosen": _("aspects chosen"),
    "area.added": _("area added"),
    "area.changed": _("area reworded"),
    "area.moved": _("area moved"),
    "area.dropped": _("area put away"),
    "aim.added": _("aim added"),
    "aim.changed": _("aim reworded"),
    "aim.moved": _("aim moved"),
    "aim.dropped": _("aim put away"),
    "aims.taken": _("aims taken over"),
    "activity.added": _("activity added"),
    "activity.changed": _("activity reworded"),
    "activity.moved": _("activity moved"),
    "activity.dropped": _("activity put away"),
    "activity.merged": _("activities merged"),
    "activity.split": _("activity split"),
    "activities.taken": _("activities taken over"),
    "value.added": _("value or principle added"),
    "value.changed": _("value or principle reworded"),
    "value.moved": _("value or principle moved"),
    "value.dropped": _("value or principle put away"),
    "values.taken": _("values and principles taken over"),
    "provision.added": _("provision added"),
    "provision.changed": _("provision reworded"),
    "provision.moved": _("provision moved"),
    "provision.dropped": _("provision put away"),
    "references.mended": _("references brought up to date"),
    "step.undone": _("taken back"),
}
