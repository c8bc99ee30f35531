"""What the room does when something happens below it: passages move, a database comes from an
earlier release.
"""

from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.db.models.signals import post_migrate

if TYPE_CHECKING:
    from splot.policy.models import Policy


class Implementation(AppConfig):
    name = "splot.implementation"

    def ready(self) -> None:
        from splot.policy.signals import rearranged

        rearranged.connect(reorder_tasks)
        post_migrate.connect(save_missing_states, sender=self)


def reorder_tasks(policy: "Policy", **_: object) -> None:
    """The table follows the order of the text."""
    from .models import Task

    Task.objects.filter(policy=policy).put_in_order()


def save_missing_states(using: str, **_: object) -> None:
    """Rows that an earlier release wrote get their first state, once the tables are those of
    today.
    """
    from .actions.history import save_first_states
    from .models import ImplementationPlan, TaskState

    connection = connections[using]
    if TaskState._meta.db_table not in connection.introspection.table_names():
        return
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return  # on the way to an earlier state
    for plan in ImplementationPlan.objects.filter(
        tasks__isnull=False, tasks__states=None
    ).distinct():
        save_first_states(plan=plan)
