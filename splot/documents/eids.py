"""Addresses of provisions within a document, after the naming convention of Akoma Ntoso."""

from __future__ import annotations

import re
from collections.abc import Sequence

from splot.documents.tree import EID_PREFIXES, RAISED, Node, bare_number

COUNTED_KINDS = ("indent", "table", "row", "cell")  # have no number of their own


def assign_eids(nodes: Sequence[Node]) -> None:
    """Gives every node its eId, unique in the whole document: "para_4__subpara_1__point_2__al_a".

    Dashes, tables, rows and cells count by position ("indent_1"), unnumbered nodes with "nn"
    ("level_nn_1"); a number printed twice under one parent gets a suffix ("para_5", "para_5_2").
    """
    taken: set[str] = set()
    repeats: dict[str, int] = {}
    waiting = [("", nodes)]
    while waiting:
        prefix, siblings = waiting.pop()
        positions: dict[str, int] = {}
        for node in siblings:
            mark = EID_PREFIXES.get(node.kind, node.kind)
            number = _eid_number(node)
            if not number:
                positions[mark] = positions.get(mark, 0) + 1
                counted = node.kind in COUNTED_KINDS
                number = str(positions[mark]) if counted else f"nn_{positions[mark]}"
            node.eid = _unique_eid(f"{prefix}{mark}_{number}", taken, repeats)
            waiting.append((f"{node.eid}__", node.children))


def _eid_number(node: Node) -> str:
    """The number as a part of an eId: "1-1" of "1.1.", "2-1" of "§ 2¹"; "" of what
    counts by its position.
    """
    if node.kind in COUNTED_KINDS:
        return ""
    if node.kind == "attachment" and len(node.num.split()) == 1:
        return ""  # "Annex" alone is a word, another one in each language
    plain = re.sub(f"([{RAISED}]+)", r"-\1", bare_number(node.num))
    return re.sub(r"[\W_]+", "-", plain.translate(str.maketrans(RAISED, "0123456789")))


def _unique_eid(eid: str, taken: set[str], repeats: dict[str, int]) -> str:
    unique = eid
    while unique in taken:
        repeats[eid] = repeats.get(eid, 1) + 1
        unique = f"{eid}_{repeats[eid]}"
    taken.add(unique)
    return unique
