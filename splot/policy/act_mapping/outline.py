"""Plans that are outlines: areas, aims and activities by the names of their levels ("Priorytet",
"Cel", "Działanie"), by what a passage says of itself ("SUGGESTED ACTIVITIES:"), or by depth alone.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from splot.documents.tree import Document, Node
from splot.parsing.vocabulary.plan_parts import ACTIVITY, AIM, AREA
from splot.parsing.vocabulary.roles import AUDIENCE, LEADER, PARTNER

from .chapter_words import OTHER_CHAPTER, PLAN_CHAPTER_WORD, PLAN_NAME
from .mapping import OWN_AIM, ActMapping
from .passages import ITEM_KINDS, PlanPassage, describe_passage, is_group, mentions, passages_of
from .provisions import SECTIONS, name_area
from .wording import shorten_name

MAIN_SHARE = 0.8  # of all activities: so many below one passage are the plan, the others strays
HEADING_LENGTH = 100


@dataclass(slots=True)
class OutlinePlan:
    """The activities of an outline (its aims, where it has no activities), with what groups
    them.
    """

    passages: list[PlanPassage]
    activities: list[PlanPassage] = field(default_factory=list)
    aims: list[PlanPassage] = field(default_factory=list)
    openers: dict[int, Node] = field(default_factory=dict)  # {id of a node: that opens an area}


def map_labelled_outline(document: Document) -> ActMapping:
    """Areas, aims and activities by what the passages say that they are."""
    passages = passages_of(document)
    activities = [passage for passage in passages if _is_activity(passage)]
    if not activities:
        activities = [passage for passage in passages if _is_lowest_level(passage)]
    if not activities:
        activities = [passage for passage in passages if _is_item_of_aim(passage, passages)]
    plan = OutlinePlan(passages, _outermost(activities))
    plan.aims = [passage for passage in passages if _is_aim(passage, plan)]
    return _map_plan(document, plan)


def map_plain_outline(document: Document) -> ActMapping:
    """Areas, aims and activities by depth: the innermost items of the chapters that are a plan."""
    passages = passages_of(document)
    openers = _list_openers(document)
    leaves = [passage for passage in passages if _is_leaf(passage, openers)]
    within = [passage for passage in leaves if _in_plan_chapter(passage)]
    decimal = [passage for passage in leaves if re.search(r"\w\.\w", passage.node.num)]
    below = [passage for passage in leaves if _is_of_plan(document, passage)]
    return _map_plan(document, OutlinePlan(passages, within or decimal or below))


def _is_of_plan(document: Document, passage: PlanPassage) -> bool:
    """Whether the annex, or the document itself, is a programme or plan by its name."""
    annexes = [above.heading for above in passage.path if above.kind == "attachment"]
    return bool(PLAN_NAME.search(" ".join(annexes) or document.title))


def _is_activity(passage: PlanPassage) -> bool:
    return passage.says == ACTIVITY and bool(passage.words) and passage.node.kind != "chapter"


def _is_lowest_level(passage: PlanPassage) -> bool:
    """Whether a passage is a "direction" below an aim, and nothing stands below it."""
    above = describe_passage(passage.path[-1], ()) if passage.path else passage
    lowest = passage.named and passage.says == AREA and not passage.node.children
    return lowest and above.named and above.says == AIM


def _is_item_of_aim(passage: PlanPassage, passages: list[PlanPassage]) -> bool:
    """Whether a passage is an item below an aim or area that says so, of which it says nothing."""
    if passage.word.says or not passage.path or passage.node.kind == "chapter":
        return False
    above = passage.path[-1]
    by_node = next((other for other in passages if other.node is above), None)
    item = passage.node.kind in ("indent", "level") and passage.node.num
    if not item or is_group(passage.node) or by_node is None or by_node.announces:
        return False
    return by_node.word.says in (AIM, AREA)


def _outermost(activities: list[PlanPassage]) -> list[PlanPassage]:
    """Without what stands within another activity: that is a part of it."""
    nodes = {id(passage.node) for passage in activities}
    return [passage for passage in activities if not nodes & set(map(id, passage.path))]


def _is_aim(passage: PlanPassage, plan: OutlinePlan) -> bool:
    inside = {id(activity.node) for activity in plan.activities} & set(map(id, passage.path))
    return passage.says == AIM and bool(passage.words) and not inside


def _list_openers(document: Document) -> set[int]:
    """The ids of items that only open lists, as all beside them do: "1. Education:", "2. Work:"."""
    openers: set[int] = set()
    for node in (Node("root", children=document.nodes), *(node for node, __ in document.walk())):
        items = [item for item in node.children if item.num]
        if len(items) > 1 and all(item.children and item.text.endswith(":") for item in items):
            openers.update(map(id, items))
    return openers


def _is_leaf(passage: PlanPassage, openers: set[int]) -> bool:
    """Whether a passage is an innermost item of an outline, outside chapters about other things."""
    node = passage.node
    numbered = bool(node.num) and node.kind in ("level", *ITEM_KINDS)
    heads = [_heads_items(above) or id(above) in openers for above in passage.path]
    group = is_group(node) or id(node) in openers
    if not numbered or not any(heads) or group or passage.word.says:
        return False
    if any(above.kind in SECTIONS for above in passage.path):
        return False
    if passage.path[-1].kind in ITEM_KINDS or not heads[-1]:
        return passage.path[-1].kind in ("chapter", "attachment")
    return not mentions(OTHER_CHAPTER, [*passage.path, node][:2])


def _heads_items(node: Node) -> bool:
    """Whether a passage is the heading of items: it has a number and items, or is a short line
    without a mark at its end.
    """
    if node.kind == "level" and not node.num:
        bare = node.text[-1:].isalnum() and len(node.text) <= HEADING_LENGTH
        return bool(node.children) and (bare or bool(node.heading))
    return node.kind == "chapter" or is_group(node)


def _in_plan_chapter(passage: PlanPassage) -> bool:
    return any(map(_is_plan_chapter, passage.path))


def _is_plan_chapter(node: Node) -> bool:
    words = re.findall(r"[\w–-]+", node.heading)
    return bool(words) and all(map(PLAN_CHAPTER_WORD.fullmatch, words))


def _map_plan(document: Document, plan: OutlinePlan) -> ActMapping:
    mapping = ActMapping()
    items = plan.activities or plan.aims
    if not items:
        return mapping
    root = Node("root", children=document.nodes)
    paths = [(root, *passage.path, passage.node) for passage in items]
    paths, depth = _common_depth(paths)
    kept = {id(path[-1]) for path in paths}
    plan.activities = [passage for passage in plan.activities if id(passage.node) in kept]
    _find_openers(plan, paths, depth)
    _say_roles(document, plan, mapping)
    return mapping


def _common_depth(paths: list[tuple[Node, ...]]) -> tuple[list[tuple[Node, ...]], int]:
    """The paths without strays, and how deep they run together."""
    depth = 0
    while True:
        nodes = {id(path[depth + 1]): path[depth + 1] for path in paths if len(path) > depth + 2}
        counts = Counter(id(path[depth + 1]) for path in paths if len(path) > depth + 2)
        if not counts:
            return paths, depth
        main, count = counts.most_common(1)[0]
        one = len({id(path[depth + 1]) for path in paths}) == 1
        others = [path[depth + 1] for path in paths if id(path[depth + 1]) != main]
        strays = all(OTHER_CHAPTER.search(node.heading) for node in others)
        if not one and not (strays and count >= MAIN_SHARE * len(paths)):
            return paths, depth
        if one and _says(nodes[main]) == AREA:
            return paths, depth
        paths = [path for path in paths if len(path) > depth + 1 and id(path[depth + 1]) == main]
        depth += 1


def _says(node: Node) -> str:
    described = describe_passage(node, ())
    return described.says if described.words else ""


def _find_openers(plan: OutlinePlan, paths: Sequence[tuple[Node, ...]], depth: int) -> None:
    """The passages that open areas: what stands just below the place to which all paths lead, or
    the last before them that says so.
    """
    by_node = {id(passage.node): passage for passage in plan.passages}
    for path in paths:
        opener = path[depth + 1]
        described = by_node[id(opener)]
        if opener is not path[-1] and not described.announces:
            plan.openers[id(opener)] = opener
            continue
        parent = path[depth]
        before = _last_opener(parent.children, opener, by_node)
        if before is not None:
            plan.openers[id(before)] = before
        else:
            holder = _nearest_with_words(path[1 : depth + 1], by_node)
            if holder is not None:
                plan.openers[id(holder)] = holder


def _last_opener(siblings: list[Node], until: Node, by_node: dict[int, PlanPassage]) -> Node | None:
    """The last passage before another that says it is an area, or an aim where none does."""
    found: dict[str, Node] = {}
    for sibling in siblings:
        if sibling is until:
            break
        passage = by_node.get(id(sibling))
        if passage and passage.says in (AREA, AIM) and passage.words:
            found[passage.says] = sibling
    areas = any(
        (passage := by_node.get(id(sibling))) and passage.says == AREA for sibling in siblings
    )
    return found.get(AREA) if areas else found.get(AIM)


def _nearest_with_words(path: Sequence[Node], by_node: dict[int, PlanPassage]) -> Node | None:
    for node in reversed(path):
        if (node.heading or node.text) and not by_node[id(node)].announces:
            return node
    return None


def _say_roles(document: Document, plan: OutlinePlan, mapping: ActMapping) -> None:
    """Roles in reading order. A passage belongs to the area in which it stands, else to the last
    opened one beside it.
    """
    activities = {id(passage.node) for passage in plan.activities}
    aims = {id(passage.node) for passage in plan.aims}
    numbers: dict[int, int] = {}
    last: dict[int, int] = {}  # {id of a parent: the number of the area last opened in it}
    for passage in plan.passages:
        node, parent = passage.node, id(passage.path[-1]) if passage.path else 0
        if id(node) in plan.openers:
            numbers[id(node)] = last[parent] = name_area(mapping, node, passage.words)
            own = passage.says == AIM
            role = OWN_AIM if own else "area"
            mapping.say(node, f"{role}:{numbers[id(node)]}", _("Groups the activities below it."))
            continue
        above = [numbers[id(outer)] for outer in passage.path if id(outer) in numbers]
        beside = [last[id(outer)] for outer in passage.path if id(outer) in last]
        number = next(iter(reversed(above)), 0) or next(iter(reversed(beside)), 0)
        if not passage.path:
            number = last.get(0, 0)
        _say_role(passage, number, id(node) in activities, id(node) in aims, mapping)
    _say_groups(plan, numbers, mapping)
    if not plan.openers and plan.activities:
        _say_single_area(document, plan, mapping)


def _say_role(
    passage: PlanPassage, number: int, is_activity: bool, is_aim: bool, mapping: ActMapping
) -> None:
    node = passage.node
    if is_activity and number:
        mapping.say(node, f"activity:{number}")
    elif is_aim:
        mapping.say(node, f"aim:{number}" if number else "aim", _("Says that it is an aim."))
    elif passage.word.says in (AUDIENCE, LEADER) and number and (passage.words or node.children):
        role = "audience" if passage.word.says == AUDIENCE else "leader"
        mapping.say(node, f"{role}:{number}", _("Says so before its colon."))
    elif passage.word.says == PARTNER and number and passage.words:
        mapping.say(node, "partner", _("Names whom the municipality works with."))


def _say_groups(plan: OutlinePlan, numbers: dict[int, int], mapping: ActMapping) -> None:
    """What stands between an area and its activities is an aim."""
    by_node = {id(passage.node): passage for passage in plan.passages}
    for activity in plan.activities:
        number = 0
        for outer in activity.path:
            if id(outer) in numbers:
                number = numbers[id(outer)]
            elif number and outer.eid not in mapping.links:
                passage = by_node[id(outer)]
                headed = outer.num or outer.heading
                if headed and passage.words and not passage.announces:
                    mapping.say(outer, f"aim:{number}", _("Groups the activities below it."))


def _say_single_area(document: Document, plan: OutlinePlan, mapping: ActMapping) -> None:
    """A plan without any area gets one, named after the document."""
    name = shorten_name(" ".join(document.title.split()))
    number = mapping.add_area(name or _("Area %(number)s") % {"number": 1})
    mapping.problems.append(_("No areas were found; all activities stand in one."))
    for activity in plan.activities:
        mapping.say(activity.node, f"activity:{number}")
