"""How the pages grow on which a policy is written, read and compared, as ratios in one run.

    python benchmarks/writing_policy.py

The small policy has 1 area with 2 activities, the large one 12 areas with 40 each; the municipality
has five terms of the large size. Times are processor time of this process, the median of several
renderings without the page cache; `ratio` is the large policy to the small one, `a passage` the
large policy's time divided by its activities.
"""

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
TERMS = [(year, year + 5) for year in range(2030, 2060, 6)]
AREAS, ACTIVITIES = 12, 40
ROUNDS = 5
PAGES = (
    "policies",
    "write_policy",
    "write_area",
    "write_passage",
    "policy_health",
    "policy_text",
    "versions",
    "version",
    "compare_versions",
    "translations",
    "translate",
    "booklet_file",
)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(SPLOT_DATA=folder, DJANGO_SETTINGS_MODULE="config.settings")
        sys.path[:0] = [str(ROOT)]
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        measure()


def measure() -> None:
    from django.test import Client

    from tests import factories
    from tests.policy.test_writing_costs import frozen, sized

    small_town, town = factories.municipality("lublin"), factories.municipality()
    small = frozen(sized(small_town, 1, 2, TERMS[0]))
    large = [frozen(sized(town, AREAS, ACTIVITIES, term)) for term in TERMS][-1]
    clients = []
    for each in (small_town, town):
        client = Client(HTTP_HOST="127.0.0.1")
        client.force_login(factories.user(each, "coordinator"))
        clients.append(client)
    print(f"{'page':18} {'small ms':>9} {'large ms':>9} {'ratio':>7} {'ms a passage':>13}")
    for name in PAGES:
        before, after = render(clients[0], small, name), render(clients[1], large, name)
        print(
            f"{name:18} {before:>9.1f} {after:>9.1f} {after / before:>7.1f} "
            f"{after / AREAS / ACTIVITIES:>13.3f}"
        )
    actions(small, large)


def actions(small: Any, large: Any) -> None:
    """What a person waits for after a button: freezing, and saving one passage."""
    from splot.policy.actions.passages import change_part
    from splot.policy.actions.policies import publish_policy, start_amendment
    from splot.policy.actions.versions import freeze_version
    from tests import factories
    from tests.policy.writing import fresh

    def save(policy: Any) -> None:
        row = policy.activities.first()
        change_part(
            by=None, part=row, version=row.version, text=factories.text(f"Inaczej {row.version}")
        )

    def freeze(policy: Any) -> None:
        freeze_version(by=None, policy=policy, version=fresh(policy).version, stage="draft")

    def adopt(policy: Any) -> None:
        publish_policy(
            by=None,
            policy=policy,
            version=fresh(policy).version,
            status="in_force",
            number="I/1/2030",
        )

    def amend(policy: Any) -> None:
        start_amendment(by=None, policy=fresh(policy))

    for name, act in (
        ("save a passage", save),
        ("freeze", freeze),
        ("adopt", adopt),
        ("begin to amend", amend),
    ):
        before, after = (
            timed(lambda policy=policy, act=act: act(policy)) for policy in (small, large)
        )
        print(
            f"{name:18} {before:>9.1f} {after:>9.1f} {after / before:>7.1f} "
            f"{after / AREAS / ACTIVITIES:>13.3f}"
        )


def render(client: Any, policy: Any, name: str) -> float:
    """The median of milliseconds of processor time."""
    from django.urls import reverse

    area, activity = policy.areas.first(), policy.activities.first()
    more = {"write_area": (area.pk,), "write_passage": ("activity", activity.pk), "version": (1,)}
    more |= {"booklet_file": ("html",), "translate": ("uk",)}
    place = [
        policy.municipality.slug,
        *((policy.term,) if name != "policies" else ()),
        *more.get(name, ()),
    ]
    address = reverse(name, args=place)
    assert client.get(address).status_code == 200, address
    return statistics.median(timed(lambda: client.get(address)) for __ in range(ROUNDS))


def timed(act: Any) -> float:
    start = time.process_time()
    act()
    return (time.process_time() - start) * 1000


if __name__ == "__main__":
    main()
