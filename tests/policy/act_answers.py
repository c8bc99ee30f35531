"""Acts in the shapes of real plans, kept as texts, each with the answer that is right.

An answer says a thing on each line: "area:", then its "aim:" and "activity:" lines (one that ends
in "~" begins so), "audiences:" and "leaders:" of all areas, apart by " | ", "institution:",
"partner:", "duty:", "number:", "body:", "date:", "problem:" for words of a problem that is to be
said, "doubtful:" for the formats in which the act is not read whole, with words of the problem that
says so ("pdf: No areas were found"), and "formats:" where not all are tried.
"""

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import docx
import typst

from splot.core.values import Json

ACTS = Path(__file__).parent / "acts"
FORMATS = ["txt", "docx", "pdf"]
LINE_IN_CELL = "␤"
SMALL_PAGE = "width: 15cm, height: 7.5cm, margin: (x: 1.6cm, top: 1.5cm, bottom: 1.2cm)"
HEADER = "Program integracji – projekt"


@dataclass
class Answer:
    """What an act says."""

    number: str = ""
    body: str = ""
    date: str = ""
    areas: list[tuple[str, list[str], list[str]]] = field(default_factory=list)
    audiences: list[str] = field(default_factory=list)
    leaders: list[str] = field(default_factory=list)
    institutions: list[str] = field(default_factory=list)
    partners: list[str] = field(default_factory=list)
    duties: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    formats: list[str] = field(default_factory=FORMATS.copy)
    doubtful: dict[str, str] = field(default_factory=dict)  # {format: words of the problem}

    def differences(self, proposal: Json) -> list[str]:
        """What a proposal says otherwise. Aims, audiences, leaders and duties count where the
        answer names them.
        """
        areas = proposal["areas"]
        found = [area["name"] for area in areas]
        differences = [] if found == [name for name, *__ in self.areas] else [f"areas: {found}"]
        for (__, aims, activities), area in zip(self.areas, areas, strict=False):
            texts = [activity["text"] for activity in area["activities"]]
            if len(texts) != len(activities) or not all(map(_is_same, texts, activities)):
                differences.append(f"activities: {texts}")
            if aims and aims != area["aims"]:
                differences.append(f"aims: {area['aims']}")
        found_values = {
            "audiences": [area["audience"] for area in areas],
            "leaders": [area["leader"] for area in areas],
            **proposal,
        }
        for name in ("audiences", "leaders", "duties"):
            if getattr(self, name) and getattr(self, name) != found_values[name]:
                differences.append(f"{name}: {found_values[name]}")
        for name in ("number", "body", "date", "institutions", "partners"):
            if getattr(self, name) != proposal[name]:
                differences.append(f"{name}: {proposal[name]}")
        return differences

    def unexpected(self, problems: list[str]) -> list[str]:
        """The problems that the answer does not name, and the named ones that are missing."""
        named = [words for words in self.problems if not any(words in one for one in problems)]
        for problem in problems:
            if not any(words in problem for words in [*self.problems, "no numbering"]):
                named.append(problem)
        return named


def _is_same(text: str, expected: str) -> bool:
    return text.startswith(expected[:-1]) if expected.endswith("~") else text == expected


def read_answer(name: str) -> Answer:
    answer = Answer()
    for line in (ACTS / f"{name}.answer").read_text().splitlines():
        key, __, words = line.partition(": ")
        if key == "area":
            answer.areas.append((words, [], []))
        elif key in ("aim", "activity"):
            answer.areas[-1][1 if key == "aim" else 2].append(words)
        elif key in ("audiences", "leaders"):
            setattr(answer, key, [part.strip() for part in words.split("|")])
        elif key == "formats":
            answer.formats = words.split(", ")
        elif key == "doubtful":
            forms, __, problem = words.partition(": ")
            answer.doubtful |= dict.fromkeys(forms.split(", "), problem)
        elif key in ("number", "body", "date"):
            setattr(answer, key, words)
        else:
            getattr(answer, "duties" if key == "duty" else f"{key}s").append(words)
    return answer


def act_in(form: str, name: str) -> bytes:
    """An act of the folder as a file of this format."""
    text = (ACTS / f"{name}.txt").read_text()
    if form == "docx":
        return word_file_of(text)
    if form == "pdf":
        return paper_of(text)
    return text.replace(LINE_IN_CELL, " ").encode()


def _blocks(text: str, tables: bool) -> Iterator[str | list[list[str]]]:
    """Paragraphs, and tables as rows of cells."""
    rows: list[list[str]] = []
    for line in [*text.splitlines(), ""]:
        if tables and "\t" in line:
            rows.append(line.replace(LINE_IN_CELL, "\n").split("\t"))
            continue
        if rows:
            width = max(map(len, rows))
            yield [row + [""] * (width - len(row)) for row in rows]
            rows = []
        if line.strip():
            yield line


def word_file_of(text: str, *, tables: bool = True) -> bytes:
    """A Word file with a paragraph for each line; lines with tabs are rows of tables, or not."""
    document = docx.Document()
    for block in _blocks(text, tables):
        if isinstance(block, str):
            document.add_paragraph(block)
            continue
        table = document.add_table(len(block), len(block[0]))
        for at, row in enumerate(block):
            for column, words in enumerate(row):
                table.cell(at, column).text = words
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def paper_of(text: str, size: str = SMALL_PAGE, *, tables: bool = True) -> bytes:
    """A PDF with a running head and page numbers, justified and hyphenated."""
    lines = [
        f'#set page({size}, header: text(8pt, "{HEADER}"), numbering: "1")',
        '#set text(size: 10pt, hyphenate: true, lang: "pl")',
        "#set par(justify: true)",
    ]
    for block in _blocks(text, tables):
        if isinstance(block, str):
            lines.append(f"#text({json.dumps(block, ensure_ascii=False)})\n")
            continue
        cells = [json.dumps(words, ensure_ascii=False) for row in block for words in row]
        lines.append(f"#table(columns: {len(block[0])}, {', '.join(cells)})\n")
    return typst.compile("\n".join(lines).encode(), ignore_system_fonts=True)
