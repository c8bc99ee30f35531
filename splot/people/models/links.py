"""Personal links, and how often somebody tried something."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .municipalities import MunicipalityModel
from .organisations import Organisation
from .users import User


class PersonalLink(MunicipalityModel):
    """A secret address for one purpose and one person or institution. Only the hash of its secret
    is kept.
    """

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
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(user__isnull=False) ^ models.Q(organisation__isnull=False),
                name="link_is_somebodys",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} · {self.user or self.organisation}"

    @property
    def is_open(self) -> bool:
        return self.withdrawn_at is None and (
            self.expires_at is None or self.expires_at > timezone.now()
        )


class Attempts(models.Model):
    """How often somebody tried something within a window; see `throttle`. `key` is a keyed hash,
    `ends_at` the second (since 1970) after which the count is worth nothing.
    """

    key = models.CharField(max_length=64, primary_key=True)
    count = models.PositiveIntegerField()
    ends_at = models.PositiveBigIntegerField(db_index=True)

    def __str__(self) -> str:
        return f"{self.count} until {self.ends_at}"
