"""What the actions on an import share: how it is saved, and how it is refused."""

from django.conf import settings
from django.db.models import F
from django.utils.translation import get_language

from splot.core.actions import Conflict, Refused
from splot.core.values import Values
from splot.people.queries import share_parents

from ..models import StoredPlan, TableImport
from ..plan_json import serialise_shown, serialise_written
from ..queries import PreparedImport, revision_of_import


class TableImportRefused(Refused):
    """The import cannot be applied or undone as it is; the message says why."""


def update_import(table_import: TableImport, version: int, values: Values) -> None:
    """Set fields, if the import still has the version that the writer saw. The trail does not keep
    whole tables.
    """
    rows = TableImport.objects.filter(pk=table_import.pk, version=version)
    if not rows.update(version=F("version") + 1, **values):
        current = TableImport.objects.select_related("plan").get(pk=table_import.pk)
        raise Conflict(share_parents(current, table_import.plan.policy))
    table_import.version = version + 1
    for name, value in values.items():
        setattr(table_import, name, value)


def keep_plan(
    table_import: TableImport, prepared: PreparedImport | None = None, *, is_changed: bool = False
) -> None:
    """Keep a plan that was prepared before the action, or the kept one, for the revision that the
    action makes; where `is_changed` and nothing was prepared there is none.

    An action raises the revision by one. Where somebody else raises it meanwhile, the plan is not
    taken for right.
    """
    revision = revision_of_import(table_import)
    plans = StoredPlan.objects.filter(table_import=table_import)
    if is_changed:
        plans.delete()
    plans.filter(revision=revision).update(revision=revision + 1)
    if prepared is not None and prepared.revision == revision:
        unmatched_names = prepared.plan.unmatched_names
        names = {name: unmatched.becomes for name, unmatched in unmatched_names.items()}
        StoredPlan.objects.update_or_create(
            table_import=table_import,
            language=get_language() or settings.LANGUAGE_CODE,
            defaults={
                "municipality": table_import.municipality,
                "revision": revision + 1,
                "names": names,
                "shown": serialise_shown(prepared.plan),
                "written": serialise_written(prepared.plan),
            },
        )
