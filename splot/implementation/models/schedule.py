"""When a task runs, beyond its first and last day: further windows, and the milestones in them."""

from django.db import models
from django.db.models import Q

from splot.core.languages import TextField
from splot.people.models import MunicipalityModel, Organisation

from .tasks import Task


class Window(MunicipalityModel):
    """One of several stretches of time of a task; `starts` and `due` of the task span them all."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="windows")
    starts = models.DateField(null=True)
    due = models.DateField(null=True)

    class Meta:
        ordering = ["due", "starts", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts__isnull=True)
                | Q(due__isnull=True)
                | Q(due__gte=models.F("starts")),
                name="window_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(starts__isnull=False) | Q(due__isnull=False), name="window_has_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts or '…'} – {self.due or '…'}"


class Milestone(MunicipalityModel):
    """A point on the way that is reached on a day, or not."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="milestones")
    name = TextField()
    due = models.DateField(null=True)
    reached_on = models.DateField(null=True)

    class Meta:
        ordering = ["due", "pk"]

    def __str__(self) -> str:
        return str(self.name)


class PartnerRole(MunicipalityModel):
    """What a partner does in a task, where somebody said so."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="partner_roles")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    role = TextField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["task", "organisation"], name="partner_role_once")
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.role}"
