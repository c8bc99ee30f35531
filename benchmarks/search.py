"""What a search costs in a table of 6,000 tasks: benchmarks/search.py [--tasks N] [--rounds N]

One municipality in a database of its own, on SQLite or on the database of DATABASE_URL, which must
be an empty one. Figures are milliseconds by the clock, medians of the rounds: of the queries alone,
and of the whole page from Django, past the page cache.
"""

import argparse
import os
import statistics
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SUBJECTS = ("języka polskiego", "tańca", "pływania", "programowania", "gotowania", "prawa pracy")
KINDS = ("Kurs", "Warsztaty", "Spotkania", "Poradnictwo", "Zajęcia", "Konsultacje", "Szkolenia")
PEOPLE = ("cudzoziemców", "nauczycieli", "uczniów", "rodzin", "pracowników", "seniorów", "kobiet")
PLACES = ("w szkołach", "w bibliotekach", "w domach kultury", "na osiedlach", "w urzędzie")
# a word of one task in seven, one in all tasks, two words, one without diacritics, one in no task,
# and the beginning of a word that no dictionary knows
QUESTIONS = ("kursami", "poznańskich", "kursy pływaniem", "jezykow", "żółwie", "xyloprog")


def make_town(tasks: int) -> Any:
    """A municipality whose table has this many tasks, written as an import writes them."""
    from splot.core.languages import Text
    from splot.documents.readers import read_document
    from splot.implementation.actions.many_tasks import add_tasks
    from splot.implementation.actions.plans import start_plan
    from splot.people.actions import open_municipality
    from splot.policy.actions.act_imports import apply_act_import, start_act_import
    from tests.factories import ACT

    name = Text.of("pl", {"pl": "Poznań"})
    town = open_municipality(by=None, name=name, slug="poznan", teryt="3064011")
    act_import = start_act_import(
        by=None,
        municipality=town,
        document=read_document(ACT.encode(), "act.txt"),
        file_name="act.txt",
        language="pl",
    )
    policy = apply_act_import(
        by=None, reading=act_import, term=(2023, 2024), title="Polityka", status="in_force"
    )
    plan = start_plan(by=None, policy=policy, starts=2023, ends=2024)
    for start in range(0, tasks, 500):
        add_tasks(by=None, plan=plan, rows=[task_values(at) for at in range(start, start + 500)])
    return town


def task_values(at: int) -> dict[str, Any]:
    """The texts of a task; no two neighbours have the same words."""
    from splot.core.languages import Text

    kind, subject = KINDS[at % len(KINDS)], SUBJECTS[at % len(SUBJECTS)]
    people, place = PEOPLE[at // 3 % len(PEOPLE)], PLACES[at // 5 % len(PLACES)]
    special = "xyloprogramu" if at % 1000 == 0 else "programu"
    return {
        "title": Text.of("pl", {"pl": f"{kind} {subject} dla {people} nr {at}"}),
        "audience": Text.of("pl", {"pl": f"Grupy {people} {place} poznańskich, w roku {at}"}),
        "monitoring": Text.of("pl", {"pl": f"Lista obecności i ankieta {special} {at % 97}"}),
    }


def milliseconds(work: Callable[[], Any], rounds: int) -> float:
    spent = []
    for __ in range(rounds):
        start = perf_counter()
        work()
        spent.append((perf_counter() - start) * 1000)
    return statistics.median(spent)


def measure(town: Any, rounds: int) -> None:
    from django.test import Client

    from splot.search.queries import find_entries, searched_words, visible_entries

    def find(question: str) -> dict[str, list[int]]:
        return find_entries(visible_entries(town.scope, [""]), searched_words(question))

    client = Client(HTTP_HOST="127.0.0.1")
    print(f"{'question':20}{'found':>8}{'queries, ms':>14}{'page, ms':>12}")
    for question in QUESTIONS:
        found = sum(map(len, find(question).values()))
        queries = milliseconds(lambda question=question: find(question), rounds)
        page = milliseconds(
            lambda question=question: client.get("/pl/poznan/search/", {"q": question}), rounds
        )
        print(f"{question:20}{found:8}{queries:14.1f}{page:12.1f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--tasks", type=int, default=6000)
    parser.add_argument("--rounds", type=int, default=15)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        sys.path.insert(0, str(ROOT))
        os.environ |= {"SPLOT_DATA": folder, "DJANGO_SETTINGS_MODULE": "config.settings"}
        import django
        from django.core.management import call_command
        from django.db import connection

        django.setup()
        call_command("migrate", verbosity=0)
        start = perf_counter()
        town = make_town(arguments.tasks)
        print(f"{arguments.tasks} tasks written in {perf_counter() - start:.1f} s")
        from splot.search.actions import learn_word_forms

        start = perf_counter()
        learn_word_forms.func()
        print(f"their word forms learnt in {perf_counter() - start:.1f} s")
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # as the database does by itself, a minute later
        measure(town, arguments.rounds)


if __name__ == "__main__":
    main()
