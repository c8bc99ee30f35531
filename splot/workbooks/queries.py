"""Reads about workbooks: which tasks an institution's has, what it may fill, what the table says;
what came back.
"""

from collections.abc import Iterable, Mapping

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import override

from splot.core.dates import Period
from splot.core.values import Json
from splot.implementation.columns import COLUMN_BY_CODE
from splot.implementation.models import BudgetLine, StatusUpdate, Task
from splot.implementation.periods import reportable_periods
from splot.implementation.queries import tasks_of, with_cells
from splot.people.models import Municipality
from splot.people.queries import share_parents, within
from splot.policy.models import Policy
from splot.policy.queries import policy_of

from .cells import normalise_cell_text, serialise_amount, serialise_reach
from .models import IssuedWorkbook, ReturnedWorkbook, UploadedFile, WorkbookUpload
from .schema import (
    FILLABLE_CELLS,
    FILLABLE_FIGURES,
    JOINT,
    LEAD,
    PARTNER,
    PARTNER_CELLS,
    TABLE_COLUMNS,
    CellValues,
)

NEWEST_UPLOADS = 20  # listed on the page where more are given in


def workbook_periods(policy: Policy) -> list[str]:
    """The codes of the periods that a workbook can be about, the newest first."""
    periods = reportable_periods(policy, policy.plans.all(), timezone.localdate())
    return [period.code for period in sorted(periods, reverse=True)]


def default_period(policy: Policy) -> str:
    """The newest period that has ended, else the newest that has begun; "" before the term."""
    periods, today = workbook_periods(policy), timezone.localdate()
    years = [code for code in periods if "-" not in code] or periods
    ended = [code for code in years if Period.parse(code).end <= today]
    return next(iter(ended or years[::-1]), "")


def parts_of(policy: Policy, year: int) -> dict[int, dict[int, str]]:
    """{institution's key: {task's key: its part}} for the tasks of a year; the first of lead,
    joint, partner counts.
    """
    tasks = tasks_of(policy, year).order_by()
    pairs = {
        PARTNER: tasks.values_list("partners", "pk"),
        JOINT: tasks.values_list("joint_leads", "pk"),
        LEAD: tasks.values_list("lead", "pk"),
    }
    parts: dict[int, dict[int, str]] = {}
    for part, rows in pairs.items():
        for organisation, task in rows:
            if organisation is not None:
                parts.setdefault(organisation, {})[task] = part
    return parts


def tasks_for_workbooks(policy: Policy, year: int) -> dict[int, Task]:
    """{key: task} of a year with all that a workbook shows of it."""
    tasks = with_cells(tasks_of(policy, year).order_by("table_position", "number"), TABLE_COLUMNS)
    return {task.pk: share_parents(task, policy) for task in tasks}


def updates_for_period(tasks: Iterable[int], period: str) -> dict[int, StatusUpdate]:
    """{task's key: the latest update on it for exactly this period}."""
    return StatusUpdate.objects.filter(task__in=list(tasks), period=period).latest_by_task()


def budget_lines_by_task(tasks: Iterable[int]) -> dict[int, list[BudgetLine]]:
    lines_by_task: dict[int, list[BudgetLine]] = {}
    for line in BudgetLine.objects.filter(task__in=list(tasks)):
        lines_by_task.setdefault(line.task_id, []).append(line)
    return lines_by_task


def fillable_line(lines: Iterable[BudgetLine], year: int) -> tuple[bool, BudgetLine | None]:
    """Whether one figure for the year can have only one place, and the line that it has, if there
    is one.

    Of several sources a workbook with one cell cannot tell which is meant: those are entered in the
    task's form. A line without a year is for the whole term: what is paid in one year never stands
    there, where the next would replace it.
    """
    lines = list(lines)
    of_year = [line for line in lines if line.year == year]
    undated = [line for line in lines if line.year is None]
    return len(of_year or undated) < 2, of_year[0] if len(of_year) == 1 else None


def current_values(
    update: StatusUpdate | None, lines: Iterable[BudgetLine], year: int
) -> CellValues:
    """What the table says in the cells of a task that workbooks can fill; money only where it has
    one place.
    """
    values = dict.fromkeys(FILLABLE_CELLS, "")
    if update:
        values["status"] = update.status
        values["narrative"] = normalise_cell_text(update.narrative.source_wording)
        values["obstacles"] = normalise_cell_text(
            update.obstacles.source_wording or update.reason.source_wording
        )
        values["reached"] = serialise_reach(
            update.reached, update.reached_qualifier, update.reached_unit
        )
    single, line = fillable_line(lines, year)
    for name in FILLABLE_FIGURES:
        if single:
            values[name] = serialise_amount(getattr(line, name, None))
        else:
            del values[name]
    return values


def workbook_rows(
    policy: Policy,
    tasks: dict[int, Task],
    parts: Mapping[int, str],
    updates: dict[int, StatusUpdate],
    year: int,
) -> dict[str, CellValues]:
    """The rows of one institution's workbook, by the task's number: locked words, and the cells
    that it may fill.
    """
    rows = {}
    with override(policy.municipality.language):
        for key, task in tasks.items():
            if key not in parts:
                continue
            row = {"title": normalise_cell_text(str(task.title)), "part": parts[key]}
            for code in TABLE_COLUMNS:
                row[code] = normalise_cell_text(
                    "\n".join(map(str, COLUMN_BY_CODE[code].cell(task)))
                )
            now = current_values(updates.get(key), task.budget.all(), year)
            open_to = PARTNER_CELLS if parts[key] == PARTNER else FILLABLE_CELLS
            fillable = {code: value for code, value in now.items() if code in open_to}
            rows[str(task.number)] = row | fillable
    return rows


def workbooks_of(policy: Policy) -> QuerySet[IssuedWorkbook]:
    """The workbooks made for a policy's institutions, the newest first."""
    return IssuedWorkbook.objects.filter(plan__policy=policy).select_related(
        "organisation", "plan__policy__municipality"
    )


def workbook_of(municipality: Municipality, term: str, number: int) -> IssuedWorkbook:
    """A workbook that was made, by its number, or 404."""
    policy = policy_of(municipality, term)
    return within(policy, workbooks_of(policy), pk=number)


def returned_workbook_of(municipality: Municipality, term: str, number: int) -> ReturnedWorkbook:
    """A workbook that came back, by its number, or 404."""
    policy = policy_of(municipality, term)
    rows = ReturnedWorkbook.objects.filter(workbook__plan__policy=policy)
    related = ("workbook__organisation", "workbook__plan__policy", "received_by")
    return within(policy, rows.select_related(*related), pk=number)


def uploads_of(policy: Policy) -> QuerySet[WorkbookUpload]:
    """Uploads of a policy, the newest first, each with its number of `given` and `dealt`
    files.
    """
    counts = {"given": Count("files"), "dealt": Count("files__done_at")}
    rows = WorkbookUpload.objects.filter(policy=policy).select_related("uploaded_by")
    return rows.annotate(**counts).order_by("-pk")


def uploads_to_list(policy: Policy) -> list[WorkbookUpload]:
    """The newest uploads, and every older one whose files still wait."""
    uploads = uploads_of(policy)
    newest = list(uploads[:NEWEST_UPLOADS])
    older = uploads.exclude(pk__in=[upload.pk for upload in newest])
    return newest + list(older.filter(Q(dealt__lt=F("given"))))


def waiting_uploads(policy: Policy) -> list[tuple[int, int]]:
    """(key, number of files that wait) of uploads that the worker has not finished, the oldest
    first.
    """
    waiting = UploadedFile.objects.filter(upload__policy=policy, done_at=None)
    counts = waiting.order_by("upload").values_list("upload").annotate(number=Count("pk"))
    return list(counts)


def returned_with_conflicts(policy: Policy) -> list[tuple[int, str]]:
    """(key, period) of what came back and holds something to decide, the newest first."""
    rows = returned_workbooks_of(policy).filter(conflicts__gt=0)
    return list(rows.values_list("pk", "workbook__period"))


def upload_of(municipality: Municipality, term: str, number: int) -> WorkbookUpload:
    """An upload by its number, or 404."""
    uploads = WorkbookUpload.objects.select_related("uploaded_by")
    return within(policy_of(municipality, term), uploads, pk=number)


def results_of_upload(upload: WorkbookUpload) -> QuerySet[UploadedFile]:
    """The files of an upload that were dealt with, without what stood in them."""
    heavy = ("content", "returned__cells", "returned__notes", "returned__workbook__rows")
    done = upload.files.exclude(done_at=None).select_related("returned__workbook__organisation")
    return done.defer(*heavy)


def returned_workbooks_of(policy: Policy) -> QuerySet[ReturnedWorkbook]:
    """What came back, the newest first, without its cells."""
    rows = ReturnedWorkbook.objects.filter(workbook__plan__policy=policy)
    related = rows.select_related("workbook__organisation")
    return related.defer("cells", "notes", "workbook__rows")


def institutions_with_workbooks(policy: Policy, period: str) -> list[Json]:
    """Each institution with tasks in the period's year: how many it fills and shares, what was sent
    and came back.
    """
    parts = parts_of(policy, Period.parse(period).year)
    newest: dict[int, IssuedWorkbook] = {}
    for workbook in workbooks_of(policy).filter(period=period).defer("rows"):
        newest.setdefault(workbook.organisation_id, workbook)
    returns: dict[int, list[ReturnedWorkbook]] = {}
    for returned in returned_workbooks_of(policy).filter(workbook__period=period):
        returns.setdefault(returned.workbook.organisation_id, []).append(returned)
    institutions: list[Json] = []
    for organisation in policy.municipality.organisations.filter(pk__in=parts):
        back = returns.get(organisation.pk, [])
        roles = list(parts[organisation.pk].values())
        institutions.append(
            {
                "organisation": organisation,
                "fills": len(roles) - roles.count(PARTNER),
                "shares": roles.count(PARTNER),
                "sent": newest.get(organisation.pk),
                "returns": back,
                "conflicts": sum(returned.conflicts for returned in back),
            }
        )
    return sorted(institutions, key=lambda row: str(row["organisation"]).casefold())


def current_conflict_values(returned: ReturnedWorkbook) -> dict[tuple[int, str], str]:
    """{(task's number, cell): what the table says at this moment} for the cells of a return that
    are in conflict.
    """
    workbook = returned.workbook
    year = Period.parse(workbook.period).year
    numbers = {cell["task"] for cell in returned.cells if cell["state"] == "conflict"}
    rows = Task.objects.filter(policy=workbook.plan.policy, number__in=numbers).only("number")
    tasks = {task.pk: task.number for task in rows}
    updates, lines = updates_for_period(tasks, workbook.period), budget_lines_by_task(tasks)
    values: dict[tuple[int, str], str] = {}
    for key, number in tasks.items():
        for code, value in current_values(updates.get(key), lines.get(key, []), year).items():
            values[number, code] = value
    return values
