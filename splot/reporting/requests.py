"""Report requests: which tasks await a report, for which period, and why. Reads alone.

A task awaits a report when a period has ended without one, when its due date is near or has
passed and nobody has reported since, or when an indicator it wants to move has no value. Every
question carries its reason in words.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from splot.core.dates import Period, format_day, shift_day
from splot.core.languages import Text
from splot.core.unsaved.reasons import Reason
from splot.implementation.models import StatusUpdate, Target, Task, TaskQuerySet
from splot.implementation.periods import (
    periods_of,
    reportable_periods,
    reporting_period_on,
    reporting_periods,
)
from splot.implementation.statuses import FINISHED
from splot.indicators.models import Indicator, Observation
from splot.people.models import Organisation, User
from splot.policy.models import Policy

DUE_SOON_SPAN = timedelta(days=14)
# an update of the last days before a period ends is one about the whole of it
EARLY_REPORT_SPAN = timedelta(days=31)
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
        sentence = {
            (REPORT, False): _("The report for %(period)s is awaited until %(date)s."),
            (REPORT, True): _("The report for %(period)s was awaited until %(date)s."),
            (OVERDUE, True): _("It was due on %(date)s. Nobody has said since how it went."),
            (DUE_SOON, False): _("It is due on %(date)s."),
            (VALUE, False): _("The value of “%(indicator)s” for %(period)s is missing."),
            (VALUE, True): _("The value of “%(indicator)s” for %(period)s is missing."),
        }[self.kind, self.late]
        return sentence % {
            "period": Period.parse(self.period),
            "date": format_day(self.day),
            "indicator": self.indicator,
        }


RequestsByTask = dict[int, list[ReportRequest]]


def reportable_tasks(
    policies: Iterable[Policy],
    *,
    user: User | None = None,
    organisation: Organisation | None = None,
) -> TaskQuerySet:
    """Tasks of these policies that can be asked about: all, those that a person is in charge of, or
    those that an institution leads.
    """
    tasks = Task.objects.filter(policy__in=list(policies)).current()
    if user is not None:
        tasks = tasks.filter(leader=user)
    if organisation is not None:
        tasks = tasks.filter(lead=organisation)
    related = ("plan", "policy", "municipality", "lead", "leader")
    return tasks.select_related(*related).order_by("policy__starts", "number")


def unreportable_reason(task: Task | None) -> Reason:
    """Why a task that was somebody's to report on is not any more."""
    if task is None:
        return Reason(gettext_noop("The task is not in the table any more."))
    message = gettext_noop("Task %(number)s is not yours any more: it was given to somebody else.")
    if task.is_archived:
        message = gettext_noop("Task %(number)s was taken off the table meanwhile.")
    elif task.policy.status == Policy.Status.CLOSED:
        message = gettext_noop("The policy that task %(number)s belongs to was closed meanwhile.")
    return Reason(message, {"number": task.number})


def requests_by_task(
    tasks: Iterable[Task], today: date, before: datetime | None = None
) -> RequestsByTask:
    """{task's key: what is asked about it}, for the tasks that anything is asked about.

    With `before` updates that were made at that moment or later do not count: what was asked then.
    """
    tasks = list(tasks)
    updates = StatusUpdate.objects.filter(task__in=tasks)
    if before is not None:
        updates = updates.filter(created_at__lt=before)
    updates_of = updates.only("task_id", "status", "period_end", "said_on").by_task()
    missing_values = _missing_values(tasks, today)
    requests_of: RequestsByTask = {}
    for task in tasks:
        requests = requests_of_task(task, updates_of[task.pk], today)
        requests += _value_requests(task, missing_values[task.pk])
        if requests:
            requests_of[task.pk] = requests
    return requests_of


def requests_of_task(task: Task, updates: list[StatusUpdate], today: date) -> list[ReportRequest]:
    """What a task's updates, the latest first, leave open today."""
    if task.is_finished_after(updates[0] if updates else None):
        return []
    requests = []
    code = reporting_period_on(task.plan, today)
    if period := _unreported_period(task, updates, today):
        code, until = period.code, period.end + timedelta(days=task.plan.days_to_report)
        requests.append(ReportRequest(task, REPORT, code, until, until < today))
    return requests + _due_date_requests(task, updates, code, today)


def _due_date_requests(
    task: Task, updates: list[StatusUpdate], period: str, today: date
) -> list[ReportRequest]:
    """A due date that is near or past, unless somebody has reported since."""
    if task.due is None or Period.parse(period).start > today or task.due - today > DUE_SOON_SPAN:
        return []
    is_past = task.due < today
    since = shift_day(task.due, 1 if is_past else -DUE_SOON_SPAN.days)
    if any(update.said_on >= since for update in updates):
        return []
    return [ReportRequest(task, OVERDUE if is_past else DUE_SOON, period, task.due, is_past)]


def _unreported_period(task: Task, updates: list[StatusUpdate], today: date) -> Period | None:
    """The last period that has ended and in which the task ran, if nobody has reported on it."""
    is_unfinished = bool(updates) and updates[0].status not in FINISHED
    last = None
    for period in reporting_periods(task.plan):
        is_over = period.end < today and period.year in task.policy.years
        is_carried = is_unfinished and task.due is not None and task.due < period.start
        ran = task.runs_in(period) and task.has_begun_by(period.end, updates)
        if is_over and (is_carried or ran):
            last = period
    if last is None or any(_covers_period(update, last) for update in updates):
        return None
    return last


def _covers_period(update: StatusUpdate, period: Period) -> bool:
    """Does an update tell how the whole period went? One from its middle does not."""
    if update.period_end < period.end:
        return False
    return update.said_on > period.end - EARLY_REPORT_SPAN or update.status in FINISHED


def _missing_values(tasks: list[Task], today: date) -> dict[int, list[tuple[Indicator, Period]]]:
    """{task's key: (indicator, period)} of targets without a value for the last period in which the
    indicator was to be measured.
    """
    targets = list(Target.objects.filter(task__in=tasks).select_related("indicator"))
    indicators = {target.indicator_id for target in targets}
    observations = Observation.objects.filter(indicator__in=indicators)
    observed = set(observations.values_list("indicator_id", "period"))
    task_by_key = {task.pk: task for task in tasks}
    missing: dict[int, list[tuple[Indicator, Period]]] = defaultdict(list)
    for target in targets:
        indicator = target.indicator
        period = _last_period_to_measure(task_by_key[target.task_id], indicator, today)
        if period is None or (indicator.pk, period.code) in observed:
            continue
        if (indicator, period) not in missing[target.task_id]:
            missing[target.task_id].append((indicator, period))
    return missing


def _last_period_to_measure(task: Task, indicator: Indicator, today: date) -> Period | None:
    """The last period, of those at which an indicator is measured, that a task ran in and that is
    over.
    """
    years = range(task.plan.starts, task.plan.ends + 1)
    last = None
    for period in periods_of(years, indicator.frequency):
        ran = task.runs_in(period) and task.has_begun_by(period.end)
        if period.end < today and ran:
            last = period
    return last


def _value_requests(task: Task, missing: list[tuple[Indicator, Period]]) -> list[ReportRequest]:
    until = timedelta(days=task.plan.days_to_report)
    return [
        ReportRequest(task, VALUE, period.code, period.end + until, False, indicator.name)
        for indicator, period in missing
    ]


def needs_report(requests: list[ReportRequest]) -> bool:
    """Is the person asked to report, and not for a value alone?"""
    return any(request.kind != VALUE for request in requests)


def period_to_report(requests: list[ReportRequest]) -> str | None:
    """The code of the period that a report is asked for; None where none is."""
    for request in requests:
        if request.kind != VALUE:
            return request.period
    return None


def awaited_reports(
    tasks: Iterable[Task], today: date, before: datetime | None = None
) -> list[tuple[Task, list[ReportRequest]]]:
    """Those of the tasks that await a report, each with what is asked: what is late first, then by
    date and number. With `before` as it stood then.
    """
    tasks = list(tasks)
    requests_of = requests_by_task(tasks, today, before)
    awaited = []
    for task in tasks:
        requests = requests_of.get(task.pk, [])
        if needs_report(requests):
            awaited.append((task, requests))
    return sorted(awaited, key=lambda pair: _urgency_key(pair[1]))


def _urgency_key(requests: list[ReportRequest]) -> tuple[bool, date, int]:
    is_late = any(request.late for request in requests)
    day = min(request.day for request in requests if request.kind != VALUE)
    return not is_late, day, requests[0].task.number


def period_choices(task: Task) -> list[str]:
    """The codes of the periods that a form takes; a term that lies ahead has its first year."""
    periods = reportable_periods(task.policy, [task.plan], timezone.localdate())
    return [period.code for period in periods] or [str(task.policy.starts)]


def periods_to_offer(task: Task, more: Collection[str] = ()) -> list[str]:
    """Those of `period_choices` in which the task ran, and `more`: all that a person would choose
    from.

    A task past its date can still be told of in the period that runs.
    """
    running = reporting_period_on(task.plan, timezone.localdate())
    wanted = {running, *more}
    codes = period_choices(task)
    return [code for code in codes if code in wanted or task.runs_in(Period.parse(code))] or codes
