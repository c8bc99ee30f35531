"""What a coordinator's desk says of workbooks that came back."""

from typing import Any

from django.test import Client
from django.urls import reverse
from lxml import html

from splot.documents.intake.archives import IncomingFile
from splot.people.models import User
from splot.workbooks.actions.uploads import start_upload
from splot.workbooks.actions.workbooks import resolve_conflicts
from splot.workbooks.models import IssuedWorkbook, ReturnedWorkbook
from tests import factories
from tests.factories import text
from tests.workbooks.factories import NEWS, City, filled, work

DESK = "/en/poznan/desk/"


def workbook_lines(client: Client) -> list[tuple[str, str]]:
    """(sentence, address) of what the desk says of workbooks."""
    lines = html.fromstring(client.get(DESK).content).xpath("//li[a[contains(@href, '/sheets/')]]")
    return [
        (line.find_class("lines__what")[0].text_content(), line.xpath("a/@href")[0])
        for line in lines
    ]


def given_back(city: City, workbook: IssuedWorkbook) -> None:
    """A workbook with other words than the table has by now."""
    factories.update(city.first, "late", narrative=text("Brak lektora"))
    files = [IncomingFile("sheet.xlsx", filled(workbook, {1: NEWS}))]
    start_upload(by=None, policy=city.policy, files=files)


def test_a_workbook_stands_on_the_desk_until_it_is_merged_and_decided(
    city: City, coordinator: User, signed_in: Any
) -> None:
    client, leader = signed_in(coordinator), factories.user(city.policy.municipality, "leader")
    assert workbook_lines(client) == []
    given_back(city, city.sheet())
    ((sentence, address),) = workbook_lines(client)
    assert sentence == "1 workbook that came back is not taken in yet"
    assert client.get(address).status_code == 200

    work()
    returned = ReturnedWorkbook.objects.get()
    url = reverse("returned_workbook", args=["poznan", "2023-2024", returned.pk])
    assert workbook_lines(client) == [
        ("1 workbook for 2023 that came back waits for a decision", url)
    ]
    assert workbook_lines(signed_in(leader)) == []
    editor = factories.user(city.policy.municipality, "editor")
    assert workbook_lines(signed_in(editor)) == []

    places = [at for at, cell in enumerate(returned.cells) if cell["state"] == "conflict"]
    resolve_conflicts(
        by=coordinator,
        returned=returned,
        version=returned.version,
        choices=dict.fromkeys(places, "kept"),
        seen={at: returned.cells[at]["now"] for at in places},
    )
    assert workbook_lines(client) == []


def conflicting(city: City, period: str, words: str) -> ReturnedWorkbook:
    """A workbook that came back with other words than somebody wrote meanwhile."""
    sheet = city.sheet(period=period)
    factories.update(city.first, "late", period, narrative=text(words))
    news = {**NEWS, "narrative": f"{words} z arkusza"}
    return city.back(filled(sheet, {1: news}))


def to_be_decided(client: Client, address: str) -> int:
    """To how many workbooks the column "To be decided" of a list leads."""
    tree = html.fromstring(client.get(address).content.decode())
    return len(tree.xpath("//td[@data-label='To be decided']//a"))


def test_the_workbooks_of_each_period_lead_to_their_list(
    city: City, coordinator: User, signed_in: Any
) -> None:
    for words in ("Zrobione", "Zrobione prawie"):
        conflicting(city, "2023", words)
    single = conflicting(city, "2023-H1", "Zrobione w połowie")
    client = signed_in(coordinator)
    pages = "/en/poznan/policy/2023-2024/sheets/"
    url = reverse("returned_workbook", args=["poznan", "2023-2024", single.pk])
    assert set(workbook_lines(client)) == {
        ("2 workbooks for 2023 that came back wait for a decision", f"{pages}?period=2023"),
        ("1 workbook for first half of 2023 that came back waits for a decision", url),
    }
    assert to_be_decided(client, f"{pages}?period=2023") == 2
    assert to_be_decided(client, f"{pages}?period=2024") == 0
