"""Rewrites the references in a text after the provisions that they name got other numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from splot.documents.references.parsing import (
    Mention,
    MentionItem,
    NumberSpan,
    Step,
    number_sort_key,
    parse_all_mentions,
)
from splot.documents.references.patterns import ORDINALS, STEP_KINDS
from splot.documents.references.resolving import (
    NodePath,
    ProvisionIndex,
    is_amending,
    number_of,
    steps_of,
)
from splot.documents.tree import CITATION_FORMATS, Document, Node


@dataclass(slots=True)
class RenumberedText:
    """A text after mending, and what became of the references in it that could not stay as they
    were.

    `mended` holds them as they were and as they are; `dead` those whose provision was removed;
    `unsure` those that a person must look at. The dead and the unsure stand in the text as they
    were.
    """

    text: str
    mended: list[tuple[str, str]] = field(default_factory=list)
    dead: list[str] = field(default_factory=list)
    unsure: list[str] = field(default_factory=list)


class Renumbering:
    """Two versions of one document, and which provision of the old is which of the new.

    same: the eId in the new version by the eId in the old, beside the passages that have one `ref`.
    The eIds are assigned.
    """

    def __init__(self, old: Document, new: Document, same: Mapping[str, str] | None = None):
        self.old, self.new = ProvisionIndex(old), ProvisionIndex(new)
        by_ref = {path[-1].ref: eid for eid, path in self.new.paths.items() if path[-1].ref}
        pairs: dict[str, str] = {}
        for eid, path in self.old.paths.items():
            if answer := by_ref.get(path[-1].ref):
                pairs[eid] = answer
        pairs |= same or {}
        self._same = {eid: answer for eid, answer in pairs.items() if answer in self.new.paths}

    def path(self, eid: str) -> NodePath | None:
        """The path in the new version to what had this eId in the old, or None where it was
        removed.
        """
        answer = self._same.get(eid)
        return self.new.paths[answer] if answer else None


class _LeftAsWritten(Exception):
    """A mention stays as written; the argument says why: "dead" or "unsure"."""


def renumber_references(text: str, eid: str, renumbering: Renumbering) -> RenumberedText:
    """Rewrites each reference of a passage to its own document so that it leads where it led.

    text: the words of the passage, in any language; eid: the passage's in the old version. Only
    numbers change, the style stays ("§ 4 ust. 1 pkt 1–3 i 5", "ust. 2" within its §); what went
    elsewhere gets the steps above it too. What led nowhere before, other acts and quotations are
    left alone. Raises KeyError if the old version has no such passage; a text of one that the new
    has not is returned as it is.
    """
    old_path, new_path = renumbering.old.paths[eid], renumbering.path(eid)
    done = RenumberedText(text)
    if new_path is None:
        return done
    amending = is_amending((*old_path[:-1], Node(old_path[-1].kind, text=text)))
    pieces: list[str] = []
    end = 0
    says: tuple[Step, ...] = ()
    for mention in parse_all_mentions(text, renumbering.old.articles):
        old_words = new_words = text[mention.start : mention.end]
        rewrite = _MentionRewrite(mention, old_path, new_path, renumbering, says)
        try:
            new_words, says = rewrite.result(old_words)
            if new_words != old_words and (amending or not mention.is_sure):
                raise _LeftAsWritten("unsure")
        except _LeftAsWritten as left:
            verdict = left.args[0] if mention.is_sure and not amending else "unsure"
            getattr(done, verdict).append(old_words)
            new_words, says = old_words, mention.says
        if new_words != old_words:
            done.mended.append((old_words, new_words))
        pieces += [text[end : mention.start], new_words]
        end = mention.end
    done.text = "".join(pieces) + text[end:]
    return done


class _MentionRewrite:
    """One mention on its way to the new version. `before` is what the mention before it says
    there.
    """

    def __init__(
        self,
        mention: Mention,
        old_path: NodePath,
        new_path: NodePath,
        renumbering: Renumbering,
        before: tuple[Step, ...],
    ):
        self.mention, self.new_path, self.renumbering = mention, new_path, renumbering
        self.old, self.new = renumbering.old, renumbering.new
        self.speaks_of_this = mention.doubtful or mention.annex or not mention.other_act
        self.speaks_of_this = self.speaks_of_this and self.old.can_mean(mention, old_path)
        self.meaning = self.old.meaning(mention, old_path)
        self.items = list(filter(self._leads_somewhere, mention.items))
        depth = STEP_KINDS.index(mention.kinds[0]) if mention.kinds[0] in STEP_KINDS else 0
        self.above, self.below = STEP_KINDS[:depth], STEP_KINDS[depth:]
        self.taken: tuple[Step, ...] = ()
        if mention.inherited:
            self.taken = tuple(step for step in before if step[0] in self.above)

    def result(self, old_words: str) -> tuple[str, tuple[Step, ...]]:
        """The mention as it must read, and what it says. Raises _Left where that cannot be
        known.
        """
        if not self.speaks_of_this or not self.items:
            return old_words, self.mention.says
        targets: dict[NumberSpan, NodePath] = {}
        for item in self.items:
            targets |= {number: self._target(number) for number in item.numbers}
        for item in self.items:
            self._check_range(item, targets)
        steps = {number: steps_of(path) for number, path in targets.items()}
        rows = {(*path[:-1], path[-1][0]) for path in steps.values()}
        if len(rows) > 1:
            raise _LeftAsWritten("unsure")  # what stood in one list is in several
        written = self._written_steps(targets, steps, self._annex())
        new_words = self._spelled(old_words, written)
        incomplete = len(self.items) < len(self.mention.items)
        if new_words != old_words and (self.meaning.ambiguous or incomplete):
            raise _LeftAsWritten("unsure")
        taken = self.taken if self.meaning.inherited else ()
        return new_words, (*taken, *written[self.items[-1].numbers[-1]])

    def _leads_somewhere(self, item: MentionItem) -> bool:
        return all(self.meaning.targets[number] for number in item.numbers)

    def _target(self, number: NumberSpan) -> NodePath:
        node = self.meaning.targets[number]
        path = self.renumbering.path(node.eid) if node else None
        if path is None:
            raise _LeftAsWritten("dead")
        return path

    def _check_range(self, item: MentionItem, targets: Mapping[NumberSpan, NodePath]) -> None:
        """Between the ends of a range must stand what stood there before, but for what was
        removed.
        """
        first = self.meaning.targets[item.first]
        last = self.meaning.targets[item.last] if item.last else None
        if first is None or item.last is None or last is None:
            return
        stood = self.old.between(self.old.paths[first.eid], self.old.paths[last.eid])
        expected = {path[-1].eid for path in map(self.renumbering.path, stood) if path}
        if expected != set(self.new.between(targets[item.first], targets[item.last])):
            raise _LeftAsWritten("unsure")

    def _annex(self) -> str:
        """The number that the annex of "§ 4 załącznika nr 1" has now."""
        if not self.mention.annex:
            return ""
        annexes = self.old.lookup((("attachment", self.mention.annex),), ())
        path = self.renumbering.path(annexes[0].eid) if annexes else None
        if path is None:
            raise _LeftAsWritten("unsure")
        return number_of(path[-1])

    def _written_steps(
        self,
        targets: Mapping[NumberSpan, NodePath],
        steps: Mapping[NumberSpan, tuple[Step, ...]],
        annex: str,
    ) -> dict[NumberSpan, tuple[Step, ...]]:
        """The steps that must be written: from the kind that was written first, or from further
        up.
        """
        joined = self.mention.inherited
        taken = self.taken if self.meaning.inherited else ()
        for length in range(1, max(map(len, steps.values())) + 1):
            written = {number: path[-length:] for number, path in steps.items()}
            if any(path[0][0] in self.below[1:] for path in written.values()):
                continue
            if all(
                self._leads((*taken, *path), targets[number], annex)
                for number, path in written.items()
            ):
                if joined and not taken and not self.meaning.ambiguous:
                    self._check_alone(targets, written, annex)
                return written
            if taken:
                break  # the mention before it went another way
        raise _LeftAsWritten("unsure")

    def _leads(self, steps: tuple[Step, ...], target: NodePath, annex: str) -> bool:
        nodes = self.new.lookup(steps, self.new_path, annex)
        return bool(nodes) and nodes[0] is target[-1]

    def _check_alone(
        self,
        targets: Mapping[NumberSpan, NodePath],
        written: Mapping[NumberSpan, tuple[Step, ...]],
        annex: str,
    ) -> None:
        """Read together with the mention before it, a number must not lead to something else."""
        if not self.taken:
            return
        for number, steps in written.items():
            nodes = self.new.lookup((*self.taken, *steps), self.new_path, annex)
            if nodes and nodes[0] is not targets[number][-1]:
                raise _LeftAsWritten("unsure")

    def _spelled(self, words: str, written: Mapping[NumberSpan, tuple[Step, ...]]) -> str:
        """The mention with its new numbers in its old style."""
        mention = self.mention
        first = written[self.items[0].first]
        kinds = tuple(kind for kind, _value in first)
        if kinds[-len(mention.kinds) :] != mention.kinds:
            if len(mention.items) > 1 or mention.items[0].last:
                raise _LeftAsWritten("unsure")
            return _format_steps(first)
        above, outer = first[: -len(mention.kinds)], first[-len(mention.kinds) : -1]
        edits: list[tuple[NumberSpan, str]] = []
        for (_kind, number), (_same, value) in zip(mention.outer, outer, strict=True):
            edits.append((number, value))
        edits += self._values({number: steps[-1][1] for number, steps in written.items()})
        for number, value in reversed(edits):
            start, end = number.start - mention.start, number.end - mention.start
            words = words[:start] + _format_number(number.value, value) + words[end:]
        return f"{_format_steps(above)} {words}" if above else words

    def _values(self, values: Mapping[NumberSpan, str]) -> list[tuple[NumberSpan, str]]:
        """The new value of each number; those of a list in order again."""
        numbers = list(values)
        ordered = sorted(values.values(), key=number_sort_key)
        if ordered != list(values.values()) and any(item.last for item in self.items):
            raise _LeftAsWritten("unsure")
        return list(zip(numbers, ordered, strict=True))


def _format_steps(steps: Sequence[Step]) -> str:
    return " ".join(CITATION_FORMATS[kind].format(value) for kind, value in steps)


def _format_number(old: str, value: str) -> str:
    """A dash counted in a word stays so."""
    if old in ORDINALS and int(value) <= len(ORDINALS):
        return ORDINALS[int(value) - 1]
    return value
