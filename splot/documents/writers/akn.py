"""Akoma Ntoso 3.0: the whole tree as legal XML, valid against the standard's strict schema."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from urllib.parse import quote

from lxml import etree

from splot.documents.eids import assign_eids
from splot.documents.readers.akn import ACT_ELEMENTS, CLOSING, STANDING
from splot.documents.readers.akn_text import XML_LANG
from splot.documents.readers.tables import is_table, own_words
from splot.documents.tree import EID_PREFIXES, TABLE_KINDS, Act, Document, Node
from splot.documents.writers.normalise import INVALID_CHARACTERS, normalise_document
from splot.documents.writers.uris import (
    NO_DATE,
    iso_639_2_code,
    latin_slug,
    parse_iso_date,
    work_uri,
)

URI = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
ORGANISATION = "body-of-the-act"
# annexes stand beside the body
TAGS = {kind: kind for kind in EID_PREFIXES if kind not in ("attachment", *TABLE_KINDS)}


@dataclass(frozen=True, slots=True)
class _Work:
    """What all parts of the file say of the act: its address, its day, which text it is."""

    uri: str
    day: str
    standing: tuple[str, ...] = ()


def write_akn(
    document: Document,
    *,
    language: str = "pl",
    teryt: str = "",
    standing: Sequence[str] = (),
    made: date | None = None,
) -> bytes:
    """The document as Akoma Ntoso XML in UTF-8; the same tree gives the same bytes.

    `teryt` is the municipality's code, for the act's address; `standing` says which text of the act
    it is; `made` is the day of a draft, which has no day of its own yet. eIds are the tree's; where
    they are missing or repeated all are given anew.
    """
    document = normalise_document(document, keep_invisible=True)
    _ensure_eids(document)
    root = etree.Element(f"{{{URI}}}akomaNtoso", nsmap={None: URI})
    kind = "act" if document.act.kind else "doc"
    main = _add_element(root, kind, name=latin_slug(document.act.kind) or "document")
    day = parse_iso_date(document.act.date) or (made.isoformat() if made else NO_DATE)
    uri = work_uri(document.act, teryt=teryt, kind=kind, day=day)
    title = _title_parts(document)
    untitled = asdict(document.act)  # what of the act its title does not say
    for part, _words in title:
        untitled.pop(part, None)
    _write_meta(main, document.act, _Work(uri, day, tuple(standing)), language, untitled)
    if document.title:
        _write_title(main, title, day, standing)
    if document.preamble:
        _write_lines(_add_element(main, "preamble"), document.preamble)
    _write_provisions(main, document.nodes, _Work(uri, day), language)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _add_element(
    parent: etree._Element, tag: str, text: str = "", **attributes: str
) -> etree._Element:
    element = etree.SubElement(parent, f"{{{URI}}}{tag}", attributes)
    element.text = text or None
    return element


def _ensure_eids(document: Document) -> None:
    eids = [node.eid for node, _above in document.walk()]
    good = len(set(eids)) == len(eids) and all(re.fullmatch(r"\S+", eid) for eid in eids)
    if not good or any(INVALID_CHARACTERS.search(eid) for eid in eids):
        assign_eids(document.nodes)


def _title_parts(document: Document) -> list[tuple[str, str]]:
    """The title in pieces: (part of the act, its words), ("", words between)."""
    pieces: list[tuple[str, str]] = []
    at = 0
    for part, text in asdict(document.act).items():
        if part == "date" and not parse_iso_date(text):
            continue  # an element for a day must say which
        start = document.title.find(text, at) if text else -1
        if start >= 0:
            pieces += [("", document.title[at:start]), (part, text)]
            at = start + len(text)
    return [*pieces, ("", document.title[at:])]


def _write_title(
    main: etree._Element, pieces: Sequence[tuple[str, str]], day: str, standing: Sequence[str]
) -> None:
    preface = _add_element(main, "preface")
    if standing:
        _write_lines(_add_element(preface, "container", name=STANDING), "\n".join(standing))
    line = _add_element(_add_element(preface, "longTitle"), "p")
    last: etree._Element | None = None
    for part, text in pieces:
        if part:
            dated = {"date": day} if part == "date" else {}
            last = _add_element(line, ACT_ELEMENTS[part], text, **dated)
        elif last is None:
            line.text = text
        else:
            last.tail = text


def _write_meta(
    main: etree._Element,
    act: Act,
    work: _Work,
    language: str,
    aliases: dict[str, str],
    component: str = "main",
) -> None:
    """Who made which act when, at its three levels: the work, its language version, the file."""
    meta = _add_element(main, "meta")
    identification = _add_element(meta, "identification", source="#splot")
    expression = f"{work.uri}/{iso_639_2_code(language)}"
    levels = {"Work": work.uri, "Expression": expression, "Manifestation": expression}
    for level, address in levels.items():
        frbr = _add_element(identification, f"FRBR{level}")
        ending = ".xml" if level == "Manifestation" else ""
        _add_element(frbr, "FRBRthis", value=f"{address}/!{component}{ending}")
        _add_element(frbr, "FRBRuri", value=f"{address}{ending}")
        if level == "Work":
            for part, text in aliases.items():
                if text:
                    _add_element(frbr, "FRBRalias", value=text, name=f"act-{part}")
        elif level == "Expression":
            for line in work.standing:
                _add_element(frbr, "FRBRalias", value=line, name=STANDING)
        _add_element(frbr, "FRBRdate", date=work.day, name="Generation")
        _add_element(frbr, "FRBRauthor", href=f"#{ORGANISATION}", **{"as": "#author"})
        if level == "Work":
            _add_element(frbr, "FRBRcountry", value="pl")
        elif level == "Expression":
            _add_element(frbr, "FRBRlanguage", language=iso_639_2_code(language))
    if component == "main":
        references = _add_element(meta, "references", source="#splot")
        body = act.body or "–"
        href = f"/akn/ontology/organization/pl/{latin_slug(act.body) or 'nn'}"
        _add_element(references, "TLCOrganization", eId=ORGANISATION, href=href, showAs=body)


def _write_provisions(
    main: etree._Element, nodes: Sequence[Node], work: _Work, language: str
) -> None:
    """The body, and the annexes that end the act; an annex among other provisions stays among
    them.
    """
    end = len(nodes)
    while end and nodes[end - 1].kind == "attachment":
        end -= 1
    annexes = nodes[end:]
    body = _add_element(main, "body" if main.tag.endswith("}act") else "mainBody")
    for node in nodes[:end]:
        _write_node(body, node)
    if not end:
        _add_element(body, "componentRef", src=f"#{annexes[0].eid}" if annexes else "#", showAs="–")
    if annexes:
        holder = _add_element(main, "attachments")
        for node in annexes:
            _write_annex(holder, node, work, language)


def _write_annex(parent: etree._Element, node: Node, work: _Work, language: str) -> None:
    attachment = _open_element(parent, "attachment", node)
    inner = _add_element(attachment, "doc", name="annex")
    _write_meta(inner, Act(), work, language, {}, component=node.eid)
    body = _add_element(inner, "mainBody")
    _write_lines(body, node.text)
    for child in node.children:
        _write_node(body, child)
    if node.closing:
        _write_lines(_add_element(body, "container", name=CLOSING), node.closing)


def _write_node(parent: etree._Element, node: Node) -> None:
    element = _open_element(parent, TAGS.get(node.kind, "hcontainer"), node)
    if is_table(node):
        _write_table(_add_element(element, "content"), node)
        return
    if not node.children and not node.closing:
        _write_lines(_add_element(element, "content"), node.text)
        return
    if node.text:
        _write_lines(_add_element(element, "intro"), node.text)
    for child in node.children:
        _write_node(element, child)
    if node.closing:
        _write_lines(_add_element(element, "wrapUp"), node.closing)


def _write_table(parent: etree._Element, node: Node) -> None:
    """A table of the standard, its first row the heads of its columns."""
    table = _add_element(parent, "table")
    for row in node.children:
        line = _add_element(table, "tr")
        _set_attributes(line, row)
        for cell in row.children:
            element = _add_element(line, "td" if line.getprevious() is not None else "th")
            _set_attributes(element, cell)
            if cell.text or not cell.children:
                _write_lines(element, own_words(cell))
            for item in cell.children:
                _set_attributes(_add_element(element, "p", own_words(item)), item)


def _open_element(parent: etree._Element, tag: str, node: Node) -> etree._Element:
    element = _add_element(parent, tag)
    _set_attributes(element, node)
    if tag == "hcontainer":
        element.set("name", INVALID_CHARACTERS.sub("", node.kind))
    if node.num:
        _add_element(element, "num", node.num)
    if node.heading:
        _add_element(element, "heading", node.heading)
    return element


def _set_attributes(element: etree._Element, node: Node) -> None:
    """The provision's address, the passage that it is, and its language."""
    element.set("eId", node.eid)
    if node.ref:
        ref = INVALID_CHARACTERS.sub("", node.ref)
        element.set("wId", re.sub(r"\s|%", lambda sign: quote(sign[0]), ref))
    if re.fullmatch(r"[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*", node.lang):
        element.set(XML_LANG, node.lang)


def _write_lines(parent: etree._Element, text: str) -> None:
    """A paragraph for each line. What holds no words holds an empty one, as the schema asks."""
    for line in text.split("\n"):
        _add_element(parent, "p", line)
