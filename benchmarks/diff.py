"""How comparing and mending grow with the document, and what the worst texts cost.

Run from the project's root:  python -m benchmarks.diff Seconds of processor time, the best of three
runs. "a tenth changed" rewords, moves, removes and adds; "all different" are two acts that share
nothing but their numbers.
"""

import os
import time
from collections.abc import Callable
from copy import deepcopy
from random import Random

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
SIZES = (150, 1_500, 6_000)
RUNS = 3


def seconds(work: Callable[[], object]) -> float:
    """The best processor time of some runs."""
    best = float("inf")
    for _run in range(RUNS):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


def change_a_tenth(chance: Random, document) -> None:
    """Rewords, removes, moves or adds one in ten of the passages that have words and nothing below
    them.
    """
    from splot.documents.tree import Node
    from tests.documents.test_diff import insert, leaves, remove, renumber, reword

    every = leaves(document)
    for node, siblings in chance.sample(every, len(every) // 10):
        deed = chance.choice((reword, remove, insert, None))
        if deed:
            deed(chance, node, siblings)
        else:
            remove(chance, node, siblings)
            document.nodes.insert(0, Node("paragraph", text="Nowe miejsce", children=[node]))
    renumber(document)


def compare_and_read(old, new) -> None:
    """The comparison with every difference of words."""
    from splot.documents.diff import compare_documents

    for change in compare_documents(old, new).changes:
        _parts = change.heading, change.text, change.closing


def main() -> None:
    """Prints the figures."""
    django.setup()
    from splot.documents.diff import diff_text
    from splot.documents.references import Renumbering, renumber_references
    from tests.documents.test_diff import act, renumber

    def mend_all(old, new) -> None:
        renumbering = Renumbering(old, new)
        for node, _above in old.walk():
            renumber_references(node.text, node.eid, renumbering)

    print(f"{'passages':>10}{'same':>8}{'a tenth changed':>17}{'all different':>15}{'mending':>9}")
    for size in SIZES:
        old = renumber(act(Random(size), size, refs=False))
        other = renumber(act(Random(size + 1), size))
        for node, _above in other.walk():
            node.text = node.text.translate(str.maketrans("aeio", "eioa"))
        changed = deepcopy(old)
        change_a_tenth(Random(size), changed)
        known = deepcopy(old), deepcopy(changed)
        for document in known:
            for node, _above in document.walk():
                node.ref = node.text
        figures = [
            seconds(lambda pair=pair: compare_and_read(*pair))
            for pair in ((old, deepcopy(old)), (old, changed), (old, other))
        ]
        passages = sum(1 for _ in old.walk())
        print(
            f"{passages:>10,}{figures[0]:>8.2f}{figures[1]:>17.2f}{figures[2]:>15.2f}"
            f"{seconds(lambda known=known: mend_all(*known)):>9.2f}",
            flush=True,
        )
    chance = Random(1)
    letters = [" ".join(chance.choice("abcd") for _ in range(100_000)) for _ in range(2)]
    texts = {
        "one word of 200 kB": ("ż" * 100_000, "ź" * 100_000),
        "four words, at random": tuple(letters),
        "two words in turn": ("a b " * 50_000, "b a c " * 33_000),
        "one word more in 200 kB": (
            "raz dwa " * 25_000,
            "raz dwa " * 12_000 + "trzy " + "raz dwa " * 13_000,
        ),
    }
    for name, (one, two) in texts.items():
        print(f"{name:>26}: {seconds(lambda one=one, two=two: diff_text(one, two)):.2f} s")


if __name__ == "__main__":
    main()
