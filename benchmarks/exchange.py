"""The table as files, and sheets for 60 institutions written and merged: processor seconds, and ratios in one run.

    python -m benchmarks.exchange

A ratio of 1.0 is linear: ten times the rows take ten times the work. PDF counts the typesetter's process, too.
Merging counts reading: the processes in which workbooks are opened, the comparison, and what is written for each row
(a status, what was done, people reached, money paid). Filling the workbooks in, which people do, is not counted.
"""

import io
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SIZES = (600, 6000)
PERIOD = "2023"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(SPLOT_DATA=folder, DJANGO_SETTINGS_MODULE="config.settings")
        sys.path[:0] = [str(ROOT)]
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        from benchmarks.table import add_tasks
        from tests import factories

        policy = factories.policy(factories.municipality())
        first: dict[str, float] = {}
        made = 0
        print(f"{'work':16} {'rows':>6} {'seconds':>8} {'ms a row':>9} {'ratio':>6}")
        for size in SIZES:
            add_tasks(policy, size - made)
            made = size
            for name, work in exports(policy).items():
                report(name, size, seconds(work)[0], first)
        exchange(policy, made, first)


def seconds(work: Callable[[], Any]) -> tuple[float, Any]:
    """The processor time of some work with the processes that it starts, and what it gives."""
    start = os.times()
    result = work()
    end = os.times()
    return sum(after - before for before, after in zip(start[:4], end[:4], strict=True)), result


def report(name: str, rows: int, took: float, first: dict[str, float]) -> None:
    each = took / rows
    ratio = each / first.setdefault(name, each)
    print(f"{name:16} {rows:>6} {took:>8.2f} {1000 * each:>9.3f} {ratio:>6.2f}", flush=True)


def exports(policy: Any) -> dict[str, Callable[[], Any]]:
    """Each form with its nine columns, and a workbook with all columns."""
    from splot.implementation.files.booklet import table_docx, table_pdf
    from splot.implementation.files.csv import table_csv
    from splot.implementation.files.view import View
    from splot.implementation.files.xlsx import table_xlsx
    from splot.implementation.queries import TableFilter, filtered, with_cells
    from splot.implementation.showing import CHOICES, DEFAULT

    def view(codes: tuple[str, ...]) -> View:
        return View(policy, with_cells(filtered(policy, TableFilter(2023)), codes), codes, "pl", 2023)

    return {
        "xlsx": lambda: table_xlsx(view(DEFAULT)),
        "xlsx, all": lambda: table_xlsx(view(CHOICES)),
        "csv": lambda: table_csv(view(DEFAULT)),
        "pdf": lambda: table_pdf(view(DEFAULT)),
        "docx": lambda: table_docx(view(DEFAULT)),
    }


def exchange(policy: Any, rows: int, first: dict[str, float]) -> None:
    """Out to every institution and back, every task of its own filled in."""
    from splot.implementation.actions.sheets import make_sheets, take_all_back
    from splot.implementation.files.returned import read_returned
    from splot.implementation.files.workbook import sheet_xlsx
    from splot.implementation.models import StatusUpdate

    took, sheets = seconds(lambda: make_sheets(by=None, policy=policy, period=PERIOD))
    more, books = seconds(lambda: [sheet_xlsx(sheet) for sheet in sheets])
    report(f"{len(books)} sheets out", rows, took + more, first)
    uploads = [(f"{number}.xlsx", filled(book)) for number, book in enumerate(books)]
    before = StatusUpdate.objects.count()
    took, outcomes = seconds(lambda: take_all_back(by=None, policy=policy, files=read_returned(uploads)))
    report(f"{len(books)} sheets back", rows, took, first)
    taken = sum(cell["state"] == "taken" for each in outcomes for cell in each.returned.cells)
    print(f"{taken:,} cells taken, {StatusUpdate.objects.count() - before:,} reports made")


def filled(data: bytes) -> bytes:
    """A workbook in which an institution has written of each task that it leads."""
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(data))
    codes = [cell.value for cell in book.worksheets[0][1]]
    for row in book.worksheets[0].iter_rows(min_row=5):
        cells = dict(zip(codes, row, strict=True))
        if not cells["narrative"].protection.locked:
            cells["status"].value = "done"
            cells["narrative"].value = f"Odbyły się wszystkie zajęcia, zadanie {cells['number'].value}."
            cells["reached"].value = 25
            cells["paid"].value = 1200.5
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


if __name__ == "__main__":
    main()
