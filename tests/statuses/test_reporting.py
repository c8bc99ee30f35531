"""Every status where it is said: on cards, through links, in workbooks out and back."""

from datetime import date

import pytest
from django.conf import settings
from django.test import Client
from django.utils.translation import override
from lxml import html

from splot.implementation.models import StatusUpdate
from splot.implementation.statuses import (
    Status,
    ends_task,
)
from splot.people.models import User
from splot.policy.models import Policy
from splot.reporting.actions.links import make_link
from splot.workbooks.actions.workbooks import issue_workbooks, merge_workbook
from splot.workbooks.models import IssuedWorkbook
from tests import factories
from tests.factories import text
from tests.statuses.town import POLICY, words
from tests.workbooks.factories import filled, opened, place, read


def card_badges(address: str, client: Client) -> dict[int, list[str]]:
    """{number of the task: badges in its card} on a page of cards to report on."""
    page = html.fromstring(client.get(address).content.decode())
    found = {}
    for card in page.xpath('//section[starts-with(@id, "task-")]'):
        badges = [words(each) for each in card.xpath('.//span[starts-with(@class, "status ")]')]
        found[int(words(card.find("h2")).split(".")[0])] = badges
        choices = card.xpath('.//input[@type="radio"][contains(@name, "status")]/@value')
        assert choices == Status.values
    return found


@pytest.mark.django_db
@pytest.mark.parametrize("owner", ["leader", "unit"])
def test_cards_offer_every_status_and_show_what_was_said_the_year_before(
    policy: Policy, leader: User, owner: str
) -> None:
    unit = factories.organisation(policy.municipality)
    expected = {}
    for status in Status:
        task = factories.task(policy, leader=leader, lead=unit)  # every year anew
        factories.update(task, status, "2023", reason=text("Brak"), said_on=date(2024, 1, 10))
        if not ends_task(status, recurs=True):
            expected[task.number] = [str(status.label)]
    people = {"leader": leader, "unit": unit}
    __, token = make_link(
        by=None, municipality=policy.municipality, owner=people[owner], purpose="report"
    )
    assert card_badges(f"/en/poznan/r/{token}/", Client()) == expected
    mine = Client()
    mine.force_login(leader)
    assert card_badges(f"{POLICY}report/", mine) == expected


def issued_workbook(policy: Policy) -> IssuedWorkbook:
    """A workbook with one task for each status."""
    unit = factories.organisation(policy.municipality, "Szkoła")
    for __ in Status:
        factories.task(policy, lead=unit)
    (sheet,) = issue_workbooks(by=None, policy=policy, period="2024", organisations=[unit])
    return sheet


@pytest.mark.django_db
def test_a_workbook_offers_every_status_and_shows_it_again(policy: Policy) -> None:
    sheet = issued_workbook(policy)
    with override("pl"):
        offered = [str(status.label) for status in Status]
    lists = opened(sheet)["splot"]
    columns = [
        [cell.value for cell in column if cell.value] for column in lists.iter_cols(min_col=4)
    ]
    assert offered in columns
    for task, status in zip(policy.tasks.order_by("number"), Status, strict=True):
        factories.update(task, status, "2024", reason=text("Brak"))
    (again,) = issue_workbooks(
        by=None, policy=policy, period="2024", organisations=[sheet.organisation]
    )
    book = opened(again)
    shown = [place(book, task.number, "status").value for task in policy.tasks.order_by("number")]
    assert shown == offered


@pytest.mark.django_db
@pytest.mark.parametrize("language", [code for code, __ in settings.LANGUAGES])
def test_a_workbook_is_read_back_in_the_words_of_every_language(
    policy: Policy, language: str
) -> None:
    sheet = issued_workbook(policy)
    with override(language):
        answers = dict(enumerate((str(status.label) for status in Status), start=1))
    cells = {
        number: {"status": label, "obstacles": "Brak środków"} for number, label in answers.items()
    }
    returned = merge_workbook(by=None, policy=policy, file=read(filled(sheet, cells)))
    assert {cell["state"] for cell in returned.cells} == {"taken"}
    assert list(StatusUpdate.objects.order_by("task__number").values_list("status", flat=True)) == (
        Status.values
    )
