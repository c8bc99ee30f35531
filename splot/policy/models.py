"""A policy of one municipality for one term, and the frozen text it was adopted as."""

import re

from django.db import models
from django.utils.translation import gettext_lazy as _

from splot.core.languages import TextField
from splot.core.models import Versioned
from splot.documents.tree import Document
from splot.people.models import Belonging, Labelled, Municipality, User


class PolicyQuerySet(models.QuerySet["Policy"]):
    def public(self) -> "PolicyQuerySet":
        return self.filter(status__in=Policy.PUBLIC)


class Policy(Belonging, Versioned, Labelled):
    """One term of one municipality."""

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
    previous = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")

    objects = PolicyQuerySet.as_manager()

    class Meta:
        ordering = ["-starts"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "term"], name="policy_once_a_term"),
            models.CheckConstraint(condition=models.Q(ends__gte=models.F("starts")), name="policy_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.term})"

    @property
    def is_public(self) -> bool:
        return self.status in self.PUBLIC

    @property
    def years(self) -> range:
        return range(self.starts, self.ends + 1)


class PolicyPart(Belonging, Versioned):
    """A passage of a policy as structured data: `number` is what is printed, `eid` leads to it in the text."""

    policy = models.ForeignKey(Policy, models.PROTECT)
    position = models.PositiveIntegerField()
    number = models.CharField(max_length=80, blank=True)
    eid = models.CharField(max_length=200, blank=True)
    text = TextField()

    class Meta:
        abstract = True
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.number} {self.text}".strip()


class Area(Belonging, Versioned):
    """An aspect of life that the policy is about: education, health, work."""

    policy = models.ForeignKey(Policy, models.PROTECT, related_name="areas")
    number = models.PositiveSmallIntegerField()
    name = TextField()
    why = TextField(blank=True)
    eid = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["policy", "number"], name="area_number_once")]

    def __str__(self) -> str:
        return f"{self.number}. {self.name}"


class Aim(PolicyPart):
    """What is to be reached in an area, or, without one, by the policy as a whole."""

    policy = models.ForeignKey(Policy, models.PROTECT, related_name="aims")
    area = models.ForeignKey(Area, models.PROTECT, null=True, related_name="aims")


class Activity(PolicyPart):
    """A commitment of the text. Its number is an identifier and never silently changes."""

    policy = models.ForeignKey(Policy, models.PROTECT, related_name="activities")
    area = models.ForeignKey(Area, models.PROTECT, related_name="activities")
    aim = models.ForeignKey(Aim, models.PROTECT, null=True, related_name="activities")
    slug = models.SlugField(max_length=80)

    class Meta(PolicyPart.Meta):
        constraints = [models.UniqueConstraint(fields=["policy", "slug"], name="activity_address_once")]


class Provision(PolicyPart):
    """A passage around the aims and activities: who carries the policy out, with whom, who watches over it."""

    class Kind(models.TextChoices):
        GENERAL = "general", _("general provision")
        INSTITUTION = "institution", _("institution that carries it out")
        PARTNER = "partner", _("partners")
        MONITORING = "monitoring", _("monitoring and evaluation")
        TEAM = "team", _("duty of the team")
        MAYOR = "mayor", _("duty of the mayor")
        COUNCIL = "council", _("duty towards the council")
        FINAL = "final", _("final provision")

    policy = models.ForeignKey(Policy, models.PROTECT, related_name="provisions")
    kind = models.CharField(max_length=20, choices=Kind)


class PolicyVersion(Belonging):
    """A frozen text of the policy: the tree in its own language, and its translations.

    `texts` is {language: Document.to_json()}; `language` is the one that binds.
    """

    class Stage(models.TextChoices):
        DRAFT = "draft", _("draft")
        ADOPTED = "adopted", _("adopted")
        AMENDED = "amended", _("amended")

    policy = models.ForeignKey(Policy, models.PROTECT, related_name="versions")
    stage = models.CharField(max_length=20, choices=Stage)
    language = models.CharField(max_length=10)
    texts = models.JSONField()
    number = models.CharField(max_length=80, blank=True)
    body = models.CharField(max_length=200, blank=True)
    adopted_on = models.DateField(null=True)
    in_force_from = models.DateField(null=True)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.get_stage_display()} {self.number}".strip()

    def document(self, language: str) -> tuple[Document, str]:
        """The text for a reader of `language`, and the language it really is in."""
        found = language if language in self.texts else self.language
        return Document.from_json(self.texts[found]), found


class Reading(Belonging, Versioned):
    """An act that was read and waits for a person to say what becomes what. Nothing of it is in a policy yet.

    `areas` is a list of names; `links` is {eid: role}, see `splot.policy.proposal`.
    """

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="readings")
    file_name = models.CharField(max_length=200)
    language = models.CharField(max_length=10)
    document = models.JSONField()
    areas = models.JSONField(default=list)
    links = models.JSONField(default=dict)
    reasons = models.JSONField(default=dict)
    policy = models.ForeignKey(Policy, models.PROTECT, null=True, related_name="readings")
    read_at = models.DateTimeField(auto_now_add=True)
    read_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.file_name

    def tree(self) -> Document:
        return Document.from_json(self.document)


def address_of_number(number: str) -> str:
    """A printed number as a part of an address: "§ 4 ust. 1 pkt 2" -> "4-1-2", "2.1.2a" -> "2-1-2a".

    "" for what is no number (a passage that is cited by its words).
    """
    words = re.sub(r"§|\b(ust|pkt|lit|tiret|art|rozdz)\b\.?", " ", number.lower())
    address = re.sub(r"[^\w]+", "-", words).strip("-")
    return address if address.isascii() and any(sign.isdigit() for sign in address) and len(address) <= 80 else ""
