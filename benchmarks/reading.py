"""How reading grows with the document: processor time and memory per provision at 100, 1,000 and
10,000 provisions.

Run from the project's root:  python -m benchmarks.reading The figures of one run are to be read as
ratios: 1.0 at every size is linear.
"""

import gc
import os
import time
import tracemalloc
from collections.abc import Callable
from random import Random

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
SIZES = (100, 1_000, 10_000)
# seconds of processor time: the quick ones are repeated for so long, and the best is taken
LEAST = 1.0


def files() -> dict[str, Callable[[str], bytes]]:
    """How each format is made from the text of an act."""
    from tests.documents.test_pdf import make_pdf
    from tests.documents.word import WordFile

    def word(text: str) -> bytes:
        made = WordFile()
        for line in filter(None, text.splitlines()):
            made.add(line)
        return made.data()

    return {"txt": str.encode, "docx": word, "pdf": lambda text: make_pdf(text, number=True)}


def seconds(data: bytes, name: str) -> float:
    """The best processor time of reading these bytes."""
    from splot.documents.readers import read_document

    best, spent = float("inf"), 0.0
    while spent < LEAST:
        gc.collect()
        start = time.process_time()
        read_document(data, name)
        best = min(best, took := time.process_time() - start)
        spent += took
    return best


def peak(data: bytes, name: str) -> int:
    """The most memory held at once while reading, in bytes."""
    from splot.documents.readers import read_document

    tracemalloc.start()
    read_document(data, name)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most


def main() -> None:
    """Prints the table."""
    django.setup()
    from splot.documents.readers import read_document
    from tests.documents.acts import make_act, print_act

    print(
        f"{'format':8}{'provisions':>12}{'seconds':>10}{'ratio':>8}{'MB':>8}{'ratio':>8}   "
        "(ratios per provision)"
    )
    for kind, make in files().items():
        first = None
        for size in SIZES:
            data, name = make(print_act(make_act(Random(size), size))), f"act.{kind}"
            provisions = sum(1 for _ in read_document(data, name).walk())
            took, memory = seconds(data, name), peak(data, name)
            each = (took / provisions, memory / provisions)
            first = first or each
            ratios = [now / then for now, then in zip(each, first, strict=True)]
            print(
                f"{kind:8}{provisions:>12,}{took:>10.3f}{ratios[0]:>8.2f}"
                f"{memory / 1e6:>8.1f}{ratios[1]:>8.2f}",
                flush=True,
            )


if __name__ == "__main__":
    main()
