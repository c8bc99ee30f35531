"""Reports that are not sent yet, and the files beside a status update."""

from uuid import uuid4

from django.db import models

from splot.core.versioned_json import VersionedJSONField
from splot.implementation.models import StatusUpdate, Task
from splot.people.models import MunicipalityModel, PersonalLink, User
from splot.policy.models import Policy


class ReportDraft(MunicipalityModel):
    """A report on a task that somebody has begun and not sent; `values` are those of the form.

    `form_key` is the key of the form that wrote it last: another form, opened before or after in
    another window, replaces it only if it began with it.
    """

    task = models.ForeignKey(Task, models.PROTECT, related_name="drafts")
    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="+")
    link = models.ForeignKey(PersonalLink, models.CASCADE, null=True, related_name="+")
    period = models.CharField(max_length=10)
    values = VersionedJSONField(reads_unversioned=True)
    form_key = models.UUIDField(default=uuid4)
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["task", "user", "period"], name="draft_once_a_user"),
            models.UniqueConstraint(fields=["task", "link", "period"], name="draft_once_a_link"),
        ]

    def __str__(self) -> str:
        return f"{self.task.number} · {self.period}"


class Attachment(MunicipalityModel):
    """A file or a picture that belongs to a status update; pictures are kept without where
    they were taken.
    """

    task = models.ForeignKey(Task, models.PROTECT, related_name="attachments")
    said_in = models.ForeignKey(StatusUpdate, models.PROTECT, related_name="attachments")
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    content = models.BinaryField()
    size = models.PositiveIntegerField()
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def policy(self) -> Policy:
        """Of the task, so that rules ask it as they ask the task."""
        return self.task.policy
