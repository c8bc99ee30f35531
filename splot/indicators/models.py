"""Indicators and their observations. A value that is unknown, secret or zero is three different
things.
"""

from decimal import Decimal

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from splot.core.bounds import is_unusual_share, validate_number, validate_series
from splot.core.dates import Period, validate_period
from splot.core.languages import TextField
from splot.core.models import Versioned
from splot.core.numbers import Qualifier, format_number, format_qualified
from splot.people.models import Municipality, MunicipalityModel

# how people write that a number is a share
SHARE_UNITS = {"%", "proc.", "procent", "procenty", "percent", "per cent", "відсоток", "відсотки"}


class Indicator(MunicipalityModel, Versioned):
    """What is counted, in which unit, how often, from which source, and which way is better."""

    class Direction(models.TextChoices):
        HIGHER = "higher", _("higher is better")
        LOWER = "lower", _("lower is better")
        TARGET = "target", _("a target value")
        NONE = "none", _("no direction")

    class Kind(models.TextChoices):
        CONTEXT = "context", _("context")
        OUTPUT = "output", _("output")
        RESULT = "result", _("result")
        IMPACT = "impact", _("impact")

    class Frequency(models.TextChoices):
        YEAR = "year", _("every year")
        HALF_YEAR = "half_year", _("every half-year")
        QUARTER = "quarter", _("every quarter")

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="indicators")
    name = TextField()
    unit = TextField()
    counted = TextField(blank=True)
    source = TextField(blank=True)
    direction = models.CharField(max_length=10, choices=Direction, default=Direction.HIGHER)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.OUTPUT)
    frequency = models.CharField(max_length=10, choices=Frequency, default=Frequency.YEAR)
    entry = models.SlugField(max_length=60, blank=True)  # of the catalogue that it was taken from
    # of a policy that is still a draft; not shown in public yet
    is_planned = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "entry"],
                condition=~models.Q(entry=""),
                name="indicator_entry_once",
            )
        ]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def is_share(self) -> bool:
        """Is it counted in per cent, in any language?"""
        return any(unit.strip().lower() in SHARE_UNITS for unit in self.unit.texts.values())

    def question_about(self, value: Decimal | None) -> str:
        """What to ask about a value that is unusual for its unit; "" where nothing is."""
        if value is None or not self.is_share or not is_unusual_share(value):
            return ""
        return gettext("A share usually lies between 0 and 100. Is %(value)s meant?") % {
            "value": format_number(value)
        }

    @property
    def latest(self) -> "Observation | None":
        """The observation of the latest period, in the newest series."""
        observations = self.observations.all()
        return max(
            observations,
            key=lambda observation: (observation.series, observation.when),
            default=None,
        )


class Observation(MunicipalityModel, Versioned):
    """An indicator's value in a period. A changed definition starts a new `series`: charts show the
    break.
    """

    class Status(models.TextChoices):
        FINAL = "final", _("final")
        PRELIMINARY = "preliminary", _("preliminary")
        SECRET = "secret", _("secret")
        MISSING = "missing", _("missing")

    WITHOUT_VALUE = (Status.SECRET, Status.MISSING)

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="observations")
    period = models.CharField(max_length=10, validators=[validate_period])
    value = models.DecimalField(
        max_digits=15, decimal_places=3, null=True, blank=True, validators=[validate_number]
    )
    qualifier = models.CharField(max_length=10, choices=Qualifier, default=Qualifier.EXACT)
    status = models.CharField(max_length=12, choices=Status, default=Status.FINAL)
    series = models.PositiveSmallIntegerField(default=1, validators=[validate_series])
    note = TextField(blank=True)

    class Meta:
        ordering = ["series", "period"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "series", "period"], name="observation_once_a_period"
            ),
            models.CheckConstraint(
                condition=models.Q(value__isnull=True, status__in=["secret", "missing"])
                | models.Q(value__isnull=False, status__in=["final", "preliminary"]),
                name="observation_value_or_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.period}"

    @property
    def when(self) -> Period:
        return Period.parse(self.period)

    @property
    def in_words(self) -> str:
        """The value with its qualifier, or the reason why there is none."""
        if self.value is None:
            return self.get_status_display()
        return format_qualified(self.value.normalize(), self.qualifier)
