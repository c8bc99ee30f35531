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
from .parse.parsed_row import ParsedRow

RAREST_WORDS, MAX_CANDIDATES = 3, 40
MIN_TITLE_SIMILARITY = 0.8


@dataclass
class RowMatch:
    """The task that a row is, None for a new one. It waits for tasks by their numbers, and for rows
    of the file: {row: how the file names it}.
    """

    task: TaskEntry | None = None
    depends_on: list[int] = field(default_factory=list)
    depends_on_rows: dict[int, str] = field(default_factory=dict)


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
            self.by_word.keys() & title.split(), key=lambda word: len(self.by_word[word])
        )
        candidates: dict[tuple[str, int], TaskEntry] = {}
        for word in words[:RAREST_WORDS]:
            for task_title, task in self.by_word[word][:MAX_CANDIDATES]:
                candidates[task_title, task.pk] = task
        scored: list[tuple[float, TaskEntry]] = []
        for (task_title, __), task in candidates.items():
            similarity = _title_similarity(title, task_title)
            if similarity >= MIN_TITLE_SIMILARITY:
                scored.append((similarity, task))
        scored.sort(key=lambda pair: -pair[0])
        return [task for __, task in scored]


def _title_similarity(first: str, second: str) -> float:
    """By signs, or by the words that both have: a title that grew by a few words is similar too."""
    first_words, second_words = set(first.split()), set(second.split())
    shared = len(first_words & second_words) / len(first_words | second_words)
    return max(similarity_of(first, second), shared if len(first_words & second_words) > 2 else 0)


def match_rows(parsed_rows: Sequence[ParsedRow], context: ImportContext) -> list[RowMatch]:
    """The task of each row. Doubts are added to the drafts."""
    current = [task for task in context.tasks.values() if not task.is_archived]
    titles = TitleIndex(current)
    by_code = {task.code: task for task in current if task.code}
    matches: list[RowMatch] = []
    for parsed_row in parsed_rows:
        matches.append(RowMatch(_match_row(parsed_row, context, titles, by_code)))
    _doubt_repeats(parsed_rows, matches)
    _resolve_dependencies(parsed_rows, matches, context)
    return matches


def _match_row(
    parsed_row: ParsedRow, context: ImportContext, titles: TitleIndex, by_code: dict[str, TaskEntry]
) -> TaskEntry | None:
    title = normalise_name(parsed_row.title)
    if parsed_row.number is not None:
        return _match_by_number(parsed_row, context, title)
    if parsed_row.code and (task := by_code.get(normalise_name(parsed_row.code))):
        if title not in task.titles:
            parsed_row.doubts.append(
                _("the code is that of task %(number)d, whose name is another")
                % {"number": task.number}
            )
        return task
    if not title:
        return None
    same = titles.exact.get(title, [])
    here = _tasks_of_activities(same, parsed_row)
    if len(here) == 1:
        return here[0]
    if here:
        numbers = ", ".join(str(task.number) for task in here)
        parsed_row.doubts.append(
            _("several tasks have this name: %(numbers)s") % {"numbers": numbers}
        )
        return here[0]
    if same:
        parsed_row.doubts.append(
            _("task %(number)d has the same name, for another activity")
            % {"number": same[0].number}
        )
        return None
    return _match_by_title(parsed_row, titles, title)


def _tasks_of_activities(tasks: Iterable[TaskEntry], parsed_row: ParsedRow) -> list[TaskEntry]:
    """The tasks for an activity that the row names, and those for none; all if it names none."""
    activities = {activity.pk for activity in parsed_row.activities}
    if not activities:
        return list(tasks)
    return [task for task in tasks if not task.activities or task.activities & activities]


def _match_by_number(parsed_row: ParsedRow, context: ImportContext, title: str) -> TaskEntry | None:
    task = context.tasks.get(parsed_row.number or 0)
    if task is None:
        parsed_row.doubts.append(
            _("the table has no task %(number)d") % {"number": parsed_row.number}
        )
    elif task.is_archived:
        parsed_row.doubts.append(
            _("task %(number)d was taken off the table") % {"number": task.number}
        )
        return None
    elif title and not any(_is_reworded(title, known_title) for known_title in task.titles):
        parsed_row.doubts.append(
            _("task %(number)d has quite another name") % {"number": task.number}
        )
    return task


def _is_reworded(first: str, second: str) -> bool:
    """Whether half of the shorter title's words stand in the other too."""
    first_words, second_words = set(first.split()), set(second.split())
    return 2 * len(first_words & second_words) >= min(len(first_words), len(second_words))


def _match_by_title(parsed_row: ParsedRow, titles: TitleIndex, title: str) -> TaskEntry | None:
    close = _tasks_of_activities(titles.similar(title), parsed_row)
    if close:
        parsed_row.doubts.append(
            _("its name is similar to that of task %(number)d") % {"number": close[0].number}
        )
        return close[0]
    return None


def _doubt_repeats(parsed_rows: Sequence[ParsedRow], matches: Sequence[RowMatch]) -> None:
    """Two rows that are one task, or that say the same of a new one."""
    rows: dict[tuple[object, ...], list[ParsedRow]] = defaultdict(list)
    for parsed_row, match in zip(parsed_rows, matches, strict=True):
        if match.task:
            rows["task", match.task.pk].append(parsed_row)
        elif parsed_row.title:
            activities = tuple(sorted(row.pk for row in parsed_row.activities))
            rows["new", normalise_name(parsed_row.title), activities].append(parsed_row)
    for key, same in rows.items():
        for parsed_row in same if len(same) > 1 else ():
            others = ", ".join(other.row.name for other in same if other is not parsed_row)
            sentence = (
                _("the same task as in row %(rows)s")
                if key[0] == "task"
                else _("the same as row %(rows)s")
            )
            parsed_row.doubts.append(sentence % {"rows": others})


def _resolve_dependencies(
    parsed_rows: Sequence[ParsedRow], matches: Sequence[RowMatch], context: ImportContext
) -> None:
    """Which tasks a row waits for: the file's own code or number where it has them, else the number
    of the table.
    """
    own: dict[str, list[int]] = defaultdict(list)
    for parsed_row in parsed_rows:
        for name in filter(
            None, {normalise_name(parsed_row.code), normalise_name(parsed_row.order)}
        ):
            own[name].append(parsed_row.row.number)
    tasks: dict[int, TaskEntry | None] = {}
    for parsed_row, match in zip(parsed_rows, matches, strict=True):
        tasks[parsed_row.row.number] = match.task
    for parsed_row, match in zip(parsed_rows, matches, strict=True):
        for printed in parsed_row.after:
            parts = normalise_name(printed).split()
            name = (
                normalise_name(printed)
                if normalise_name(printed) in own
                else (parts[-1] if parts else "")
            )
            rows = own.get(name, [])
            number = int(name) if name.isdecimal() and len(name) < 10 else None
            if len(rows) == 1 and rows[0] != parsed_row.row.number:
                _wait_for_row(match, rows[0], tasks.get(rows[0]), printed)
            elif not rows and number in context.tasks and context.tasks[number] is not match.task:
                match.depends_on.append(number)
            else:
                parsed_row.doubts.append(
                    _("there is no task %(code)s to wait for") % {"code": printed}
                )
                parsed_row.keep("after", printed)


def _wait_for_row(match: RowMatch, row: int, task: TaskEntry | None, printed: str) -> None:
    if task is None:
        match.depends_on_rows[row] = printed
    else:
        match.depends_on.append(task.number)


def file_findings(parsed_rows: Sequence[ParsedRow]) -> list[str]:
    """What the table as a whole lacks or repeats, each with its rows."""
    findings = []
    by_code: dict[str, list[str]] = defaultdict(list)
    without: list[str] = []
    bare: list[str] = []
    for parsed_row in parsed_rows:
        row = parsed_row.row.name
        if parsed_row.code or parsed_row.number is not None:
            by_code[parsed_row.code or str(parsed_row.number)].append(row)
        else:
            without.append(row)
        if not parsed_row.activities:
            bare.append(row)
    for name, rows in by_code.items():
        if len(rows) > 1:
            findings.append(
                _("The code %(code)s stands in rows %(rows)s.")
                % {"code": name, "rows": _list_rows(rows)}
            )
    if by_code and without:
        findings.append(_("Without a code: rows %(rows)s.") % {"rows": _list_rows(without)})
    if bare and len(bare) < len(parsed_rows):
        findings.append(
            _("Without an activity of the policy: rows %(rows)s.") % {"rows": _list_rows(bare)}
        )
    elif bare:
        findings.append(_("No row names an activity of the policy."))
    return findings


def _list_rows(rows: Sequence[str], most: int = 20) -> str:
    return ", ".join(rows[:most]) + (" …" if len(rows) > most else "")
