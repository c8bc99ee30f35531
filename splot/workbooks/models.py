"""A workbook for each institution: issued, uploaded again in bulk, returned and merged."""

from django.conf import settings
from django.db import models

from splot.core.models import Versioned
from splot.core.versioned_json import VersionedJSONField
from splot.implementation.models import ImplementationPlan
from splot.people.models import MunicipalityModel, Organisation
from splot.policy.models import Policy


class IssuedWorkbook(MunicipalityModel):
    """A workbook made for one institution. `rows` is what stood in it: {task's number: {column:
    words}}.

    `key` travels inside the workbook; without it nothing that comes back is believed.
    """

    plan = models.ForeignKey(ImplementationPlan, models.PROTECT, related_name="workbooks")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="workbooks")
    key = models.CharField(max_length=43, unique=True)
    period = models.CharField(max_length=10)
    rows = VersionedJSONField(reads_unversioned=True)
    sent_at = models.DateTimeField(auto_now_add=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.organisation} · {self.period}"


class ReturnedWorkbook(MunicipalityModel, Versioned):
    """A workbook that came back, compared with what was sent and what is now.

    `cells` lists every cell that somebody filled: {task, column, sent, now, theirs, state}, where
    state is "taken", "same", "left", "conflict", "refused", and for a settled conflict "kept" or
    "overruled".
    """

    workbook = models.ForeignKey(IssuedWorkbook, models.PROTECT, related_name="returns")
    file_name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    cells = VersionedJSONField(default=list, reads_unversioned=True)
    conflicts = models.PositiveIntegerField(default=0)  # cells that are still to be decided
    notes = VersionedJSONField(default=list, reads_unversioned=True)
    received_at = models.DateTimeField(auto_now_add=True)
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["workbook", "digest"], name="returned_once")]

    def __str__(self) -> str:
        return self.file_name


class WorkbookUpload(MunicipalityModel):
    """Workbooks that somebody uploaded together; the background worker merges them one by one."""

    policy = models.ForeignKey(Policy, models.PROTECT, related_name="workbook_uploads")
    uploaded_at = models.DateTimeField(auto_now_add=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.policy.term} · {self.uploaded_at:%Y-%m-%d}"


class UploadedFile(MunicipalityModel):
    """A file of an upload, and what became of it: `returned`, or `refusal`, which says why nothing
    was taken.

    `content` is kept until then. `counts` is {state of cells: how many} as they then were.
    `came_before`: this very file was taken back earlier.
    """

    upload = models.ForeignKey(WorkbookUpload, models.PROTECT, related_name="files")
    name = models.CharField(max_length=200)
    content = models.BinaryField()
    returned = models.ForeignKey(ReturnedWorkbook, models.PROTECT, null=True, related_name="+")
    refusal = models.TextField(blank=True)
    counts = VersionedJSONField(default=dict, reads_unversioned=True)
    came_before = models.BooleanField(default=False)
    done_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name
