"""Reports whose task, link or writer changes while they are written."""

from datetime import date

from splot.implementation.actions.tasks import archive_task, change_task
from splot.implementation.models import Task
from splot.people.models import Organisation, PersonalLink, User
from splot.policy.models import Policy
from splot.reporting.actions.links import make_link
from tests import factories
from tests.browser import fields_of

POLICY = "/en/poznan/policy/2023-2024"
MANY = f"{POLICY}/report/"
UNSAVED = "/en/poznan/unsaved/"
SAID = "kursy w dwóch szkołach"


def linked(owner: User | Organisation) -> tuple[PersonalLink, str]:
    town = owner.municipality if isinstance(owner, Organisation) else None
    town = town or owner.memberships.get().municipality
    link, token = make_link(by=None, municipality=town, owner=owner)
    return link, f"/en/poznan/r/{token}/"


def written(page: object, task: Task, **values: str) -> dict[str, str]:
    """The page's cards, with words in that of a task."""
    values = {"status": "on_time", "narrative": SAID, **values}
    fields = {f"task-{task.pk}-{name}": value for name, value in values.items()}
    return fields_of(page, "cards", **fields)


def archive(task: Task) -> None:
    archive_task(by=None, task=task, version=task.version, archived=True)


def give_to_another(task: Task) -> None:
    other = factories.user(task.municipality, "leader")
    change_task(by=None, task=task, version=task.version, leader=other)


def close(task: Task) -> None:
    Policy.objects.filter(pk=task.policy_id).update(status=Policy.Status.CLOSED)


def move_the_date(task: Task) -> None:
    """Nothing is asked any more: the task begins in a year that is still to come."""
    values = {"timing": Task.Timing.DATES, "starts": date(2090, 1, 1), "due": date(2090, 12, 31)}
    change_task(by=None, task=task, version=task.version, **values)
