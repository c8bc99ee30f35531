"""The money of a task. Planned, committed and paid are three figures; unknown is not zero."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from splot.core.bounds import validate_amount, validate_year
from splot.core.languages import TextField
from splot.people.models import MunicipalityModel

from .tasks import Task


class BudgetLine(MunicipalityModel):
    """Money of one task, year, source and kind, in one currency. A figure that nobody gave is NULL,
    never 0.
    """

    class Source(models.TextChoices):
        OWN = "own", _("municipality’s budget")
        STATE = "state", _("state budget")
        EU = "eu", _("European Union")
        OTHER = "other", _("other outside source")
        SOUGHT = "sought", _("not found yet")
        UNSTATED = "unstated", _("source not stated")

    class Kind(models.TextChoices):
        UNKNOWN = "", _("not divided")
        STAFF = "staff", _("staff")
        SERVICES = "services", _("services")
        MATERIALS = "materials", _("materials")
        GRANT = "grant", _("grant")

    task = models.ForeignKey(Task, models.CASCADE, related_name="budget")
    year = models.PositiveSmallIntegerField(
        null=True, validators=[validate_year]
    )  # NULL: nobody said for which
    source = models.CharField(max_length=10, choices=Source)
    kind = models.CharField(max_length=10, choices=Kind, blank=True, default=Kind.UNKNOWN)
    currency = models.CharField(
        max_length=3, default="PLN", validators=[RegexValidator(r"^[A-Z]{3}$")]
    )
    planned = models.DecimalField(
        max_digits=15, decimal_places=2, null=True, validators=[validate_amount]
    )
    committed = models.DecimalField(
        max_digits=15, decimal_places=2, null=True, validators=[validate_amount]
    )
    paid = models.DecimalField(
        max_digits=15, decimal_places=2, null=True, validators=[validate_amount]
    )
    as_at = models.DateField(null=True)
    shared_with = models.CharField(max_length=200, blank=True)  # other municipalities
    note = TextField(blank=True)

    class Meta:
        ordering = ["year", "source", "kind", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(planned__isnull=False)
                | models.Q(committed__isnull=False)
                | models.Q(paid__isnull=False),
                name="budget_line_has_a_figure",
            )
        ]

    def __str__(self) -> str:
        figures = [self.planned, self.committed, self.paid]
        amounts = " / ".join("–" if figure is None else f"{figure:.2f}" for figure in figures)
        return f"{self.year or '…'} · {self.get_source_display()}: {amounts} {self.currency}"
