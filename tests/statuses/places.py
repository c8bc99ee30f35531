"""Every page and file that shows a status: a function each, which says whether it is there."""

import csv
import io
import json
from collections.abc import Callable
from datetime import date
from functools import cache

import docx
import openpyxl
from django.test import Client
from lxml import html

from splot.core.looks import print_fills
from splot.implementation.health import table_findings
from splot.implementation.statuses import (
    FINISHED,
    NOT_REPORTED,
    STATUS_LABELS,
)
from splot.monitoring.actions import publish_review, start_review
from splot.monitoring.documents.html import render_html
from splot.monitoring.documents.pdf import render_pdf
from splot.monitoring.facts import facts_of
from tests import factories
from tests.browser import fields_of
from tests.documents import paper
from tests.factories import text
from tests.statuses.town import (
    AFTERWARDS,
    HOME,
    POLICY,
    Sought,
    Town,
    around,
    has_badge,
    has_count,
    words,
)


def badge_beside_the_task(path: str, element: str, who: str = "") -> Callable[[Town, Sought], bool]:
    def shows(town: Town, sought: Sought) -> bool:
        return has_badge(around(town.page(path, who), sought, element), sought)

    return shows


def bar_on(path: str, who: str = "") -> Callable[[Town, Sought], bool]:
    return lambda town, sought: has_count([town.page(path, who)], sought)


def task_page(town: Town, sought: Sought) -> bool:
    page = town.page(f"{POLICY}tasks/{sought.task.number}/")
    history = page.xpath('//ol[@class="history"]/li')
    said = has_badge(history, sought) if sought.code != NOT_REPORTED else not history
    return has_badge(page.xpath("(//main//section)[1]"), sought) and said


def overdue_tag(town: Town, sought: Sought) -> bool:
    page = words(town.page(f"{POLICY}tasks/{sought.task.number}/").find(".//main"))
    return is_known(sought) and ("past the due date" in page) is (sought.code not in FINISHED)


def is_known(sought: Sought) -> bool:
    return sought.code in STATUS_LABELS


def table_filter(town: Town, sought: Sought) -> bool:
    page = town.page(f"{POLICY}table/?status={sought.code}")
    options = page.xpath(f'//select[@name="status"]/option[@value="{sought.code}"]')
    titles = [words(each) for each in page.xpath("//main//table/tbody/tr/th/a")]
    found = [each for each in titles if "Zadanie" in each]
    return [words(each) for each in options] == [sought.label] and [
        each.split(" ", 1)[1] for each in found
    ] == [sought.title]


def timeline_bar(town: Town, sought: Sought) -> bool:
    rows = around(town.page(f"{POLICY}table/timeline/"), sought, "tr")
    return bool(rows) and all(
        row.xpath(f'.//rect[@class="timeline__bar timeline__bar--{sought.look}"]') for row in rows
    )


def overdue_filter(town: Town, sought: Sought) -> bool:
    titles = words(town.page(f"{POLICY}table/?gap=overdue").find(".//main//table"))
    return is_known(sought) and (sought.title in titles) is (sought.code not in FINISHED)


def health_of_the_table(town: Town, sought: Sought) -> bool:
    found = table_findings(town.policy, AFTERWARDS)
    past = [finding.sentence for finding in found if finding.kind.code == "past"]
    return is_known(sought) and any(sought.title in sentence for sentence in past) is (
        sought.code not in FINISHED
    )


def desk_heading(town: Town, sought: Sought) -> bool:
    """Under which heading the task stands on the desk of who is in charge of it."""
    page = town.page(f"{HOME}desk/", "leader")
    (section,) = [each for each in page.iter("section") if around(each, sought, "li")]
    heading = "Finished" if sought.code in FINISHED else "Past the due date"
    return is_known(sought) and words(section.find("h2")) == heading


def latest_on_home(town: Town, sought: Sought) -> bool:
    """Of what was said lately; silence is not there."""
    if sought.code == NOT_REPORTED:
        return True
    if is_known(sought):
        said_on = date(2025, 3, 1)
        factories.update(sought.task, sought.code, "2024", reason=text("Brak"), said_on=said_on)
    page = html.fromstring(Client().get(HOME).content.decode())
    return has_badge(around(page.find('.//ol[@class="history"]'), sought, "li"), sought)


def report_form(town: Town, sought: Sought) -> bool:
    """It can be chosen and sent; silence cannot."""
    address = f"{POLICY}tasks/{sought.task.number}/report/"
    page = town.page(address, "leader")
    choices = page.xpath(f'//input[@name="status"][@value="{sought.code}"]/ancestor::label')
    if sought.code == NOT_REPORTED:
        return not choices
    client, before = town.client("leader"), sought.task.updates.count()
    answers = {"narrative": "Zajęcia trwają od wiosny.", "reason": "Brak środków"}
    client.post(address, fields_of(client.get(address), status=sought.code, **answers))
    said = sought.task.updates.order_by("pk").last()
    is_said = sought.task.updates.count() == before + 1 and said.status == sought.code
    return [words(each) for each in choices] == [sought.label] and is_said


@cache
def _report(town: Town) -> tuple[html.HtmlElement, str, html.HtmlElement, dict]:
    """The annual report as a page, a PDF's words, one file and data."""
    review = start_review(by=town.people["coordinator"], policy=town.policy, year=2024)
    publish_review(by=town.people["coordinator"], review=review, version=review.version)
    facts, address = facts_of(town.policy, 2024), f"{POLICY}reports/2024"
    file = html.fromstring(render_html(facts, "en", draft=False).decode())
    data = json.loads(Client().get(f"{address}.json").content)
    pdf = paper.printed(render_pdf(facts, "en", draft=False))
    return town.page(f"{address}/"), pdf, file, data


def report_on_pages(town: Town, sought: Sought) -> bool:
    page, __, file, __ = _report(town)
    for each in (page, file):
        rows = [row for row in each.xpath("//tbody/tr") if has_badge([row], sought)]
        tasks = [
            task for task in each.xpath('//div[@class="stack"]') if sought.title in words(task)
        ]
        if not (rows and words(rows[0].findall("td")[0]) == "1" and has_badge(tasks, sought)):
            return False
        if not has_count(each.xpath('//*[@id="numbers"]'), sought):
            return False
    return True


def report_as_pdf(town: Town, sought: Sought) -> bool:
    printed = _report(town)[1]
    said = paper.squeezed(f"{sought.title}{sought.label}")
    return (
        sought.look in print_fills()
        and said in printed
        and paper.squeezed(f"1{sought.label}") in printed
    )


def report_as_data(town: Town, sought: Sought) -> bool:
    data = _report(town)[3]
    (task,) = [task for task in data["tasks"] if task["number"] == sought.task.number]
    return task["status"] == sought.code and data["counts"]["statuses"].get(sought.code) == 1


def spreadsheets(town: Town, sought: Sought) -> bool:
    content = Client().get(f"{POLICY}table.csv?year=2024").content.decode("utf-8-sig")
    lines = [dict(row) for row in csv.DictReader(io.StringIO(content), delimiter=";")]
    said = [line["Status"] for line in lines if line["Task"] == sought.title]
    book = openpyxl.load_workbook(io.BytesIO(Client().get(f"{POLICY}table.xlsx?year=2024").content))
    rows = [list(row) for row in book.active.iter_rows(values_only=True)]
    return said == [sought.label] and any(
        sought.title in row and sought.label in row for row in rows
    )


def documents_of_the_table(town: Town, sought: Sought) -> bool:
    """Word and PDF print the model's columns, which name no status; the filter narrows them."""
    query = f"year=2024&status={sought.code}"
    book = docx.Document(io.BytesIO(Client().get(f"{POLICY}table.docx?{query}").content))
    cells = [cell.text for table in book.tables for row in table.rows for cell in row.cells]
    pdf = paper.printed(Client().get(f"{POLICY}table.pdf?{query}").content)
    others = [str(task.title) for task in town.tasks.values() if task != sought.task]
    return all(
        paper.squeezed(sought.title) in said
        and not any(paper.squeezed(other) in said for other in others)
        for said in (paper.squeezed(" ".join(cells)), pdf)
    )


def gallery(town: Town, sought: Sought) -> bool:
    page = town.page("/en/gallery/")
    bars = page.xpath('//div[@class="status-bar"]/parent::*')
    keys = page.xpath('//ul[@class="status-key"]')
    options = page.xpath(f'//select[@name="state"]/option[@value="{sought.look}"]')
    return (
        has_badge(keys, sought)
        and any(sought.look in html.tostring(each).decode() for each in bars)
        and [words(each) for each in options] == [sought.label]
    )


PLACES: dict[str, Callable[[Town, Sought], bool]] = {
    "home: bar of an area": bar_on(HOME),
    "home: said lately": latest_on_home,
    "desk: badge": badge_beside_the_task(f"{HOME}desk/", "li", "leader"),
    "desk: heading": desk_heading,
    "desk of the team: bar": bar_on(f"{HOME}desk/", "coordinator"),
    "policy: bar": bar_on(POLICY),
    "area: badge": badge_beside_the_task(f"{POLICY}areas/1/?year=2024", "li"),
    "area: bar": bar_on(f"{POLICY}areas/1/?year=2024"),
    "activity: badge": badge_beside_the_task(f"{POLICY}activities/3-1-1/?year=2024", "article"),
    "task: badge, history": task_page,
    "task: overdue": overdue_tag,
    "table: badge": badge_beside_the_task(f"{POLICY}table/?year=2024", "tr"),
    "table: bar": bar_on(f"{POLICY}table/?year=2024"),
    "table: filter": table_filter,
    "table: filter of what is overdue": overdue_filter,
    "table: health": health_of_the_table,
    "timeline: badge": badge_beside_the_task(f"{POLICY}table/timeline/?year=2024", "tr"),
    "timeline: bar": timeline_bar,
    "report form": report_form,
    "annual report: page and file": report_on_pages,
    "annual report: PDF": report_as_pdf,
    "annual report: data": report_as_data,
    "table: CSV, XLSX": spreadsheets,
    "table: DOCX, PDF": documents_of_the_table,
    "gallery": gallery,
}
