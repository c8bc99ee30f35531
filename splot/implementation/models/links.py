"""Reporting without an account, words that are not sent yet, and files beside them."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from splot.people.models import Belonging, Organisation, User
from splot.policy.models import Policy

from .tasks import StatusUpdate, Task


class PersonalLink(Belonging):
    """A secret address for one purpose and one person or institution. Only the hash of its secret is kept."""

    class Purpose(models.TextChoices):
        REPORT = "report", _("reporting on tasks")
        CALENDAR = "calendar", _("calendar feed")

    purpose = models.CharField(max_length=10, choices=Purpose)
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="links")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="links")
    email = models.EmailField(blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(user__isnull=False) ^ models.Q(organisation__isnull=False), name="link_is_somebodys"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} · {self.user or self.organisation}"

    @property
    def is_open(self) -> bool:
        return self.withdrawn_at is None and (self.expires_at is None or self.expires_at > timezone.now())


class ProgressDraft(Belonging):
    """Words on a task that somebody has begun and not sent; `values` are those of the form."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="drafts")
    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="+")
    link = models.ForeignKey(PersonalLink, models.CASCADE, null=True, related_name="+")
    period = models.CharField(max_length=10)
    values = models.JSONField()
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["task", "user", "period"], name="draft_once_a_user"),
            models.UniqueConstraint(fields=["task", "link", "period"], name="draft_once_a_link"),
        ]

    def __str__(self) -> str:
        return f"{self.task.number} · {self.period}"


class Attachment(Belonging):
    """A file or a picture that belongs to what was said of a task; pictures are kept without where they were taken."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="attachments")
    said_in = models.ForeignKey(StatusUpdate, models.PROTECT, related_name="attachments")
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    content = models.BinaryField()
    size = models.PositiveIntegerField()
    added_at = models.DateTimeField(auto_now_add=True)

    policy: Policy  # of the task, where a page has found it

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name
