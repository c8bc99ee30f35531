"""Spreadsheets on their way in and out: what was read and waits, what was sent to institutions and came back."""

from django.conf import settings
from django.db import models

from splot.core.models import Versioned
from splot.people.models import Belonging, Municipality, Organisation
from splot.policy.models import Policy

from .tasks import ImplementationPlan


class TableReading(Belonging, Versioned):
    """The tables of a file, read, of which one waits for a person to say what becomes what; nothing is changed yet.

    `table` is {"tables": the tables (`recognising.tables.FileTable`), "chosen": which of them, from 0, None before
    somebody chose, "notes": sentences on the file}. `columns` is {place of a column, from "0": its meaning
    (`recognising.columns.Meaning`), "" to keep it as text}. `choices` is {"rows": {row of the file: "take", "leave" or
    "task"}, "names": {name, in plain form: "group", a kind of organisation, "=" and the key of a row, "" for none}}.

    Once applied, `applied` lists what was done, so that the whole reading can be undone: {row, task, number, title,
    was and now, which are keys of states}, and after undoing "undone". `prepared` counts the rows that the background
    has worked out.
    """

    plan = models.ForeignKey(ImplementationPlan, models.PROTECT, related_name="readings")
    file_name = models.CharField(max_length=200)
    table = models.JSONField()
    columns = models.JSONField(default=dict)
    choices = models.JSONField(default=dict)
    applied = models.JSONField(default=list)
    prepared = models.PositiveIntegerField(default=0)
    applied_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    is_put_away = models.BooleanField(default=False)  # nobody means to take its rows into the table
    read_at = models.DateTimeField(auto_now_add=True)
    read_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.file_name


class ColumnMemory(Belonging):
    """What a heading of a municipality's spreadsheets meant the last time; `code` is "" for a column kept as text."""

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="column_memories")
    heading = models.CharField(max_length=200)  # in small letters, without punctuation
    code = models.CharField(max_length=30, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["municipality", "heading"], name="heading_once")]

    def __str__(self) -> str:
        return f"{self.heading}: {self.code}"


class SentSheet(Belonging):
    """A workbook made for one institution. `rows` is what stood in it: {task's number: {column: words}}.

    `key` travels inside the workbook; without it nothing that comes back is believed.
    """

    plan = models.ForeignKey(ImplementationPlan, models.PROTECT, related_name="sheets")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="sheets")
    key = models.CharField(max_length=43, unique=True)
    period = models.CharField(max_length=10)
    rows = models.JSONField()
    sent_at = models.DateTimeField(auto_now_add=True)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.organisation} · {self.period}"


class ReturnedSheet(Belonging, Versioned):
    """A workbook that came back, compared with what was sent and what is now.

    `cells` lists every cell that somebody filled: {task, column, sent, now, theirs, state}, where state is "taken",
    "same", "left", "conflict", "refused", and for a settled conflict "kept" or "overruled".
    """

    sheet = models.ForeignKey(SentSheet, models.PROTECT, related_name="returns")
    file_name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    cells = models.JSONField(default=list)
    notes = models.JSONField(default=list)
    received_at = models.DateTimeField(auto_now_add=True)
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    conflicts: int  # how many are open, where a query has counted them

    class Meta:
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["sheet", "digest"], name="returned_once")]

    def __str__(self) -> str:
        return self.file_name


class SheetUpload(Belonging):
    """Workbooks that somebody gave in together; the background takes them back one by one."""

    policy = models.ForeignKey(Policy, models.PROTECT, related_name="sheet_uploads")
    uploaded_at = models.DateTimeField(auto_now_add=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.policy.term} · {self.uploaded_at:%Y-%m-%d}"


class UploadedSheet(Belonging):
    """A file of an upload, and what became of it: `returned`, or `refusal`, which says why nothing was taken.

    `content` is kept until then. `counts` is {state of cells: how many} as they then were. `came_before`: this very
    file was taken back earlier.
    """

    upload = models.ForeignKey(SheetUpload, models.PROTECT, related_name="files")
    name = models.CharField(max_length=200)
    content = models.BinaryField()
    returned = models.ForeignKey(ReturnedSheet, models.PROTECT, null=True, related_name="+")
    refusal = models.TextField(blank=True)
    counts = models.JSONField(default=dict)
    came_before = models.BooleanField(default=False)
    done_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name
