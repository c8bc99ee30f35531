"""The sentences of the tutorial, each with the names that it prints in bold, italics or quotes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent.parent
TUTORIAL = ROOT / "docs/tutorial.md"
MARKS = re.compile(
    r"\*\*(?P<bold>.+?)\*\*"
    r"|\*(?P<italic>.+?)\*"
    r'|\("(?P<translation>[^"]+)"\)'
    r'|"(?P<quoted>[^"]+)"'
    r"|`(?P<code>[^`]+)`"
    r"|<(?P<address>http[^>]+)>"
    r"|!\[[^\]]*\]\((?P<picture>[^)]+)\)"
    r"|\[[^\]]*\]\((?P<file>[^)]+)\)"
)
# Characters that stand for marks while sentences are parted; no sentence begins with an aside.
MARK, ASIDE = 0xE000, 0xF000
MASK = re.compile(r"([\ue000-\uf8ff]\.?)")
END = re.compile(r"(?<=[.?!…])\)?\s+(?=[A-Z\ue000-\uefff])")


@dataclass(frozen=True)
class Part:
    """Words between marks (`words`), or what a mark holds: `bold`, `italic`, `quoted`, ..."""

    kind: str
    text: str


@dataclass(frozen=True)
class Sentence:
    """A sentence of a section, a row of its table, or a picture."""

    section: int
    parts: tuple[Part, ...]

    def __str__(self) -> str:
        return "".join(part.text for part in self.parts).strip()

    def all_of(self, *kinds: str) -> list[str]:
        return [part.text for part in self.parts if part.kind in kinds]

    @property
    def words(self) -> str:
        """What stands outside of the marks."""
        return "".join(self.all_of("words"))


@cache
def tutorial() -> dict[int, list[Sentence]]:
    """{number of a section: its sentences}; what has no number asks nothing of the reader."""
    text = TUTORIAL.read_text("utf-8")
    sections = re.split(r"^## ", text, flags=re.M)[1:]
    numbered = [re.match(r"(\d+)\. .*\n", section) for section in sections]
    return {
        int(head[1]): list(parse_section(int(head[1]), head.string[head.end() :]))
        for head in numbered
        if head
    }


def parse_section(number: int, text: str) -> Iterator[Sentence]:
    for block in re.split(r"\n\s*\n", text.strip("\n")):
        if block.startswith("|"):
            for line in block.splitlines()[2:]:
                field, value = (cell.strip() for cell in line.strip("|").split("|"))
                yield from parse_sentences(number, f"Write *{value}* under **{field}**")
        elif block.startswith("    "):
            yield Sentence(number, (Part("code", block.strip()),))
        elif block.startswith("> "):
            yield Sentence(number, (Part("quoted", block.removeprefix("> ").strip()),))
        else:
            yield from parse_sentences(number, block)


def parse_sentences(number: int, text: str) -> Iterator[Sentence]:
    """A mark is one sign while sentences are parted, since what it holds may end with a stop."""
    marks: list[Part] = []

    def mask(match: re.Match[str]) -> str:
        kind = match.lastgroup or ""
        marks.append(Part(kind, match[kind]))
        first = ASIDE if kind == "translation" else MARK
        return chr(first + len(marks) - 1) + ("." if match[kind][-1] in ".?!…" else "")

    for masked in END.split(MARKS.sub(mask, text)):
        pieces = filter(None, MASK.split(masked))
        yield Sentence(number, tuple(unmask(piece, marks) for piece in pieces))


def unmask(piece: str, marks: list[Part]) -> Part:
    if not MASK.fullmatch(piece):
        return Part("words", piece)
    return marks[ord(piece[0]) % (ASIDE - MARK)]
