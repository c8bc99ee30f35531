"""What accounts are opened and kept with: secret addresses for one purpose, and open sessions."""

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class AccountLink(models.Model):
    """A secret address that opens one thing of an account, once. Only the hash of its secret is
    kept.
    """

    class Purpose(models.TextChoices):
        INVITATION = "invitation", _("setting the first password")
        RECOVERY = "recovery", _("setting a new password")
        EMAIL = "email", _("confirming an e-mail address")

    purpose = models.CharField(max_length=10, choices=Purpose)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="account_links")
    email = models.EmailField()  # where it was sent, or the address that it confirms
    is_mailed = models.BooleanField(default=True)  # False: the coordinator was shown it
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} · {self.user}"

    @property
    def is_open(self) -> bool:
        is_over = self.used_at or self.withdrawn_at
        return not is_over and self.expires_at > timezone.now()


class OpenSessionQuerySet(models.QuerySet["OpenSession"]):
    def alive(self) -> "OpenSessionQuerySet":
        """Those that have neither ended nor run out."""
        running = Session.objects.filter(expire_date__gt=timezone.now())
        return self.filter(session_key__in=running.values("session_key"))


class OpenSession(models.Model):
    """A browser in which somebody has signed in: which one and since when, never from where."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="open_sessions")
    session_key = models.CharField(max_length=40, unique=True)
    browser = models.CharField(max_length=60, blank=True)  # "Firefox · Windows"
    signed_in_at = models.DateTimeField(auto_now_add=True)

    objects = OpenSessionQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.user} · {self.browser}"
