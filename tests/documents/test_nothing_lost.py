"""No silent loss: every word of a generated plan is in the tree, and a line that looks like a number
or a heading is a passage of its own, or a problem says that it is none.
"""

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from splot.documents.readers import read_document
from splot.documents.readers.numbering import parse_labels
from splot.documents.readers.plan_words import parse_opening
from splot.documents.tree import Document
from tests.documents.acts import WORDS

HEADS = (
    "Priorytet {}.", "Cel {}.", "Cel szczegółowy {}:", "Działanie {}.", "Zadanie {}", "{}.", "{})",
    "{}", "1.{}", "1.{}.", "2.1.{}", "1.A.{}", "A.{}", "I.{}", "§ {}.", "§ {}¹.", "art. {}a.",
    "Art. {}.", "Rozdział {}", "Objective {}:", "Opatření {}", "Завдання {}.",
)  # fmt: skip
OPENINGS = (
    "Cel:",
    "Działania:",
    "Odbiorcy:",
    "Target audience:",
    "Leader:",
    "SUGGESTED ACTIVITIES:",
)
BULLETS = ("• ", "- ", "– ", "* ")


def make_plan(chance: Random) -> str:
    """Lines of every kind in an order that no rule foresees."""
    lines = ["PROGRAM INTEGRACJI", ""]
    for __ in range(chance.randint(3, 25)):
        words = " ".join(chance.choices(WORDS, k=chance.randint(1, 6)))
        kind = chance.randint(1, 6)
        if kind <= 2:
            lines.append(
                f"{chance.choice(HEADS).format(chance.randint(1, 4))} {words.capitalize()}"
            )
        elif kind == 3:
            lines.append(f"{chance.choice(OPENINGS)} {words}")
        elif kind == 4:
            lines.append(chance.choice(BULLETS) + words)
        elif kind == 5:
            lines.append(f"{words.capitalize()}.")
        else:
            lines.append("\t".join([words, "MOPR", "2024"]))
        if chance.random() < 0.3:
            lines.append("")
    return "\n".join(lines)


def opens_passage(document: Document, line: str) -> bool:
    """Whether a line begins a passage: its number, heading or text begins as the line does."""
    for node, __ in document.walk():
        own = " ".join(f"{node.num} {node.heading} {node.text}".split())
        if node.num and own.startswith(" ".join(line.split())[:30]):
            return True
        if not node.num and own.startswith(line.split(":")[0]):
            return True
    return False


@settings(max_examples=300, deadline=None)
@given(st.builds(Random, st.integers(0, 2**32)))
def test_no_word_is_lost_and_no_number_sinks_in_silence(chance: Random) -> None:
    text = make_plan(chance)
    document = read_document(text.encode(), "plan.txt")
    assert document.words() == text.split()
    messages = " ".join(problem.message for problem in document.problems)
    for line in text.splitlines():
        numbered = any(label.style.kind != "indent" for label in parse_labels(line))
        if numbered or (line and parse_opening(line) and "\t" not in line):
            assert opens_passage(document, line) or line[:60] in messages, line
