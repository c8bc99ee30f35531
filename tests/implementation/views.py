"""Views of the table for tests: where they are, and what their pages and lines of time show."""

from datetime import date

from lxml import html

from splot.implementation.models import Task
from splot.implementation.queries import TableFilter, filter_tasks, with_cells
from splot.implementation.table_view import Timeline, build_timeline
from splot.policy.models import Policy
from tests import factories

TABLE = "/en/poznan/policy/2023-2024/table/"
TIMELINE = f"{TABLE}timeline/"


def groups(answer) -> list[tuple[str, list[int]]]:
    """The headings of the groups in their order, each with the numbers of the tasks below it."""
    found: list[tuple[str, list[int]]] = []
    for row in html.fromstring(answer.content).xpath("//main//tbody/tr"):
        words = row.xpath("./th")[0].text_content().strip()
        if row.get("class") == "group":
            found.append((words, []))
        else:
            found[-1][1].append(int(words.split(".")[0]))
    return found


def rows_of(answer, number: int) -> list[dict[str, list[str]]]:
    """{column: lines} of a task's row, for each time that it stands on the page."""
    rows = html.fromstring(answer.content).xpath(f"//tr[@id='task-{number}']")
    return [
        {
            cell.get("data-label"): [line.text_content().strip() for line in cell.xpath("./div")]
            for cell in row.xpath("./td")
        }
        for row in rows
    ]


def line_of(policy: Policy, year: int = 2023, today: date = date(2023, 7, 2)) -> Timeline:
    tasks = with_cells(filter_tasks(policy, TableFilter(year)), ("when", "milestones", "after"))
    return build_timeline(tasks, year, "area", today)


def dated(policy: Policy, starts: date | None, due: date | None, **values) -> Task:
    return factories.task(policy, timing=Task.Timing.DATES, starts=starts, due=due, **values)
