"""The provisions of a resolution: aims in one §, activities in groups in another, and what stands
around them.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain, product

from django.utils.translation import gettext as _

from splot.documents.readers.passages import SIGNATORY
from splot.documents.readers.tables import is_table
from splot.documents.tree import Document, Node, citation_of

from ..final_provisions import OTHER, final_role
from .mapping import ActMapping
from .wording import (
    AREA_WORDS,
    certain_area_name,
    heading_and_text,
    is_attribute,
    language_of_level,
)

# letters by which words of one family are recognised: edukacji, edukacyjny; education, educating
STEM_LENGTH = 5
SECTIONS = ("paragraph", "article")

AIMS = re.compile(
    r"\b(cel|cele|celem|celami|objectives?|aims?|goals?|цілі|цілями|мета|метою)\b", re.I
)
INSTITUTIONS = re.compile(
    r"\b(instytucj|podmiot|jednost|realizują|realizator|wykonują|wykonawc|institution|implement|"
    r"(?:realizowan|wykonywan|prowadzon)\w+\s+przez|"
    r"carried out|carry|установ|інституці|викону)",
    re.I,
)
WHO = re.compile(
    r"\b(instytucj|podmiot|jednostk|realizator|wykonawc|institutions?|implementers|realizátor|"
    r"виконавц)",
    re.I,
)
HEADING_LENGTH = 80
PARTNERS = re.compile(r"\b(współprac|cooperat|partner|співпрац)", re.I)
MONITORING = re.compile(
    r"\b(monitor|ewaluac|ocen|sprawozda|raport|evaluat|assess|report|моніторинг|оцін|звіт)", re.I
)
TEAM = re.compile(r"\b(zespoł|zespół|team|груп[аиу]\b|команд)", re.I)
MAYOR = re.compile(
    r"^\W*(\w+\W+){0,8}?(?<!przez )(prezydent|burmistrz|wójt|mayor|president|міськ\w+ голов)|"
    r"\b(by the|(?<!powołan\w )przez) (mayor|president|prezydenta|burmistrza|wójta)",
    re.I,
)
COUNCIL = re.compile(r"\b(radzie|rada|rady|council|раді|рада)\b", re.I)
REPORT = re.compile(r"\b(sprawozda|raport|report|звіт)", re.I)
NAME = re.compile(r"[^\d;:]{3,60}(?<![.,])")  # below who signed: "/-/ Jan Malinowski"
# lists of these are no activities: who acts, what a plan says of each activity
NO_ACTIVITIES = re.compile(
    r"^\W*(?:\w+\W+){0,3}(?:realizator|wykonawc|виконавц)\w*|^\W*(?:the\s+)?institutions\b|"
    r"^\W*instytucj\w+\s+realizując|^\W*skład\w*\s+zespołu|"
    r"\b(?:działania|zadania|cele|program|polityk\w+|strategi\w+|activities|measures|завдання|заходи)\s+"
    r"(?:\w+\s+){0,3}(?:realizują|realizuje|wykonują|wykonuje|prowadzą|виконують)\W*$|"
    r"\b(?:realizowan\w+|wykonywan\w+|prowadzon\w+|podejmowan\w+)\s+przez\W*$|"
    r"\b(?:implemented|carried\s+out)\s+by\W*$|\b(?:określa|ustala|wskazuje|podaje)\s+się\W*$|"
    r"\bis\s+(?:determined|given)\W*$|\bвизнача\w+\W*$",
    re.I,
)


def map_provisions(document: Document) -> ActMapping:
    """Areas with their aims and activities, where activities stand in groups in one §."""
    mapping = ActMapping()
    provisions = list(provisions_in(document.nodes))
    groups_of = max(provisions, key=_grouped_points, default=None)
    groups: list[Node] = []
    if groups_of is not None and _grouped_points(groups_of):
        groups = activity_groups(groups_of)
    else:
        groups_of = None
    aims = _aims_provision(provisions, groups_of, len(groups))
    _match_areas(mapping, aims, groups)
    return mapping


def provisions_in(nodes: list[Node]) -> Iterator[Node]:
    """The provisions of a document, wherever they stand in its chapters and annexes."""
    for node in nodes:
        if node.kind in ("chapter", "attachment"):
            yield from provisions_in(node.children)
        elif not is_table(node):
            yield node


def activity_groups(provision: Node) -> list[Node]:
    """The passages below a provision whose points can be activities."""
    groups = [child for child in provision.children if points_of(child) and child.kind != "table"]
    return [group for group in groups if not NO_ACTIVITIES.search(heading_and_text(group))]


def points_of(group: Node) -> list[Node]:
    """What stands below a passage, without what only says more of it: "Leader: …"."""
    return [child for child in group.children if not is_attribute(child)]


def _grouped_points(provision: Node) -> int:
    """How many points stand in groups below a provision; 0 unless there are at least two groups."""
    groups = activity_groups(provision)
    return sum(len(points_of(group)) for group in groups) if len(groups) > 1 else 0


def _aims_provision(provisions: list[Node], activities: Node | None, groups: int) -> Node | None:
    def fits(provision: Node) -> tuple[bool, bool]:
        return bool(AIMS.search(provision.text)), len(provision.children) == groups

    others = [node for node in provisions if node is not activities and len(node.children) > 1]
    candidates = [node for node in others if not _is_about_others(node)]
    best = max(candidates, key=fits, default=None)
    return best if best is not None and any(fits(best)) else None


def _is_about_others(provision: Node) -> bool:
    """Whether a provision lists who acts, what is watched over, or activities themselves."""
    text = heading_and_text(provision)
    if AIMS.search(text):
        return False
    others = NO_ACTIVITIES, INSTITUTIONS, PARTNERS, MONITORING, TEAM
    return any(pattern.search(text) for pattern in others) or bool(AREA_WORDS.match(text))


def _match_areas(mapping: ActMapping, aims: Node | None, groups: list[Node]) -> None:
    targets = aims.children if aims else []
    texts_of_aims = list(map(heading_and_text, targets))
    pairs = match_groups_to_aims(texts_of_aims, list(map(_group_text, groups)))
    for target in targets:
        number = name_area(mapping, target)
        mapping.say(target, f"aim:{number}", _("Stands in the list of aims."))
    for index, group in enumerate(groups):
        aim, __ = pairs.get(index, (None, 0))
        if aim is None or aims is None:
            number = name_area(mapping, group)
            reason = _("No aim speaks of the same; a new area.")
        else:
            number = aim + 1
            reason = _("Speaks of the same as the aim in %(citation)s.") % {
                "citation": citation_of([aims, targets[aim]])
            }
        mapping.say(group, f"area:{number}", reason)
        for node in points_of(group):
            mapping.say(node, f"activity:{number}")


def name_area(mapping: ActMapping, node: Node, words: str = "") -> int:
    """The number of a new area that is named after a passage or these words of it; a name that may
    be in another case is in doubt.
    """
    text = words.split("\n")[0] or node.heading or node.text
    name, certain = certain_area_name(text, language_of_level(node))
    number = mapping.add_area(name)
    if not certain:
        message = _("Area %(number)s, “%(name)s”: the name stands as written, its case is unsure.")
        mapping.problems.append(message % {"number": number, "name": name})
    return number


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


def place_provisions(mapping: ActMapping, document: Document) -> None:
    """What the provisions around aims and activities become: institutions, partners, duties."""
    provisions = _without_signatures(_parts_in(document.nodes))
    for index, provision in enumerate(provisions):
        if not _holds_roles(provision, mapping):
            last = index >= len(provisions) - 2
            for unit in _units_of(provision):
                _place_provision(mapping, unit, last=last)


def _parts_in(nodes: list[Node]) -> Iterator[Node]:
    """The provisions of a document; a chapter without §§ is one, judged by its heading."""
    for node in nodes:
        holds_sections = any(child.kind in SECTIONS for child in node.children)
        if node.kind == "attachment" or (node.kind == "chapter" and holds_sections):
            yield from _parts_in(node.children)
        elif not is_table(node):
            yield node


def _without_signatures(parts: Iterable[Node]) -> list[Node]:
    """Without who signed, and the name below: "Przewodniczący Rady", "Jan Malinowski"."""
    provisions: list[Node] = []
    is_below = False
    for part in parts:
        is_line = part.kind == "level" and not (part.num or part.children)
        is_name = is_below and NAME.fullmatch(part.text.strip()) is not None
        is_below = is_line and (is_name or SIGNATORY.match(part.text) is not None)
        if not is_below:
            provisions.append(part)
    return provisions


def _holds_roles(node: Node, mapping: ActMapping) -> bool:
    if mapping.links.get(node.eid):
        return True
    return any(_holds_roles(child, mapping) for child in node.children)


def _units_of(provision: Node) -> list[Node]:
    """A § whose paragraphs hold lists of their own is judged paragraph by paragraph."""
    paragraphs = provision.children
    lists = [child for child in paragraphs if child.children]
    listed = any(INSTITUTIONS.search(heading_and_text(child)) for child in lists)
    return paragraphs if listed and not heading_and_text(provision) else [provision]


def _place_provision(mapping: ActMapping, provision: Node, *, last: bool) -> None:
    if provision.kind in ("level", "chapter"):
        _place_chapter(mapping, provision, last=last)
        return
    text = heading_and_text(provision)
    passages = [provision, *provision.children]
    if provision.children and INSTITUTIONS.search(text) and not MONITORING.search(text):
        for child in provision.children:
            mapping.say(child, "institution", _("Listed as carrying the policy out."))
    elif PARTNERS.search(text) and not provision.children:
        mapping.say(provision, "partner", _("Names whom the municipality works with."))
    elif any(MONITORING.search(heading_and_text(passage)) for passage in passages):
        for node in passages:
            _place_duty(mapping, node)
    else:
        for node in passages:
            if text := heading_and_text(node):
                is_final = last or final_role(text) != OTHER
                mapping.say(node, "final" if is_final else "general")


def _place_chapter(mapping: ActMapping, chapter: Node, *, last: bool) -> None:
    """A part of an outline is what its heading says; its items are what it lists."""
    heading = chapter.heading or chapter.text[:HEADING_LENGTH]
    items = [child for child in chapter.children if child.num]
    role = "final" if last else "general"
    if MONITORING.search(heading):
        role = "monitoring"
    elif WHO.search(heading) and items:
        role = "institution"
    elif PARTNERS.search(heading):
        role = "partner"
    for node in items or [chapter]:
        if heading_and_text(node):
            mapping.say(node, role)
    if items and heading_and_text(chapter):
        mapping.say(chapter, "final" if last else "general")


def _place_duty(mapping: ActMapping, node: Node) -> None:
    text = heading_and_text(node)
    if not text or mapping.links.get(node.eid):
        return
    if node.children and TEAM.search(text):
        for child in node.children:
            mapping.say(child, "team", _("A duty of the team."))
    elif COUNCIL.search(text) and REPORT.search(text):
        mapping.say(node, "council", _("A report to the council."))
    elif MAYOR.search(text):
        mapping.say(node, "mayor", _("The executive acts."))
    else:
        mapping.say(node, "monitoring")
