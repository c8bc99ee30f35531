"""The statuses of a task: one entry for each, from which forms, filters, counts, files and marks
follow.

How to add one, and what follows from it: docs/decisions/statuses.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from splot.core.looks import UNKNOWN
from splot.core.values import Words


@dataclass(frozen=True)
class Meaning:
    """What a status says of a task, and its look: the name of an entry in core's status/looks.toml.

    `is_finished`: nothing more is awaited, so the task is never overdue and not carried over into
    later years. What recurs is finished for its period alone, unless `ends_recurring`.
    """

    look: str
    is_finished: bool = False
    ends_recurring: bool = False
    needs_reason: bool = False


class Status(models.TextChoices):
    """What a person in charge says of a task, in the order of every bar, list and table.

    That nobody said anything is not among them. Codes have at most 12 characters and stay for ever:
    they stand in addresses, public files and frozen reports.
    """

    meaning: Meaning

    def __new__(cls, code: str, *meaning: Meaning) -> "Status":
        member = str.__new__(cls, code)
        member._value_ = code
        (member.meaning,) = meaning  # a status without one is refused when this file is read
        return member

    @staticmethod
    def former_labels() -> dict[str, str]:
        """Labels of earlier releases, which stand in sheets that are still out."""
        return {"zrobione": Status.DONE.value, "zaniechane": Status.ABANDONED.value}

    DONE = "done", Meaning("check", is_finished=True), _("done")
    ON_TIME = "on_time", Meaning("half"), _("on time")
    LATE = "late", Meaning("warning"), _("late")
    PAUSED = "paused", Meaning("pause"), _("paused")
    NOT_STARTED = "not_started", Meaning("ring"), _("not started")
    ABANDONED = (
        "abandoned",
        Meaning("cross", is_finished=True, ends_recurring=True, needs_reason=True),
        _("abandoned"),
    )


# Silence, which nobody can choose: it comes last, is always named and never counted as reported.
NOT_REPORTED = "not_reported"

FINISHED = tuple(status for status in Status if status.meaning.is_finished)
UNFINISHED = tuple(status for status in Status if not status.meaning.is_finished)
ENDING_RECURRING = tuple(status for status in FINISHED if status.meaning.ends_recurring)
NEEDING_REASON = tuple(status for status in Status if status.meaning.needs_reason)

# {code: label} and {code: look} of all, silence included, in order
STATUS_LABELS = {**dict(Status.choices), NOT_REPORTED: _("not reported")}
STATUS_LOOKS = {**{status.value: status.meaning.look for status in Status}, NOT_REPORTED: UNKNOWN}


def status_choices() -> list[tuple[str, Words]]:
    """What a person can choose from. The model's field asks this function, so that no migration
    lists the statuses.
    """
    return list(Status.choices)


def ends_task(status: str, *, recurs: bool) -> bool:
    """Is nothing more awaited once this was said, of a task that is done once or that recurs?"""
    return status in (ENDING_RECURRING if recurs else FINISHED)


def statuses_in(counts: Mapping[str, int]) -> list[str]:
    """The codes that counts know, in order; those frozen before a status existed do not know it."""
    return [code for code in STATUS_LABELS if code in counts]


def status_segments(counts: Mapping[str, int]) -> list[tuple[str, str, int]]:
    """(look, label, number) of every status that the counts know, in the order of a bar."""
    return [
        (STATUS_LOOKS[code], str(STATUS_LABELS[code]), counts[code]) for code in statuses_in(counts)
    ]
