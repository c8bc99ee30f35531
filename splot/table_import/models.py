"""Imports of spreadsheets into the table."""

from django.conf import settings
from django.db import models

from splot.core.models import Versioned
from splot.core.versioned_json import VersionedJSONField
from splot.implementation.models import ImplementationPlan
from splot.people.models import MunicipalityModel


class TableImport(MunicipalityModel, Versioned):
    """The parsed tables of a file; one waits for a person to say what becomes what, and nothing
    is changed yet.

    `chosen` is the place of that table, None before somebody chose. `row_count` and `column_count`
    are its rows of data, as a person sorted them, and its columns. `columns` are what the columns
    mean (`ColumnMeaning`), by place. `choices` is {"rows": {row of the file: "take"
    or "leave"}, "tasks": rows that seemed to be no tasks and are, "names": {name, in plain form:
    "group", a kind of organisation, "=" and the key of a row, "" for none}}.

    Once applied, `applied` lists what was done, so that the whole import can be undone: {row,
    task, number, title, was and now, which are keys of states}, and after undoing "undone".
    `prepared` counts the rows that the worker has worked out.
    """

    plan = models.ForeignKey(ImplementationPlan, models.PROTECT, related_name="imports")
    file_name = models.CharField(max_length=200)
    notes = VersionedJSONField(default=list)  # sentences on the file
    chosen = models.PositiveSmallIntegerField(null=True)
    row_count = models.PositiveIntegerField(default=0)
    column_count = models.PositiveSmallIntegerField(default=0)
    columns = VersionedJSONField(default=list)
    choices = VersionedJSONField(default=dict)
    applied = VersionedJSONField(default=list)
    prepared = models.PositiveIntegerField(default=0)
    applied_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    is_archived = models.BooleanField(default=False)  # nobody means to take its rows into the table
    read_at = models.DateTimeField(auto_now_add=True)
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.file_name


class StoredTable(MunicipalityModel):
    """A table of a file as it was found. What a page says of it stands beside the `content`, which
    is read only where its cells are needed.

    `row_count` are its rows of data, `line_count` all of them. `other_rows` are the numbers of
    those that are no tasks and could be.
    """

    table_import = models.ForeignKey(TableImport, models.CASCADE, related_name="tables")
    place = models.PositiveSmallIntegerField()  # among the tables of the file, from 0
    sheet = models.TextField()
    title = models.CharField(max_length=200, blank=True)
    headings = VersionedJSONField()
    row_count = models.PositiveIntegerField()
    line_count = models.PositiveIntegerField()
    other_rows = VersionedJSONField()
    # of a `SheetTable`, or the places of the tables that it joins; each says its version itself
    content = models.JSONField()

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["table_import", "place"], name="table_place_once")
        ]

    def __str__(self) -> str:
        return self.sheet


class StoredPlan(MunicipalityModel):
    """What an import would do, as it was worked out for a `revision` of the municipality's data, in
    the words of a language. It is right while the revision is the same.

    `names` is {name on no list, plain: what it becomes}. `shown` is for the page of the rows,
    `written` for taking them over (`plan_json`); each is read only where it is needed.
    """

    table_import = models.ForeignKey(TableImport, models.CASCADE, related_name="stored_plans")
    language = models.CharField(max_length=10)
    revision = models.PositiveBigIntegerField()
    names = VersionedJSONField()
    shown = VersionedJSONField()
    written = VersionedJSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["table_import", "language"], name="plan_language_once")
        ]

    def __str__(self) -> str:
        return f"{self.table_import_id}, {self.language}"
