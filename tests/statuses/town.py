"""A town in which one task has each status, and what tells a status on a page."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.test import Client
from django.utils.translation import override
from lxml import html

from splot.implementation.models import Task
from splot.implementation.statuses import (
    NOT_REPORTED,
    STATUS_LABELS,
    STATUS_LOOKS,
)
from splot.people.actions import change_organisation
from splot.people.models import User
from splot.policy.models import Policy
from tests import factories
from tests.factories import text

HOME, POLICY = "/en/poznan/", "/en/poznan/policy/2023-2024/"
AFTERWARDS = date(2025, 1, 15)
DAYS = {"timing": Task.Timing.DATES, "starts": date(2024, 1, 1), "due": date(2024, 6, 30)}


@dataclass(frozen=True)
class Sought:
    """A status as a place should show it, and the one task that has it."""

    code: str
    look: str
    label: str
    task: Task

    @property
    def title(self) -> str:
        return str(self.task.title)


class Town:
    """A policy with one task of each status in 2024, and who looks at its pages."""

    def __init__(self, policy: Policy, leader: User, coordinator: User) -> None:
        self.policy, self.people = policy, {"leader": leader, "coordinator": coordinator}
        unit = factories.organisation(policy.municipality)
        self.unit = change_organisation(
            by=None, organisation=unit, version=unit.version, email="unit@poznan.example"
        )
        self.page = cache(self._page)
        self.tasks = {code: self._task(code) for code in STATUS_LABELS}

    def _task(self, code: str) -> Task:
        people = {"lead": self.unit, "leader": self.people["leader"]}
        task = factories.task(self.policy, title=text(f"Zadanie {code}"), **DAYS, **people)
        if code != NOT_REPORTED:
            factories.update(task, code, "2024", reason=text("Brak"), said_on=AFTERWARDS)
        return task

    def client(self, who: str = "") -> Client:
        client = Client()
        if who:
            client.force_login(self.people[who])
        return client

    def _page(self, address: str, who: str = "") -> html.HtmlElement:
        answer = self.client(who).get(address)
        assert answer.status_code == 200, address
        return html.fromstring(answer.content.decode())

    def sought(self) -> list[Sought]:
        with override("en"):
            return [
                Sought(code, STATUS_LOOKS[code], str(label), self.tasks[code])
                for code, label in STATUS_LABELS.items()
            ]


def words(node: html.HtmlElement) -> str:
    return " ".join(node.text_content().split())


def has_badge(nodes: list[html.HtmlElement], sought: Sought) -> bool:
    """Is there a badge with this look and label in each of the nodes, of which there are some?"""
    badge = f'.//span[@class="status status--{sought.look}"]'
    mark = f'.//svg[@class="shape shape--{sought.look}"]'
    return bool(nodes) and all(
        any(words(each) == sought.label and each.find(mark) is not None for each in node.iterfind(badge))
        for node in nodes
    )  # fmt: skip


def has_count(nodes: list[html.HtmlElement], sought: Sought, number: int = 1) -> bool:
    """Does the first bar in the nodes count the status, with its mark, piece and pattern?"""
    bar = nodes[0].find('.//div[@class="status-bar"]')
    piece = bar.find(f'.//rect[@class="bar__piece bar__piece--{sought.look}"]')
    if piece is None:
        return False
    pattern = re.search(r"#([\w-]+)", piece.get("fill", ""))
    lines = [words(line) for line in bar.iter("li") if sought.look in html.tostring(line).decode()]
    return f"{number} {sought.label}" in lines and (
        pattern is None or bool(nodes[0].xpath(f'//pattern[@id="{pattern[1]}"]'))
    )


def around(page: html.HtmlElement, sought: Sought, element: str) -> list[html.HtmlElement]:
    """The innermost elements of a kind that link to the task."""
    link = f'.//a[contains(@href, "/tasks/{sought.task.number}/")]'
    found = [each for each in page.iter(element) if each.xpath(link)]
    return [each for each in found if not any(inner in found for inner in each.iterdescendants())]
