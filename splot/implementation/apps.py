"""What the room does when something happens below it: passages move."""

from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from splot.policy.models import Policy


class Implementation(AppConfig):
    name = "splot.implementation"

    def ready(self) -> None:
        from splot.policy.signals import rearranged

        rearranged.connect(reorder_tasks)


def reorder_tasks(policy: "Policy", **_: object) -> None:
    """The table follows the order of the text."""
    from .models import Task

    Task.objects.filter(policy=policy).put_in_order()
