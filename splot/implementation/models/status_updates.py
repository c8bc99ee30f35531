"""What the persons in charge report on tasks, and which of several reports is the latest."""

from collections import defaultdict

from django.db import models
from django.db.models import OuterRef, Subquery
from django.utils.translation import ngettext, pgettext_lazy

from splot.core.bounds import validate_count
from splot.core.dates import Period, validate_period
from splot.core.languages import Text, TextField
from splot.core.models import AppendOnly, AppendOnlyQuerySet
from splot.core.numbers import Qualifier, format_qualified
from splot.people.models import MunicipalityModel, Organisation, User

from ..statuses import STATUS_LOOKS, status_choices

# Of two updates of a task the latest is the one for the later period; for the same period, or two
# that end on one day, the one that was written later.
LATEST_FIRST = ["-period_end", "-pk"]


class StatusUpdateQuerySet(AppendOnlyQuerySet["StatusUpdate"]):
    def latest_first(self) -> "StatusUpdateQuerySet":
        return self.order_by(*LATEST_FIRST)

    def by_task(self) -> "dict[int, list[StatusUpdate]]":
        """{task's key: its updates, the latest first}; a task without any has an empty list."""
        updates: dict[int, list[StatusUpdate]] = defaultdict(list)
        for update in self.latest_first():
            updates[update.task_id].append(update)
        return updates

    def latest_by_task(self) -> "dict[int, StatusUpdate]":
        """{task's key: its latest update}, in one query."""
        return {key: updates[0] for key, updates in self.by_task().items()}

    def latest_value(self, field: str) -> Subquery:
        """A column for a query of tasks: a field of each one's latest update, NULL without any."""
        latest = self.filter(task=OuterRef("pk")).latest_first()
        return Subquery(latest.values(field)[:1])


class StatusUpdate(MunicipalityModel, AppendOnly):
    """What the person in charge says of a task for a period. Never changed; a correction is a later
    row.
    """

    class ReachUnit(models.TextChoices):
        PERSONS = "persons", pgettext_lazy("unit", "persons")
        HOUSEHOLDS = "households", pgettext_lazy("unit", "households")
        CASES = "cases", pgettext_lazy("unit", "cases")
        INSTITUTIONS = "institutions", pgettext_lazy("unit", "institutions")

    task = models.ForeignKey("implementation.Task", models.PROTECT, related_name="updates")
    period = models.CharField(max_length=10, validators=[validate_period])
    year = models.PositiveSmallIntegerField()
    period_end = models.DateField()
    status = models.CharField(max_length=12, choices=status_choices)
    narrative = TextField(blank=True)
    obstacles = TextField(blank=True)
    reason = TextField(blank=True)
    reached = models.PositiveIntegerField(null=True, validators=[validate_count])
    reached_qualifier = models.CharField(max_length=10, choices=Qualifier, default=Qualifier.EXACT)
    reached_unit = models.CharField(max_length=12, choices=ReachUnit, default=ReachUnit.PERSONS)
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    said_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    # by its link or its sheet
    said_for = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    said_on = models.DateField()
    created_at = models.DateTimeField(auto_now_add=True)

    objects = StatusUpdateQuerySet.as_manager()  # type: ignore[misc]  # narrows the base's

    class Meta:
        ordering = LATEST_FIRST
        indexes = [
            models.Index(fields=["task", "year", "-period_end", "-id"], name="update_latest")
        ]

    def __str__(self) -> str:
        return f"{self.task.number} · {self.period} · {self.get_status_display()}"

    def says_same_as(self, other: "StatusUpdate") -> bool:
        """Would a reader learn nothing from it that the other one does not say?"""
        return self._said() == other._said()

    def _said(self) -> list[object]:
        texts = (self.narrative, self.obstacles, self.reason)
        reach = (self.reached, self.reached_qualifier, self.reached_unit)
        return [
            self.period,
            self.status,
            *(text.source_wording.strip() for text in texts),
            reach if self.reached is not None else None,
        ]

    @property
    def look(self) -> str:
        """How its status is shown."""
        return STATUS_LOOKS[self.status]

    @property
    def when(self) -> Period:
        return Period.parse(self.period)

    @property
    def speaker(self) -> str:
        """Who said it: a person, an institution, or a person for an institution; "" for the
        system.
        """
        return " · ".join(str(speaker) for speaker in (self.said_by, self.said_for) if speaker)

    def as_typed(self, name: str) -> str:
        """A field as somebody typed it into a form."""
        value = getattr(self, name)
        return (
            value.source_wording if isinstance(value, Text) else "" if value is None else str(value)
        )

    @property
    def reached_in_words(self) -> str:
        """ "over 7,500 persons", or "" when nothing was said."""
        if self.reached is None:
            return ""
        return format_reach(self.reached, self.reached_qualifier, self.reached_unit)


def format_reach(value: int, qualifier: str, unit: str) -> str:
    """A number of those reached with its qualifier and unit: "over 7,500 persons", "1
    household".
    """
    forms = {
        StatusUpdate.ReachUnit.PERSONS: ngettext("%(figure)s person", "%(figure)s persons", value),
        StatusUpdate.ReachUnit.HOUSEHOLDS: ngettext(
            "%(figure)s household", "%(figure)s households", value
        ),
        StatusUpdate.ReachUnit.CASES: ngettext("%(figure)s case", "%(figure)s cases", value),
        StatusUpdate.ReachUnit.INSTITUTIONS: ngettext(
            "%(figure)s institution", "%(figure)s institutions", value
        ),
    }
    return forms[StatusUpdate.ReachUnit(unit)] % {"figure": format_qualified(value, qualifier)}
