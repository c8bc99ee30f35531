"""The condition of an installation: what of it does not work, in words for machines and for people.

Each part says its state in one word; a state that is no fault is "ok", or "off" for what the
operator has not asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .backups import examine_backups
from .database import examine_database
from .disk import examine_disk
from .worker import examine_worker

OK = "ok"
NO_FAULTS = {OK, "off"}

# In the order in which they are mended: without the first nothing else can be said.
EXAMINATIONS: dict[str, Callable[[], str]] = {
    "database": examine_database,
    "disk": examine_disk,
    "worker": examine_worker,
    "backup": examine_backups,
}
NAMES: dict[str, str | Promise] = {
    "database": _("Database"),
    "disk": _("Disk"),
    "worker": _("Background worker"),
    "backup": _("Backups"),
}
EXPLANATIONS: dict[tuple[str, str], str | Promise] = {
    ("database", "ok"): _("It answers and is whole."),
    ("database", "damaged"): _(
        "It is damaged. Stop Splot, restore the last good backup with “splot restore FILE”, and "
        "look for a failing disk."
    ),
    ("database", "unreachable"): _(
        "It does not answer. Look whether the database server runs, whether the disk is full, and "
        "whether SPLOT_DATA and DATABASE_URL are right."
    ),
    ("disk", "ok"): _("There is room, and Splot may write."),
    ("disk", "full"): _(
        "It is full: nothing can be saved. Make room on the disk of SPLOT_DATA; Splot goes on by "
        "itself."
    ),
    ("disk", "read_only"): _(
        "Splot may not write to SPLOT_DATA: nothing can be saved. See that the disk is mounted for "
        "writing and that the folder belongs to the user Splot runs as."
    ),
    ("worker", "ok"): _("It runs, and nothing waits for long."),
    ("worker", "missing"): _(
        "It does not run: no letters are sent and no files are made. Start Splot with “splot "
        "serve”, which starts the worker, and read its output."
    ),
    ("worker", "stuck"): _(
        "A job runs for more than an hour. “splot serve” ends it by itself; read its output."
    ),
    ("worker", "late"): _(
        "A job waits for more than half an hour. If the worker is at a large file, it will come; "
        "otherwise restart Splot."
    ),
    ("backup", "ok"): _("The last one is of yesterday or today."),
    ("backup", "off"): _(
        "None are made. Name a folder on another disk in SPLOT_BACKUPS, and each day has one."
    ),
    ("backup", "old"): _(
        "There is none of yesterday or today. Look whether the folder of SPLOT_BACKUPS is there "
        "and has room, and run “splot backup --daily”, which says what is wrong."
    ),
}


@dataclass(frozen=True)
class Finding:
    """The state of a part, in one word."""

    part: str
    state: str

    @property
    def is_fault(self) -> bool:
        return self.state not in NO_FAULTS

    @property
    def name(self) -> str:
        return str(NAMES[self.part])

    @property
    def explanation(self) -> str:
        """What that means and what to do, for the operator."""
        return str(EXPLANATIONS[self.part, self.state])


def examine_installation(parts: frozenset[str] = frozenset(EXAMINATIONS)) -> list[Finding]:
    """The states of these parts. Writes nothing, and takes a few seconds at most."""
    return [Finding(part, examine()) for part, examine in EXAMINATIONS.items() if part in parts]
