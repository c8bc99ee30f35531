"""Which task of the table a row of a file is; and what only all rows together show: repeats, gaps,
dead references.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from splot.language.fuzzy import similarity_of
from splot.language.normalisation import normalise_name

from .context import ImportContext, TaskEntry
from .parse.rows import ParsedRow

RAREST_WORDS, MAX_CANDIDATES = 3, 40
MIN_TITLE_SIMILARITY = 0.8


@dataclass
class RowMatch:
    """The task that a row is, None for a new one. It waits for tasks by their numbers, and for rows
    of the file.
    """

    task: TaskEntry | None = None
    waits_for: list[int] = field(default_factory=list)
    waits_for_rows: list[int] = field(default_factory=list)


class TitleIndex:
    """Tasks by their titles, exact and similar."""

    def __init__(self, tasks: Iterable[TaskEntry]) -> None:
        self.exact: dict[str, list[TaskEntry]] = defaultdict(list)
        self.by_word: dict[str, list[tuple[str, TaskEntry]]] = defaultdict(list)
        for task in tasks:
            for title in task.titles:
                self.exact[title].append(task)
                for word in set(title.split()):
                    self.by_word[word].append((title, task))

    def similar(self, title: str) -> list[TaskEntry]:
        """Tasks whose title differs by a few words, the most similar first."""
        words = sorted(
            (word for word in set(title.split()) if word in self.by_word),
            key=lambda w: len(self.by_word[w]),
        )
        candidates = {
            (known, task.pk): task
            for word in words[:RAREST_WORDS]
            for known, task in self.by_word[word][:MAX_CANDIDATES]
        }
        scored = [
            (_title_similarity(title, known), task) for (known, __), task in candidates.items()
        ]
        close = sorted(
            (pair for pair in scored if pair[0] >= MIN_TITLE_SIMILARITY), key=lambda pair: -pair[0]
        )
        return [task for __, task in close]


def _title_similarity(one: str, other: str) -> float:
    """By signs, or by the words that both have: a title that grew by a few words is similar too."""
    mine, theirs = set(one.split()), set(other.split())
    shared = len(mine & theirs) / len(mine | theirs)
    return max(similarity_of(one, other), shared if len(mine & theirs) > 2 else 0)


def match_rows(drafts: Sequence[ParsedRow], known: ImportContext) -> list[RowMatch]:
    """The task of each row. Doubts are added to the drafts."""
    current = [task for task in known.tasks.values() if not task.is_archived]
    titles = TitleIndex(current)
    by_code = {task.code: task for task in current if task.code}
    matches = [RowMatch(_match_row(draft, known, titles, by_code)) for draft in drafts]
    _doubt_repeats(drafts, matches)
    _resolve_dependencies(drafts, matches, known)
    return matches


def _match_row(
    draft: ParsedRow, known: ImportContext, titles: TitleIndex, by_code: dict[str, TaskEntry]
) -> TaskEntry | None:
    title = normalise_name(draft.title)
    if draft.number is not None:
        return _match_by_number(draft, known, title)
    if draft.code and (task := by_code.get(normalise_name(draft.code))):
        if title not in task.titles:
            draft.doubts.append(
                _("the code is that of task %(number)d, whose name is another")
                % {"number": task.number}
            )
        return task
    if not title:
        return None
    chosen = {activity.pk for activity in draft.activities}
    same = titles.exact.get(title, [])
    here = [task for task in same if not chosen or task.activities & chosen or not task.activities]
    if len(here) == 1:
        return here[0]
    if here:
        numbers = ", ".join(str(task.number) for task in here)
        draft.doubts.append(_("several tasks have this name: %(numbers)s") % {"numbers": numbers})
        return here[0]
    if same:
        draft.doubts.append(
            _("task %(number)d has the same name, for another activity")
            % {"number": same[0].number}
        )
        return None
    return _match_by_title(draft, titles, title, chosen)


def _match_by_number(draft: ParsedRow, known: ImportContext, title: str) -> TaskEntry | None:
    task = known.tasks.get(draft.number or 0)
    if task is None:
        draft.doubts.append(_("the table has no task %(number)d") % {"number": draft.number})
    elif task.is_archived:
        draft.doubts.append(_("task %(number)d was taken off the table") % {"number": task.number})
        return None
    elif title and not any(_is_reworded(title, known_title) for known_title in task.titles):
        draft.doubts.append(_("task %(number)d has quite another name") % {"number": task.number})
    return task


def _is_reworded(one: str, other: str) -> bool:
    """Whether half of the shorter title's words stand in the other too."""
    mine, theirs = set(one.split()), set(other.split())
    return 2 * len(mine & theirs) >= min(len(mine), len(theirs))


def _match_by_title(
    draft: ParsedRow, titles: TitleIndex, title: str, chosen: set[int]
) -> TaskEntry | None:
    close = [
        task
        for task in titles.similar(title)
        if not chosen or task.activities & chosen or not task.activities
    ]
    if close:
        draft.doubts.append(
            _("its name is similar to that of task %(number)d") % {"number": close[0].number}
        )
        return close[0]
    return None


def _doubt_repeats(drafts: Sequence[ParsedRow], matches: Sequence[RowMatch]) -> None:
    """Two rows that are one task, or that say the same of a new one."""
    rows: dict[tuple[object, ...], list[ParsedRow]] = defaultdict(list)
    for draft, match in zip(drafts, matches, strict=True):
        if match.task:
            rows["task", match.task.pk].append(draft)
        elif draft.title:
            rows[
                "new",
                normalise_name(draft.title),
                tuple(sorted(row.pk for row in draft.activities)),
            ].append(draft)
    for key, same in rows.items():
        for draft in same if len(same) > 1 else ():
            others = ", ".join(str(other.row.number) for other in same if other is not draft)
            sentence = (
                _("the same task as in row %(rows)s")
                if key[0] == "task"
                else _("the same as row %(rows)s")
            )
            draft.doubts.append(sentence % {"rows": others})


def _resolve_dependencies(
    drafts: Sequence[ParsedRow], matches: Sequence[RowMatch], known: ImportContext
) -> None:
    """Which tasks a row waits for: the file's own code or number where it has them, else the number
    of the table.
    """
    own: dict[str, list[int]] = defaultdict(list)
    for draft in drafts:
        for name in filter(None, {normalise_name(draft.code), normalise_name(draft.order)}):
            own[name].append(draft.row.number)
    tasks = {draft.row.number: match.task for draft, match in zip(drafts, matches, strict=True)}
    for draft, match in zip(drafts, matches, strict=True):
        for printed in draft.after:
            said = normalise_name(printed).split()
            name = (
                normalise_name(printed)
                if normalise_name(printed) in own
                else (said[-1] if said else "")
            )
            rows = own.get(name, [])
            number = int(name) if name.isdecimal() and len(name) < 10 else None
            if len(rows) == 1 and rows[0] != draft.row.number:
                _wait_for_row(match, rows[0], tasks.get(rows[0]))
            elif not rows and number in known.tasks and known.tasks[number] is not match.task:
                match.waits_for.append(number)
            else:
                draft.doubts.append(_("there is no task %(code)s to wait for") % {"code": printed})
                draft.keep("after", printed)


def _wait_for_row(match: RowMatch, row: int, task: TaskEntry | None) -> None:
    if task is None:
        match.waits_for_rows.append(row)
    else:
        match.waits_for.append(task.number)


def file_findings(drafts: Sequence[ParsedRow]) -> list[str]:
    """What the table as a whole lacks or repeats, each with its rows."""
    said = []
    by_code: dict[str, list[int]] = defaultdict(list)
    for draft in drafts:
        if name := draft.code or (str(draft.number) if draft.number is not None else ""):
            by_code[name].append(draft.row.number)
    for name, rows in by_code.items():
        if len(rows) > 1:
            said.append(
                _("The code %(code)s stands in rows %(rows)s.")
                % {"code": name, "rows": _list_rows(rows)}
            )
    if by_code:
        without = [draft.row.number for draft in drafts if not draft.code and draft.number is None]
        if without:
            said.append(_("Without a code: rows %(rows)s.") % {"rows": _list_rows(without)})
    bare = [draft.row.number for draft in drafts if not draft.activities]
    if bare and len(bare) < len(drafts):
        said.append(
            _("Without an activity of the policy: rows %(rows)s.") % {"rows": _list_rows(bare)}
        )
    elif bare:
        said.append(_("No row names an activity of the policy."))
    return said


def _list_rows(rows: Sequence[int], most: int = 20) -> str:
    return ", ".join(map(str, rows[:most])) + (" …" if len(rows) > most else "")
