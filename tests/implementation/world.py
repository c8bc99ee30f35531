"""Rows for the addresses of the table: a task with a partner, a sensitive group."""

from splot.implementation.actions.plans import add_group
from splot.implementation.actions.tasks import change_task
from tests import factories
from tests.world import Addresses, Town


def addresses(town: Town) -> Addresses:
    task = town.task = factories.task(town.policy)
    change_task(by=None, task=task, version=task.version, partners=[town.organisation])
    group = add_group(by=None, municipality=town.municipality, name=factories.text("Seniorzy"))
    number = task.number
    return (
        town.here("groups")
        | town.here("edit_group", number=group.pk)
        | town.in_policy("policy", "table", "start_plan", "choose_columns", "timeline", "money")
        | town.in_policy("table_history", "table_health", "add_task")
        | town.in_policy("assign_to_rows", "rows_assigned")
        | town.in_policy("area", number=1)
        | town.in_policy("activity", slug="3-1-1")
        | town.in_policy("table_file", form="pdf")
        | town.in_policy("edit_task", "archive_task", "dismiss_unparsed", number=number)
        | town.in_policy("edit_cell", number=number, code="audience")
    )
