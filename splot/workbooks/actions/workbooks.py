"""Workbooks for institutions: issuing them, merging what comes back, resolving conflicts."""

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
    KEPT_OURS,
    REFUSED,
    TAKEN,
    TOOK_THEIRS,
    MergedCell,
    PreviousValues,
    changed_locked_cells,
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
    plans = policy.plans.all()
    plan = next(
        (plan for plan in plans if plan.starts <= year <= plan.ends), next(iter(plans), None)
    )
    if plan is None:
        raise Refused(_("The table has not been opened yet."))
    share_parents(plan, policy)
    parts, tasks = parts_of(policy, year), tasks_for_workbooks(policy, year)
    words = updates_for_period(tasks, period)
    asked = (
        policy.municipality.organisations.filter(pk__in=parts)
        if organisations is None
        else organisations
    )
    oldest_first = reversed(workbooks_of(policy).filter(period=period))
    latest = {sheet.organisation_id: sheet for sheet in oldest_first}
    made = []
    for organisation in asked:
        rows = workbook_rows(policy, tasks, parts.get(organisation.pk, {}), words, year)
        sheet = latest.get(organisation.pk)
        if rows and (sheet is None or sheet.rows != rows):
            sheet = IssuedWorkbook.objects.create(
                municipality=policy.municipality,
                plan=plan,
                organisation=organisation,
                key=token_urlsafe(32),
                period=period,
                rows=rows,
                sent_by=by,
            )
        made += [sheet] if rows and sheet else []
    record(
        by=by,
        verb="sheets.made",
        of=plan,
        changes={"period": [None, period], "sheets": [None, len(made)]},
    )
    return made


@action
def merge_workbook(*, by: User | None, policy: Policy, file: ReturnedFile) -> ReturnedWorkbook:
    """Merge what is safe of a returned workbook, and keep the rest beside it to be resolved or
    read.

    The same file a second time changes nothing. Raises Refused for a workbook that was not made for
    this policy.
    """
    sheet = workbooks_of(policy).filter(key=file.key).first()
    if sheet is None:
        raise Refused(_("This workbook was not made for this policy. Nothing was taken from it."))
    ImplementationPlan.objects.select_for_update().get(pk=sheet.plan_id)  # one merge at a time
    known = sheet.returns.filter(digest=file.digest).first()
    if known:
        record(by=by, verb="sheet.came_again", of=known)
        return known
    share_parents(sheet, policy)
    cells = _merge_rows(by, sheet, file)
    returned = ReturnedWorkbook.objects.create(
        municipality=policy.municipality,
        sheet=sheet,
        file_name=file.name,
        digest=file.digest,
        cells=cells,
        notes=[*missing_notes(sheet, file), *file.notes],
        received_by=by,
    )
    record(by=by, verb="sheet.returned", of=returned)
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
    sheet = share_parents(returned.sheet, returned.municipality)
    cells = [dict(cell) for cell in returned.cells]
    open_ones = {
        at: cells[at] for at in choices if at < len(cells) and cells[at]["state"] == CONFLICT
    }
    left = []
    table = TableWriter(sheet, {cell["task"] for cell in open_ones.values()})
    overruled: dict[int, dict[str, MergedCell]] = {}
    for at, cell in open_ones.items():
        row = table.rows.get(cell["task"])
        cell["now"] = row.now.get(cell["column"]) if row else None
        if row is None or cell["now"] is None or seen.get(at) != cell["now"]:
            left.append(at)
        elif choices[at] == KEPT_OURS:
            cell["state"] = KEPT_OURS
        else:
            overruled.setdefault(cell["task"], {})[cell["column"]] = {"at": at, "cell": cell}
    for number, wanted in overruled.items():
        failed = table.rows[number].fill(
            {code: one["cell"]["theirs"] for code, one in wanted.items()}
        )
        for code, one in wanted.items():
            one["cell"] |= (
                {"why": failed[code]} if code in failed else {"state": TOOK_THEIRS, "why": ""}
            )
            left += [one["at"]] if code in failed else []
    table.finish(by)
    change(returned, by=by, verb="sheet.settled", version=version, cells=cells)
    return left


def _merge_rows(by: User | None, sheet: IssuedWorkbook, file: ReturnedFile) -> list[MergedCell]:
    """The cells of a file, those that could be taken written into the table."""
    rows = [(row, sheet.rows.get(str(row.number), {})) for row in file.rows]
    told = previous_values(sheet.returns.order_by("pk").values_list("cells", flat=True))
    touched_rows = [row for row, sent in rows if is_edited(row, sent, told)]
    table = TableWriter(sheet, {row.number for row in touched_rows if row.number is not None})
    tampered = was_tampered(sheet, file)
    cells: list[MergedCell] = []
    read: dict[int | None, CellValues] = {}
    for row, sent in rows:
        touched = is_edited(row, sent, told)
        why = (
            _("The hidden sheet of this workbook was changed.")
            if tampered
            else row_refusal(sheet, row, table.rows)
        )
        if not why and touched and row.number not in table.rows:
            why = _("Task %(number)s is not in the table any more.") % {"number": row.number}
        if not why and read.setdefault(row.number, row.values) != row.values:
            why = _("Task %(number)s stands in this file twice.") % {"number": row.number}
        if why:
            cells += refused_cells(row, sent, why) or changed_locked_cells(sent, row)
            continue
        cells += changed_locked_cells(sent, row)
        if touched and row.number is not None and read[row.number] is row.values:
            cells += _merge_row(table.rows[row.number], row, sent, told)
    table.finish(by)
    return cells


def _merge_row(
    writer: TaskWriter, row: ReturnedRow, sent: CellValues, told: PreviousValues
) -> list[MergedCell]:
    cells = merge_row(row, sent, writer.now, told)
    wanted = {cell["column"]: cell["theirs"] for cell in cells if cell["state"] == TAKEN}
    for code, why in writer.fill(wanted).items():
        cell = next(cell for cell in cells if cell["column"] == code)
        cell |= {"state": REFUSED, "why": why}
    return cells
