"""What an act would become, as plain data: areas with their aims and activities, institutions,
duties.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date

from splot.core.values import Json
from splot.documents.readers.plan_words import DETAIL, parse_column_heading
from splot.documents.readers.tables import own_words
from splot.documents.tree import OUTLINE_KINDS, Document, Node, bare_number, citation_of
from splot.documents.writers.uris import parse_iso_date

from .mapping import DUTIES, OWN_AIM, ActMapping, passages_with_roles, split_role
from .provisions import SECTIONS
from .wording import body_name, wording_of

ROW_NUMBER = re.compile(r"(?:\d{1,3}|[A-Z])(?:\.(?:\d{1,3}[a-z]?|[A-Z]))*\.?")
NUMBER_HEADING = re.compile(
    r"(?:l\.?\s?p|nr|no|numer|number|kod|symbol|code|id|ref|č|číslo|číslo opatření|lfd\.?\s?nr|n|№"
    r"|№\s?з/п|код|шифр)\.?(?:\s+(?:działania|zadania|opatření|заходу|der maßnahme))?",
    re.I,
)
# "w sprawie przyjęcia Programu …": what is adopted, as a title names it
ADOPTED_DOCUMENT = re.compile(
    r"(?:przyjęcia|uchwalenia|wprowadzenia)\s+(programu|polityki|strategii|planu)\b", re.IGNORECASE
)
TITLE_FORMS = {
    "programu": "Program",
    "polityki": "Polityka",
    "strategii": "Strategia",
    "planu": "Plan",
}
SEPARATOR = "; "  # between the words of several passages that say for whom, or who leads


@dataclass
class ProposedArea:
    """An area as it would be made: its number, name, aims, activities, for whom, who leads it."""

    number: int
    name: str
    aims: list[str] = field(default_factory=list)
    activities: list[dict[str, str]] = field(default_factory=list)
    audience: str = ""
    leader: str = ""

    def add_words(self, name: str, words: str) -> None:
        """Say further for whom or by whom ("audience", "leader"); what was said already is not
        repeated.
        """
        said = getattr(self, name)
        if words not in said.split(SEPARATOR):
            setattr(self, name, f"{said}{SEPARATOR}{words}" if said else words)


def describe_proposal(file_name: str, document: Document, mapping: ActMapping) -> Json:
    """The proposal for an act, with its problems as sentences. Nothing is written."""
    areas = [ProposedArea(number, name) for number, name in enumerate(mapping.areas, 1)]
    others: dict[str, list[str]] = defaultdict(list)
    separate = passages_with_roles(mapping.links)
    numbers = activity_numbers(document, mapping.links)
    for path, role, number in _mapped_passages(document, mapping):
        words = wording_of(role, path[-1], separate)
        if number and role in ("aim", OWN_AIM):
            areas[number - 1].aims.append(words)
        elif role == "activity":
            activity = {"number": numbers[path[-1].eid], "text": words}
            areas[number - 1].activities.append(activity)
        elif role in ("audience", "leader"):
            areas[number - 1].add_words(role, words)
        else:
            others["duties" if role in DUTIES else role].append(words)
    problems = [f"{problem.place}: {problem.message}" for problem in document.problems]
    return {
        "file": file_name,
        "refused": None,
        "problems": [problem.removeprefix(": ") for problem in problems] + mapping.problems,
        **describe_act(document),
        "areas": list(map(asdict, areas)),
        "institutions": others["institution"],
        "partners": others["partner"],
        "duties": others["duties"],
    }


def describe_refusal(file_name: str, refusal: str) -> Json:
    """The proposal for a file that cannot be read: empty, with the sentence that says why."""
    proposal = describe_proposal(file_name, Document(), ActMapping())
    return {**proposal, "refused": refusal}


def format_proposal(proposal: Json) -> str:
    """A proposal as lines for a terminal."""
    lines = [proposal["title"]]
    for area in proposal["areas"]:
        lines.append(f"{area['number']}. {area['name']}")
        lines += [f"  > {aim}" for aim in area["aims"]]
        lines += [f"  {activity['number']}  {activity['text']}" for activity in area["activities"]]
    for group in ("institutions", "partners", "duties"):
        lines += [f"{group}: {words}" for words in proposal[group]]
    return "\n".join([*lines, *(f"! {problem}" for problem in proposal["problems"])])


def describe_act(document: Document) -> dict[str, str]:
    """Title, number, body and day (as 2026-02-26) of an act; "" for what it does not say."""
    adopted = adoption_day(document)
    return {
        "title": suggested_title(document),
        "number": printed_number(document),
        "body": body_name(document.act.body),
        "date": adopted.isoformat() if adopted else "",
    }


def suggested_title(document: Document) -> str:
    """What a policy made of the act could be called: the name in quotation marks in its title,
    else its subject, without the words that the council adopts it, else the whole title.
    """
    quoted = re.search(r"[\"„“«](.+?)[\"”»]", document.title, re.S)
    title = quoted[1] if quoted else document.act.subject or document.title
    if adopted := ADOPTED_DOCUMENT.match(title):
        title = TITLE_FORMS[adopted[1].lower()] + title[adopted.end() :]
    return " ".join(title.split())


def printed_number(document: Document) -> str:
    """The number of an act; dots that wait for a number count as nothing."""
    return document.act.number.strip(" .…")


def adoption_day(document: Document) -> date | None:
    """The day that the act's title block gives, None where it gives none that exists."""
    try:
        return date.fromisoformat(parse_iso_date(document.act.date))
    except ValueError:
        return None


def activity_numbers(document: Document, links: Mapping[str, str]) -> dict[str, str]:
    """{eId: how an activity is cited within its plan}, of the passages with that role.

    As it is printed where its number is whole ("2.1" below "2. Aim") and no two are the same, else
    by its place: areas whose aims count anew have several 2.1.
    """
    numbers: dict[str, str] = {}
    printed: dict[str, str] = {}
    for node, ancestors in document.walk():
        if split_role(links.get(node.eid, ""))[0] == "activity":
            numbers[node.eid] = _number_by_place((*ancestors, node))
            printed[node.eid] = _whole_number((*ancestors, node)) or numbers[node.eid]
    return printed if len(set(printed.values())) == len(printed) else numbers


def _whole_number(path: tuple[Node, ...]) -> str:
    """The printed number of a passage that begins with that of the passage above it, "" for any
    other.
    """
    own = bare_number(path[-1].num)
    above = next((bare_number(node.num) for node in reversed(path[:-1]) if node.num), "")
    is_level = path[-1].kind in OUTLINE_KINDS
    return own if is_level and above and own.startswith(f"{above}.") else ""


def _number_by_place(path: tuple[Node, ...]) -> str:
    """How an activity is cited within its plan: without the annex, without the chapter of an
    outline, without the passages that only announce a list.
    """
    in_section = any(node.kind in SECTIONS for node in path)
    kept = [node for node in path[:-1] if node.num and node.kind != "attachment"]
    kept = [node for node in kept if in_section or node.kind != "chapter"]
    return _own_number(path) or citation_of([*kept, path[-1]])


def _own_number(path: tuple[Node, ...]) -> str:
    """The number that a cell before an activity, or one below a heading of numbers, gives to it in
    a table; "100" in a column of costs is none.
    """
    if path[-1].kind != "cell" or path[-2].kind != "row" or path[-1].num:
        return ""
    table, row, own = path[-3], path[-2].children, path[-1]
    heads = table.children[0].children
    is_before = True
    for at, cell in enumerate(row):
        is_before = is_before and cell is not own
        heading = own_words(heads[at]) if at < len(heads) else ""
        word = parse_column_heading(heading)
        can_be_number = is_before and (word is None or word.says != DETAIL)
        if ROW_NUMBER.fullmatch(cell.text) and (can_be_number or NUMBER_HEADING.fullmatch(heading)):
            return cell.text.strip(".")
    return ""


def _mapped_passages(
    document: Document, mapping: ActMapping
) -> Iterator[tuple[tuple[Node, ...], str, int]]:
    """Each passage that becomes something: its path, its role, the number of its area or 0."""
    for node, ancestors in document.walk():
        role, number = split_role(mapping.links.get(node.eid, ""))
        if role and role != "area":
            yield (*ancestors, node), role, number
