"""A spreadsheet on its way into the table, and what its headings meant."""

from django.conf import settings
from django.db import models

from splot.core.models import Versioned
from splot.implementation.models.tasks import ImplementationPlan
from splot.people.models import Municipality, MunicipalityModel


class TableImport(MunicipalityModel, Versioned):
    """The tables of a file, read, of which one waits for a person to say what becomes what; nothing
    is changed yet.

    `table` is {"tables": the tables (`spreadsheets.tables.SheetTable`), "chosen": which of them,
    from 0, None before somebody chose, "notes": sentences on the file}. `columns` are the
    meanings of the columns (`columns.ColumnMeaning`), by place. `choices` is {"rows":
    {row of the file: "take", "leave" or "task"}, "names": {name, in plain form: "group", a kind of
    organisation, "=" and the key of a row, "" for none}}.

    Once applied, `applied` lists what was done, so that the whole reading can be undone: {row,
    task, number, title, was and now, which are keys of states}, and after undoing "undone".
    `prepared` counts the rows that the background has worked out.
    """

    plan = models.ForeignKey(ImplementationPlan, models.PROTECT, related_name="readings")
    file_name = models.CharField(max_length=200)
    table = models.JSONField()
    columns = models.JSONField(default=list)
    choices = models.JSONField(default=dict)
    applied = models.JSONField(default=list)
    prepared = models.PositiveIntegerField(default=0)
    applied_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    is_put_away = models.BooleanField(default=False)  # nobody means to take its rows into the table
    read_at = models.DateTimeField(auto_now_add=True)
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.file_name


class RememberedColumn(MunicipalityModel):
    """What a heading of a municipality's spreadsheets meant the last time; `code` is "" for a
    column kept as text.
    """

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="column_memories")
    heading = models.CharField(max_length=200)  # in small letters, without punctuation
    code = models.CharField(max_length=30, blank=True)
    year = models.PositiveSmallIntegerField(null=True)  # of money
    source = models.CharField(max_length=20, blank=True)  # of money

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "heading"], name="heading_once")
        ]

    def __str__(self) -> str:
        return f"{self.heading}: {self.code}"
