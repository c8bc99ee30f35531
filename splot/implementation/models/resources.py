"""What a task can draw on, beside its money."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from splot.core.languages import TextField
from splot.people.models import MunicipalityModel

from .tasks import Task


class TaskResource(MunicipalityModel):
    """What a task can draw on. "No cost" is a value, not an empty cell."""

    class Kind(models.TextChoices):
        MONEY = "money", _("money")
        PEOPLE = "people", _("people")
        PLACE = "place", _("place")
        WITHIN_BUDGET = "within_budget", _("within the current budget")
        MATERIAL = "material", _("materials")
        KNOWLEDGE = "knowledge", _("knowledge")
        NO_COST = "no_cost", _("no cost")

    task = models.ForeignKey(Task, models.PROTECT, related_name="resources")
    kind = models.CharField(max_length=15, choices=Kind)
    text = TextField(blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.text}"
