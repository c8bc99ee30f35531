"""How the table page and its queries grow: 60, 600 and 6,000 tasks, as ratios in one run.

    python benchmarks/table.py

Times are processor time of this process, the median of several renderings without the page cache.
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
    made, first = 0, None
    print(f"{'tasks':>6} {'queries':>8} {'page ms':>8} {'ratio':>6} {'shown rows':>11} {'ms a row':>9}")
    for size in SIZES:
        add_tasks(policy, size - made)
        made = size
        queries, milliseconds, rows = render(f"/pl/{town.slug}/policy/{policy.term}/table/?year=2023")
        first = first or milliseconds
        print(
            f"{size:>6} {queries:>8} {milliseconds:>8.1f} {milliseconds / first:>6.2f} "
            f"{rows:>11} {milliseconds / rows:>9.3f}"
        )


def add_tasks(policy, number: int) -> None:
    """Tasks as they are: each with an institution, two partners, a group, a resource, and most of them reported."""
    from django.db import transaction

    from splot.implementation.actions.plans import add_group
    from splot.implementation.lines import ResourceLine
    from splot.people.models import Organisation
    from tests import factories

    town = policy.municipality
    if not Organisation.objects.exists():
        for each in range(60):
            factories.organisation(town, f"Jednostka {each}", "municipal_unit" if each % 2 else "ngo")
        for each in range(8):
            add_group(by=None, municipality=town, name=factories.text(f"Grupa {each}"))
    organisations, groups = list(town.organisations.all()), list(town.sensitive_groups.all())
    activities = list(policy.activities.all())
    with transaction.atomic():
        for each in range(number):
            task = factories.task(
                policy,
                title=factories.text(f"Zadanie {each} dla nowych i dotychczasowych mieszkańców"),
                audience=factories.text("Dorośli, którzy uczą się języka polskiego"),
                activities=[activities[each % len(activities)]],
                lead=organisations[each % 60],
                partners=organisations[each % 50 : each % 50 + 2],
                groups=[groups[each % 8]],
                resources=[ResourceLine("money", factories.text("12 000 zł"))],
            )
            if each % 4:
                factories.update(task, ("done", "on_time", "late")[each % 3])


def render(address: str) -> tuple[int, float, int]:
    """(queries, median milliseconds of processor time, rows shown)."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(HTTP_HOST="127.0.0.1")
    with CaptureQueriesContext(connection) as captured:
        page = client.get(address)
    queries = len(captured)  # now: the next request empties the log
    times = []
    for __ in range(ROUNDS):
        start = time.process_time()
        client.get(address)
        times.append((time.process_time() - start) * 1000)
    return queries, statistics.median(times), len(page.context["page"].object_list)


if __name__ == "__main__":
    main()
