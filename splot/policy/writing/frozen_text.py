"""The newest public text follows its translations: what binds stays as it was frozen, what informs
gets better.
"""

import re
from collections.abc import Iterable

from splot.catalogue.queries import act_wordings
from splot.core.values import Values
from splot.documents.tree import Document, Node, bare_number

from ..act_mapping import split_opening, wording_of
from ..compose import compose_document, split_items
from ..contents import Contents, contents_of
from ..models import Area, Policy, PolicyPart, PolicyPassage, PolicyVersion, Value
from ..queries import imported_version

TRAILING_PUNCTUATION = re.compile(r"[\s;,.]*$")


def refresh_frozen_text(policy: Policy, language: str) -> bool:
    """Bring the newest frozen text in a language up to date, if it is public; was there anything to
    write?

    The text in the version's own language is never touched. Belongs inside an action.
    """
    version = PolicyVersion.objects.select_for_update().filter(policy=policy).first()
    if version is None or not version.is_public or language == version.language:
        return False
    read_anew = Policy.objects.select_related("amends").get(pk=policy.pk)
    document = _retranslate_text(read_anew, version, language)
    texts = document.to_json() if document else version.texts.get(language)
    if texts == version.texts.get(language):
        return False
    PolicyVersion.objects.filter(pk=version.pk).update(texts={**version.texts, language: texts})
    return True


def _retranslate_text(policy: Policy, version: PolicyVersion, language: str) -> Document | None:
    is_act = version.was_read or imported_version(policy.amends or policy) is not None
    if is_act and language in version.texts:
        return _translate_act(
            Document.from_json(version.texts[language]), contents_of(policy).everything, language
        )
    return (
        None if version.was_read else _translate_composition(version, contents_of(policy), language)
    )


def _translate_composition(version: PolicyVersion, contents: Contents, language: str) -> Document:
    """The binding tree in the words that its rows have in a language.

    A passage that was reworded or dropped since the freezing keeps the translation that it had
    then, because a newer one says something else. What has none stays in the binding language and
    says so.
    """
    frozen = Document.from_json(version.texts[version.language])
    before = Document.from_json(version.texts.get(language, {}))
    # frozen before the resolution had its day, it stays so
    is_dated = any(map(str.isdigit, frozen.act.date))
    adopted_on = version.adopted_on if is_dated else None
    resolution: Values = {"number": frozen.act.number, "on": adopted_on}
    source = compose_document(contents, version.language, **resolution)
    target = compose_document(contents, language, **resolution)
    nodes_in_source, nodes_in_target = source.nodes_by_ref(), target.nodes_by_ref()
    nodes_before = before.nodes_by_ref()
    chapter = act_wordings(language)["chapter"]
    for node, __ in frozen.walk():
        same = _has_same_wording(node, nodes_in_source.get(node.ref))
        other = (nodes_in_target if same else nodes_before).get(node.ref)
        node.lang = "" if other and not other.lang else version.language
        if other and not other.lang:
            node.text, node.heading = _with_ending(other.text, node.text), other.heading
            node.num = other.num if node.kind == "attachment" else node.num
        if node.kind == "chapter":
            node.num = chapter.format(number=bare_number(node.num))
    opening = frozen
    if _opening_of(source) == _opening_of(frozen):
        opening = target
    elif before.title:
        opening = before
    frozen.title, frozen.act, frozen.preamble = opening.title, opening.act, opening.preamble
    return frozen


def _opening_of(document: Document) -> tuple[object, ...]:
    return document.title, document.preamble


def _has_same_wording(node: Node, other: Node | None) -> bool:
    """Are the words the same, whatever joins them to the next?"""
    return other is not None and all(
        TRAILING_PUNCTUATION.sub("", getattr(node, part))
        == TRAILING_PUNCTUATION.sub("", getattr(other, part))
        for part in ("text", "heading")
    )


def _with_ending(wording: str, like: str) -> str:
    """Words that end as another passage ends: with the sign that joins it to the next."""
    sign = like[-1:] if like[-1:] in ";,." else ""
    if wording.endswith(sign) or not wording:
        return wording
    return wording.rstrip(" ;,.") + sign


def _translate_act(tree: Document, rows: Iterable[PolicyPassage], language: str) -> Document:
    """An act that somebody translated as a whole, with the passages that were translated anew
    since.
    """
    by_ref = {row.ref: row for row in rows if not isinstance(row, Value)}
    for node, __ in tree.walk():
        row = by_ref.get(node.ref)
        if isinstance(row, Area | PolicyPart):
            _set_wording(node, row, language)
    return tree


def _set_wording(node: Node, row: Area | PolicyPart, language: str) -> None:
    """Let a passage of an act say what its row says, unless it does. Lists of another length stay
    as they are.
    """
    wording = (row.name if isinstance(row, Area) else row.text).texts.get(language, "")
    present = f"{node.heading} {wording_of(row._meta.model_name or '', node)}"
    if not wording or _normalise_wording(wording) in _normalise_wording(present):
        return
    if isinstance(row, Area):
        node.heading, node.lang = (wording, "") if node.heading else (node.heading, node.lang)
        return
    own = [child for child in node.children if not _holds_rows(child)]
    head, items = split_items(wording) if own else (" ".join(wording.split()), [])
    if len(items) != len(own):
        return
    node.lang = ""
    if node.heading and not node.text:
        node.heading = head
        return
    opening = split_opening(row._meta.model_name or "", node.text)[0]
    node.text = _with_ending(f"{opening}{head}".strip(), node.text)
    for child, item in zip(own, items, strict=True):
        child.text, child.lang = _with_ending(item, child.text), ""


def _holds_rows(node: Node) -> bool:
    return bool(node.ref) or any(map(_holds_rows, node.children))


def _normalise_wording(wording: str) -> str:
    return " ".join(wording.casefold().split()).rstrip(" ;,.")
