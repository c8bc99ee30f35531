"""What an annual report costs for 31 and for 310 activities, 1.5 tasks each: benchmarks/report.py
[--rounds N]

Two municipalities in a database of their own, written by the actions that people use. Figures are
processor time, medians of the rounds. Seconds of one machine mean little elsewhere: compare the
ratios of one run.
"""

import argparse
import os
import statistics
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
AREAS = ("edukacji", "pracy", "kultury", "zdrowia", "mieszkania", "sportu")
SIZES = {"small": 31, "large": 310}
STATUSES = ("done", "on_time", "late", "not_started", None)
YEAR = 2023


def act(activities: int) -> str:
    """A resolution with six areas and this many activities."""
    aims = "\n".join(
        f"{place}) w zakresie {area}: lepsze życie;" for place, area in enumerate(AREAS, 1)
    )
    groups = []
    for place, area in enumerate(AREAS, 1):
        share = range(1, len(range(place - 1, activities, len(AREAS))) + 1)
        points = "\n".join(
            f"{point}) działanie numer {point} w zakresie {area};" for point in share
        )
        groups.append(f"{place}. W zakresie {area} Miasto będzie:\n{points}")
    return (
        "UCHWAŁA NR I/1/2023\nRADY MIASTA\nz dnia 7 lutego 2023 r.\nw sprawie przyjęcia "
        "polityki\n\n"
        f"§ 1. Polityka służy wszystkim.\n§ 2. Celami polityki są:\n{aims}\n§ 3. "
        f"{chr(10).join(groups)}\n"
        "§ 4. Prezydent składa Radzie Miasta coroczne sprawozdanie.\n§ 5. Uchwała wchodzi w życie "
        "z dniem podjęcia.\n"
    )


def make_town(slug: str, teryt: str, activities: int) -> Any:
    """A municipality whose policy has this many activities and 1.5 times as many tasks; returns the
    policy.
    """
    from splot.core.languages import Text
    from splot.documents.readers import read_document
    from splot.implementation.actions.plans import start_plan
    from splot.implementation.actions.status_updates import report_progress
    from splot.implementation.actions.tasks import add_task
    from splot.implementation.lines import TargetLine
    from splot.indicators.actions import add_indicator, add_observation
    from splot.people.actions import add_organisation, open_municipality
    from splot.policy.actions.act_imports import apply_act_import, start_act_import

    def text(words: str) -> Text:
        return Text.of("pl", {"pl": words})

    town = open_municipality(by=None, name=text(slug.title()), slug=slug, teryt=teryt)
    document = read_document(act(activities).encode(), "act.txt")
    act_import = start_act_import(
        by=None, municipality=town, document=document, file_name="act.txt", language="pl"
    )
    policy = apply_act_import(
        by=None, act_import=act_import, term=(YEAR, YEAR), title="Polityka", status="in_force"
    )
    plan = start_plan(by=None, policy=policy, starts=YEAR, ends=YEAR)
    lead = add_organisation(
        by=None, municipality=town, name=text("Wydział Oświaty"), kind="municipal_unit"
    )
    rows = list(policy.activities.all())
    if len(rows) != activities:
        raise SystemExit(f"the act was read as {len(rows)} activities, not {activities}")
    for place, activity in enumerate([*rows, *rows[::2]]):
        targets = []
        if place % 4 == 0:
            indicator = add_indicator(
                by=None, municipality=town, name=text(f"Wskaźnik {place}"), unit=text("osoby")
            )
            for year, value in ((2021, 80), (2022, 100), (YEAR, 130)):
                add_observation(
                    by=None, indicator=indicator, period=str(year), value=Decimal(value)
                )
            targets = [TargetLine(indicator, Decimal(200), str(YEAR), Decimal(100), "2022")]
        task = add_task(
            by=None,
            plan=plan,
            activities=[activity],
            title=text(f"Zadanie numer {place} z dość długą nazwą"),
            audience=text("Dzieci i młodzież"),
            lead=lead,
            due=date(YEAR, 12, 31),
            targets=targets,
        )
        if status := STATUSES[place % len(STATUSES)]:
            narrative = text(
                "Odbyły się zajęcia w sześciu szkołach, a nauczyciele dostali materiały. " * 3
            )
            report_progress(
                by=None,
                task=task,
                period=str(YEAR),
                status=status,
                narrative=narrative,
                reached=place,
            )
    return policy


def seconds(work: Callable[[], Any], rounds: int) -> float:
    """Processor seconds of one call, the processes that it starts included; the median of the
    rounds.
    """
    spent = []
    for __ in range(rounds):
        start = sum(os.times()[:4])
        work()
        spent.append(sum(os.times()[:4]) - start)
    return statistics.median(spent)


def measure(policy: Any, rounds: int) -> dict[str, float]:
    """Figures of one policy's report."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from pypdf import PdfReader

    from splot.monitoring.documents import render_html, render_pdf
    from splot.monitoring.facts import facts_of

    with CaptureQueriesContext(connection) as queries:
        facts = facts_of(policy, YEAR)
    content = render_pdf(facts, "pl", draft=True)
    return {
        "tasks": facts["counts"]["tasks"],
        "pages": len(PdfReader(BytesIO(content)).pages),
        "kB of PDF": len(content) / 1000,
        "queries": len(queries),
        "facts, s": seconds(lambda: facts_of(policy, YEAR), rounds),
        "PDF, s": seconds(lambda: render_pdf(facts, "pl", draft=True), rounds),
        "HTML, s": seconds(lambda: render_html(facts, "pl", draft=True), rounds),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        sys.path.insert(0, str(ROOT))
        os.environ |= {"SPLOT_DATA": folder, "DJANGO_SETTINGS_MODULE": "config.settings"}
        os.environ.pop("DATABASE_URL", None)
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        found = {
            name: measure(make_town(name, f"{place:07}", size), rounds)
            for place, (name, size) in enumerate(SIZES.items(), 1)
        }
    print(f"{'':12}{SIZES['small']:>12}{SIZES['large']:>12}{'ratio':>10}")
    for name, value in found["small"].items():
        large = found["large"][name]
        print(f"{name:12}{value:12.3g}{large:12.3g}{large / value:10.2f}")


if __name__ == "__main__":
    main()
