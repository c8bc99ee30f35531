"""Rows as the table may hold them: any value that the database takes, also what only an older
release let in, put there past every check.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection, models
from django.utils import timezone
from hypothesis import strategies as st

from splot.core.actions import increment_revisions
from splot.core.languages import Text, TextField
from splot.implementation.history import save_states
from splot.implementation.models import (
    BudgetLine,
    Milestone,
    PartnerRole,
    StatusUpdate,
    Target,
    Task,
    TaskResource,
    Window,
)
from splot.implementation.statuses import Status
from tests.world import Town

DAYS = (
    date.min,
    date(24, 12, 31),
    date(1989, 12, 31),
    date(2023, 1, 1),
    date(2024, 2, 29),
    date(2101, 1, 1),
    date.max,
)
SMALL, WHOLE = (0, 1, 24, 32767), (0, 1, 2_000_000_000, 2_147_483_647)
SUMS = tuple(map(Decimal, ("0", "-0.01", "0.01", "9999999999999.99", "-9999999999999.99")))
MEASURES = tuple(map(Decimal, ("0", "-0.001", "999999999999.999", "-999999999999.999")))
PERIODS = ("1900", "2023", "2024-H1", "2024-Q3", "2024-05", "2099-12")
WORDS = (
    "",
    "=1+1",
    "x" * 400,
    "bez odstępu" * 40,
    "\u202eod prawej\u200b \ufeff",
    "Ź z trzema znakami: Z\u0301\u0328\u0323",
    "wiersz\r\nwiersz\x0bwiersz\u2028wiersz",
    "\x01\x1f\x7f\ufffe",
    "<script>alert(1)</script> & ]]> {{ 7*7 }} %(x)s {0}",
    '#eval("1+1") *bold* _under_ @cite <label> $x^2$ `raw` \\ /* // ]',
    "# tytuł\n- punkt\n| a | b |\n|---|---|\n[link](javascript:alert(1))",
    "👩‍👩‍👧 שלום مرحبا 你好",
)


@dataclass(frozen=True)
class AnyRow:
    """A row of the table: its own fields, its lines as (model, fields), what was reported on it."""

    task: dict[str, Any]
    activities: int = 0  # how many of the policy's
    lines: list[tuple[type[models.Model], dict[str, Any]]] = field(default_factory=list)
    update: dict[str, Any] | None = None


def texts() -> st.SearchStrategy[Text]:
    letters = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
    wordings = st.one_of(st.sampled_from(WORDS), letters)
    return st.builds(
        lambda source, wording, others: Text(source, 1, {source: wording, **others}),
        st.sampled_from(["pl", "en"]),
        wordings,
        st.dictionaries(st.just("uk"), wordings),
    )


def spans(start: str, end: str) -> st.SearchStrategy[dict[str, Any]]:
    """Two days that a constraint of the database wants in their order; either may be unknown."""
    days = st.lists(st.sampled_from(DAYS) | st.dates(), min_size=2, max_size=2)
    gaps = st.sampled_from([(1, 1), (1, 0), (0, 1), (0, 0)])
    return st.builds(
        lambda pair, known: {
            name: day if is_known else None
            for name, day, is_known in zip((start, end), sorted(pair), known, strict=True)
        },
        days,
        gaps,
    )


def values_of(model: type[models.Model], *names: str) -> dict[str, st.SearchStrategy[Any]]:
    """For each of these fields of a model what its column can hold."""
    return {name: _values_of(model._meta.get_field(name)) for name in names}


def _values_of(column: Any) -> st.SearchStrategy[Any]:
    if isinstance(column, TextField):
        return texts()
    if column.choices:
        return st.sampled_from([code for code, __ in column.flatchoices])
    given: st.SearchStrategy[Any]
    if isinstance(column, models.DateField):
        given = st.sampled_from(DAYS)
    elif isinstance(column, models.DecimalField):
        given = st.sampled_from(SUMS if column.decimal_places == 2 else MEASURES)
    elif isinstance(column, models.PositiveSmallIntegerField):
        given = st.sampled_from(SMALL)
    elif isinstance(column, models.PositiveIntegerField):
        given = st.sampled_from(WHOLE)
    else:
        given = st.sampled_from(WORDS).map(lambda words: words[: column.max_length])
    return st.none() | given if column.null else given


TASK_FIELDS = (
    *("title", "audience", "monitoring", "invitation", "risks"),
    *("timing", "priority", "own_role", "decision", "disposition"),
)
MONEY_FIELDS = (
    *("source", "kind", "year", "planned", "committed", "as_at", "shared_with", "note"),
)
UPDATE_FIELDS = (
    *("narrative", "obstacles", "reason", "said_on"),
    *("reached", "reached_qualifier", "reached_unit"),
)


def lines() -> st.SearchStrategy[Any]:
    """A line of any kind."""
    money = st.fixed_dictionaries(
        {
            **values_of(BudgetLine, *MONEY_FIELDS),
            "paid": st.sampled_from(SUMS),
            "currency": st.sampled_from(["PLN", "EUR", "XXX", ""]),
        }
    )
    window = spans("starts", "due").filter(lambda days: any(days.values()))
    milestone = st.fixed_dictionaries(values_of(Milestone, "name", "due", "reached_on"))
    resource = st.fixed_dictionaries(values_of(TaskResource, "kind", "text"))
    role = st.fixed_dictionaries(values_of(PartnerRole, "role"))
    target = st.fixed_dictionaries(
        {
            **values_of(Target, "value", "baseline"),
            "by": st.sampled_from(PERIODS),
            "baseline_period": st.sampled_from(["", *PERIODS]),
        }
    )
    kinds = {
        BudgetLine: money,
        Window: window,
        Milestone: milestone,
        TaskResource: resource,
        PartnerRole: role,
        Target: target,
    }
    return st.one_of([st.tuples(st.just(model), values) for model, values in kinds.items()])


def any_rows() -> st.SearchStrategy[AnyRow]:
    update = st.fixed_dictionaries(
        {
            **values_of(StatusUpdate, *UPDATE_FIELDS),
            "period": st.sampled_from(["2023", "2024-H1", "2024"]),
            "status": st.sampled_from([status.value for status in Status]),
        }
    )
    own = st.fixed_dictionaries(
        {
            **values_of(Task, *TASK_FIELDS),
            "unread": st.dictionaries(st.sampled_from(["Uwagi", "due"]), st.sampled_from(WORDS)),
            "has_area": st.booleans(),
            "has_lead": st.booleans(),
            "has_leader": st.booleans(),
        }
    )
    task = st.builds(lambda fields, days: {**fields, **days}, own, spans("starts", "due"))
    # one line of a kind: a role and a target may stand once
    each_once = st.lists(lines(), max_size=6, unique_by=lambda line: line[0])
    return st.builds(AnyRow, task, st.integers(0, 3), each_once, st.none() | update)


def rows_at_every_bound() -> Iterator[AnyRow]:
    """A row for each of the values above, in every place that takes its like."""
    for number in range(max(map(len, (DAYS, WORDS, SUMS)))):
        day, words = DAYS[number % len(DAYS)], Text("pl", 1, {"pl": WORDS[number % len(WORDS)]})
        amount, measure = SUMS[number % len(SUMS)], MEASURES[number % len(MEASURES)]
        own: dict[str, Any] = dict.fromkeys(TASK_FIELDS[:5], words)
        own |= {"timing": list(Task.Timing)[number % 4], "priority": SMALL[number % 4]}
        own |= {"starts": day if number % 3 else None, "due": day if number % 2 else None}
        own |= {"has_area": number % 2 == 0, "has_lead": number % 3 > 0, "has_leader": True}
        own |= {"unread": {"Uwagi": str(words)}}
        figures = dict.fromkeys(("planned", "committed", "paid"), amount)
        money = {"source": "own", "year": SMALL[number % 4], "currency": "PLN", "note": words}
        period = PERIODS[number % len(PERIODS)]
        lines: list[tuple[type[models.Model], dict[str, Any]]] = [
            (BudgetLine, {**money, **figures, "as_at": day}),
            (Milestone, {"name": words, "due": day, "reached_on": day if number % 2 else None}),
            (TaskResource, {"kind": "money", "text": words}),
            (PartnerRole, {"role": words}),
            (Target, {"value": measure, "baseline": measure, "by": period}),
        ]
        if number % 4 == 0:  # windows give a task its first and last day
            lines.append((Window, {"starts": day, "due": day}))
            own |= {"starts": day, "due": day}
        update = {"period": "2023", "status": list(Status)[number % len(Status)], "said_on": day}
        update |= dict.fromkeys(("narrative", "obstacles", "reason"), words)
        update |= {"reached": WHOLE[number % 4]}
        yield AnyRow(own, number % 3, lines, update)


def put_into_table(town: Town, rows: list[AnyRow], leader: Any) -> dict[int, str]:
    """Insert the rows past every check; {number of the task: a word that its title begins with}."""
    policy = town.policy
    activities, first = list(policy.activities.all()), policy.tasks.count() + 1
    marks, tasks = {}, []
    for number, row in enumerate(rows, first):
        marks[number] = f"Zadanie{number}Z"
        own = dict(row.task)
        own["title"] = _begin_with(marks[number], own["title"])
        own["area"] = policy.areas.first() if own.pop("has_area") else None
        own["lead"] = town.organisation if own.pop("has_lead") else None
        own["leader"] = leader if own.pop("has_leader") else None
        plan = policy.plans.first()
        task = _insert(Task(policy=policy, plan=plan, number=number, **own), town)
        Task.activities.through.objects.bulk_create(
            Task.activities.through(task=task, activity=each)
            for each in activities[: row.activities]
        )
        for model, values in row.lines:
            pointers = {"organisation": town.organisation} if model is PartnerRole else {}
            if model is Target:
                pointers = {"indicator": town.municipality.indicators.first()}
            _insert(model(task=task, **pointers, **values), town)
        if row.update is not None:
            _insert(_status_update(task, row.update), town)
        tasks.append(task)
    Task.objects.filter(policy=policy).put_in_order()
    save_states(tasks, None)
    increment_revisions({town.municipality.slug, ""})
    return marks


def _begin_with(mark: str, words: Text) -> Text:
    wordings = {code: f"{mark} {wording}" for code, wording in words.texts.items()}
    return Text(words.source or "pl", 1, wordings or {"pl": mark})


def _status_update(task: Task, values: dict[str, Any]) -> StatusUpdate:
    update = StatusUpdate(task=task, created_at=timezone.now(), **values)
    update.year, update.period_end = update.when.year, update.when.end
    return update


def _insert(row: Any, town: Town) -> Any:
    """As it is: Django's way for fixtures asks no check; a text's own field is passed by as well."""
    row.municipality = town.municipality
    row.save_base(raw=True, force_insert=True)
    texts = [each for each in row._meta.concrete_fields if isinstance(each, TextField)]
    if texts:
        columns = ", ".join(f'"{each.column}" = %s' for each in texts)
        words = [json.dumps(getattr(row, each.attname).to_json()) for each in texts]
        with connection.cursor() as cursor:
            table = row._meta.db_table
            cursor.execute(f'UPDATE "{table}" SET {columns} WHERE id = %s', [*words, row.pk])
    return row
