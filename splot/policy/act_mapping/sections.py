"""Resolutions in which each area has a § or a chapter of its own."""

import re

from django.utils.translation import gettext as _

from splot.documents.readers.plan_words import parse_column_heading, parse_opening
from splot.documents.tree import Document, Node
from splot.parsing.vocabulary.plan_parts import ACTIVITY
from splot.parsing.vocabulary.roles import AUDIENCE, LEADER

from .mapping import ActMapping
from .provisions import AIMS, NO_ACTIVITIES, SECTIONS, name_area
from .wording import AREA_PHRASE, AREA_WORDS, heading_and_text

LAST_WORDS = 3  # of a § before its colon, among which "działania" stands
# "Działania służące osiągnięciu celów, o których mowa w § 3", "Заходи, що спрямовані на …"
FIRST_WORDS = re.compile(
    r"(?:działania|zadania|activities|actions|measures|заходи|завдання),?\s+"
    r"(?:służące|zmierzające|prowadzące|wspierające|realizowane|podejmowane|planowane|"
    r"przewidziane|na\s+rzecz|mające\s+na\s+celu|w\s+celu|serving|aimed|planned|towards?|"
    r"що\s+спрямовані|спрямовані|заплановані|задля|для)\b",
    re.I,
)


def map_sections(document: Document) -> ActMapping:
    """Areas, aims and activities where §§ list the activities of one area each."""
    mapping = ActMapping()
    groups = [
        (node, path)
        for node, path in document.walk()
        if node.kind in SECTIONS and _lists_activities(node)
    ]
    if len(groups) < 2:
        return mapping
    chapters = [_chapter_of(path) for __, path in groups]
    numbers: dict[int, int] = {}  # {id of a chapter, or of a § that names its area: its number}
    for (section, __), chapter in zip(groups, chapters, strict=True):
        named = _area_words(section) if chapters.count(chapter) > 1 or chapter is None else ""
        holder = section if named or chapter is None else chapter
        if id(holder) not in numbers:
            numbers[id(holder)] = name_area(mapping, holder, named)
            mapping.say(
                holder, f"area:{numbers[id(holder)]}", _("Lists the activities of an area.")
            )
        number = numbers[id(holder)]
        lists_of_aims = list(filter(_lists_aims, chapter.children if chapter else ()))
        if lists_of_aims and holder is chapter:
            _say_aims(mapping, lists_of_aims, number)
            mapping.say(section, "")
        elif holder is not section:
            mapping.say(section, f"aim:{number}", _("Heads the activities of an area."))
        for item in section.children:
            mapping.say(item, f"activity:{number}")
        for node in chapter.children if chapter else ():
            _say_attributes(mapping, node, number)
    return mapping


def _lists_aims(section: Node) -> bool:
    """Whether a § lists the aims of its chapter: "Cele w obszarze edukacji:"."""
    opening = heading_and_text(section)
    items = section.children and all(child.kind == "point" for child in section.children)
    return bool(items and opening.endswith(":") and AIMS.match(opening))


def _say_aims(mapping: ActMapping, sections: list[Node], number: int) -> None:
    for section in sections:
        mapping.say(section, "")
        for item in section.children:
            mapping.say(item, f"aim:{number}", _("Says that it is an aim."))


def _chapter_of(path: tuple[Node, ...]) -> Node | None:
    return next((node for node in reversed(path) if node.kind == "chapter"), None)


def _area_words(section: Node) -> str:
    """The words of a § from the name of its area on, with "in the area of"; "" without a name."""
    opening = heading_and_text(section)
    phrase = AREA_WORDS.match(opening) or AREA_PHRASE.search(opening)
    return opening[phrase.start() :] if phrase else ""


def _lists_activities(section: Node) -> bool:
    """Whether a § opens a list of activities: it says so in its first or last words, or names an
    area.
    """
    opening = heading_and_text(section)
    items = section.children and all(child.kind == "point" for child in section.children)
    if not items or not opening.endswith(":") or NO_ACTIVITIES.search(opening):
        return False
    if AREA_WORDS.match(opening) or FIRST_WORDS.match(opening):
        return True
    last = " ".join(re.findall(r"\w+", opening)[-LAST_WORDS:])
    word = parse_column_heading(opening if AREA_PHRASE.search(opening) else last)
    return word is not None and word.says == ACTIVITY


def _say_attributes(mapping: ActMapping, node: Node, number: int) -> None:
    """For whom and by whom, as passages of the chapter say before their colons."""
    for passage in (node, *node.children):
        word = parse_opening(passage.text)
        if word and word.rest and word.says in (AUDIENCE, LEADER):
            role = "audience" if word.says == AUDIENCE else "leader"
            mapping.say(passage, f"{role}:{number}", _("Says so before its colon."))
