"""The desk of a person in charge: their tasks, what is past its due date first."""

from datetime import date

from django.db.models import Value

from splot.core.values import Values
from splot.implementation.models import Task
from splot.implementation.queries import table_year
from splot.implementation.statuses import FINISHED, NOT_REPORTED
from splot.people.models import Municipality, User
from splot.people.offers import ScreenSection
from splot.people.queries import share_parents
from splot.policy.models import Policy
from splot.policy.queries import running_policies

from .queries import policies_with_drafts
from .requests import reportable_tasks

SHOWN_FIELDS = ("policy", "number", "title", "timing", "starts", "due")


def waiting_for(user: User, municipality: Municipality, today: date) -> list[ScreenSection]:
    """One query for each running policy, and one for drafts."""
    unsent = list(policies_with_drafts(user, municipality))
    tasks, policies = [], []
    for policy in running_policies(municipality):
        if own := _tasks_led_in(policy, user, today):
            policies.append(policy)
            tasks += own
    if not tasks and not unsent:
        return []
    content = {"policies": policies, "groups": _group_by_urgency(tasks), "unsent": unsent}
    return [ScreenSection(20, "reporting/_desk.html", content)]


def _tasks_led_in(policy: Policy, user: User, today: date) -> list[Task]:
    """The person's tasks in a policy, each with the year that it is asked about."""
    year = table_year(policy, None, today)
    tasks = reportable_tasks([policy], user=user).running_in(year)
    tasks = tasks.with_status(year).with_overdue(today)
    added: Values = {"year": Value(year)}
    tasks = tasks.annotate(**added).select_related(None).only(*SHOWN_FIELDS)
    return [share_parents(task, policy) for task in tasks]


def _group_by_urgency(tasks: list[Task]) -> list[tuple[str, list[Task]]]:
    """Overdue first, then silence, then the rest, then what is finished."""
    groups: dict[str, list[Task]] = {"overdue": [], "unreported": [], "running": [], "finished": []}
    for task in tasks:
        if task.is_overdue:
            groups["overdue"].append(task)
        elif task.status == NOT_REPORTED:
            groups["unreported"].append(task)
        elif task.status in FINISHED:
            groups["finished"].append(task)
        else:
            groups["running"].append(task)
    return [(name, rows) for name, rows in groups.items() if rows]
