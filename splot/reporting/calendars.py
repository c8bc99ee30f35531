"""iCalendar feeds (RFC 5545): due dates, windows and milestones of tasks, all-day, in the reader's
language.

The same rows give the same bytes: an event's identity is its row, its stamp the moment at which the
row last changed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Max, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vText

from splot.core.dates import shift_day
from splot.core.mail import absolute_url
from splot.core.values import Values
from splot.implementation.models import StatusUpdate, Task
from splot.implementation.statuses import NEEDING_REASON
from splot.people.models import Municipality, Organisation
from splot.policy.models import Policy
from splot.policy.queries import running_policies

from .requests import reportable_tasks

CALENDAR_TYPE = "text/calendar; charset=utf-8"
EARLIEST_STAMP = datetime(2000, 1, 1, tzinfo=UTC)


def tasks_calendar(name: str, tasks: "QuerySet[Task]") -> bytes:
    """A calendar of tasks with the given name, in the active language."""
    calendar = Calendar()
    calendar.add("prodid", f"-//Splot//{get_language()}")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", settings.TIME_ZONE)
    added: Values = {"changed_at": Max("states__at")}
    lists = ("windows", "milestones")
    rows = list(tasks.annotate(**added).order_by("number").prefetch_related(*lists))
    updates_of = StatusUpdate.objects.filter(task__in=rows).by_task()
    for task in rows:
        for event in _task_events(_TaskVersion.of(task, updates_of[task.pk])):
            calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content


@dataclass(frozen=True)
class _TaskVersion:
    """A task as its events tell of it: since when it stands so, in which version.

    An abandoned one is cancelled, so that calendar programs take its events away, also those that
    have read them only once.
    """

    task: Task
    changed_at: datetime
    number: int
    is_cancelled: bool

    @classmethod
    def of(cls, task: Task, updates: list[StatusUpdate]) -> "_TaskVersion":
        """`updates` are the task's own, the latest first."""
        moments = [task.changed_at or EARLIEST_STAMP, *(each.created_at for each in updates[:1])]
        is_cancelled = bool(updates) and updates[0].status in NEEDING_REASON
        # both only ever grow, so that a task which is taken up again comes back
        return cls(task, max(moments), task.version + len(updates), is_cancelled)


def plan_tasks(policy: Policy) -> "QuerySet[Task]":
    return reportable_tasks([policy])


def institution_tasks(organisation: Organisation, municipality: Municipality) -> "QuerySet[Task]":
    """The tasks of public policies in which an institution has a part."""
    return reportable_tasks(running_policies(municipality)).of_institution(organisation)


def _task_events(version: _TaskVersion) -> Iterator[Event]:
    task = version.task
    if task.due:
        yield _build_event(
            version, "due", _("Due: %(what)s") % {"what": task.title}, task.due, task.due
        )
    for window in task.windows.all():
        first, last = window.starts or window.due, window.due or window.starts
        if first and last:
            yield _build_event(version, f"window-{window.pk}", str(task.title), first, last)
    for milestone in task.milestones.all():
        if when := milestone.reached_on or milestone.due:
            summary = _("%(milestone)s (%(what)s)") % {
                "milestone": milestone.name,
                "what": task.title,
            }
            yield _build_event(version, f"milestone-{milestone.pk}", summary, when, when)


def _build_event(version: _TaskVersion, which: str, summary: str, first: date, last: date) -> Event:
    task = version.task
    url = absolute_url("task", task.municipality.slug, task.policy.term, task.number)
    event = Event()
    event.add("uid", f"task-{task.pk}-{which}@{urlsplit(settings.PUBLIC_URL).hostname}")
    event.add("dtstamp", version.changed_at.astimezone(UTC).replace(microsecond=0))
    event.add("sequence", version.number)
    if version.is_cancelled:
        event.add("status", "CANCELLED")
    event.add("summary", vText(" ".join(summary.split()), params={"LANGUAGE": get_language()}))
    event.add("description", "\n".join([*_lead_names(task), url]))
    event.add("url", url)
    event.add("dtstart", first)
    event.add("dtend", shift_day(last, 1))
    event.add("transp", "TRANSPARENT")
    return event


def _lead_names(task: Task) -> list[str]:
    return [str(task.lead)] if task.lead else []
