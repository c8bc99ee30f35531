"""Reads plain text, Markdown, Word, PDF and Akoma Ntoso into the one document tree."""

from __future__ import annotations

from splot.documents.eids import assign_eids
from splot.documents.intake.files import identify_document
from splot.documents.intake.refusals import UnreadableDocument, empty_document
from splot.documents.readers import akn, docx, markdown, pdf, text
from splot.documents.readers.cleaning import clean_lines
from splot.documents.readers.evidence import gather_evidence
from splot.documents.readers.front_matter import parse_front_matter
from splot.documents.readers.lines import CleanupLog, SourceLine
from splot.documents.readers.outline import build_draft_tree
from splot.documents.readers.paragraphs import DraftNode, join_paragraphs, split_headings
from splot.documents.readers.problems import find_problems
from splot.documents.readers.tables import build_table
from splot.documents.tree import Document, Node, Problem

__all__ = ["UnreadableDocument", "read_document"]

READERS = {
    "text": text.read_text_lines,
    "markdown": markdown.read_markdown_lines,
    "docx": docx.read_docx_lines,
    "pdf": pdf.read_pdf_lines,
}


def read_document(data: bytes, name: str) -> Document:
    """The document in these bytes; `name` is the file's name, whose extension must tell the truth.

    Raises UnreadableDocument with a message for people; nothing else, whatever the bytes. Every
    word of the source is in the tree or, where it was debris, in `cleaned`; every defect found is
    in `problems`. Time and memory grow with the length of the document.
    """
    kind = identify_document(data, name)
    if kind == "xml":
        return akn.read_akn(data, name)
    log = CleanupLog()
    lines, problems = READERS[kind](data, name, log)
    return _build_document(clean_lines(lines, log), problems, log, name)


def _build_document(
    lines: list[SourceLine], problems: list[Problem], log: CleanupLog, name: str
) -> Document:
    if not lines:
        raise empty_document(name)
    evidence = gather_evidence(lines)
    if evidence.numbered:
        root = build_draft_tree(lines, evidence)
        title, act, introduction = parse_front_matter(root.pieces)
    else:
        title, act, body = parse_front_matter(lines)
        skipped = len(lines) - len(body)
        evidence.labels, evidence.begins = evidence.labels[skipped:], evidence.begins[skipped:]
        root, introduction = build_draft_tree(body, evidence, titled=True), []
    preamble = join_paragraphs(introduction, log)
    document = Document(title, act, preamble, _build_nodes(root, log))
    assign_eids(document.nodes)
    document.problems = [*problems, *find_problems(document, root, evidence)]
    document.cleaned = log.cleaned()
    return document


def _build_nodes(root: DraftNode, log: CleanupLog) -> list[Node]:
    """Nodes out of drafts, level by level, so that siblings can be judged together."""
    top = Node("root")
    waiting = [(root, top)]
    while waiting:
        draft, node = waiting.pop()
        texts = split_headings(draft.children, log)
        for child, (heading, words) in zip(draft.children, texts, strict=True):
            closing = join_paragraphs(child.closing, log)
            if child.kind == "table":
                node.children.append(build_table(child.pieces))
                continue
            below = Node(child.kind, child.num, heading=heading, text=words, closing=closing)
            node.children.append(below)
            waiting.append((child, below))
    return top.children
