"""Frozen texts of a policy, imports of acts, and the steps of writing."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from splot.core.models import Versioned
from splot.core.versioned_json import VersionedJSONField
from splot.documents.tree import Document
from splot.people.models import Municipality, MunicipalityModel, User

from .policies import Policy


class PolicyVersion(MunicipalityModel):
    """A frozen text of the policy: the tree in its own language, and its translations.

    `texts` is {language: Document.to_json()}; `language` is the one that binds. `ordinal` counts
    the versions of a policy from 1 and stands in addresses. `mended` lists the references that
    freezing brought up to date or found dead, as {"place", "kind", "before", "after"}.
    `amending_act` is the resolution that led to an amended text, in the shape of `texts`.
    """

    class Stage(models.TextChoices):
        DRAFT = "draft", _("draft")
        CONSULTATION = "consultation", _("for consultation")
        ADOPTED = "adopted", _("adopted")
        AMENDED = "amended", _("amended")

    PUBLIC = (Stage.CONSULTATION, Stage.ADOPTED, Stage.AMENDED)

    policy = models.ForeignKey(Policy, models.PROTECT, related_name="versions")
    stage = models.CharField(max_length=20, choices=Stage)
    language = models.CharField(max_length=10)
    texts = VersionedJSONField(reads_unversioned=True)
    ordinal = models.PositiveSmallIntegerField(default=1)
    was_read = models.BooleanField(default=False)  # from an act, not composed of rows
    note = models.CharField(max_length=300, blank=True)
    mended = VersionedJSONField(default=list, reads_unversioned=True)
    amending_act = VersionedJSONField(default=dict)
    number = models.CharField(max_length=80, blank=True)
    body = models.CharField(max_length=200, blank=True)
    adopted_on = models.DateField(null=True)
    in_force_from = models.DateField(null=True)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["policy", "ordinal"], name="policy_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.get_stage_display()} {self.number}".strip()

    @property
    def is_public(self) -> bool:
        return self.stage in self.PUBLIC

    def document(self, language: str) -> tuple[Document, str]:
        """The text for a reader of `language`, and the language it really is in."""
        really_in = language if language in self.texts else self.language
        return Document.from_json(self.texts[really_in]), really_in

    def amending_document(self, language: str) -> tuple[Document, str]:
        """The amending resolution for a reader of `language`, and the language it really is in.
        Raises KeyError where there is none.
        """
        really_in = language if language in self.amending_act else self.language
        return Document.from_json(self.amending_act[really_in]), really_in

    @property
    def is_adopted(self) -> bool:
        return self.stage in (self.Stage.ADOPTED, self.Stage.AMENDED)

    @property
    def is_consolidated(self) -> bool:
        """Is it the text of an act with later changes in it?"""
        return self.stage == self.Stage.AMENDED


class ActImport(MunicipalityModel, Versioned):
    """A parsed act that waits for a person to say what becomes what. Nothing of it is in a
    policy yet.

    `areas` is a list of names; `links` is {eid: role}, see `splot.policy.act_mapping`; `doubts` are
    sentences about what was not certain.
    """

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="act_imports")
    file_name = models.CharField(max_length=200)
    language = models.CharField(max_length=10)
    document = VersionedJSONField(reads_unversioned=True)
    areas = VersionedJSONField(default=list, reads_unversioned=True)
    links = VersionedJSONField(default=dict, reads_unversioned=True)
    reasons = VersionedJSONField(default=dict, reads_unversioned=True)
    doubts = VersionedJSONField(default=list)
    policy = models.ForeignKey(Policy, models.PROTECT, null=True, related_name="act_imports")
    read_at = models.DateTimeField(auto_now_add=True)
    read_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.file_name

    def tree(self) -> Document:
        return Document.from_json(self.document)


class Step(MunicipalityModel):
    """One step of writing, which can be undone as long as nobody has written there since.

    `rows` is {"activity-17": {"before": {field: value} or None for a new row, "version": the row's
    after the step}}. `undoes` is the step that this one undid. What one person writes in one
    passage in one go is one step: it grows while they write. Who wrote what when stands in the
    audit trail.
    """

    policy = models.ForeignKey(Policy, models.PROTECT, related_name="steps")
    verb = models.CharField(max_length=60)
    label = models.CharField(max_length=200, blank=True)
    rows = VersionedJSONField(reads_unversioned=True)
    undoes = models.OneToOneField("self", models.PROTECT, null=True, related_name="undone_by")
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.verb} {self.label}".strip()
