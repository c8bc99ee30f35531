"""The table's rows follow the order of the policy's text."""

from splot.policy.models import Policy

from .models import Task


def follow_text_order(policy: Policy) -> None:
    """Put the tasks in the order of the passages, inside the action that moved these."""
    Task.objects.filter(policy=policy).put_in_order()
