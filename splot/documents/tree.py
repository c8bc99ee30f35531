"""The one document tree that every reader makes and every writer prints.

Kinds carry Akoma Ntoso names: chapter (Rozdział), article (Art.), paragraph (§), subparagraph
(ust.), point (pkt), alinea (lit.), indent (tiret), attachment (annex), and level for every other
outline. A table holds rows, and they hold cells; the
items of a list in a cell are cells within it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field

EID_PREFIXES = {
    "attachment": "att",
    "chapter": "chp",
    "article": "art",
    "paragraph": "para",
    "subparagraph": "subpara",
    "point": "point",
    "alinea": "al",
    "indent": "indent",
    "level": "level",
    "table": "table",
    "row": "row",
    "cell": "cell",
}
RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"  # "§ 2¹" was put in after § 2
CITATION_FORMATS = {
    "article": "art. {}",
    "paragraph": "§ {}",
    "subparagraph": "ust. {}",
    "point": "pkt {}",
    "alinea": "lit. {}",
    "indent": "tiret {}",
}
TABLE_KINDS = ("table", "row", "cell")
# what belongs to an act as it was passed, and to no consolidated text: known by its `ref`
SIGNATURE, JUSTIFICATION = "signature", "justification"
OUTLINE_KINDS = ("level", *TABLE_KINDS)  # cited by their number, or by their first words


@dataclass(slots=True)
class Node:
    """One provision. `num` is kept as printed; `closing` is the common text after the children.

    `ref` says which passage it is, whatever its number and words in a version; "" where nobody
    knows. `lang` is the language of its words where that is not the document's.
    """

    kind: str
    num: str = ""
    eid: str = ""
    heading: str = ""
    text: str = ""
    children: list[Node] = field(default_factory=list)
    closing: str = ""
    ref: str = ""
    lang: str = ""

    def to_json(self) -> dict:
        """This node and all below it, as in `Document.to_json`."""
        data = {
            "eId": self.eid,
            "kind": self.kind,
            "num": self.num,
            "heading": self.heading,
            "text": self.text,
            "children": [child.to_json() for child in self.children],
        }
        for name in ("closing", "ref", "lang"):
            if value := getattr(self, name):
                data[name] = value
        return data

    @classmethod
    def from_json(cls, data: dict) -> Node:
        """The inverse of `to_json`; a missing text counts as empty."""
        return cls(
            kind=data["kind"],
            num=data.get("num", ""),
            eid=data.get("eId", ""),
            heading=data.get("heading", ""),
            text=data.get("text", ""),
            children=[cls.from_json(child) for child in data.get("children", [])],
            closing=data.get("closing", ""),
            ref=data.get("ref", ""),
            lang=data.get("lang", ""),
        )


@dataclass(slots=True)
class Act:
    """The title block in its parts, as printed, without the words that introduce them.

    "UCHWAŁA NR I/1/2026 / RADY MIASTA LUBLIN / z dnia 26 lutego 2026 r. / w sprawie budżetu" gives
    kind "UCHWAŁA", number "I/1/2026", body "RADY MIASTA LUBLIN", date "26 lutego 2026 r.", subject
    "budżetu". What the document does not say is "".
    """

    kind: str = ""
    number: str = ""
    body: str = ""
    date: str = ""
    subject: str = ""


@dataclass(slots=True)
class CleanupEntry:
    """Debris that the reader removed or mended: a code, where it first stood, a sample, how
    often.
    """

    what: str
    place: str
    text: str
    count: int = 1


@dataclass(slots=True)
class Problem:
    """A defect of the document, kept as printed: a code, the provision cited, its eId, a
    sentence.
    """

    code: str
    place: str
    eid: str
    message: str

    def to_json(self) -> dict:
        """This problem, as in `Document.to_json`."""
        return {
            "code": self.code,
            "place": self.place,
            "eId": self.eid,
            "message": self.message,
        }

    @classmethod
    def from_json(cls, data: dict) -> Problem:
        """The inverse of `to_json`."""
        return cls(data["code"], data["place"], data["eId"], data["message"])


@dataclass(slots=True)
class Document:
    """A document as read: `title`, then `preamble`, then `nodes` hold every word, in order."""

    title: str = ""
    act: Act = field(default_factory=Act)
    preamble: str = ""
    nodes: list[Node] = field(default_factory=list)
    cleaned: list[CleanupEntry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def walk(self) -> Iterator[tuple[Node, tuple[Node, ...]]]:
        """Every node in reading order with its ancestors, the outermost first."""
        waiting: list[tuple[Node, tuple[Node, ...]]] = [(node, ()) for node in reversed(self.nodes)]
        while waiting:
            node, ancestors = waiting.pop()
            yield node, ancestors
            path = (*ancestors, node)
            waiting.extend((child, path) for child in reversed(node.children))

    def cited(self) -> Iterator[tuple[Node, str]]:
        """Every node in reading order with how it is cited: "§ 4 ust. 1 pkt 2"."""
        for node, ancestors in self.walk():
            yield node, citation_of((*ancestors, node))

    def cited_within_annex(self) -> Iterator[tuple[Node, str]]:
        """As `cited`; where an act has one annex, what stands in it is cited without it: a policy
        is cited by its own numbers.
        """
        annexes = [node for node in self.nodes if _holds_provisions(node)]
        for node, ancestors in self.walk():
            is_within = len(annexes) == 1 and ancestors[:1] == (annexes[0],)
            yield node, citation_of((*ancestors[is_within:], node))

    def find(self, eid: str) -> Node | None:
        """The node with this eId, or None. Walks the tree; for many, keep a dict made with
        `walk`.
        """
        return next((node for node, _ in self.walk() if node.eid == eid), None)

    def nodes_by_ref(self) -> dict[str, Node]:
        """{ref: node} of the nodes that have one."""
        return {node.ref: node for node, __ in self.walk() if node.ref}

    def words(self) -> list[str]:
        """Every word of the document in reading order, as separated by white space."""
        words = [*self.title.split(), *self.preamble.split()]
        waiting: list[Node | str] = list(reversed(self.nodes))
        while waiting:
            item = waiting.pop()
            if isinstance(item, str):
                words += item.split()
                continue
            for text in (item.num, item.heading, item.text):
                words += text.split()
            waiting.append(item.closing)
            waiting.extend(reversed(item.children))
        return words

    def to_json(self) -> dict:
        """A dict for JSON: title, act, preamble, nodes (with "eId"), cleaned, problems (with
        "eId").
        """
        return {
            "title": self.title,
            "act": asdict(self.act),
            "preamble": self.preamble,
            "nodes": list(map(Node.to_json, self.nodes)),
            "cleaned": list(map(asdict, self.cleaned)),
            "problems": list(map(Problem.to_json, self.problems)),
        }

    @classmethod
    def from_json(cls, data: dict) -> Document:
        """The inverse of `to_json`."""
        return cls(
            title=data.get("title", ""),
            act=Act(**data.get("act", {})),
            preamble=data.get("preamble", ""),
            nodes=list(map(Node.from_json, data.get("nodes", []))),
            cleaned=[CleanupEntry(**entry) for entry in data.get("cleaned", [])],
            problems=list(map(Problem.from_json, data.get("problems", []))),
        )


def bare_number(num: str) -> str:
    """The number without its marks: "§ 4a." -> "4a", "za)" -> "za", "Załącznik nr 2" -> "2"."""
    stripped = re.sub(r"^[\W_]+|[\W_]+$", "", num)
    return stripped.split()[-1] if stripped else ""


def citation_of(path: Sequence[Node]) -> str:
    """How a provision is cited: "§ 4 ust. 1 pkt 2 lit. a tiret 1", "Załącznik nr 1, § 2", "V.1".

    path: the ancestors and the node itself, the outermost first. Numbers of §§ and articles do
    without their chapters and headings; a passage without a number is cited by its first words. The
    marks are those of Polish drafting in every language.
    """
    annexes = [node.num or node.heading for node in path if node.kind == "attachment"]
    segments: list[list[str]] = [[]]
    for node in _from_section(path):
        if node.kind in TABLE_KINDS and node is not path[-1] and not (node.num or node.text):
            continue  # a cell is cited by what stands in it
        if node.kind in OUTLINE_KINDS and bare_number(node.num):
            _add_level(segments[-1], bare_number(node.num) or node.num)
        elif node.kind in OUTLINE_KINDS:
            segments.append([_first_words(node)])
        elif node.kind in CITATION_FORMATS:
            segments[-1].append(CITATION_FORMATS[node.kind].format(_position_of(node)))
        elif node.kind == "chapter":
            segments[-1].append(node.num)
    return ", ".join(filter(None, (*annexes, *map(" ".join, segments))))


def _from_section(path: Sequence[Node]) -> Sequence[Node]:
    """The path from its § or article on; the whole of it where there is none."""
    for at, node in enumerate(path):
        if node.kind in ("article", "paragraph"):
            return path[at:]
    return path


def _first_words(node: Node) -> str:
    while node.kind in ("table", "row") and node.children:
        node = node.children[0]
    words = (node.heading or node.text).split()
    return f"“{' '.join(words[:5])}{'…' if len(words) > 5 else ''}”"


def _add_level(marks: list[str], number: str) -> None:
    """Numbers of an outline join into one: "V" and "1" into "V.1", "2" and "2.1" into "2.1",
    "1.A.1" and "A.1.I" into "1.A.1.I".
    """
    outer = marks.pop() if marks and marks[-1][:1].isalnum() and " " not in marks[-1] else ""
    above, parts = outer.split("."), number.split(".")
    shared = min(len(above), len(parts) - 1)
    while shared and above[-shared:] != parts[:shared]:
        shared -= 1
    marks.append(".".join([*(above if outer else []), *parts[shared:]]))


def _holds_provisions(node: Node) -> bool:
    return node.kind == "attachment" and any(below.num for below in node.children)


def _position_of(node: Node) -> str:
    """Dashes carry no number of their own: their place among their siblings stands in the eId."""
    return node.eid.rsplit("_", 1)[-1] if node.kind == "indent" else bare_number(node.num)
