"""A policy of one municipality for one term, and how it is found."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from splot.core.languages import TextField
from splot.core.models import Versioned
from splot.core.versioned_json import VersionedJSONField
from splot.people.models import Municipality, MunicipalityModel, Publishable


class PolicyQuerySet(models.QuerySet["Policy"]):
    def public(self) -> "PolicyQuerySet":
        return self.terms().filter(status__in=Policy.PUBLIC)

    def terms(self) -> "PolicyQuerySet":
        """Without amendments, which are drafts for a policy that is there."""
        return self.filter(amends=None)


class Policy(MunicipalityModel, Versioned, Publishable):
    """One term of one municipality; or, with `amends`, an amendment that is being written.

    A policy is written as rows (see `parts`) and read as a text that is composed of them. Once
    adopted its passages change by an amendment alone: a copy of the rows that flows back when the
    council has adopted it.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        CONSULTATION = "consultation", _("in consultation")
        ADOPTED = "adopted", _("adopted")
        IN_FORCE = "in_force", _("in force")
        CLOSED = "closed", _("closed")

    PUBLIC = (Status.ADOPTED, Status.IN_FORCE, Status.CLOSED)

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="policies")
    term = models.SlugField(max_length=20)
    starts = models.PositiveSmallIntegerField()
    ends = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=20, choices=Status, default=Status.DRAFT)
    language = models.CharField(max_length=10, default="pl")
    title = TextField()
    vision = TextField(blank=True)
    basis = TextField(blank=True)
    body = models.CharField(max_length=200, blank=True)
    justification = TextField(blank=True)
    # of an amendment: when the amending resolution enters into force
    entry_into_force = TextField(blank=True)
    previous = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    amends = models.ForeignKey("self", models.PROTECT, null=True, related_name="amendments")
    catalogue_version = models.PositiveSmallIntegerField(null=True)
    # {aspect of the catalogue: why the policy is silent on it}
    left_out = VersionedJSONField(default=dict, reads_unversioned=True)

    objects = PolicyQuerySet.as_manager()

    class Meta:
        ordering = ["-starts"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "term"], name="policy_once_a_term"),
            models.CheckConstraint(
                condition=models.Q(ends__gte=models.F("starts")), name="policy_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.term})"

    @property
    def is_public(self) -> bool:
        return self.status in self.PUBLIC and not self.amends_id

    @property
    def is_open(self) -> bool:
        """May its passages be written? An adopted text is corrected by an amendment alone."""
        return self.status in (self.Status.DRAFT, self.Status.CONSULTATION)

    @property
    def years(self) -> range:
        return range(self.starts, self.ends + 1)
