"""Workbooks for institutions: issuing them, merging what comes back, resolving conflicts."""

from collections.abc import Iterable, Mapping
from secrets import token_urlsafe

from django.utils.translation import gettext as _

from splot.core.actions import Refused, action, change, record
from splot.core.dates import Period
from splot.implementation.models import ImplementationPlan
from splot.people.models import Organisation, User
from splot.people.queries import share_parents
from splot.policy.models import Policy

from ..merge import (
    CONFLICT,
    KEPT,
    OVERRULED,
    REFUSED,
    TAKEN,
    MergedCell,
    PreviousValues,
    changed_locked_cells,
    count_conflicts,
    is_edited,
    merge_row,
    missing_notes,
    previous_values,
    refused_cells,
    row_refusal,
    was_tampered,
)
from ..models import IssuedWorkbook, ReturnedWorkbook
from ..queries import (
    parts_of,
    tasks_for_workbooks,
    updates_for_period,
    workbook_periods,
    workbook_rows,
    workbooks_of,
)
from ..schema import CellValues, ReturnedFile, ReturnedRow
from .fill import TableWriter, TaskWriter


@action
def issue_workbooks(
    *, by: User | None, policy: Policy, period: str, organisations: list[Organisation] | None = None
) -> list[IssuedWorkbook]:
    """A workbook for each institution with tasks in the period's year, or for those given.

    One that would say what the institution's last one says already is that one. Raises Refused.
    """
    if period not in workbook_periods(policy):
        raise Refused(_("Choose a period of the policy’s term that has begun."))
    year = Period.parse(period).year
    plan = _plan_for_year(policy, year)
    if plan is None:
        raise Refused(_("The table has not been opened yet."))
    share_parents(plan, policy)
    parts, tasks = parts_of(policy, year), tasks_for_workbooks(policy, year)
    updates = updates_for_period(tasks, period)
    recipients: Iterable[Organisation] | None = organisations
    if recipients is None:
        recipients = policy.municipality.organisations.filter(pk__in=parts)
    oldest_first = reversed(workbooks_of(policy).filter(period=period))
    latest = {workbook.organisation_id: workbook for workbook in oldest_first}
    issued = []
    for organisation in recipients:
        rows = workbook_rows(policy, tasks, parts.get(organisation.pk, {}), updates, year)
        workbook = latest.get(organisation.pk)
        if rows and (workbook is None or workbook.rows != rows):
            workbook = IssuedWorkbook.objects.create(
                municipality=policy.municipality,
                plan=plan,
                organisation=organisation,
                key=token_urlsafe(32),
                period=period,
                rows=rows,
                sent_by=by,
            )
        if rows and workbook:
            issued.append(workbook)
    record(
        by=by,
        verb="workbooks.issued",
        of=plan,
        changes={"period": [None, period], "sheets": [None, len(issued)]},
    )
    return issued


def _plan_for_year(policy: Policy, year: int) -> ImplementationPlan | None:
    """The plan that the year lies in, else the first."""
    plans = list(policy.plans.all())
    for plan in plans:
        if plan.starts <= year <= plan.ends:
            return plan
    return plans[0] if plans else None


@action
def merge_workbook(*, by: User | None, policy: Policy, file: ReturnedFile) -> ReturnedWorkbook:
    """Merge what is safe of a returned workbook, and keep the rest beside it to be resolved or
    read.

    The same file a second time changes nothing. Raises Refused for a workbook that was not made for
    this policy.
    """
    workbook = workbooks_of(policy).filter(key=file.key).first()
    if workbook is None:
        raise Refused(_("This workbook was not made for this policy. Nothing was taken from it."))
    ImplementationPlan.objects.select_for_update().get(pk=workbook.plan_id)  # one merge at a time
    earlier = workbook.returns.filter(digest=file.digest).first()
    if earlier:
        record(by=by, verb="workbook.came_again", of=earlier)
        return earlier
    share_parents(workbook, policy)
    cells = _merge_rows(by, workbook, file)
    returned = ReturnedWorkbook.objects.create(
        municipality=policy.municipality,
        workbook=workbook,
        file_name=file.name,
        digest=file.digest,
        cells=cells,
        conflicts=count_conflicts(cells),
        notes=[*missing_notes(workbook, file), *file.notes],
        received_by=by,
    )
    record(by=by, verb="workbook.returned", of=returned)
    return returned


@action
def resolve_conflicts(
    *,
    by: User,
    returned: ReturnedWorkbook,
    version: int,
    choices: dict[int, str],
    seen: dict[int, str],
) -> list[int]:
    """Decide conflicts: {place among the cells: "kept" or "overruled"}; `seen` are the words that
    stood in the table.

    Gives the places that stay open, because the table has changed again or their words cannot stand
    there. Raises Conflict.
    """
    workbook = share_parents(returned.workbook, returned.municipality)
    cells: list[MergedCell] = list(map(dict, returned.cells))
    open_cells: dict[int, MergedCell] = {}
    for at in choices:
        if at < len(cells) and cells[at]["state"] == CONFLICT:
            open_cells[at] = cells[at]
    left = []
    table = TableWriter(workbook, {cell["task"] for cell in open_cells.values()})
    overruled: dict[int, list[int]] = {}  # {task's number: places of its cells}
    for at, cell in open_cells.items():
        row = table.rows.get(cell["task"])
        cell["now"] = row.now.get(cell["column"]) if row else None
        if row is None or cell["now"] is None or seen.get(at) != cell["now"]:
            left.append(at)
        elif choices[at] == KEPT:
            cell["state"] = KEPT
        else:
            overruled.setdefault(cell["task"], []).append(at)
    for number, places in overruled.items():
        left += _overrule_cells(table.rows[number], {at: cells[at] for at in places})
    table.finish(by)
    verb = "workbook.resolved"  # a decision, also where all that was chosen stays open
    change(
        returned,
        by=by,
        verb=verb,
        version=version,
        touched=True,
        cells=cells,
        conflicts=count_conflicts(cells),
    )
    return left


def _overrule_cells(writer: TaskWriter, cells: Mapping[int, MergedCell]) -> list[int]:
    """Write the workbook's words into a task; gives the places of those that cannot stand there."""
    values = {cell["column"]: cell["theirs"] for cell in cells.values()}
    failed = writer.fill(values)
    left: list[int] = []
    for at, cell in cells.items():
        if why := failed.get(cell["column"]):
            cell["why"] = why
            left.append(at)
        else:
            cell |= {"state": OVERRULED, "why": ""}
    return left


def _merge_rows(by: User | None, workbook: IssuedWorkbook, file: ReturnedFile) -> list[MergedCell]:
    """The cells of a file, those that could be taken written into the table."""
    previous = previous_values(workbook.returns.order_by("pk").values_list("cells", flat=True))
    rows: list[tuple[ReturnedRow, CellValues, bool]] = []
    numbers: set[int] = set()  # of tasks that somebody wrote about
    for row in file.rows:
        sent = workbook.rows.get(str(row.number), {})
        edited = is_edited(row, sent, previous)
        rows.append((row, sent, edited))
        if edited and row.number is not None:
            numbers.add(row.number)
    table = TableWriter(workbook, numbers)
    tampered = was_tampered(workbook, file)
    cells: list[MergedCell] = []
    values_by_task: dict[int | None, CellValues] = {}
    for row, sent, edited in rows:
        why = (
            _("The hidden sheet of this workbook was changed.")
            if tampered
            else row_refusal(workbook, row, table.rows)
        )
        if not why and edited and row.number not in table.rows:
            why = _("Task %(number)s is not in the table any more.") % {"number": row.number}
        if not why and values_by_task.setdefault(row.number, row.values) != row.values:
            why = _("Task %(number)s stands in this file twice.") % {"number": row.number}
        if why:
            cells += refused_cells(row, sent, why) or changed_locked_cells(sent, row)
            continue
        cells += changed_locked_cells(sent, row)
        if edited and row.number is not None and values_by_task[row.number] is row.values:
            cells += _merge_row(table.rows[row.number], row, sent, previous)
    table.finish(by)
    return cells


def _merge_row(
    writer: TaskWriter, row: ReturnedRow, sent: CellValues, previous: PreviousValues
) -> list[MergedCell]:
    cells = merge_row(row, sent, writer.now, previous)
    taken: dict[str, MergedCell] = {}
    for cell in cells:
        if cell["state"] == TAKEN:
            taken[cell["column"]] = cell
    failed = writer.fill({code: cell["theirs"] for code, cell in taken.items()})
    for code, why in failed.items():
        taken[code] |= {"state": REFUSED, "why": why}
    return cells
