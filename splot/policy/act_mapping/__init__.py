"""Suggests what the passages of an act become: a mapping that a person checks and changes before
anything is saved.

A mapping names the areas and gives each passage (by eId) a role:

    area:N      opens the activities of area N           institution   who carries the policy out
    aim:N       an aim of area N                         partner       with whom
    activity:N  an activity of area N                    general, final   provisions around
    monitoring, team, mayor, council                     who watches over it
    ""          stays in the text and becomes nothing else
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, product

from django.utils.translation import gettext as _

from splot.documents.tree import Document, Node, citation_of

# letters by which words of one family are recognised: edukacji, edukacyjny; education, educating
STEM_LENGTH = 5

AIMS = re.compile(
    r"\b(cel|cele|celem|celami|objectives?|aims?|goals?|цілі|цілями|мета|метою)\b", re.I
)
INSTITUTIONS = re.compile(
    r"\b(instytucj|podmiot|jednost|realizują|wykonują|institution|implement|carried out|carry|"
    r"установ|інституці|викону)",
    re.I,
)
PARTNERS = re.compile(r"\b(współprac|cooperat|partner|співпрац)", re.I)
MONITORING = re.compile(
    r"\b(monitor|ewaluac|ocen|sprawozda|evaluat|assess|report|моніторинг|оцін|звіт)", re.I
)
TEAM = re.compile(r"\b(zespoł|zespół|team|груп[аиу]\b|команд)", re.I)
MAYOR = re.compile(
    r"^\W*(\w+\W+){0,8}?(prezydent|burmistrz|wójt|mayor|president|міськ\w+ голов)|"
    r"\b(by the|przez) (mayor|president|prezydenta|burmistrza|wójta)",
    re.I,
)
COUNCIL = re.compile(r"\b(radzie|rada|rady|council|раді|рада)\b", re.I)
REPORT = re.compile(r"\b(sprawozda|raport|report|звіт)", re.I)
AREA_WORDS = re.compile(
    r"^(w\s+)?((zakresie|obszarze|dziedzinie|sferze)|(in\s+)?(the\s+)?(area|field)\s+of|"
    r"(у|в)\s+(сфері|галузі|царині))\s+(the\s+)?",
    re.I,
)


@dataclass
class ActMapping:
    """Names of areas, for each passage its role and the reason for it, and what is in doubt."""

    areas: list[str] = field(default_factory=list)
    links: dict[str, str] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def say(self, node: Node, role: str, reason: str = "") -> None:
        self.links[node.eid] = role
        if reason:
            self.reasons[node.eid] = reason


def suggest_mapping(document: Document) -> ActMapping:
    """Read areas, aims, activities, institutions, partners and duties off a document tree."""
    proposal = ActMapping()
    provisions = list(_provisions_in(document.nodes))
    activities = max(provisions, key=_grouped_points, default=None)
    if activities is None or not _grouped_points(activities):
        activities, groups = None, []
    else:
        groups = [child for child in activities.children if child.children]
    aims = _aims_provision(provisions, activities, len(groups))
    _match_areas(proposal, aims, groups)
    for index, provision in enumerate(provisions):
        if provision not in (aims, activities):
            _place_provision(proposal, provision, last=index >= len(provisions) - 2)
    for node, __ in document.walk():
        proposal.links.setdefault(node.eid, "")
    return proposal


def mapping_counts(roles: Iterable[str]) -> dict[str, object]:
    """How many passages become what."""
    counts = Counter(role.partition(":")[0] for role in roles)
    return {
        "counts": {name: counts[name] for name in ("aim", "activity", "institution", "partner")},
        "duties": counts["team"] + counts["mayor"] + counts["council"] + counts["monitoring"],
    }


def split_area_opening(text: str) -> tuple[str, str]:
    """A passage that begins by naming its area, in two: ("in the area of work:", "Fair
    conditions"); or ("", text).
    """
    opening, colon, rest = text.strip().partition(":")
    if colon and rest.strip() and AREA_WORDS.match(opening):
        return f"{opening}:", rest.strip()[:1].upper() + rest.strip()[1:]
    return "", text


def wording_of(role: str, node: Node) -> str:
    """The words of a passage in its role: an aim without the name of its area before it."""
    text = passage_text(node)
    return split_area_opening(text)[1] if role == "aim" else text


def passage_text(node: Node) -> str:
    """The words of a passage with what stands below it, without the punctuation that joins it to
    the next.
    """
    parts = [node.text or node.heading]
    parts += [f"{child.num} {passage_text(child)}" for child in node.children]
    parts.append(node.closing)
    return "\n".join(filter(None, parts)).rstrip(" ;,.")


def heading_and_text(node: Node) -> str:
    return f"{node.heading} {node.text}".strip()


def body_name(printed: str) -> str:
    """Who adopted an act, as a name: "RADY MIASTA LUBLIN" -> "Rada Miasta Lublin". What is not
    shouted stays.
    """
    name = printed.title() if printed.isupper() else printed
    return re.sub(r"^Rady\b", "Rada", name)


def _provisions_in(nodes: list[Node]) -> Iterator[Node]:
    for node in nodes:
        if node.kind in ("chapter", "attachment"):
            yield from _provisions_in(node.children)
        else:
            yield node


def _grouped_points(provision: Node) -> int:
    """How many points stand in groups below a provision; 0 unless there are at least two groups."""
    groups = [child for child in provision.children if child.children]
    return sum(len(group.children) for group in groups) if len(groups) > 1 else 0


def _aims_provision(provisions: list[Node], activities: Node | None, groups: int) -> Node | None:
    def fits(provision: Node) -> tuple[bool, bool]:
        return bool(AIMS.search(provision.text)), len(provision.children) == groups

    candidates = [node for node in provisions if node is not activities and len(node.children) > 1]
    best = max(candidates, key=fits, default=None)
    return best if best is not None and any(fits(best)) else None


def _match_areas(proposal: ActMapping, aims: Node | None, groups: list[Node]) -> None:
    targets = aims.children if aims else []
    texts_of_aims = list(map(heading_and_text, targets))
    pairs = match_groups_to_aims(texts_of_aims, list(map(_group_text, groups)))
    for number, target in enumerate(targets, 1):
        proposal.areas.append(area_name(target.heading or target.text))
        proposal.say(target, f"aim:{number}", _("Stands in the list of aims."))
    for index, group in enumerate(groups):
        aim, __ = pairs.get(index, (None, 0))
        if aim is None or aims is None:
            proposal.areas.append(area_name(group.heading or group.text))
            number, reason = len(proposal.areas), _("No aim speaks of the same; a new area.")
        else:
            number = aim + 1
            reason = _("Speaks of the same as the aim in %(citation)s.") % {
                "citation": citation_of([aims, targets[aim]])
            }
        proposal.say(group, f"area:{number}", reason)
        for node in group.children:
            proposal.say(node, f"activity:{number}")


def _group_text(group: Node) -> str:
    activities = " ".join(map(heading_and_text, group.children))
    return f"{group.text} {activities}"


def match_groups_to_aims(aims: list[str], groups: list[str]) -> dict[int, tuple[int, int]]:
    """Pair groups of activities with aims that are worded differently.

    Returns {index of group: (index of aim, number of shared word stems)}; each aim is used once.
    Stems that many aims have in common say little, so each counts by how rare it is; equal pairs
    keep the order of the text.
    """
    stems_of_aims = list(map(_word_stems, aims))
    stems_of_groups = list(map(_word_stems, groups))
    spread = Counter(chain.from_iterable(stems_of_aims))  # {stem: number of aims that have it}
    scored = []
    for group, aim in product(range(len(groups)), range(len(aims))):
        shared = stems_of_groups[group] & stems_of_aims[aim]
        score = sum(1 / spread[stem] for stem in shared) + (0.5 if aim == group else 0)
        scored.append((score, -abs(aim - group), group, aim))
    pairs: dict[int, tuple[int, int]] = {}
    used: set[int] = set()
    for __, __, group, aim in sorted(scored, reverse=True):
        if group not in pairs and aim not in used:
            pairs[group] = (aim, len(stems_of_groups[group] & stems_of_aims[aim]))
            used.add(aim)
    return pairs


def _word_stems(text: str) -> set[str]:
    return {word[:STEM_LENGTH].lower() for word in re.findall(r"\w{4,}", text)}


def area_name(text: str) -> str:
    """A short name from a heading or a passage: "in the area of education: schools that …" ->
    "Education".
    """
    opening, __ = split_area_opening(text)
    name = AREA_WORDS.sub("", opening or text.strip()).strip(" :;.,")
    name = name if len(name) <= 60 else name[:60].rsplit(" ", 1)[0] + "…"
    return name[:1].upper() + name[1:]


def _place_provision(proposal: ActMapping, provision: Node, *, last: bool) -> None:
    text = heading_and_text(provision)
    passages = [provision, *provision.children]
    if provision.children and INSTITUTIONS.search(text) and not MONITORING.search(text):
        for child in provision.children:
            proposal.say(child, "institution", _("Listed as carrying the policy out."))
    elif PARTNERS.search(text) and not provision.children:
        proposal.say(provision, "partner", _("Names whom the municipality works with."))
    elif any(MONITORING.search(heading_and_text(passage)) for passage in passages):
        for node in passages:
            _place_duty(proposal, node)
    else:
        for node in passages:
            if heading_and_text(node):
                proposal.say(node, "final" if last else "general")


def _place_duty(proposal: ActMapping, node: Node) -> None:
    text = heading_and_text(node)
    if not text:
        return
    if node.children and TEAM.search(text):
        for child in node.children:
            proposal.say(child, "team", _("A duty of the team."))
    elif COUNCIL.search(text) and REPORT.search(text):
        proposal.say(node, "council", _("A report to the council."))
    elif MAYOR.search(text):
        proposal.say(node, "mayor", _("The mayor acts."))
    else:
        proposal.say(node, "monitoring")
