"""Makes acts as a council would pass them: a random tree, and the text in which it is printed.

Reading the text must give the tree back. The generator is plain Python driven by a `random.Random`,
so that tests (through Hypothesis), PDFs and benchmarks can all use it.
"""

from random import Random

from splot.documents.tree import Document, Node

VOCABULARY = """
miasto mieszkańcy społeczność współpraca żłobek szkoła źródło ćwiczenie łączność działanie zespół ocena
wskaźnik sprawozdanie konsultacje ośrodek poradnictwo język nauka świadczenie pomoc środowisko urząd radny
zadanie budżet przeciwdziałanie dyskryminacja równość bezpieczeństwo zdrowie kultura rynek pracy gościnność
międzykulturowość cudzoziemcy uczniowie rodzice wolontariusze harmonogram ewaluacja łącznie także ponadto
"""
WORDS = VOCABULARY.split()
LETTERS = [*"abcdefghijklmnoprstuwyz", "za", "zb", "zc"]
TAILS = (
    "",
    "",
    "",
    " (art. 18 ust. 2 pkt 15 ustawy)",
    " w 2026 r. oraz później",
    " o 10,5 %",
    " – jeżeli to możliwe",
)


class Maker:
    """Draws an act. Every choice comes from one source of chance, so a seed is an act."""

    def __init__(self, chance: Random, dashes: bool = True):
        self.chance = chance
        self.tails = TAILS if dashes else TAILS[:-1]
        self.closings = 0.15 if dashes else 0

    def some(self, few: int, many: int) -> int:
        return self.chance.randint(few, many)

    def likely(self, share: float) -> bool:
        return self.chance.random() < share

    def phrase(self, most: int = 12) -> str:
        words = [self.chance.choice(WORDS) for _ in range(self.some(2, most))]
        return " ".join(words) + self.chance.choice(self.tails)

    def sentence(self) -> str:
        text = self.phrase()
        return text[0].upper() + text[1:] + "."

    def passage(self) -> str:
        """One to four sentences, some of them in paragraphs of their own."""
        text = self.sentence()
        for _ in range(self.some(0, 3)):
            text += self.chance.choice((" ", " ", "\n")) + self.sentence()
        return text

    def integers(self, count: int) -> list[str]:
        """1, 2, 2a, 2b, 3: numbers with some that were put in later."""
        numbers: list[str] = []
        for number in range(1, count + 1):
            numbers.append(str(number))
            if self.likely(0.05):
                numbers += [f"{number}{letter}" for letter in "ab"[: self.some(1, 2)]]
        return numbers

    def act(self, provisions: int) -> Document:
        """An act of about this many provisions, §§ with all that stands below them counted."""
        number = f"{self.chance.choice(('I', 'XLVIII'))}/{self.some(1, 900)}/2026"
        subject = f"przyjęcia dokumentu „{self.phrase(5).title()}”"
        title = (
            f"UCHWAŁA NR {number} RADY MIASTA ŁÓDŹ z dnia {self.some(1, 28)} lutego 2026 r. w "
            f"sprawie {subject}"
        )
        document = Document(title=title)
        document.preamble = (
            "Na podstawie art. 18 ust. 2 pkt 15 ustawy z dnia 8 marca 1990 r. uchwala się, co "
            "następuje:"
        )
        self.dotted = self.likely(0.5)
        document.nodes = self.body(provisions)
        for annex in range(1, self.some(0, 2) + 1) if provisions > 4 else ():
            document.nodes.append(self.annex(str(annex)))
        return document

    def body(self, provisions: int) -> list[Node]:
        sections: list[Node] = []
        count = 0
        number = 0
        while count < provisions:
            number += 1
            numbers = [str(number), f"{number}a"] if self.likely(0.05) else [str(number)]
            added = [self.section(one) for one in numbers]
            count += sum(map(size, added))
            sections += added
        if len(sections) < 4 or self.likely(0.5):
            return sections
        half = len(sections) // 2
        halves = (sections[:half], sections[half:])
        return [
            Node("chapter", f"Rozdział {at}", heading=self.heading(), children=part)
            for at, part in enumerate(halves, 1)
        ]

    def heading(self) -> str:
        return " ".join(self.chance.choice(WORDS) for _ in range(self.some(1, 4))).capitalize()

    def section(self, number: str) -> Node:
        node = Node("paragraph", f"§ {number}{'.' if self.dotted else ''}")
        shape = self.some(1, 4)
        if shape == 1:
            node.text = self.passage()
        elif shape == 2:
            self.fill_points(node)
        else:
            numbers = self.integers(self.some(2, 6))
            node.children = [self.subparagraph(f"{one}.") for one in numbers]
            node.heading = self.heading() if not self.dotted and self.likely(0.3) else ""
        return node

    def subparagraph(self, num: str) -> Node:
        node = Node("subparagraph", num)
        if self.likely(0.6):
            node.text = self.passage()
        else:
            self.fill_points(node)
        return node

    def fill_points(self, node: Node) -> None:
        node.text = self.sentence()[:-1] + ":"
        numbers = self.integers(self.some(2, 6))
        if self.likely(0.15):
            node.children = [
                Node(
                    "point",
                    f"{one})",
                    heading=f"w obszarze {self.chance.choice(WORDS)}:",
                    text=self.sentence(),
                )
                for one in numbers
            ]
            return
        node.children = [Node("point", f"{one})") for one in numbers]
        closed = self.likely(self.closings)
        for at, point in enumerate(node.children):
            last = at == len(node.children) - 1
            mark = ("" if closed else ".") if last else ";"
            if self.likely(0.3) and not (closed and last):
                self.fill(point, "alinea", self.letters(), mark)
            else:
                point.text = self.phrase() + mark
        if closed:
            node.closing = "– " + self.phrase() + "."

    def letters(self) -> list[str]:
        many = len(LETTERS) if self.likely(0.05) else self.some(2, 6)
        return [f"{letter})" for letter in LETTERS[:many]]

    def fill(self, node: Node, kind: str, numbers: list[str], mark: str) -> None:
        """Letters or dashes; the last ends as the point that holds them would have ended."""
        node.text = self.phrase() + ":"
        node.children = [Node(kind, number) for number in numbers]
        for at, child in enumerate(node.children):
            end = mark if at == len(numbers) - 1 else ","
            if kind == "alinea" and self.likely(0.25):
                self.fill(child, "indent", ["–"] * self.some(2, 4), end)
            else:
                child.text = self.phrase() + end

    def annex(self, number: str) -> Node:
        heading = (
            f"do uchwały nr I/{number}/2026 Rady Miasta Łódź z dnia 26 lutego 2026 r. "
            f"{self.heading().upper()}"
        )
        node = Node("attachment", f"Załącznik nr {number}", heading=heading)
        if self.likely(0.5):
            node.children = [self.section(str(one)) for one in range(1, self.some(2, 4))]
            return node
        for outer in range(1, self.some(2, 4)):
            level = Node("level", f"{outer}.", text=self.passage())
            for inner in range(1, self.some(1, 4)):
                part = Node("level", f"{outer}.{inner}.", text=self.passage())
                if self.likely(0.4):
                    part.text = self.sentence()[:-1] + ":"
                    part.children = [
                        Node("level", f"{one})", text=self.phrase() + ";") for one in "abc"
                    ]
                level.children.append(part)
            node.children.append(level)
        return node


def size(node: Node) -> int:
    """How many provisions a node is, itself and all below."""
    return 1 + sum(size(child) for child in node.children)


def make_act(chance: Random, provisions: int = 40, *, dashes: bool = True) -> Document:
    """A random act of about so many provisions; without dashes none begins a line by chance or as a
    closing.
    """
    return Maker(chance, dashes).act(provisions)


def print_act(document: Document) -> str:
    """The act in legislative style, one provision to a line."""
    kind_and_number, rest = document.title.split(" RADY ", 1)
    body, rest = rest.split(" z dnia ", 1)
    date, subject = rest.split(" w sprawie ", 1)
    lines = [
        kind_and_number,
        f"RADY {body}",
        f"z dnia {date}",
        "",
        f"w sprawie {subject}",
        "",
        document.preamble,
        "",
    ]
    for node in document.nodes:
        lines += print_node(node)
    return "\n".join(lines) + "\n"


def print_node(node: Node) -> list[str]:
    """The lines of a provision. Headings stand on lines of their own, first numbers beside the
    outer one.
    """
    below = [line for child in node.children for line in print_node(child)]
    closing = [node.closing] if node.closing else []
    if node.kind == "attachment":
        of, title = node.heading.split(" r. ", 1)
        return ["", f"{node.num} {of} r.", "", title, "", *below]
    if node.kind == "chapter":
        return ["", node.num, node.heading, "", *below]
    if node.kind == "paragraph" and not node.num.endswith("."):
        texts = [text for text in (node.heading, node.text) if text]
        return ["", node.num, *texts, *below, *closing]
    if node.heading:
        return [f"{node.num} {node.heading}", node.text, *below, *closing]
    if not node.text and below:
        return ["", f"{node.num} {below[0]}", *below[1:], *closing]
    return [f"{node.num} {node.text}", *below, *closing]


def shape(nodes: list[Node]) -> list[tuple]:
    """What must come back of a tree: everything but the eIds."""
    return [(n.kind, n.num, n.heading, n.text, n.closing, shape(n.children)) for n in nodes]
