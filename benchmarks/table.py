"""How the table, its line of time, its money, its health and its history grow: 60, 600 and 6,000
tasks, in one run.

    python benchmarks/table.py

Times are processor time of this process, the median of several renderings without the page cache.
The table and the line of time show a page of at most sixty rows; health names every finding and
history every row.
"""

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SIZES = (60, 600, 6000)
ROUNDS = 9
PAGES = {
    "table": "?year=2023",
    "table by group": "?year=2023&by=group",
    "timeline": "timeline/?year=2023",
    "money": "money/",
    "health": "health/",
    "history, a day": "history/",
    "history, changes": "history/?since=2020-01-01",
}


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(SPLOT_DATA=folder, DJANGO_SETTINGS_MODULE="config.settings")
        sys.path[:0] = [str(ROOT)]
        import django

        django.setup()
        from django.core.management import call_command
        from django.test.utils import setup_test_environment

        setup_test_environment()  # the client then tells what a page was rendered with
        call_command("migrate", verbosity=0)
        measure()


def measure() -> None:
    from tests import factories

    town = factories.municipality()
    policy = factories.policy(town)
    coordinator = factories.user(town, "coordinator")
    made, firsts = 0, {}
    print(f"{'page':<17} {'tasks':>6} {'queries':>8} {'page ms':>9} {'ratio':>7} {'kB':>7}")
    for size in SIZES:
        add_tasks(policy, size - made)
        made = size
        for name, query in PAGES.items():
            address = f"/pl/{town.slug}/policy/{policy.term}/table/{query}"
            reader = coordinator if name.startswith(("health", "history")) else None
            queries, milliseconds, length = render(address, reader)
            first = firsts.setdefault(name, milliseconds)
            ratio = milliseconds / first
            print(
                f"{name:<17} {size:>6} {queries:>8} {milliseconds:>9.1f} {ratio:>7.2f} "
                f"{length / 1000:>7.0f}"
            )


def add_tasks(policy, number: int) -> None:
    """Tasks as they are: institution, partners, group, resource, money, dates or stretches of time,
    mostly reported.
    """
    from datetime import date

    from django.db import transaction

    from splot.implementation.actions.plans import add_group
    from splot.implementation.lines import MilestoneLine, MoneyLine, ResourceLine, WindowLine
    from splot.people.models import Organisation
    from tests import factories

    town = policy.municipality
    if not Organisation.objects.exists():
        for each in range(60):
            factories.organisation(
                town, f"Jednostka {each}", "municipal_unit" if each % 2 else "ngo"
            )
        for each in range(8):
            add_group(by=None, municipality=town, name=factories.text(f"Grupa {each}"))
    organisations, groups = list(town.organisations.all()), list(town.sensitive_groups.all())
    activities = list(policy.activities.all())
    with transaction.atomic():
        for each in range(number):
            month = each % 9 + 1
            spring, autumn = (
                WindowLine(None, date(2023, 4, 30)),
                WindowLine(date(2023, 9, 1), date(2024, month, 28)),
            )
            task = factories.task(
                policy,
                title=factories.text(f"Zadanie {each} dla nowych i dotychczasowych mieszkańców"),
                audience=factories.text("Dorośli, którzy uczą się języka polskiego"),
                activities=[activities[each % len(activities)]],
                lead=organisations[each % 60],
                partners=organisations[each % 50 : each % 50 + 2],
                groups=[groups[each % 8]],
                resources=[ResourceLine("money", factories.text("12 000 zł"))],
                budget=[MoneyLine("own", 2023 + each % 2, planned=12000, paid=each or None)],
                timing="dates",
                starts=date(2023, month, 1),
                due=date(2023, month + 3, 28),
                windows=[] if each % 5 else [spring, autumn],
                milestones=[]
                if each % 3
                else [MilestoneLine(factories.text("Nabór"), date(2023, month, 15))],
            )
            if each % 4:
                factories.update(task, ("done", "on_time", "late")[each % 3])


def render(address: str, reader=None) -> tuple[int, float, int]:
    """(queries, median milliseconds of processor time, bytes) of a page, for a visitor or for
    somebody signed in.
    """
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(HTTP_HOST="127.0.0.1")
    if reader is not None:
        client.force_login(reader)
    with CaptureQueriesContext(connection) as captured:
        page = client.get(address)
    assert page.status_code == 200, page.status_code
    queries = len(captured)  # now: the next request empties the log
    times = []
    for __ in range(ROUNDS if len(page.content) < 1_000_000 else 3):
        start = time.process_time()
        client.get(address)
        times.append((time.process_time() - start) * 1000)
    return queries, statistics.median(times), len(page.content)


if __name__ == "__main__":
    main()
