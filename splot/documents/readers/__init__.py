"""Reads plain text, Markdown, Word, PDF and Akoma Ntoso into the one document tree."""

from __future__ import annotations

from splot.documents.intake import files
from splot.documents.intake.files import UnreadableDocument
from splot.documents.readers import akn, docx, markdown, pdf, text
from splot.documents.readers.cleaning import clean
from splot.documents.readers.evidence import gather
from splot.documents.readers.front import read_front
from splot.documents.readers.lines import Ledger, Line
from splot.documents.readers.outline import build
from splot.documents.readers.paragraphs import Draft, join, settle
from splot.documents.readers.problems import find_problems
from splot.documents.tree import Document, Node, Problem, assign_eids

__all__ = ["UnreadableDocument", "read_document"]

READERS = {"text": text.read_lines, "markdown": markdown.read_lines, "docx": docx.read_lines, "pdf": pdf.read_lines}


def read_document(data: bytes, name: str) -> Document:
    """The document in these bytes; `name` is the file's name, whose extension must tell the truth.

    Raises UnreadableDocument with a message for people; nothing else, whatever the bytes. Every word of the
    source is in the tree or, where it was debris, in `cleaned`; every defect found is in `problems`.
    Time and memory grow with the length of the document.
    """
    kind = files.identify(data, name)
    if kind == "xml":
        return akn.read(data, name)
    ledger = Ledger()
    lines, problems = READERS[kind](data, name, ledger)
    return _build_document(clean(lines, ledger), problems, ledger, name)


def _build_document(lines: list[Line], problems: list[Problem], ledger: Ledger, name: str) -> Document:
    if not lines:
        raise files.empty(name)
    evidence = gather(lines)
    if evidence.numbered:
        root = build(lines, evidence)
        title, act, introduction = read_front(root.pieces)
    else:
        title, act, rest = read_front(lines)
        evidence.labels = evidence.labels[len(lines) - len(rest) :]
        root, introduction = build(rest, evidence, titled=True), []
    document = Document(title, act, join(introduction, ledger), _nodes(root, ledger))
    assign_eids(document.nodes)
    document.problems = [*problems, *find_problems(document, root, evidence)]
    document.cleaned = ledger.cleaned()
    return document


def _nodes(root: Draft, ledger: Ledger) -> list[Node]:
    """Nodes out of drafts, level by level, so that siblings can be judged together."""
    top = Node("root")
    waiting = [(root, top)]
    while waiting:
        draft, node = waiting.pop()
        texts = settle(draft.children, ledger)
        for child, (heading, words) in zip(draft.children, texts, strict=True):
            made = Node(child.kind, child.num, heading=heading, text=words, closing=join(child.closing, ledger))
            node.children.append(made)
            waiting.append((child, made))
    return top.children
