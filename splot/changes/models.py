"""What has happened, as the rows say it."""

from django.db import models

from splot.core.derived_tables import DerivedEntry
from splot.core.languages import TextField


class FeedEntry(DerivedEntry):
    """Something that happened to a subject, as a row says it (see `offers`).

    Who may see it, its title and its address are those of the subject's search entry.
    """

    kind = models.CharField(max_length=30)
    at = models.DateTimeField()
    subject_model = models.CharField(max_length=60)
    subject_id = models.PositiveBigIntegerField()
    who = TextField(blank=True)
    detail = TextField(blank=True)
    look = models.CharField(max_length=30, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["model", "object_id"], name="feed_entry_once")
        ]
        indexes = [models.Index(fields=["scope", "-at", "-id"], name="feed_newest_first")]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d}"
