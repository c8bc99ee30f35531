"""Akoma Ntoso 3.0: acts of any legislator, as far as their markup is that of the standard.

Source: OASIS LegalDocML, Akoma Ntoso 1.0, XML vocabulary 3.0. A division that the tree has no kind
for becomes a level; what no rule explains stays as words in its place.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection

from django.utils.translation import gettext as _
from lxml import etree

from splot.documents.eids import assign_eids
from splot.documents.intake.refusals import empty_document, unreadable_document
from splot.documents.readers.akn_text import (
    INLINE,
    copy_address,
    flatten_text,
    multiline_text,
    normalise_spaces,
    parse_table,
    tag_name,
)
from splot.documents.readers.front_matter import parse_front_matter
from splot.documents.readers.lines import SourceLine
from splot.documents.references.dead_references import find_dead_references
from splot.documents.tree import EID_PREFIXES, TABLE_KINDS, Act, Document, Node

NAMESPACE = re.compile(
    r"https?://(?:docs\.oasis-open\.org/legaldocml/ns/akn/3\.0|www\.akomantoso\.org/3\.0)(?:/\w+)?"
)
CLOSING = "closing"
STANDING = "standing"
CHAPTERS = re.findall(
    r"\w+", "book tome part title division subpart subtitle subchapter subdivision"
)
LEVELS = re.findall(
    r"\w+",
    """section subsection clause list rule subrule proviso subclause sublist transitional
    item crossHeading""",
)
NODE_KINDS = {
    **{kind: kind for kind in EID_PREFIXES if kind not in TABLE_KINDS},
    **dict.fromkeys(CHAPTERS, "chapter"),
    **dict.fromkeys(LEVELS, "level"),
    "component": "attachment",
}
BODIES = {
    "body",
    "mainBody",
    "amendmentBody",
    "judgmentBody",
    "debateBody",
    "collectionBody",
    "portionBody",
}
FRONT = {"preface", "preamble"}
ACT_ELEMENTS = {
    "kind": "docType",
    "number": "docNumber",
    "body": "docProponent",
    "date": "docDate",
    "subject": "docTitle",
}
BLOCKS = {"p", "block", "table", "ul", "ol", "foreign", "authorialNote", "meta"}
# of a node, with what joins their parts
FIELDS = {"num": " ", "heading": " ", "text": "\n", "closing": "\n"}


def read_akn(data: bytes, name: str) -> Document:
    """The act in these bytes. Raises UnreadableDocument; what declares entities is refused."""
    main = _find_main(_parse_xml(data, name))
    if main is None:
        raise unreadable_document(name, _("it is not an act in Akoma Ntoso 3.0."))
    try:
        document = _parse_act(main)
    except RecursionError as error:
        raise unreadable_document(
            name, _("its parts lie deeper within one another than those of any act.")
        ) from error
    if not document.words():
        raise empty_document(name)
    eids = [node.eid for node, _above in document.walk()]
    if "" in eids or len(set(eids)) < len(eids):
        assign_eids(document.nodes)
    document.problems = find_dead_references(document)
    return document


def _parse_xml(data: bytes, name: str) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
        huge_tree=False,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise unreadable_document(name, _("it is damaged: its XML is not well-formed.")) from error
    if root.getroottree().docinfo.doctype:
        raise unreadable_document(
            name, _("it declares a document type or entities, which an act has no need of.")
        )
    tag = etree.QName(root)
    if tag.localname != "akomaNtoso" or not NAMESPACE.fullmatch(tag.namespace or ""):
        raise unreadable_document(name, _("it is not an act in Akoma Ntoso 3.0."))
    return root


def _find_main(root: etree._Element) -> etree._Element | None:
    """The first element that has a body: the act or the document."""
    for child in root:
        if any(tag_name(part) in BODIES for part in child):
            return child
    return None


def _parse_act(main: etree._Element) -> Document:
    body = _Body(main).whole
    loose = [Node("level", text=line) for line in body.text.split("\n") if line]
    closing = [Node("level", text=body.closing)] if body.closing else []
    document = Document(nodes=[*loose, *body.children, *closing, *_parse_footnotes(main)])
    _parse_front_matter(main, document)
    return document


class _Body:
    """The provisions of an act under one root. `dividing` are the elements that hold divisions;
    words are gathered by node and field, and joined when the node is done.
    """

    def __init__(self, main: etree._Element) -> None:
        self.dividing: set[etree._Element] = set()
        for element in main.iter():
            if _is_division(element) or element.get("name") == CLOSING:
                above = element.getparent()
                while above is not None and above not in self.dividing:
                    self.dividing.add(above)
                    above = above.getparent()
        self.words: dict[tuple[int, str], list[str]] = defaultdict(list)
        self.whole = Node("root")
        self._fill(self.whole, main, FRONT)
        self._settle(self.whole)

    def _settle(self, node: Node) -> None:
        for field, between in FIELDS.items():
            pieces = self.words.pop((id(node), field), [])
            setattr(node, field, between.join(filter(None, pieces)))

    def _fill(self, node: Node, element: etree._Element, skipped: Collection[str] = ()) -> None:
        """Puts what an element holds into a node. Words after its children are closing words or a
        level.
        """
        self._add(node, normalise_spaces(element.text or ""))
        for part in element:
            if tag_name(part) not in skipped:
                self._put(node, part, tag_name(part))
            self._add(node, normalise_spaces(part.tail or ""))

    def _put(self, node: Node, part: etree._Element, tag: str) -> None:
        if tag == "num":
            self.words[id(node), "num"].append(flatten_text(part))
        elif tag in ("heading", "subheading"):
            self.words[id(node), "heading"].append(flatten_text(part))
        elif tag in ("wrapUp", "listWrapUp") or part.get("name") == CLOSING:
            self.words[id(node), "closing"].append(multiline_text(part))
        elif tag == "table" and node.kind == "table" and not node.children:
            node.children = parse_table(part).children
        elif tag == "table":
            node.children.append(parse_table(part))
        elif _is_division(part):
            node.children.append(self._node(part, tag))
        elif part in self.dividing and tag not in INLINE and tag not in BLOCKS:
            self._fill(node, part)
        elif tag != "meta":
            self._add(node, multiline_text(part))

    def _node(self, element: etree._Element, tag: str) -> Node:
        name = element.get("name", "")
        kind = NODE_KINDS.get(tag) or (name if name in EID_PREFIXES else "level")
        node = Node(kind)
        copy_address(node, element)
        if tag == "crossHeading":
            node.heading = flatten_text(element)
        else:
            self._fill(node, element)
            self._settle(node)
        return node

    def _add(self, node: Node, words: str) -> None:
        if words and node.children:
            node.children.append(Node("level", text=words))
        elif words:
            self.words[id(node), "text"].append(words)


def _is_division(element: etree._Element) -> bool:
    tag = tag_name(element)
    return tag in NODE_KINDS or tag in ("hcontainer", "table")


def _parse_footnotes(main: etree._Element) -> list[Node]:
    """Footnotes, wherever they are kept, after the text as its own readers put them."""
    footnotes: list[Node] = []
    for note in main.iter("{*}note", "{*}authorialNote"):
        if words := flatten_text(note):
            marker = note.get("marker", "")
            footnotes.append(Node("level", text=f"{marker} {words}".strip()))
    return footnotes


def _parse_front_matter(main: etree._Element, document: Document) -> None:
    preface, preamble = main.find("{*}preface"), main.find("{*}preamble")
    for said in [] if preface is None else preface.findall(f"{{*}}container[@name='{STANDING}']"):
        preface.remove(said)  # which text of the act it is, and no part of its title
    document.preamble = "" if preamble is None else multiline_text(preamble)
    work = main.find("{*}meta/{*}identification/{*}FRBRWork")
    aliases: dict[str, str] = {}
    for alias in () if work is None else work.iterfind("{*}FRBRalias"):
        aliases[alias.get("name")] = alias.get("value", "")
    if preface is None:
        document.title = " ".join((aliases.get("title") or "").split())
        lines = [document.title] if document.title else []
    else:
        document.title, lines = flatten_text(preface), multiline_text(preface).split("\n")
    for part, tag in ACT_ELEMENTS.items():
        element = None if preface is None else next(preface.iter(f"{{*}}{tag}"), None)
        alias = aliases.get(f"act-{part}", "")
        setattr(document.act, part, alias if element is None else flatten_text(element))
    if document.act == Act() and tag_name(main) == "act":
        source = [SourceLine(line, at) for at, line in enumerate(lines, 1)]
        _title, document.act, _following = parse_front_matter(source)
