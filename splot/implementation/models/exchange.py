"""Spreadsheets on their way in and out: what was read and waits, what was sent to institutions and came back."""

from django.conf import settings
from django.db import models

from splot.core.models import Versioned
from splot.people.models import Belonging, Municipality, Organisation

from .tasks import ImplementationPlan


class TableReading(Belonging, Versioned):
    """A table that was read from a file and waits for a person to say what becomes what; nothing is changed yet.

    `table` is the table as read (`splot.documents.sheets`), `columns` is {column of the file: code of ours, "" to keep
    it as text}, `choices` is {row of the file: "take" or "leave"}. Once applied, `applied` lists what was done, so
    that the whole reading can be undone.
    """

    plan = models.ForeignKey(ImplementationPlan, models.PROTECT, related_name="readings")
    file_name = models.CharField(max_length=200)
    table = models.JSONField()
    columns = models.JSONField(default=dict)
    choices = models.JSONField(default=dict)
    applied = models.JSONField(default=list)
    applied_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
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
    "same", "conflict", "refused", and for a settled conflict "kept" or "overruled".
    """

    sheet = models.ForeignKey(SentSheet, models.PROTECT, related_name="returns")
    file_name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    cells = models.JSONField(default=list)
    notes = models.JSONField(default=list)
    received_at = models.DateTimeField(auto_now_add=True)
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["sheet", "digest"], name="returned_once")]

    def __str__(self) -> str:
        return self.file_name
