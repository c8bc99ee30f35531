"""The table's history for tests: changes that happened on a day, and what its page says."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.test import Client
from lxml import html

from splot.implementation.models import TaskState

HISTORY = "/en/poznan/policy/2023-2024/table/history/"
WARSAW = ZoneInfo("Europe/Warsaw")


def happened(day: str, at: time = time(12)) -> None:
    """Let the latest thing that was kept have happened on a day. Time is all that a test may turn
    back.
    """
    moment = datetime.combine(datetime.fromisoformat(day), at, WARSAW)
    QuerySet(TaskState).filter(pk=TaskState.objects.first().pk).update(at=moment)


def table_on(client: Client, day: str, language: str = "en") -> dict[str, list[str]]:
    """{name of the row: its cells} on a day."""
    page = client.get(HISTORY.replace("/en/", f"/{language}/"), {"on": day})
    rows = html.fromstring(page.content.decode()).xpath("//main//tbody/tr")
    return {
        row.xpath("./th")[0].text_content().strip(): [
            cell.text_content().strip() for cell in row.xpath("./td")
        ]
        for row in rows
    }


def changes(
    client: Client, since: str, on: str, language: str = "en"
) -> list[tuple[str, str, dict[str, tuple], str]]:
    """(row, what became of it, {column: (was, is)}, who and when) for each row that changed."""
    page = client.get(HISTORY.replace("/en/", f"/{language}/"), {"since": since, "on": on})
    found = []
    for article in html.fromstring(page.content.decode()).xpath("//main//article"):
        name = article.xpath("./h3/a")[0].text_content().strip()
        tag = article.xpath(".//span[@class='tag']")[0].text_content().strip()
        cells = {}
        for row in article.xpath(".//tbody/tr"):
            column, was, now = (cell.text_content().strip() for cell in row)
            cells[column] = (was, now)
        steps = " ".join(article.xpath("./p")[-1].text_content().split())
        found.append((name, tag, cells, steps))
    return found
