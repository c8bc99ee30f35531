"""Where a task wants an indicator to be."""

from django.db import models

from splot.core.bounds import validate_number
from splot.core.dates import validate_period
from splot.indicators.models import Indicator
from splot.people.models import MunicipalityModel

from .tasks import Task


class Target(MunicipalityModel):
    """Where a task wants an indicator to be: from a baseline to a value, by a period."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="targets")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="targets")
    baseline = models.DecimalField(
        max_digits=15, decimal_places=3, null=True, validators=[validate_number]
    )
    baseline_period = models.CharField(max_length=10, blank=True, validators=[validate_period])
    value = models.DecimalField(max_digits=15, decimal_places=3, validators=[validate_number])
    by = models.CharField(max_length=10, validators=[validate_period])

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["task", "indicator", "by"], name="target_once")
        ]

    def __str__(self) -> str:
        return f"{self.indicator}: {self.value.normalize():f} ({self.by})"
