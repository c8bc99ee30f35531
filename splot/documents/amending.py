"""Amends an adopted text: what is printed keeps its number, what is new gets one that nobody bears,
what goes is marked as repealed in its place.

The passages are known by `ref`. The text may have been drafted by others, in another order and with
other words around, so what changes is taken from two compositions of ours: of the policy as it was,
and as it shall be.
"""

import re
from copy import deepcopy
from difflib import SequenceMatcher

from .eids import assign_eids
from .tree import Document, Node
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
        self.amended, self.repealed = deepcopy(base), repealed
        self.after = after
        self.old = _index_by_ref(before.nodes)
        self.new = _index_by_ref(after.nodes)
        self.standing = _index_by_ref(self.amended.nodes)

    def done(self) -> Document:
        for ref, node in self.standing.items():
            old, new = self.old.get(ref), self.new.get(ref)
            if old and new and (old.text, old.heading) != (new.text, new.heading):
                self._reword(node, old, new)
        for ref in self.old:
            # not put away already with what it stood in
            if ref not in self.new and ref in self.standing:
                self._repeal(self.standing[ref])
        self._insert_all(self.after.nodes, None)
        assign_eids(self.amended.nodes)
        return self.amended

    def _reword(self, node: Node, old: Node, new: Node) -> None:
        field = "heading" if node.heading and not node.text else "text"
        if field == "text":
            node.heading = patch_text(node.heading, old.heading, new.heading)
        words = getattr(node, field)
        end = TRAILING_PUNCTUATION.search(words)
        patched = patch_text(
            TRAILING_PUNCTUATION.sub("", words),
            TRAILING_PUNCTUATION.sub("", old.text),
            TRAILING_PUNCTUATION.sub("", new.text),
        )
        setattr(node, field, patched + (end.group() if end else ""))
        node.lang = new.lang
        # read by words alone: its list is a part of its words
        if node.children and not any(below.ref for below in _all_nodes(node.children)):
            node.children = deepcopy(new.children)

    def _repeal(self, node: Node) -> None:
        end = TRAILING_PUNCTUATION.search(node.text)
        node.text = self.repealed + (end.group().strip() if end else "")
        node.heading = node.closing = ""
        kept = [child for child in node.children if self._stays(child)]
        for child in _all_nodes([child for child in node.children if child not in kept]):
            self.standing.pop(child.ref, None)
        node.children = kept

    def _stays(self, node: Node) -> bool:
        """Whether a passage that stays stands in it: an activity below an aim that goes."""
        return any(below.ref and below.ref in self.new for below in _all_nodes([node]))

    def _insert_all(self, nodes: list[Node], parent: Node | None) -> None:
        """Put what is new beside the passages that it follows, the outermost first."""
        earlier: Node | None = None
        for at, node in enumerate(nodes):
            place = self.standing.get(node.ref) if node.ref else None
            if (
                place is None
                and node.ref
                and node.ref not in self.old
                and not self._has_standing(node)
            ):
                later = self._first_standing(nodes[at + 1 :])
                above = self.standing.get(parent.ref) if parent else None
                place = self._insert(node, earlier, later, above)
            elif node.children:
                self._insert_all(node.children, node)
            earlier = place or self._last_standing(node) or earlier

    def _has_standing(self, node: Node) -> bool:
        """Does it hold a passage that stands in the text already? Then it is only a new way to
        group them.
        """
        return any(child.ref in self.standing for child in _all_nodes(node.children))

    def _first_standing(self, nodes: list[Node]) -> Node | None:
        for node in nodes:
            if node.ref in self.standing:
                return self.standing[node.ref]
        return None

    def _last_standing(self, node: Node) -> Node | None:
        last: Node | None = None
        for child in _all_nodes(node.children):
            last = self.standing.get(child.ref, last)
        return last

    def _insert(
        self, node: Node, earlier: Node | None, later: Node | None, parent: Node | None
    ) -> Node:
        neighbour = self._outside_tables(earlier or later)
        if neighbour:
            siblings = self._siblings_of(neighbour)
        else:
            siblings = parent.children if parent else self.amended.nodes
        if node.kind == "chapter" and neighbour and neighbour.kind != "chapter":
            pieces = flatten_chapter(node, neighbour.kind)
        else:
            pieces = [deepcopy(node)]
        for piece in pieces:
            at = self._place_behind(neighbour, siblings)
            if neighbour:
                piece.kind = "level" if neighbour.kind == "table" else neighbour.kind
            piece.num = self._number(siblings, at, piece)
            _punctuate_item(siblings, at, piece)
            siblings.insert(at, piece)
            self._number_within(piece)
            self.standing |= _index_by_ref([piece])
            neighbour = piece
        return pieces[-1]

    def _outside_tables(self, node: Node | None) -> Node | None:
        """The passage, or the table in which it is a cell: what is new stands behind the table."""
        for table in _all_nodes(self.amended.nodes):
            if table.kind == "table" and any(cell is node for cell in _all_nodes([table])):
                return table
        return node

    def _place_behind(self, neighbour: Node | None, siblings: list[Node]) -> int:
        """Where a passage is inserted: behind its neighbour, or at the end of the list."""
        for at, sibling in enumerate(siblings, 1):
            # behind what is repealed at the end: the next number, not one with a letter
            if sibling is neighbour and not self._all_repealed(siblings[at:]):
                return at
        return len(siblings)

    def _all_repealed(self, nodes: list[Node]) -> bool:
        return all(node.text.startswith(self.repealed) for node in nodes)

    def _number(self, siblings: list[Node], at: int, piece: Node) -> str:
        """The next number at the end of a list; in the middle, one with a letter: "2)", "2a)",
        "3)".
        """
        if not siblings or (piece.kind == "chapter" and not siblings[max(at - 1, 0)].num):
            return piece.num
        if piece.kind == "level" and not siblings[max(at - 1, 0)].num:
            return ""
        if piece.kind == "paragraph":
            return self._next_paragraph(siblings[at - 1].num)
        if at == len(siblings):
            return next_number(siblings[-1].num)
        taken = {node.num for node in siblings}
        return inserted_number(siblings[at - 1].num, taken)

    def _next_paragraph(self, after: str) -> str:
        """A number for a § after another: they run on across chapters."""
        nodes = _all_nodes(self.amended.nodes)
        taken = [node.num for node in nodes if node.kind == "paragraph"]
        is_last = taken[-1:] == [after]
        return next_number(after) if is_last else inserted_number(after, set(taken))

    def _number_within(self, chapter: Node) -> None:
        """Number the §§ of a new chapter after the § that stands before it."""
        before = ""
        for node in _all_nodes(self.amended.nodes):
            if node is chapter:
                break
            before = node.num if node.kind == "paragraph" else before
        sections = [node for node in _all_nodes(chapter.children) if node.kind == "paragraph"]
        for section in sections:
            section.num = ""
        for section in sections:
            section.num = before = self._next_paragraph(before) if before else section.num

    def _siblings_of(self, passage: Node) -> list[Node]:
        for node, ancestors in self.amended.walk():
            if node is passage:
                return ancestors[-1].children if ancestors else self.amended.nodes
        raise LookupError(passage.ref)


def _all_nodes(nodes: list[Node]) -> list[Node]:
    """These nodes and all below them, in reading order."""
    return [node for node, __ in Document(nodes=nodes).walk()]


def _index_by_ref(nodes: list[Node]) -> dict[str, Node]:
    """The passages among these nodes and all below them by what they are known by."""
    return {node.ref: node for node in _all_nodes(nodes) if node.ref}


def flatten_chapter(chapter: Node, kind: str) -> list[Node]:
    """A chapter for a text that has none: each of its §§ as one provision, the heading before the
    first.
    """
    heading = f"{chapter.heading}."
    provisions: list[Node] = []
    for section in chapter.children:
        inner = _all_nodes([section])
        sentences = [node.text for node in inner if node.kind not in ITEM_KINDS and node.text]
        points = [deepcopy(node) for node in inner if node.kind == "point"]
        ref = section.ref
        if not provisions:
            sentences.insert(0, heading)
            ref = chapter.ref
        provisions.append(Node(kind, ref=ref, text=" ".join(sentences), children=points))
    return provisions or [Node(kind, ref=chapter.ref, text=heading)]


def _punctuate_item(siblings: list[Node], at: int, item: Node) -> None:
    """In a list, the last passage ends the sentence and the others do not."""
    if item.kind not in ITEM_KINDS or item.children or not siblings:
        return
    before = siblings[at - 1]
    end = TRAILING_PUNCTUATION.search(before.text)
    mark = end.group().strip() if end else ""
    last = at == len(siblings)
    item.text = TRAILING_PUNCTUATION.sub("", item.text) + (mark or ";")
    if last and mark == "." and not before.children:
        separator = ";" if item.kind == "point" else ","
        before.text = TRAILING_PUNCTUATION.sub("", before.text) + separator


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
    words, old_words, new_words = text.split(), old.split(), new.split()
    matcher = SequenceMatcher(None, text.lower().split(), old.lower().split(), autojunk=False)
    match = matcher.find_longest_match()
    before, end = old_words[: match.b], old_words[match.b + match.size :]
    fits = new_words[: len(before)] == before and (not end or new_words[-len(end) :] == end)
    if not match.size or not fits or len(new_words) < len(before) + len(end):
        return new
    core = new_words[len(before) : len(new_words) - len(end)]
    return " ".join([*words[: match.a], *core, *words[match.a + match.size :]])
