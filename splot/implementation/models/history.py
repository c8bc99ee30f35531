"""What a row of the table said on any day."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from splot.core.models import AppendOnly
from splot.core.versioned_json import VersionedJSONField
from splot.people.models import MunicipalityModel

from .tasks import Task


class TaskState(MunicipalityModel, AppendOnly):
    """A row of the table as it stood from a moment on. Kept with every change, in the same
    transaction.

    `data` is the row with all that hangs on it, as plain values, see `splot.implementation.states`.
    """

    task = models.ForeignKey(Task, models.PROTECT, related_name="states")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    data = VersionedJSONField(reads_unversioned=True)
    is_archived = models.BooleanField(default=False)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["task", "-at", "-id"], name="state_on_a_day")]

    def __str__(self) -> str:
        return f"{self.task.number} · {self.at:%Y-%m-%d}"
