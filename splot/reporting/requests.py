"""Report requests: which tasks await a report, for which period, and why. Reads alone.

A task awaits a report when a period has ended without one, when its due date is near or has
passed and nobody has reported since, or when an indicator it wants to move has no value. Every
question carries its reason in words.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from splot.core.dates import Period, format_day
from splot.core.languages import Text
from splot.implementation.models import (
    ImplementationPlan,
    StatusUpdate,
    Target,
    Task,
)
from splot.implementation.statuses import FINISHED, ends_task
from splot.indicators.models import Indicator, Observation
from splot.people.models import Municipality, Organisation, User
from splot.policy.models import Policy
from splot.policy.queries import running_policies

DUE_SOON_SPAN = timedelta(days=14)
# a word said so shortly before a period ends is a word about the whole of it
EARLY_REPORT_SPAN = timedelta(days=31)
PERIOD_SUFFIXES = {
    "year": ("",),
    "half_year": ("-H1", "-H2"),
    "quarter": ("-Q1", "-Q2", "-Q3", "-Q4"),
}
REPORT, OVERDUE, DUE_SOON, VALUE = "report", "overdue", "due_soon", "value"


@dataclass(frozen=True)
class ReportRequest:
    """One question about a task: of which kind, for which period (its code), until or since which
    day.
    """

    task: Task
    kind: str
    period: str
    day: date
    late: bool
    indicator: Text | None = None

    @property
    def reason(self) -> str:
        """The sentence that says why, in the reader's language."""
        words = {
            (REPORT, False): _("The report for %(period)s is awaited until %(date)s."),
            (REPORT, True): _("The report for %(period)s was awaited until %(date)s."),
            (OVERDUE, True): _("It was due on %(date)s. Nobody has said since how it went."),
            (DUE_SOON, False): _("It is due on %(date)s."),
            (VALUE, False): _("The value of “%(indicator)s” for %(period)s is missing."),
            (VALUE, True): _("The value of “%(indicator)s” for %(period)s is missing."),
        }[self.kind, self.late]
        return words % {
            "period": Period.parse(self.period),
            "date": format_day(self.day),
            "indicator": self.indicator,
        }


RequestsByTask = dict[int, list[ReportRequest]]


def reporting_periods(plan: ImplementationPlan) -> list[Period]:
    """The reporting periods of a table, in order of time."""
    years = range(plan.starts, plan.ends + 1)
    return [
        Period.parse(f"{year}{part}") for year in years for part in PERIOD_SUFFIXES[plan.reporting]
    ]


def reporting_period_on(plan: ImplementationPlan, today: date) -> str:
    """The period that a report of today is about: the one that runs, else the last one that
    ended.
    """
    begun = [period for period in reporting_periods(plan) if period.start <= today]
    return (begun or reporting_periods(plan))[-1 if begun else 0].code


def reportable_tasks(
    policies: Iterable[Policy],
    *,
    user: User | None = None,
    organisation: Organisation | None = None,
) -> "QuerySet[Task]":
    """Tasks of these policies that can be asked about: all, those that a person is in charge of, or
    an institution.
    """
    tasks = Task.objects.filter(policy__in=list(policies)).current()
    if user is not None:
        tasks = tasks.filter(leader=user)
    if organisation is not None:
        tasks = tasks.filter(lead=organisation)
    related = ("plan", "policy", "municipality", "lead", "leader")
    return tasks.select_related(*related).order_by("policy__starts", "number")


def requests_by_task(
    tasks: Iterable[Task], today: date, before: datetime | None = None
) -> RequestsByTask:
    """{task's key: what is asked about it}, for the tasks that anything is asked about.

    With `before` words that were said at that moment or later do not count: what was asked then.
    """
    tasks = list(tasks)
    words: dict[int, list[StatusUpdate]] = defaultdict(list)
    said = StatusUpdate.objects.filter(task__in=tasks).order_by("period_end", "pk")
    if before is not None:
        said = said.filter(created_at__lt=before)
    for word in said.only("task_id", "status", "period_end", "said_on"):
        words[word.task_id].append(word)
    values = _missing_values(tasks, today)
    found = {
        task.pk: requests_of_task(task, words[task.pk], today)
        + _value_requests(task, values[task.pk])
        for task in tasks
    }
    return {key: asks for key, asks in found.items() if asks}


def requests_of_task(task: Task, words: list[StatusUpdate], today: date) -> list[ReportRequest]:
    """What a task's words, the last one about the latest period, leave open today."""
    last = words[-1] if words else None
    recurs = task.timing not in (Task.Timing.DATES, Task.Timing.AFTER)
    if last is not None and ends_task(last.status, recurs=recurs):
        return []
    found = []
    if period := _unreported_period(task, words, today):
        until = period.end + timedelta(days=task.plan.days_to_report)
        found.append(ReportRequest(task, REPORT, period.code, until, until < today))
    return found + _due_date_requests(
        task, words, found[0].period if found else reporting_period_on(task.plan, today), today
    )


def _due_date_requests(
    task: Task, words: list[StatusUpdate], period: str, today: date
) -> list[ReportRequest]:
    """A due date that is near or past, unless somebody has spoken since."""
    if task.due is None or Period.parse(period).start > today or task.due - today > DUE_SOON_SPAN:
        return []
    is_past = task.due < today
    since = task.due + timedelta(days=1) if is_past else task.due - DUE_SOON_SPAN
    if any(word.said_on >= since for word in words):
        return []
    return [ReportRequest(task, OVERDUE if is_past else DUE_SOON, period, task.due, is_past)]


def _unreported_period(task: Task, words: list[StatusUpdate], today: date) -> Period | None:
    """The last period that has ended and in which the task ran, if nobody has spoken of it."""
    unfinished = bool(words) and words[-1].status not in FINISHED
    ended = [
        period
        for period in reporting_periods(task.plan)
        if period.end < today
        and period.year in task.policy.years
        and (task.starts is None or task.starts <= period.end)
        and (task.due is None or task.due >= period.start or unfinished)
    ]
    if not ended or any(_covers_period(word, ended[-1]) for word in words):
        return None
    return ended[-1]


def _covers_period(word: StatusUpdate, period: Period) -> bool:
    """Does an update tell how the whole period went? One from its middle does not."""
    if word.period_end < period.end:
        return False
    return word.said_on > period.end - EARLY_REPORT_SPAN or word.status in FINISHED


def _missing_values(tasks: list[Task], today: date) -> dict[int, list[tuple[Indicator, Period]]]:
    """{task's key: (indicator, period)} of targets without a value for the last period of the
    indicator's rhythm.
    """
    targets = list(Target.objects.filter(task__in=tasks).select_related("indicator"))
    indicators = {target.indicator_id for target in targets}
    there = set(
        Observation.objects.filter(indicator__in=indicators).values_list("indicator_id", "period")
    )
    by_key = {task.pk: task for task in tasks}
    found: dict[int, list[tuple[Indicator, Period]]] = defaultdict(list)
    for target in targets:
        task, indicator = by_key[target.task_id], target.indicator
        years = range(task.plan.starts, task.plan.ends + 1)
        periods = [
            Period.parse(f"{year}{part}")
            for year in years
            for part in PERIOD_SUFFIXES[indicator.frequency]
        ]
        ended = [period for period in periods if period.end < today and _runs_in(task, period)]
        if (
            ended
            and (indicator.pk, ended[-1].code) not in there
            and (indicator, ended[-1]) not in found[task.pk]
        ):
            found[task.pk].append((indicator, ended[-1]))
    return found


def _runs_in(task: Task, period: Period) -> bool:
    return (task.starts is None or task.starts <= period.end) and (
        task.due is None or task.due >= period.start
    )


def _value_requests(task: Task, missing: list[tuple[Indicator, Period]]) -> list[ReportRequest]:
    until = timedelta(days=task.plan.days_to_report)
    return [
        ReportRequest(task, VALUE, period.code, period.end + until, False, indicator.name)
        for indicator, period in missing
    ]


def needs_report(asks: list[ReportRequest]) -> bool:
    """Is the person asked to say something, and not for a value alone?"""
    return any(ask.kind != VALUE for ask in asks)


def awaited_reports_of_user(
    user: User, policy: Policy, today: date
) -> list[tuple[Task, list[ReportRequest]]]:
    """The tasks that a person is in charge of and that await a report, the latest first, each with
    what is asked.
    """
    return awaited_reports(reportable_tasks([policy], user=user), today)


def awaited_reports(
    tasks: Iterable[Task], today: date, before: datetime | None = None
) -> list[tuple[Task, list[ReportRequest]]]:
    """Those of the tasks that await a report, what is late first, then by date and number."""
    tasks = list(tasks)
    found = requests_by_task(tasks, today, before)
    awaited = [(task, found[task.pk]) for task in tasks if needs_report(found.get(task.pk, []))]
    return sorted(awaited, key=lambda pair: _urgency_key(pair[1]))


def _urgency_key(asks: list[ReportRequest]) -> tuple[bool, date, int]:
    return (
        not any(ask.late for ask in asks),
        min(ask.day for ask in asks if ask.kind != VALUE),
        asks[0].task.number,
    )


def awaited_reports_of_owner(
    municipality: Municipality,
    today: date,
    *,
    user: User | None,
    organisation: Organisation | None,
    before: datetime | None = None,
) -> list[tuple[Task, list[ReportRequest]]]:
    """The same over all running policies, for a person or for an institution; with `before` as it
    stood then.
    """
    tasks = reportable_tasks(running_policies(municipality), user=user, organisation=organisation)
    return awaited_reports(tasks, today, before)


def reportable_periods(task: Task) -> list[str]:
    """Those of the term that have begun; a term that lies ahead offers its first year."""
    parts = ["", "-H1", "-H2"]
    if task.plan.reporting == ImplementationPlan.Reporting.QUARTER:
        parts += ["-Q1", "-Q2", "-Q3", "-Q4"]
    codes = [f"{year}{part}" for year in task.policy.years for part in parts]
    today = timezone.localdate()
    return [code for code in codes if Period.parse(code).start <= today] or codes[:1]
