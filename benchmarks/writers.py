"""How writing grows with the document: processor time per provision at 100, 1,000 and 10,000
provisions.

Run from the project's root:  python -m benchmarks.writers The figures of one run are to be read as
ratios: 1.0 at every size is linear.
"""

import gc
import os
import time
from random import Random

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
SIZES = (100, 1_000, 10_000)
# seconds of processor time: the quick ones are repeated for so long, and the best is taken
LEAST = 1.0


def main() -> None:
    """Prints the table."""
    django.setup()
    from splot.documents.tree import Document, assign_eids
    from splot.documents.writers import write_document
    from tests.documents.acts import make_act

    def seconds(document: Document, form: str) -> float:
        """The best processor time of writing this document."""
        best, spent = float("inf"), 0.0
        while spent < LEAST:
            gc.collect()
            start = time.process_time()
            write_document(document, form)
            best = min(best, took := time.process_time() - start)
            spent += took
        return best

    print(
        f"{'form':8}{'provisions':>12}{'seconds':>10}{'kB':>8}{'ratio':>8}   (ratio of seconds "
        "per provision)"
    )
    for form in ("txt", "md", "docx", "xml"):
        first = None
        for size in SIZES:
            act = make_act(Random(size), size)
            assign_eids(act.nodes)
            provisions = sum(1 for _ in act.walk())
            took, length = seconds(act, form), len(write_document(act, form))
            first = first or took / provisions
            ratio = took / provisions / first
            print(
                f"{form:8}{provisions:>12,}{took:>10.3f}{length / 1e3:>8.0f}{ratio:>8.2f}",
                flush=True,
            )


if __name__ == "__main__":
    main()
