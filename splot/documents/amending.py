"""Amends an adopted text: what is printed keeps its number, what is new gets one that nobody bears,
what goes is marked as repealed in its place.

The passages are known by `ref`. The text may have been drafted by others, in another order and with
other words around, so what changes is taken from two compositions of ours: of the policy as it was,
and as it shall be.
"""

import re
from copy import deepcopy
from difflib import SequenceMatcher

from .tree import Document, Node, assign_eids
from .writers.drafting import inserted_number

ITEM_KINDS = ("point", "alinea", "indent")
TRAILING_PUNCTUATION = re.compile(r"[\s.;,]+$")


def amend_document(base: Document, before: Document, after: Document, *, repealed: str) -> Document:
    """The text of `base` with everything done to it that leads from `before` to `after`.

    `repealed` stands in place of what is gone. Passages without a ref stay as they are.
    """
    return _Amendment(base, before, after, repealed).done()


class _Amendment:
    def __init__(self, base: Document, before: Document, after: Document, repealed: str) -> None:
        self.made, self.repealed = deepcopy(base), repealed
        self.before = {node.ref: node for node, __ in before.walk() if node.ref}
        self.after = after
        self.wanted = {node.ref: node for node, __ in after.walk() if node.ref}
        self.here = {node.ref: node for node, __ in self.made.walk() if node.ref}

    def done(self) -> Document:
        for ref, node in self.here.items():
            old, new = self.before.get(ref), self.wanted.get(ref)
            if old and new and (old.text, old.heading) != (new.text, new.heading):
                self._reword(node, old, new)
        for ref in self.before:
            # not put away already with what it stood in
            if ref not in self.wanted and ref in self.here:
                self._repeal(self.here[ref])
        self._insert_all(self.after.nodes, None)
        assign_eids(self.made.nodes)
        return self.made

    def _reword(self, node: Node, old: Node, new: Node) -> None:
        node.heading = patch_text(node.heading, old.heading, new.heading)
        end = TRAILING_PUNCTUATION.search(node.text)
        text = patch_text(
            TRAILING_PUNCTUATION.sub("", node.text),
            TRAILING_PUNCTUATION.sub("", old.text),
            TRAILING_PUNCTUATION.sub("", new.text),
        )
        node.text, node.lang = text + (end.group() if end else ""), new.lang
        # read by words alone: its list is a part of its words
        if any(not child.ref for child in node.children):
            node.children = deepcopy(new.children)

    def _repeal(self, node: Node) -> None:
        end = TRAILING_PUNCTUATION.search(node.text)
        node.text, node.heading, node.closing = (
            self.repealed + (end.group().strip() if end else ""),
            "",
            "",
        )
        for child, __ in Document(nodes=node.children).walk():
            self.here.pop(child.ref, None)
        node.children = []

    def _insert_all(self, nodes: list[Node], parent: Node | None) -> None:
        """Put what is new beside the passages that it follows, the outermost first."""
        earlier: Node | None = None
        for at, node in enumerate(nodes):
            place = self.here.get(node.ref) if node.ref else None
            if (
                place is None
                and node.ref
                and node.ref not in self.before
                and not self._has_old(node)
            ):
                later = next(
                    (self.here[each.ref] for each in nodes[at + 1 :] if each.ref in self.here), None
                )
                place = self._insert(
                    node, earlier, later, self.here.get(parent.ref) if parent else None
                )
            elif node.children:
                self._insert_all(node.children, node)
            earlier = place or self._last_old(node) or earlier

    def _has_old(self, node: Node) -> bool:
        """Does it hold a passage that stands in the text already? Then it is only a new way to
        group them.
        """
        return any(child.ref in self.here for child, __ in Document(nodes=node.children).walk())

    def _last_old(self, node: Node) -> Node | None:
        found = [
            self.here[child.ref]
            for child, __ in Document(nodes=node.children).walk()
            if child.ref in self.here
        ]
        return found[-1] if found else None

    def _insert(
        self, node: Node, earlier: Node | None, later: Node | None, parent: Node | None
    ) -> Node:
        neighbour = earlier or later
        siblings = (
            self._siblings_of(neighbour)
            if neighbour
            else parent.children
            if parent
            else self.made.nodes
        )
        if node.kind == "chapter" and neighbour and neighbour.kind != "chapter":
            pieces = flatten_chapter(node, neighbour.kind)
        else:
            pieces = [deepcopy(node)]
        for made in pieces:
            at = (
                next(
                    (at for at, each in enumerate(siblings) if each is neighbour), len(siblings) - 1
                )
                + 1
            )
            if all(each.text.startswith(self.repealed) for each in siblings[at:]):
                # behind what is repealed at the end: the next number, not one with a letter
                at = len(siblings)
            if neighbour:
                made.kind = neighbour.kind
            made.num = self._number(siblings, at, made)
            _punctuate_item(siblings, at, made)
            siblings.insert(at, made)
            self._number_within(made)
            self.here |= {
                child.ref: child for child, __ in Document(nodes=[made]).walk() if child.ref
            }
            neighbour = made
        return made

    def _number(self, siblings: list[Node], at: int, made: Node) -> str:
        """The next number at the end of a list; in the middle, one with a letter: "2)", "2a)",
        "3)".
        """
        if not siblings or (made.kind == "chapter" and not siblings[max(at - 1, 0)].num):
            return made.num
        if made.kind == "paragraph":
            return self._next_paragraph(siblings[at - 1].num)
        taken = {node.num for node in siblings}
        return (
            next_number(siblings[-1].num)
            if at == len(siblings)
            else inserted_number(siblings[at - 1].num, taken)
        )

    def _next_paragraph(self, after: str) -> str:
        """A number for a § after another: they run on across chapters."""
        everywhere = [node.num for node, __ in self.made.walk() if node.kind == "paragraph"]
        return (
            next_number(after)
            if everywhere[-1:] == [after]
            else inserted_number(after, set(everywhere))
        )

    def _number_within(self, made: Node) -> None:
        """Number the §§ of a new chapter after the § that stands before it."""
        inside = [
            child for child, __ in Document(nodes=made.children).walk() if child.kind == "paragraph"
        ]
        before = ""
        for node, __ in self.made.walk():
            if node is made:
                break
            before = node.num if node.kind == "paragraph" else before
        for child in inside:
            child.num = ""
        for child in inside:
            child.num = before = self._next_paragraph(before) if before else child.num

    def _siblings_of(self, wanted: Node) -> list[Node]:
        for node, ancestors in self.made.walk():
            if node is wanted:
                return ancestors[-1].children if ancestors else self.made.nodes
        raise LookupError(wanted.ref)


def flatten_chapter(chapter: Node, kind: str) -> list[Node]:
    """A chapter for a text that has none: each of its §§ as one provision, the heading before the
    first.
    """
    made: list[Node] = []
    for section in chapter.children:
        inner = [node for node, __ in Document(nodes=[section]).walk()]
        sentences = [node.text for node in inner if node.kind not in ITEM_KINDS and node.text]
        points = [deepcopy(node) for node in inner if node.kind == "point"]
        heading = [] if made else [f"{chapter.heading}."]
        ref = section.ref if made else chapter.ref
        made.append(Node(kind, ref=ref, text=" ".join([*heading, *sentences]), children=points))
    return made or [Node(kind, ref=chapter.ref, text=f"{chapter.heading}.")]


def _punctuate_item(siblings: list[Node], at: int, made: Node) -> None:
    """In a list, the last passage ends the sentence and the others do not."""
    if made.kind not in ITEM_KINDS or made.children or not siblings:
        return
    before = siblings[at - 1]
    end = TRAILING_PUNCTUATION.search(before.text)
    mark = end.group().strip() if end else ""
    last = at == len(siblings)
    made.text = TRAILING_PUNCTUATION.sub("", made.text) + (mark or ";")
    if last and mark == "." and not before.children:
        before.text = TRAILING_PUNCTUATION.sub("", before.text) + (
            ";" if made.kind == "point" else ","
        )


def next_number(num: str) -> str:
    """The number after a printed one: "2)" -> "3)", "§ 7a." -> "§ 8.", "b)" -> "c)", "Rozdział 2"
    -> "Rozdział 3".
    """
    if digits := re.search(r"\d+", num):
        tail = re.sub(r"^[a-z]+", "", num[digits.end() :])
        return f"{num[: digits.start()]}{int(digits.group()) + 1}{tail}"
    if letter := re.search(r"[a-y](?=\W*$)", num):
        return num[: letter.start()] + chr(ord(letter.group()) + 1) + num[letter.end() :]
    return inserted_number(num, {num})


def patch_text(text: str, old: str, new: str) -> str:
    """A text with the change from `old` to `new` made in it; the words that stand around in the
    text alone stay.

    `text` "in the field of work: fair pay", `old` "Aim: fair pay", `new` "Aim: good pay" give "in
    the field of work: good pay". Where the text does not hold what changed, it becomes `new`.
    """
    if old == new:
        return text
    if text == old or not text:
        return new
    here, was, shall = text.split(), old.split(), new.split()
    same = SequenceMatcher(
        None, [w.lower() for w in here], [w.lower() for w in was], autojunk=False
    )
    match = same.find_longest_match()
    before, end = was[: match.b], was[match.b + match.size :]
    fits = shall[: len(before)] == before and (not end or shall[-len(end) :] == end)
    if not match.size or not fits or len(shall) < len(before) + len(end):
        return new
    core = shall[len(before) : len(shall) - len(end)]
    return " ".join([*here[: match.a], *core, *here[match.a + match.size :]])
