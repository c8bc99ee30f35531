"""A policy's table, and the municipality's list of sensitive groups that its tasks can name."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from splot.core.languages import TextField
from splot.core.models import Versioned
from splot.people.models import Municipality, MunicipalityModel
from splot.policy.models import Policy


class SensitiveGroup(MunicipalityModel, Versioned):
    """People who need particular attention in carrying out a task; the municipality's own list."""

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="sensitive_groups")
    name = TextField()
    is_archived = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.name)


class ImplementationPlan(MunicipalityModel, Versioned):
    """The table of a policy for a span of years."""

    class Reporting(models.TextChoices):
        YEAR = "year", _("once a year")
        HALF_YEAR = "half_year", _("every half-year")
        QUARTER = "quarter", _("every quarter")

    policy = models.ForeignKey(Policy, models.PROTECT, related_name="plans")
    starts = models.PositiveSmallIntegerField()
    ends = models.PositiveSmallIntegerField()
    reporting = models.CharField(max_length=10, choices=Reporting, default=Reporting.YEAR)
    days_to_report = models.PositiveSmallIntegerField(default=31)  # after a period has ended

    class Meta:
        ordering = ["-starts"]
        constraints = [
            models.UniqueConstraint(fields=["policy", "starts", "ends"], name="plan_once_a_span")
        ]

    def __str__(self) -> str:
        return f"{self.starts}-{self.ends}"

    def lock_table(self) -> None:
        """Let nobody else number or write many rows of this table until the transaction ends."""
        ImplementationPlan.objects.select_for_update().get(pk=self.pk)
