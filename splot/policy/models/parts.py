"""The passages of a policy as people write them: areas, aims, activities, values, provisions around
them.
"""

import re
from typing import TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from splot.core.languages import TextField
from splot.core.models import Versioned
from splot.core.versioned_json import VersionedJSONField
from splot.indicators.models import Indicator
from splot.parsing.provisions import LOOSE_MARK
from splot.people.models import MunicipalityModel, Organisation

from .policies import Policy

MARK = re.compile(rf"{LOOSE_MARK}|\brozdz\b\.?")
Part = TypeVar("Part", bound=models.Model, covariant=True)


class PresentManager(models.Manager[Part]):
    """Without what was dropped, for dropping is archiving: `everything` still has it."""

    def get_queryset(self) -> models.QuerySet[Part]:
        return super().get_queryset().filter(is_dropped=False)


class PolicyPassage(MunicipalityModel, Versioned):
    """Something of a policy that a person wrote or took over; where it came from stays known.

    `origins` is a list of {"catalogue": id, "version": n}, {"term": …, "number": …, "text": …} and
    the like, see `splot.policy.origins`. `original` is the row of the adopted policy that this row
    of an amendment changes.
    """

    policy = models.ForeignKey(Policy, models.PROTECT)
    eid = models.CharField(max_length=200, blank=True)
    origins = VersionedJSONField(default=list, reads_unversioned=True)
    original = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    original_id: int | None
    is_dropped = models.BooleanField(default=False)

    objects = PresentManager()
    everything = models.Manager()

    class Meta:
        abstract = True
        base_manager_name = "everything"

    @property
    def ref(self) -> str:
        """Which passage of the text this is, in every version: "activity-17"."""
        return f"{self._meta.model_name}-{self.original_id or self.pk}"

    @property
    def anchor(self) -> str:
        """Its place on a page."""
        return f"{self._meta.model_name}-{self.pk}"


class Area(PolicyPassage):
    """An aspect of life that the policy is about: education, health, work."""

    policy = models.ForeignKey(Policy, models.PROTECT, related_name="areas")
    number = models.PositiveSmallIntegerField()
    name = TextField()
    why = TextField(blank=True)
    evidence = TextField(blank=True)
    audience = TextField(blank=True)
    aspect = models.SlugField(max_length=60, blank=True)  # of the catalogue
    institutions = models.ManyToManyField(Organisation, related_name="+")
    leader = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")

    class Meta(PolicyPassage.Meta):
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["policy", "number"],
                condition=models.Q(is_dropped=False),
                name="area_number_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.name}"


class PolicyPart(PolicyPassage):
    """A passage of a policy: `number` is what is printed, `eid` leads to it in the newest frozen
    text.
    """

    position = models.PositiveIntegerField()
    number = models.CharField(max_length=80, blank=True)
    text = TextField()

    class Meta(PolicyPassage.Meta):
        abstract = True
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return f"{self.number} {self.text}".strip()


class Value(PolicyPart):
    """A value that the policy rests on, or a principle by which it is carried out: a name and what
    is meant.
    """

    class Kind(models.TextChoices):
        VALUE = "value", _("value")
        PRINCIPLE = "principle", _("principle")

    policy = models.ForeignKey(Policy, models.PROTECT, related_name="values")
    kind = models.CharField(max_length=10, choices=Kind)
    name = TextField()
    text = TextField(blank=True)

    def __str__(self) -> str:
        return str(self.name)


class Aim(PolicyPart):
    """What is to be reached in an area, or, without one, by the policy as a whole."""

    policy = models.ForeignKey(Policy, models.PROTECT, related_name="aims")
    area = models.ForeignKey(Area, models.PROTECT, null=True, related_name="aims")


class Activity(PolicyPart):
    """A commitment of the text. Its number is an identifier and never silently changes.

    For whom and by whom holds for it alone; where it says nothing, its area's word counts.
    """

    class Funding(models.TextChoices):
        UNKNOWN = "", _("not known yet")
        FREE = "free", _("costs nothing")
        OWN = "own", _("from the municipality’s budget")
        OUTSIDE = "outside", _("from outside sources")
        MIXED = "mixed", _("from both")
        SOUGHT = "sought", _("money is still sought")

    policy = models.ForeignKey(Policy, models.PROTECT, related_name="activities")
    area = models.ForeignKey(Area, models.PROTECT, related_name="activities")
    aim = models.ForeignKey(Aim, models.PROTECT, null=True, related_name="activities")
    slug = models.SlugField(max_length=80)
    audience = TextField(blank=True)
    institutions = models.ManyToManyField(Organisation, related_name="+")
    leader = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    indicators = models.ManyToManyField(Indicator, related_name="+")
    funding = models.CharField(max_length=10, choices=Funding, blank=True, default=Funding.UNKNOWN)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")

    class Meta(PolicyPart.Meta):
        constraints = [
            models.UniqueConstraint(fields=["policy", "slug"], name="activity_address_once")
        ]


class Provision(PolicyPart):
    """A passage around the aims and activities: who carries the policy out, with whom, who watches
    over it.
    """

    class Kind(models.TextChoices):
        GENERAL = "general", _("general provision")
        INSTITUTION = "institution", _("institution that carries it out")
        PARTNER = "partner", _("partners")
        MONITORING = "monitoring", _("monitoring and evaluation")
        TEAM = "team", _("duty of the team")
        MAYOR = "mayor", _("duty of the executive")
        COUNCIL = "council", _("duty towards the council")
        FINAL = "final", _("final provision")

    policy = models.ForeignKey(Policy, models.PROTECT, related_name="provisions")
    kind = models.CharField(max_length=20, choices=Kind)


PARTS: tuple[type[PolicyPassage], ...] = (Area, Value, Aim, Activity, Provision)


def address_of_number(number: str) -> str:
    """A printed number as a part of an address: "§ 4 ust. 1 pkt 2" -> "4-1-2", "2.1.2a" ->
    "2-1-2a".

    "" for what is no number (a passage that is cited by its words).
    """
    unmarked = MARK.sub(" ", number.lower())
    address = re.sub(r"[^\w]+", "-", unmarked).strip("-")
    return (
        address
        if address.isascii() and any(sign.isdigit() for sign in address) and len(address) <= 80
        else ""
    )
