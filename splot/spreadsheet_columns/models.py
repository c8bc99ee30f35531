"""What the columns of a municipality's spreadsheets were, for the next file."""

from django.db import models

from splot.core.versioned_json import VersionedJSONField
from splot.people.models import Municipality, MunicipalityModel


class RememberedColumn(MunicipalityModel):
    """What a heading meant the last time, in spreadsheets of one subject (`ImportSchema.subject`).

    `code` is that of a field, "" for a column that is none; `options` are {code: value} of it.
    """

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="remembered_columns"
    )
    subject = models.CharField(max_length=30)
    heading = models.CharField(max_length=200)  # by `normalise_name`
    code = models.CharField(max_length=30, blank=True)
    options = VersionedJSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "subject", "heading"], name="remembered_heading_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.heading}: {self.code}"
