"""The table as files, sheets for 60 institutions written and merged, spreadsheets taken over:
processor seconds.

    python -m benchmarks.exchange

Ratios are within one run. 1.0 is linear: ten times the rows take ten times the work. Each export is
made three times, and the best counts: a busy machine is no fault of the code. PDF counts the
typesetter's process, too. Merging counts reading: the processes in which workbooks are opened, the
comparison, and what is written for each row (a status, what was done, people reached, money paid).
Filling the workbooks in, which people do, is not counted.
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
ROUNDS = 3
TOWNS = {600: ("lublin", "0663011"), 6000: ("gdynia", "2262011")}
HEADINGS = [
    "Zadanie",
    "Odbiorcy",
    "Realizator",
    "Partnerzy",
    "Termin",
    "Grupy wrażliwe",
    "Budżet 2023",
    "Ryzyka",
]


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(SPLOT_DATA=folder, DJANGO_SETTINGS_MODULE="config.settings")
        sys.path[:0] = [str(ROOT)]
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        from benchmarks.table import add_tasks
        from splot.people.actions import open_municipality
        from tests import factories

        policy = factories.policy(factories.municipality())
        first: dict[str, float] = {}
        made = 0
        print(f"{'work':16} {'rows':>6} {'seconds':>8} {'ms a row':>9} {'ratio':>6}")
        for size in SIZES:
            add_tasks(policy, size - made)
            made = size
            for name, work in exports(policy).items():
                report(name, size, min(seconds(work)[0] for __ in range(ROUNDS)), first)
        exchange(policy, made, first)
        for size in SIZES:
            slug, teryt = TOWNS[size]
            town = open_municipality(
                by=None, name=factories.text(slug.title()), slug=slug, teryt=teryt
            )
            take_over(factories.policy(town), size, first)


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
    from splot.implementation.exports.booklet import table_docx, table_pdf
    from splot.implementation.exports.csv import table_csv
    from splot.implementation.exports.table_export import TableExport
    from splot.implementation.exports.xlsx import table_xlsx
    from splot.implementation.queries import TableFilter, filter_tasks, with_cells
    from splot.implementation.table_view import DEFAULT_COLUMNS, column_choices

    def view(codes: tuple[str, ...]) -> TableExport:
        return TableExport(
            policy, with_cells(filter_tasks(policy, TableFilter(2023)), codes), codes, "pl", 2023
        )

    return {
        "xlsx": lambda: table_xlsx(view(DEFAULT_COLUMNS)),
        "xlsx, all": lambda: table_xlsx(view(column_choices())),
        "csv": lambda: table_csv(view(DEFAULT_COLUMNS)),
        "pdf": lambda: table_pdf(view(DEFAULT_COLUMNS)),
        "docx": lambda: table_docx(view(DEFAULT_COLUMNS)),
    }


def exchange(policy: Any, rows: int, first: dict[str, float]) -> None:
    """Out to every institution and back, every task of its own filled in."""
    from splot.documents.intake.archives import IncomingFile
    from splot.implementation.models import StatusUpdate
    from splot.workbooks.actions.uploads import process_upload, start_upload
    from splot.workbooks.actions.workbooks import issue_workbooks
    from splot.workbooks.write import workbook_xlsx

    took, sheets = seconds(lambda: issue_workbooks(by=None, policy=policy, period=PERIOD))
    more, books = seconds(lambda: [workbook_xlsx(sheet) for sheet in sheets])
    report(f"{len(books)} sheets out", rows, took + more, first)
    files = [IncomingFile(f"{number}.xlsx", filled(book)) for number, book in enumerate(books)]
    before = StatusUpdate.objects.count()
    took, upload = seconds(lambda: start_upload(by=None, policy=policy, files=files))
    report(f"{len(books)} given in", rows, took, first)
    took, __ = seconds(lambda: process_upload.call(upload=upload.pk, by=None, language="pl"))
    report(f"{len(books)} sheets back", rows, took, first)
    taken = sum(file.counts.get("taken", 0) for file in upload.files.all())
    print(f"{taken:,} cells taken, {StatusUpdate.objects.count() - before:,} reports made")


def take_over(policy: Any, size: int, first: dict[str, float]) -> None:
    """A spreadsheet of new rows worked out, written in one transaction, and undone."""
    from splot.table_import.actions.apply import apply_import, undo_import
    from splot.table_import.queries import prepare_import, table_fingerprint
    from tests.table_import.tables import saved_import

    rows: list[list[Any]] = [HEADINGS]
    for each in range(1, size + 1):
        when, group = ("III kw. 2024", "seniorzy") if each % 2 else ("do 30.06.2024", "kobiety")
        names = f"Jednostka {each % 60}", f"Fundacja {each % 50}"
        rows.append(
            [
                f"Zadanie {each} dla nowych mieszkańców",
                "Dorośli",
                *names,
                when,
                group,
                f"{each} zł",
                "Brak",
            ]
        )
    table_import = saved_import(policy, rows)
    took, prepared = seconds(lambda: prepare_import(table_import))
    report("rows worked out", size, took, first)
    seen = table_fingerprint(policy)
    took, __ = seconds(
        lambda: apply_import(
            by=None, table_import=table_import, version=2, seen=seen, prepared=prepared
        )
    )
    report("rows written", size, took, first)
    took, __ = seconds(lambda: undo_import(by=None, table_import=table_import, version=3))
    report("rows undone", size, took, first)


def filled(data: bytes) -> bytes:
    """A workbook in which an institution has written of each task that it leads."""
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(data))
    codes = [cell.value for cell in book.worksheets[0][1]]
    for row in book.worksheets[0].iter_rows(min_row=5):
        cells = dict(zip(codes, row, strict=True))
        if not cells["narrative"].protection.locked:
            cells["status"].value = "done"
            cells[
                "narrative"
            ].value = f"Odbyły się wszystkie zajęcia, zadanie {cells['number'].value}."
            cells["reached"].value = 25
            cells["paid"].value = 1200.5
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


if __name__ == "__main__":
    main()
