"""Reviews of a policy and the corrections that the monitoring team proposes."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from splot.core.languages import TextField
from splot.core.models import AppendOnly, Versioned
from splot.core.versioned_json import VersionedJSONField
from splot.implementation.models import Task
from splot.people.models import MunicipalityModel, Publishable
from splot.policy.models import Activity, Policy


class Review(MunicipalityModel, Versioned, Publishable):
    """A look at a policy's year. Published, its facts are frozen in `facts` and never change
    again.
    """

    class Kind(models.TextChoices):
        ANNUAL = "annual", _("annual report")

    policy = models.ForeignKey(Policy, models.PROTECT, related_name="reviews")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.ANNUAL)
    year = models.PositiveSmallIntegerField()
    assessment = TextField(blank=True)
    facts = VersionedJSONField(null=True, reads_unversioned=True)

    class Meta:
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(fields=["policy", "kind", "year"], name="review_once_a_year")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.year}"

    @property
    def is_public(self) -> bool:
        return self.published_at is not None


class ReviewFile(MunicipalityModel, AppendOnly):
    """A published review as a file, kept byte by byte as it was made."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="files")
    language = models.CharField(max_length=10)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "language"], name="review_file_once")
        ]

    def __str__(self) -> str:
        return f"{self.review} ({self.language})"


class CorrectiveProposal(MunicipalityModel, Versioned):
    """What the team proposes to change, and what came of it. Nothing comes of it silently."""

    class Disposition(models.TextChoices):
        AWAITING = "awaiting", _("awaiting a decision")
        ACCEPTED = "accepted", _("accepted")
        CHANGED = "changed", _("accepted with changes")
        REJECTED = "rejected", _("rejected")

    review = models.ForeignKey(Review, models.PROTECT, related_name="proposals")
    number = models.PositiveSmallIntegerField()
    text = TextField()
    activity = models.ForeignKey(Activity, models.PROTECT, null=True, related_name="+")
    task = models.ForeignKey(Task, models.PROTECT, null=True, related_name="+")
    disposition = models.CharField(max_length=10, choices=Disposition, default=Disposition.AWAITING)
    reason = TextField(blank=True)
    is_withdrawn = models.BooleanField(default=False)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["review", "number"], name="proposal_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.text}"
