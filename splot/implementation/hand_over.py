"""The tasks that a person is in charge of, when they leave."""

from splot.people.models import Municipality, User
from splot.policy.models import Policy

from .actions.tasks import change_task
from .models import Task
from .models.tasks import TaskQuerySet


def responsibilities_of(user: User, municipality: Municipality) -> list[str]:
    tasks = _tasks_led_by(user, municipality).order_by("policy", "number")
    return [f"{task.number}. {task.title}" for task in tasks]


def hand_over_tasks(
    *, by: User, municipality: Municipality, user: User, successor: User | None
) -> None:
    """Let somebody else lead the tasks; those of closed policies stay as they were."""
    for task in _tasks_led_by(user, municipality):
        change_task(by=by, task=task, version=task.version, leader=successor)


def _tasks_led_by(user: User, municipality: Municipality) -> TaskQuerySet:
    tasks = Task.objects.filter(municipality=municipality, leader=user)
    return tasks.exclude(policy__status=Policy.Status.CLOSED).select_related("policy", "plan")
