"""How reading a spreadsheet grows with its rows: processor time and memory per row at 600 and 6,000
rows of 12 cells.

Run from the project's root:  python -m benchmarks.sheets The figures of one run are to be read as
ratios: 1.0 at both sizes is linear.
"""

import gc
import io
import os
import time
import tracemalloc
from collections.abc import Callable
from functools import partial
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
SIZES = (600, 6_000)
# seconds of processor time: the quick ones are repeated for so long, and the best is taken
LEAST = 1.0
HEADER = ["Kod", "Zadanie", "Odbiorcy", "Jednostka", "Partnerzy", "Start"]
HEADER += ["Termin", "Grupy", "Koszt", "Kwota", "Wskaźnik", "Uwagi"]


def rows(size: int) -> list[list]:
    """A plan of so many rows: words, codes, dates, amounts, empty cells."""
    made: list[list] = [["Plan wdrożenia"], HEADER]
    for number in range(1, size + 1):
        words = [
            f"{number % 9}.{number}",
            f"Zadanie {number} dla mieszkańców",
            "rodziny",
            "MOPS",
            f"Partner {number % 50}",
        ]
        more = [
            "III kw. 2024",
            "do 30.06.2025",
            None,
            "ok. 12 tys. zł",
            12_000 + number,
            number % 100,
            None,
        ]
        made.append(words + more)
    return made


def xlsx(size: int) -> bytes:
    from tests.documents.spreadsheets import make_xlsx

    return make_xlsx(rows(size))


def ods(size: int) -> bytes:
    from tests.documents.spreadsheets import make_ods

    cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
    lines = ("".join(cell.format("" if one is None else one) for one in row) for row in rows(size))
    body = "".join(f"<table:table-row>{line}</table:table-row>" for line in lines)
    return make_ods(f'<table:table table:name="Plan">{body}</table:table>')


def csv(size: int) -> bytes:
    import csv

    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows(rows(size))
    return text.getvalue().encode()


def seconds(work: Callable[[], object]) -> float:
    """The best processor time of this work."""
    best, spent = float("inf"), 0.0
    while spent < LEAST:
        gc.collect()
        start = time.process_time()
        work()
        best = min(best, took := time.process_time() - start)
        spent += took
    return best


def peak(work: Callable[[], object]) -> int:
    """The most memory held at once, in bytes."""
    tracemalloc.start()
    work()
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most


def main() -> None:
    """Prints the table."""
    django.setup()
    from splot.documents.spreadsheets import read_sheets
    from splot.documents.spreadsheets.finding import find_tables
    from splot.parsing import parse_amounts, parse_codes, parse_spans, split_names

    def understand(table: list) -> None:
        for row in table:
            (
                parse_codes(row[0]),
                parse_spans(row[5], 2024),
                parse_spans(row[6], 2024),
                parse_amounts(row[8]),
                split_names(row[4]),
            )

    print(
        f"{'work':12}{'rows':>8}{'seconds':>10}{'ratio':>8}{'MB':>8}{'ratio':>8}   (ratios per row)"
    )
    works: dict[str, tuple[Callable[[int], Any], Callable[[Any], object]]] = {
        "xlsx": (xlsx, lambda data: read_sheets(data, "a.xlsx")),
        "ods": (ods, lambda data: read_sheets(data, "a.ods")),
        "csv": (csv, lambda data: read_sheets(data, "a.csv")),
        "tables": (lambda size: read_sheets(xlsx(size), "a.xlsx").sheets[0], find_tables),
        "spoken": (lambda size: rows(size)[2:], understand),
    }
    for name, (make, read) in works.items():
        first = None
        for size in SIZES:
            work = partial(read, make(size))
            took, memory = seconds(work), peak(work)
            each = (took / size, memory / size)
            first = first or each
            ratios = [now / then for now, then in zip(each, first, strict=True)]
            print(
                f"{name:12}{size:>8,}{took:>10.3f}{ratios[0]:>8.2f}"
                f"{memory / 1e6:>8.1f}{ratios[1]:>8.2f}",
                flush=True,
            )


if __name__ == "__main__":
    main()
