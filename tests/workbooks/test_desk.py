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
    assert workbook_lines(client) == [("1 workbook that came back waits for a decision", url)]
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


def test_several_workbooks_lead_to_their_list(
    city: City, coordinator: User, signed_in: Any
) -> None:
    sheets = [city.sheet(), city.sheet()]
    assert sheets[0] == sheets[1]
    for words in ("Zrobione", "Zrobione prawie"):
        factories.update(city.first, "late", narrative=text(words))
        news = {**NEWS, "narrative": f"{words} z arkusza"}
        city.back(filled(sheets[0], {1: news}))
    client = signed_in(coordinator)
    ((sentence, address),) = workbook_lines(client)
    assert sentence == "2 workbooks that came back wait for a decision"
    assert address == "/en/poznan/policy/2023-2024/sheets/?period=2023"
    assert "waits for a decision" not in client.get(address).content.decode()
