"""A long spreadsheet taken through the pages of the import, request by request: processor seconds.

    python -m benchmarks.import_pages

One file of 6,000 rows and eight columns, read into a table that has none of its tasks. `rows
shown` is the page of the rows as it is first opened, `again` the better of three later visits. The
size is that of the database beside what it was before the file came.
"""

import os
import sys
import tempfile
from typing import Any

from benchmarks.exchange import HEADINGS, ROOT, seconds

SIZE = 6000


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(SPLOT_DATA=folder, DJANGO_SETTINGS_MODULE="config.settings")
        sys.path[:0] = [str(ROOT)]
        import django

        django.setup()
        from django.conf import settings
        from django.core.management import call_command
        from django.test import Client

        settings.ALLOWED_HOSTS = ["*"]
        call_command("migrate", verbosity=0)
        from splot.implementation.actions.plans import start_plan
        from tests import factories

        municipality = factories.municipality()
        policy = factories.policy(municipality)
        start_plan(by=None, policy=policy, starts=2023, ends=2024)
        client = Client()
        client.force_login(factories.user(municipality, "coordinator"))
        follow(client, "/en/poznan/policy/2023-2024/table/read/")


def follow(client: Any, address: str) -> None:
    """Every request from the file to the enqueued work, as a browser would send them."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    from tests.documents.spreadsheets import make_xlsx

    before = database_size()
    data = make_xlsx([HEADINGS, *map(row, range(1, SIZE + 1))])
    took, answer = seconds(
        lambda: client.post(address, {"file": SimpleUploadedFile("plan.xlsx", data)})
    )
    report("file sent", took)
    columns = answer["Location"]
    took, answer = seconds(lambda: client.get(columns))
    report("columns shown", took)
    values = form_of(answer)
    took, answer = seconds(lambda: client.post(columns, values))
    report("columns sent", took)
    rows = answer["Location"]
    took, answer = seconds(lambda: client.get(rows))
    report("rows shown", took)
    report("again", min(seconds(lambda: client.get(rows))[0] for __ in range(3)))
    values = form_of(answer)
    report("choices sent", seconds(lambda: client.post(rows, {**values, "go": "2"}))[0])
    took, answer = seconds(lambda: client.get(f"{rows}?page=2"))
    report("next page", took)
    print(f"{'size':16} {(database_size() - before) / 1_000_000:>8.1f} MB", flush=True)
    report("rows taken", seconds(lambda: client.post(f"{rows}apply/", form_of(answer)))[0])


def row(each: int) -> list[Any]:
    when, group = ("III kw. 2024", "seniorzy") if each % 2 else ("do 30.06.2024", "kobiety")
    names = f"Jednostka {each % 60}", f"Fundacja {each % 50}"
    title = f"Zadanie {each} dla nowych mieszkańców"
    return [title, "Dorośli", *names, when, group, f"{each} zł", "Brak"]


def form_of(answer: Any) -> dict[str, list[str]]:
    """What a browser would send of the page's last form."""
    from lxml import html

    page = html.fromstring(answer.content.decode())
    values: dict[str, list[str]] = {}
    for name, value in [form for form in page.forms if form.method == "POST"][-1].form_values():
        values.setdefault(name, []).append(value)
    return values


def database_size() -> int:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.execute("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")
        (size,) = cursor.fetchone()
    return int(size)


def report(name: str, took: float) -> None:
    print(f"{name:16} {took:>8.2f}", flush=True)


if __name__ == "__main__":
    main()
