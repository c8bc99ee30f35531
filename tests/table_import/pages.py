"""The pages on which a file is read into the table, for tests: sent to, and read as people do."""

from typing import Any
from urllib.parse import urlencode

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from lxml import html

from tests.documents.spreadsheets import make_xlsx
from tests.table_import.tables import Lines

READ = "/en/poznan/policy/2023-2024/table/read/"
ROWS: Lines = [
    ["Lp.", "Zadanie", "Realizator", "Termin", "Budżet 2024"],
    [1, "Kurs języka polskiego", "Wydział Oświaty", "do 30.06.2024", "12 tys. zł"],
    [2, "Punkt informacyjny", "Fundacja Nowa", "na bieżąco", None],
    [3, "Diagnoza", "Wydział Oświaty", "24-25", None],
]


def uploaded(client: Client, data: bytes, name: str = "plan.xlsx") -> Any:
    return client.post(READ, {"file": SimpleUploadedFile(name, data)})


def page_of(client: Client, address: str) -> html.HtmlElement:
    answer = client.get(address)
    assert answer.status_code == 200
    return html.fromstring(answer.content.decode())


def words(page: html.HtmlElement) -> str:
    return " ".join(page.text_content().split())


def form_of(page: html.HtmlElement) -> dict[str, list[str]]:
    """What a browser would send of the page's last form."""
    values: dict[str, list[str]] = {}
    for name, value in [form for form in page.forms if form.method == "POST"][-1].form_values():
        values.setdefault(name, []).append(value)
    return values


def sent(client: Client, address: str, values: dict[str, Any]) -> Any:
    return client.post(
        address, urlencode(values, doseq=True), content_type="application/x-www-form-urlencoded"
    )


def rows_page(client: Client, rows: Lines = ROWS) -> str:
    """The address of the rows of a file whose columns are confirmed as they are recognised."""
    columns = uploaded(client, make_xlsx(rows))["Location"]
    answer = sent(client, columns, form_of(page_of(client, columns)))
    assert answer.status_code == 302
    return answer["Location"]
