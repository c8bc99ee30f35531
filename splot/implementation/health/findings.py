"""The health of the table: what a row lacks, what is past, what leads nowhere. Each finding leads
to its mend.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from splot.core.languages import Text
from splot.indicators.models import Observation
from splot.people.models import Membership, User
from splot.policy.health.findings import FindingKind
from splot.policy.models import Activity, Area, Policy

from ..columns import COLUMNS, column_label
from ..models import BudgetLine, Target, Task, TaskResource, Window
from .kinds import FINDING_KINDS

MAX_SHARE_OF_ONE = 0.4  # of all tasks with somebody in charge; fewer than MANY are nobody's burden
MIN_TASKS_FOR_SHARE = 8


@dataclass(frozen=True, slots=True)
class TableFinding:
    """One thing to look at. `page` with its `arguments`, and `at` on it, is where it is mended.

    `institution` is the key of the municipal institution that answers for it, None where there is
    none.
    """

    kind: FindingKind
    about: object
    institution: int | None
    page: str
    arguments: tuple[object, ...]
    detail: str = ""
    at: str = ""

    @property
    def sentence(self) -> str:
        return f"{self.about}: {self.detail}" if self.detail else str(self.about)

    @property
    def url(self) -> str:
        return reverse(self.page, args=self.arguments) + self.at


def table_findings(policy: Policy, today: date) -> list[TableFinding]:
    """Everything worth a look in the table, the heaviest first; a number of queries that does not
    grow.
    """
    tasks = _flagged_tasks(policy, today)
    targets = Target.objects.filter(task__policy=policy, task__is_archived=False)
    findings: list[TableFinding] = []
    for task in tasks:
        findings += _row_findings(policy, task, today)
    findings += _leader_findings(policy, tasks)
    findings += _target_findings(
        policy, tasks, targets.select_related("indicator").order_by("task__number", "pk")
    )
    findings += _cycle_findings(policy, tasks)
    findings += _repealed_findings(policy, tasks)
    codes = list(FINDING_KINDS)
    return sorted(findings, key=lambda finding: codes.index(finding.kind.code))


def _flagged_tasks(policy: Policy, today: date) -> list[Task]:
    """The rows with marks of what they have; what they have is not read, for a table can be
    long.
    """
    here = OuterRef("pk")
    lines = BudgetLine.objects.filter(task=here)
    marks = {
        "has_windows": Exists(Window.objects.filter(task=here)),
        "has_groups": Exists(Task.groups.through.objects.filter(task=here)),
        "has_resources": Exists(TaskResource.objects.filter(task=here)),
        "has_targets": Exists(Target.objects.filter(task=here)),
        "has_activity": Exists(Activity.objects.filter(tasks=here)),
        "has_own_area": Exists(Area.objects.filter(pk=OuterRef("area"))),
        "has_money": Exists(lines),
        "has_sought_money": Exists(lines.filter(source=BudgetLine.Source.SOUGHT)),
        "has_old_money": Exists(lines.filter(year__lt=today.year, paid=None)),
    }
    rows = Task.objects.filter(policy=policy).current().with_overdue(today).annotate(**marks)
    unused = []
    for column in COLUMNS:
        if column.is_text and not column.gap and column.code != "title":
            unused.append(column.code)
    return list(rows.select_related("leader").defer(*unused).order_by("number"))


@dataclass(frozen=True)
class InstitutionFindings:
    """A municipal institution, None for rows without one, with the number of its findings."""

    key: int | None
    name: Text | None
    number: int

    @property
    def asked(self) -> str:
        """How an address names it."""
        return str(self.key or "none")


def count_by_institution(policy: Policy, findings: list[TableFinding]) -> list[InstitutionFindings]:
    """How many findings each municipal institution has, the most first."""
    counts = Counter(finding.institution for finding in findings)
    rows = policy.municipality.organisations.filter(pk__in=[key for key in counts if key])
    names = {row.pk: row.name for row in rows}
    institutions = []
    for key, number in counts.most_common():
        institutions.append(InstitutionFindings(key, names.get(key or 0), number))
    return institutions


def _task_finding(
    policy: Policy, task: Task, code: str, detail: str = "", page: str = "edit_task", at: str = ""
) -> TableFinding:
    address = (policy.municipality.slug, policy.term, task.number)
    return TableFinding(FINDING_KINDS[code], task, task.lead_id, page, address, detail, at)


def _row_findings(policy: Policy, task: Task, today: date) -> Iterator[TableFinding]:
    lacks = {
        "leader": task.leader_id is None,
        "lead": task.lead_id is None,
        "when": task.timing == Task.Timing.DATES and not task.due and not task.has_windows,
        "groups": not task.has_groups,
        "resources": not task.has_resources and not task.has_money,
        "targets": not task.has_targets,
        "activities": not task.has_activity and not task.has_own_area,
    }
    for column in COLUMNS:
        if column.gap and (
            not getattr(task, column.code) if column.is_text else lacks[column.code]
        ):
            yield _task_finding(policy, task, column.gap)
    if task.is_overdue:
        yield _task_finding(policy, task, "past", page="report_progress")
    days = [day for day in (task.starts, task.due) if day and day.year not in policy.years]
    if days:
        yield _task_finding(policy, task, "outside", ", ".join(str(day.year) for day in days))
    if task.has_sought_money:
        yield _task_finding(policy, task, "sought", at="#money")
    if task.has_old_money:
        yield _task_finding(policy, task, "old_money", at="#money")
    for code, text in sorted(task.unread.items()):
        yield _task_finding(
            policy, task, "unread", f"{column_label(code) or code}: {text}", page="task"
        )


def _leader_findings(policy: Policy, tasks: list[Task]) -> Iterator[TableFinding]:
    led: dict[User, list[Task]] = defaultdict(list)
    total = 0
    for task in tasks:
        if task.leader:
            led[task.leader].append(task)
            total += 1
    members = Membership.objects.filter(municipality=policy.municipality)
    present = set(members.values_list("user", flat=True))
    for leader, own in led.items():
        if leader.pk not in present or not leader.is_active:
            yield from (_task_finding(policy, task, "gone", str(leader)) for task in own)
    for leader, own in led.items():
        if total >= MIN_TASKS_FOR_SHARE and len(own) > total * MAX_SHARE_OF_ONE:
            counts = {"person": leader, "number": len(own), "total": total}
            sentence = _("%(person)s: %(number)s of %(total)s tasks") % counts
            address = (policy.municipality.slug, policy.term)
            yield TableFinding(
                FINDING_KINDS["one_for_all"], sentence, None, "table", address, at="?by=leader"
            )


def _target_findings(
    policy: Policy, tasks: list[Task], targets: Iterable[Target]
) -> Iterator[TableFinding]:
    """Targets that nobody knows where they start from, and indicators that wait for a value."""
    task_by_key = {task.pk: task for task in tasks}
    # a row may have come meanwhile
    targets = [target for target in targets if target.task_id in task_by_key]
    without_baseline: dict[int, list[str]] = defaultdict(list)
    for target in targets:
        if target.baseline is None:
            without_baseline[target.task_id].append(str(target.indicator.name))
    for key, names in without_baseline.items():
        yield _task_finding(policy, task_by_key[key], "no_baseline", ", ".join(names))
    indicators = {target.indicator_id for target in targets}
    values = Observation.objects.filter(indicator__in=indicators, value__isnull=False)
    measured = set(values.values_list("indicator", flat=True))
    for target in targets:
        if target.indicator_id not in measured:
            task = task_by_key[target.task_id]
            address = (policy.municipality.slug, target.indicator_id)
            about = f"{target.indicator.name} ({task})"
            yield TableFinding(
                FINDING_KINDS["no_values"], about, task.lead_id, "add_observation", address
            )


def _cycle_findings(policy: Policy, tasks: list[Task]) -> Iterator[TableFinding]:
    """Tasks that wait for themselves, directly or through others."""
    pairs = Task.depends_on.through.objects.filter(from_task__policy=policy).values_list(
        "from_task", "to_task"
    )
    after: dict[int, set[int]] = defaultdict(set)
    for key, other in pairs:
        after[key].add(other)
    for task in tasks:
        seen: set[int] = set()
        waiting = list(after.get(task.pk, ()))
        while waiting:
            key = waiting.pop()
            if key not in seen:
                seen.add(key)
                waiting += after.get(key, ())
        if task.pk in seen:
            yield _task_finding(policy, task, "circle")


def _repealed_findings(policy: Policy, tasks: list[Task]) -> Iterator[TableFinding]:
    """Rows whose activity was put away by an amendment; the table does not show such activities."""
    gone = Activity.everything.filter(policy=policy, is_dropped=True).in_bulk()
    links = Task.activities.through.objects.filter(activity__in=gone, task__is_archived=False)
    task_by_key = {task.pk: task for task in tasks}
    for link in links:
        if task := task_by_key.get(link.task_id):
            yield _task_finding(policy, task, "repealed", str(gone[link.activity_id]))
