"""What setting an act and a booklet costs, and how it grows: benchmarks/typesetting.py [--rounds N]

The act is the resolution beside the checkout (../shared/seeds), or one made for tests where it is
absent, and one ten times as long. Booklets have 12 areas with 71 and with 480 activities. Figures
are processor time, the typesetter's process included, medians of the rounds. Seconds of one machine
mean little elsewhere: compare the ratios of one run.
"""

import argparse
import os
import resource
import statistics
import sys
import tempfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
AREAS = 12
ACTIVITIES = (71, 480)
COPIES = 10


def seconds(work: Callable[[], Any], rounds: int) -> float:
    """Processor seconds of one call, the processes that it starts included; the median of the
    rounds.
    """
    spent = []
    for __ in range(rounds):
        start = _used()
        work()
        spent.append(_used() - start)
    return statistics.median(spent)


def _used() -> float:
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def resolution() -> Any:
    """The resolution of the source documents, or an act of the same size."""
    from splot.documents.readers import read_document
    from tests.documents.acts import make_act, print_act

    found = list((ROOT.parent / "shared" / "seeds").glob("000_*.txt"))
    if found:
        return read_document(found[0].read_bytes(), found[0].name)
    return read_document(print_act(make_act(Random(1), 60)).encode(), "act.txt")


def repeated(document: Any) -> Any:
    """The same provisions several times over."""
    from splot.documents.tree import Document, assign_eids

    copies = [Document.from_json(document.to_json()) for __ in range(COPIES)]
    copies[0].nodes = [node for copy in copies for node in copy.nodes]
    assign_eids(copies[0].nodes)
    return copies[0]


def booklet(activities: int) -> Any:
    """A policy of twelve areas with this many activities between them."""
    from splot.documents.booklet import Booklet, Callout, Heading, Prose, Table

    head = ["Nr", "Działanie", "Dla kogo", "Kto", "Wskaźniki"]
    blocks: list[Any] = []
    for area in range(AREAS):
        rows: list[list[Any]] = []
        for __ in range(area, activities, AREAS):
            number = f"{area + 1}.{len(rows) + 1}"
            text = "Zajęcia dla uczniów i rodziców w szkołach miasta, co najmniej raz w tygodniu"
            indicators = ["liczba osób", "odsetek szkół"]
            rows.append([number, text, "uczniowie, rodzice", "Wydział Oświaty, szkoły", indicators])
        reasons = "W szkołach miasta uczy się coraz więcej dzieci z doświadczeniem migracji. " * 4
        blocks += [
            Heading(1, f"Obszar {area + 1}"),
            Prose(reasons),
            Callout("Cel", "Dobra szkoła dla każdego dziecka."),
        ]
        blocks.append(Table("Działania", head, rows))
    return Booklet(title="Polityka integracji", language="pl", blocks=blocks, kicker="Miasto")


def compare(name: str, write: Callable[[Any], bytes], pair: tuple[Any, Any], rounds: int) -> None:
    """Prints the seconds, kilobytes and pages of a small and a large document, and their ratios."""
    from pypdf import PdfReader

    made = [write(each) for each in pair]
    rows = {"s": [seconds(lambda each=each: write(each), rounds) for each in pair]}
    rows["kB"] = [len(content) / 1000 for content in made]
    if made[0].startswith(b"%PDF"):
        rows["pages"] = [len(PdfReader(BytesIO(content)).pages) for content in made]
    for unit, (small, large) in rows.items():
        print(f"{name + ', ' + unit:24}{small:12.3g}{large:12.3g}{large / small:10.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        sys.path.insert(0, str(ROOT))
        os.environ |= {"SPLOT_DATA": folder, "DJANGO_SETTINGS_MODULE": "config.settings"}
        os.environ.pop("DATABASE_URL", None)
        import django

        django.setup()
        from splot.documents.booklet import (
            render_booklet_docx,
            render_booklet_html,
            render_booklet_pdf,
        )
        from splot.documents.writers.html import write_html
        from splot.documents.writers.pdf import write_pdf

        act = resolution()
        acts, booklets = (act, repeated(act)), (booklet(ACTIVITIES[0]), booklet(ACTIVITIES[1]))
        print(f"{'':24}{'act':>12}{'x ' + str(COPIES):>12}{'ratio':>10}")
        compare("PDF", lambda each: write_pdf(each, language="en"), acts, rounds)
        compare("HTML", lambda each: write_html(each, language="en"), acts, rounds)
        print(f"\n{'booklet':24}{ACTIVITIES[0]:>12}{ACTIVITIES[1]:>12}{'ratio':>10}")
        for name, write in (
            ("PDF", render_booklet_pdf),
            ("DOCX", render_booklet_docx),
            ("HTML", render_booklet_html),
        ):
            compare(name, write, booklets, rounds)


if __name__ == "__main__":
    main()
