"""What an act would become, as plain data: areas with their aims and activities, institutions,
duties.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import date

from splot.core.values import Json
from splot.documents.tree import Document, Node, citation_of
from splot.documents.writers.uris import parse_iso_date

from . import ActMapping, body_name, wording_of

DUTIES = ("monitoring", "team", "mayor", "council")
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
    for path, role, number in _mapped_passages(document, mapping):
        words = wording_of(role, path[-1])
        if number and role == "aim":
            areas[number - 1].aims.append(words)
        elif role == "activity":
            activity = {"number": activity_number(path), "text": words}
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
    else its subject, else the whole title.
    """
    quoted = re.search(r"[\"„“«](.+?)[\"”»]", document.title, re.S)
    title = quoted[1] if quoted else document.act.subject or document.title
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


def activity_number(path: tuple[Node, ...]) -> str:
    """The number that is printed at an activity, without the annex that it stands in."""
    return citation_of([node for node in path if node.kind != "attachment"] or path)


def _mapped_passages(
    document: Document, mapping: ActMapping
) -> Iterator[tuple[tuple[Node, ...], str, int]]:
    """Each passage that becomes something: its path, its role, the number of its area or 0."""
    for node, ancestors in document.walk():
        role, __, number = mapping.links.get(node.eid, "").partition(":")
        if role and role != "area":
            yield (*ancestors, node), role, int(number or 0)
