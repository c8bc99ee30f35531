"""Rows and row behaviour that every room shares: the audit trail, revisions, versions, rows that
never change.
"""

from typing import Any, TypeVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from .actors import ActorKind
from .versioned_json import VersionedJSONField

Row = TypeVar("Row", bound=models.Model, covariant=True)


class Unchangeable(Exception):
    """Somebody tried to alter or delete a row that only ever gets added."""


class AppendOnlyQuerySet(models.QuerySet[Row]):
    def update(self, **values: object) -> int:
        raise Unchangeable(
            f"{self.model.__name__} rows are never changed; a correction is a new row."
        )

    def delete(self) -> tuple[int, dict[str, int]]:
        raise Unchangeable(f"{self.model.__name__} rows are never deleted.")


class AppendOnly(models.Model):
    """A row that is written once. A correction is a new row that names the old one."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise Unchangeable(
                f"{type(self).__name__} rows are never changed; a correction is a new row."
            )
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise Unchangeable(f"{type(self).__name__} rows are never deleted.")


class Versioned(models.Model):
    """A row that people edit: `version` grows with each change, so that a late writer is
    noticed.
    """

    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True


class Revision(models.Model):
    """How often the data of a scope have changed; pages made under an older number are stale.

    `scope` is a municipality's slug, or "" for what concerns the whole installation.
    """

    scope = models.CharField(max_length=100, unique=True)
    number = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.scope or '(all)'}: {self.number}"


class Message(models.Model):
    """A mail on its way out. `key` says what it is about, so that nothing is ever said twice."""

    class Status(models.TextChoices):
        WAITING = "waiting"
        SENT = "sent"
        FAILED = "failed"

    scope = models.CharField(max_length=100)
    key = models.CharField(max_length=200, unique=True)
    to = models.EmailField()
    language = models.CharField(max_length=10)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField()
    status = models.CharField(max_length=10, choices=Status, default=Status.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.subject


class UnsavedEntry(models.Model):
    """What somebody sent in a form and Splot could not save: kept for its writer alone, until they
    send it again, discard it, or it expires.

    `writer` is the key of a person, or of the owner of a personal link. `words` are what its writer
    reads again: [label or "", text]. `data` is the whole form, encoded as it was sent; `address` is
    the page that it stood on, "" where the address is a secret. `reasons` are [message, values] of
    sentences that say why.
    """

    scope = models.CharField(max_length=100)
    writer = models.CharField(max_length=60)
    form_key = models.CharField(max_length=64)
    address = models.CharField(max_length=500, blank=True)
    reasons = VersionedJSONField(default=list)
    words = VersionedJSONField(default=list)
    data = models.TextField()
    kept_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-kept_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["scope", "writer", "form_key"], name="unsaved_once_a_form"
            )
        ]

    def __str__(self) -> str:
        return f"{self._meta.model_name} {self.pk}"


class AuditEntry(AppendOnly):
    """Who did what to which row, when, and what it changed from and to."""

    at = models.DateTimeField(default=timezone.now)
    scope = models.CharField(max_length=100)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    actor = models.CharField(max_length=10, choices=ActorKind)
    link_label = models.CharField(max_length=250, blank=True)  # of the holder of a link: which one
    on_behalf_of = models.CharField(max_length=250, blank=True)  # an organisation or a body
    verb = models.CharField(max_length=60)
    model = models.CharField(max_length=60)
    object_id = models.PositiveBigIntegerField()
    label = models.CharField(max_length=250)
    changes = models.JSONField(default=dict)
    is_confidential = models.BooleanField(default=False)  # says that it happened, not what
    idempotency_key = models.UUIDField(null=True, unique=True)

    class Meta:
        indexes = [
            models.Index(fields=["scope", "-id"], name="audit_by_scope"),
            models.Index(fields=["model", "object_id"], name="audit_by_row"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.label}"

    @property
    def who(self) -> str:
        """A person or a link, with whom they acted for; "" for the system and for nobody named."""
        return " · ".join(filter(None, (str(self.by or ""), self.link_label, self.on_behalf_of)))
