"""What the actions on an import share: how it is saved, and how it is refused."""

from django.db.models import F

from splot.core.actions import Conflict, Refused
from splot.core.values import Values
from splot.people.queries import tie

from ..models import TableImport


class TableImportRefused(Refused):
    """The reading cannot be applied or undone as it is; the message says why."""


def update_import(reading: TableImport, version: int, values: Values) -> None:
    """Set fields, if the reading still has the version that the writer saw. The trail does not keep
    whole tables.
    """
    rows = TableImport.objects.filter(pk=reading.pk, version=version)
    if not rows.update(version=F("version") + 1, **values):
        current = TableImport.objects.select_related("plan").get(pk=reading.pk)
        raise Conflict(tie(current, reading.plan.policy))
    reading.version = version + 1
    for name, value in values.items():
        setattr(reading, name, value)
