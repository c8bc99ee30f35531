"""The desk gathers what rooms offer: the same few queries whatever the rows, and no large column."""

from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from splot.core.languages import TextField
from splot.core.offers import ROOMS
from splot.implementation.models import Task
from splot.monitoring.actions import start_review
from splot.people.models import Municipality, User
from splot.people.offers import WAITING
from splot.policy.models import Policy
from splot.policy.offers import POLICY_GAPS
from tests import factories

pytestmark = pytest.mark.django_db

SMALL = {"policy_policy.left_out"}  # {aspect: reason}, some sentences at most


def queries_of(offer: Any, *arguments: Any) -> list[str]:
    """What an offering function and the display of what it gives ask the database."""
    with CaptureQueriesContext(connection) as captured:
        offered = offer(*arguments)
        for section in offered if isinstance(offered, list) else [offered]:
            for value in section.content.values():
                list(value) if isinstance(value, models.QuerySet) else value
    return [query["sql"] for query in captured]


def fill(town: Municipality, policy: Policy, leader: User, year: int) -> None:
    """One more of everything that can wait on a desk."""
    factories.act_import(town)
    task = factories.task(policy, leader=leader)
    overdue = {"timing": Task.Timing.DATES, "due": date(2023, 1, 31)}
    factories.update(factories.task(policy, leader=leader, **overdue), "late")
    factories.update(task, "done", "2024")
    start_review(by=None, policy=policy, year=year)


@pytest.fixture
def offers(policy: Policy, town: Municipality, coordinator: User, leader: User) -> dict[str, Any]:
    """{name: (function, its arguments)} for what every room offers to the desk."""
    today = timezone.localdate()
    people = {"coordinator": coordinator, "leader": leader}
    waiting = {
        f"{each.__module__} for the {role}": (each, (user, town, today))
        for each in WAITING.gather()
        for role, user in people.items()
    }
    gaps = {each.__module__: (each, (coordinator, policy, today)) for each in POLICY_GAPS.gather()}
    return waiting | gaps


def ask(offers: dict[str, Any]) -> dict[str, list[str]]:
    """{name of an offer: its queries}, each for rows that are read anew, as by a request."""
    found = {}
    for name, (function, arguments) in offers.items():
        *rows, today = arguments
        anew = [type(row)._default_manager.get(pk=row.pk) for row in rows]
        found[name] = queries_of(function, *anew, today)
    return found


def test_more_rows_take_no_more_queries(
    offers: dict[str, Any], policy: Policy, town: Municipality, leader: User
) -> None:
    fill(town, policy, leader, 2023)
    few = {name: len(queries) for name, queries in ask(offers).items()}
    assert max(few.values()) <= 10  # of the team, with what its rooms add for a running policy
    assert min(few.values()) > 0
    fill(town, policy, leader, 2024)
    for __ in range(5):
        factories.task(policy, leader=leader)
        factories.act_import(town)
    assert {name: len(queries) for name, queries in ask(offers).items()} == few


def test_no_desk_reads_a_large_column(
    offers: dict[str, Any], policy: Policy, town: Municipality, leader: User
) -> None:
    fill(town, policy, leader, 2023)
    asked = [sql for queries in ask(offers).values() for sql in queries]
    large = large_columns()
    assert {"policy_actimport.document", "monitoring_review.facts"} <= large
    assert [column for column in large - SMALL if any(selects(sql, column) for sql in asked)] == []


def test_control_a_whole_act_is_noticed(town: Municipality) -> None:
    factories.act_import(town)
    with CaptureQueriesContext(connection) as captured:
        list(town.act_imports.all())
    assert selects(captured[0]["sql"], "policy_actimport.document")


def large_columns() -> set[str]:
    """Columns of rooms that can hold a whole file: JSON, bytes, text without a limit. A title or a
    paragraph in languages is small.
    """
    kinds = (models.JSONField, models.BinaryField, models.TextField)
    return {
        f"{model._meta.db_table}.{field.column}"
        for config in apps.get_app_configs()
        if config.name.startswith(ROOMS)
        for model in config.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, kinds) and not isinstance(field, TextField)
    }


def selects(sql: str, column: str) -> bool:
    return ".".join(f'"{part}"' for part in column.split(".")) in sql


def test_everyone_sees_what_waits_for_them(
    policy: Policy, town: Municipality, coordinator: User, leader: User, signed_in: Any
) -> None:
    fill(town, policy, leader, 2023)
    seen = {
        user: signed_in(user).get("/en/poznan/desk/").content.decode()
        for user in (coordinator, leader, factories.user(town, "editor"))
    }
    team = ("uchwala.txt", "report for 2023 is a draft", "tasks have no target", "Begin a policy")
    own = ("Past the due date", "Report on your tasks in one page")
    for_whom = {}
    for user, page in seen.items():
        role = user.name.split()[0]
        for_whom[role] = [words in page for words in (*team, *own)]
    assert for_whom == {
        "coordinator": [True, True, True, True, False, False],
        "leader": [False, False, False, False, True, True],
        "editor": [False, True, True, False, False, False],
    }
