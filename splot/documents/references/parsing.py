"""Finds in a text where it names provisions: "§ 4 ust. 1 pkt 1–3 i 5", "art. 5", "rozdział 2"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from splot.documents.references.patterns import (
    ACT_WORD,
    AFTER_NUMBER,
    ANNEXED_TO,
    CLOSERS,
    CONTEXT_LENGTH,
    DIVISION,
    JOINER,
    LINKING,
    MAX_SENTENCE,
    MENTION,
    MENTION_START,
    MORE_LETTERS,
    MORE_NUMBERS,
    NUMBER_PART,
    ORDINALS,
    OWN_ACT,
    OWN_KINDS,
    QUOTE,
    SENTENCE_END,
    STEP_KINDS,
)

OUTERMOST_KINDS = ("article", "paragraph")
Step = tuple[str, str]  # a kind and its number


class NumberSpan(NamedTuple):
    """A number or letter and where it stands in the text."""

    value: str
    start: int
    end: int


class MentionItem(NamedTuple):
    """One of the numbers that a mention lists, or a range; not `sure` where it may count something
    else.
    """

    first: NumberSpan
    last: NumberSpan | None = None
    sure: bool = True

    @property
    def numbers(self) -> tuple[NumberSpan, ...]:
        """The number, or both ends of the range."""
        return (self.first, self.last) if self.last else (self.first,)


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where a text names provisions of one kind: `outer` are the numbers above them, as
    written.

    `inherited` is what a mention takes over when it is joined to the one before ("§ 4 ust. 1 i ust.
    3"). `annex` is the number in "§ 4 załącznika nr 1". `other_act`: it speaks of another act.
    `doubtful`: a person should look before anything is made of it.
    """

    start: int
    end: int
    outer: tuple[tuple[str, NumberSpan], ...]
    kind: str
    items: tuple[MentionItem, ...]
    inherited: tuple[Step, ...] = ()
    annex: str = ""
    other_act: bool = False
    doubtful: bool = False

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds named, outermost first."""
        return (*(kind for kind, _number in self.outer), self.kind)

    def steps(self, number: NumberSpan) -> tuple[Step, ...]:
        """What is written, with this one of its numbers at the end."""
        outer = [(kind, above.value) for kind, above in self.outer]
        return normalise_ordinals((*outer, (self.kind, number.value)))

    @property
    def says(self) -> tuple[Step, ...]:
        """Its last number, read together with the mention before."""
        return (*self.inherited, *self.steps(self.items[-1].numbers[-1]))

    @property
    def is_sure(self) -> bool:
        """Whether it can be rewritten without a person."""
        return not self.doubtful and all(item.sure for item in self.items)


def normalise_ordinals(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """The steps with "tiret drugie" as "2"."""
    return tuple(
        (kind, str(ORDINALS.index(value) + 1) if value in ORDINALS else value)
        for kind, value in steps
    )


def parse_all_mentions(text: str, articles: bool) -> list[Mention]:
    """The mentions of provisions, chapters and annexes in order."""
    mentions = [*parse_mentions(text, articles=articles), *parse_division_mentions(text)]
    return sorted(mentions, key=lambda mention: mention.start)


def parse_mentions(text: str, *, articles: bool = False) -> list[Mention]:
    """Every mention in a text, in order, but for what stands in quotation marks.

    articles: whether the document has articles of its own; otherwise they are those of another act.
    """
    if not MENTION_START.search(text):
        return []
    text, unclosed = _without_quotes(text)
    mentions: list[Mention] = []
    for start in MENTION_START.finditer(text):
        if not mentions or start.start() >= mentions[-1].end:
            match = MENTION.match(text, start.start())
            if match and match.group():
                mention = _parse_mention(text, match)
                if mention.start > unclosed:
                    mention = replace(mention, doubtful=True)
                mentions.append(mention)
    return _resolve_context(text, mentions, articles)


def parse_division_mentions(text: str) -> Iterator[Mention]:
    """Every chapter and annex that a text names by its number."""
    text, unclosed = _without_quotes(text)
    for match in DIVISION.finditer(text):
        kind = "chapter" if match.group("chapter") else "attachment"
        nearby = text[match.end() : match.end() + CONTEXT_LENGTH]
        other, doubtful = _names_other_act(nearby)
        if kind == "attachment" and ANNEXED_TO.match(nearby):
            other, doubtful = not _is_own_annex(nearby), False
        item = MentionItem(NumberSpan(match.group("number"), *match.span("number")))
        doubtful = doubtful or match.start() > unclosed or bool(MORE_NUMBERS.match(nearby))
        yield Mention(
            match.start(), match.end(), (), kind, (item,), other_act=other, doubtful=doubtful
        )


def number_sort_key(number: str) -> tuple[int, str]:
    """The key by which numbers and letters are in order: 2 < 2a < 10, a < aa < b, z < za."""
    match = re.match(r"\d*", number)
    digits = match.group() if match else ""
    return (int(digits or 0), number[len(digits) :])


def _without_quotes(text: str) -> tuple[str, int]:
    """The text with blanks for what is quoted, and where a quotation begins that nothing ends."""
    open_: list[tuple[str, int]] = []
    pieces: list[str] = []
    done = 0
    for sign in QUOTE.finditer(text):
        if open_ and sign.group() in CLOSERS[open_[-1][0]]:
            _opening, start = open_.pop()
            if not open_:
                pieces += [text[done:start], " " * (sign.end() - start)]
                done = sign.end()
        elif sign.group() in CLOSERS:
            open_.append((sign.group(), sign.start()))
    return "".join(pieces) + text[done:], open_[0][1] if open_ else len(text)


def _parse_mention(text: str, match: re.Match[str]) -> Mention:
    *outer_kinds, kind = [kind for kind in STEP_KINDS if match.group(kind)]
    outer: list[tuple[str, NumberSpan]] = []
    doubtful = False
    for outer_kind in outer_kinds:
        above = _parse_item(text, *match.span(outer_kind))
        outer.append((outer_kind, above.numbers[-1]))
        doubtful = doubtful or above.last is not None
    items, end = [_parse_item(text, *match.span(kind))], match.end()
    more = {"alinea": MORE_LETTERS, "indent": None}.get(kind, MORE_NUMBERS)
    while more and (following := more.match(text, end)):
        added = _parse_item(text, *following.span("range"))
        if number_sort_key(added.first.value) <= number_sort_key(items[-1].numbers[-1].value):
            break
        items.append(added)
        end = following.end()
    if len(items) > 1 and kind != "alinea" and not AFTER_NUMBER.match(text, end):
        items[-1] = items[-1]._replace(sure=False)
    return Mention(
        start=match.start(),
        end=end,
        outer=tuple(outer),
        kind=kind,
        items=tuple(items),
        doubtful=doubtful,
    )


def _parse_item(text: str, start: int, end: int) -> MentionItem:
    parts = NUMBER_PART.finditer(text, start, end)
    first, *further = [NumberSpan(part.group(), *part.span()) for part in parts]
    return MentionItem(first, further[0] if further else None)


def _resolve_context(text: str, mentions: list[Mention], articles: bool) -> list[Mention]:
    """Says of each mention which act it speaks of and what it takes over from the one before."""
    resolved: list[Mention] = []
    # after an article of another act, "ust. 2" in the same sentence is a part of that act
    until = -1
    verdicts = _find_other_acts(text, mentions)
    for mention, (other, doubtful, annex) in zip(mentions, verdicts, strict=True):
        if resolved and _continues_mention(text, resolved[-1], mention):
            inherited = _inherited_steps(resolved[-1], mention)
            mention = replace(mention, inherited=inherited)
        kinds = (*dict(mention.inherited), *mention.kinds)
        if "article" in kinds and (other or not articles):
            other, doubtful = True, False
            until = _sentence_end(text, mention.end)
        elif mention.start < until and not other and mention.kinds[0] not in OUTERMOST_KINDS:
            other = doubtful = True
        doubtful = mention.doubtful or doubtful
        resolved.append(replace(mention, other_act=other, doubtful=doubtful, annex=annex))
    return resolved


def _continues_mention(text: str, before: Mention, mention: Mention) -> bool:
    """Whether a mention is to be read with the one before: "§ 4 ust. 1 i ust. 3", "§ 4 i 5 ust.
    1".
    """
    listed = len(before.items) > 1 or not text[before.end : mention.start].isspace()
    return listed and _is_joined(text, before.end, mention.start)


def _is_joined(text: str, end: int, start: int) -> bool:
    return start - end <= CONTEXT_LENGTH and JOINER.fullmatch(text, end, start) is not None


def _inherited_steps(before: Mention, mention: Mention) -> tuple[Step, ...]:
    above = STEP_KINDS[: STEP_KINDS.index(mention.kinds[0])]
    return tuple(step for step in before.says if step[0] in above)


def _find_other_acts(text: str, mentions: list[Mention]) -> list[tuple[bool, bool, str]]:
    """Which mentions name another act, "§ 4 uchwały nr 3"; whether that is in doubt; the annex they
    name.

    Of "§ 4 i § 5 ustawy" both do.
    """
    verdicts: list[tuple[bool, bool, str]] = []
    following = len(text)
    for mention in reversed(mentions):
        near = mention.end + CONTEXT_LENGTH > following
        if verdicts and near and _is_joined(text, mention.end, following):
            other, doubtful, annex = verdicts[-1]
            listed = "," in text[mention.end : following]  # a comma may also begin another thought
            verdicts.append((other, doubtful or (other and listed), "" if listed else annex))
        else:
            nearby = text[mention.end : min(mention.end + CONTEXT_LENGTH, following)]
            verdicts.append((*_names_other_act(nearby), _parse_annex(nearby)))
        following = mention.start
    return verdicts[::-1]


def _names_other_act(nearby: str) -> tuple[bool, bool]:
    """Whether these words name another act, and whether words between leave that in doubt."""
    words = re.split(r"[,;]|[.] (?=[A-ZĄĆĘŁŃÓŚŹŻ])|\n", nearby, maxsplit=1)[0].split()[:4]
    for at, word in enumerate(words):
        if ACT_WORD.match(word):
            if at and OWN_ACT.match(words[at - 1]):
                return False, False
            return True, any(between.lower() not in LINKING for between in words[:at])
    return False, False


def _parse_annex(nearby: str) -> str:
    """The number of the annex of this act that these words begin with, or ""."""
    words = nearby.lstrip().removeprefix("of ")
    match = DIVISION.match(words)
    if not match or match.group("chapter"):
        return ""
    return match.group("number") if _is_own_annex(words[match.end() :]) else ""


def _is_own_annex(nearby: str) -> bool:
    """An annex "do uchwały" is one of this act, one "do uchwały nr 5" or "do ustawy" is not."""
    match = ANNEXED_TO.match(nearby)
    if match is None:
        return True
    return bool(OWN_KINDS.match(match.group("act"))) and not match.group("whose")


def _sentence_end(text: str, at: int) -> int:
    end = SENTENCE_END.search(text, at, at + MAX_SENTENCE)
    return end.start() if end else at + MAX_SENTENCE
