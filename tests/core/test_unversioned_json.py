"""JSON that was kept before it had a version can still be read; what is written now says one."""

import json

import pytest
from django.db import connection
from django.db.models import Model

from splot.core.versioned_json import UnknownJsonVersion
from splot.implementation.actions.tasks import change_task
from splot.implementation.models import Task, TaskState
from splot.monitoring.actions import publish_review, start_review
from splot.monitoring.models import Review
from splot.people.models import User
from splot.policy.models import Policy
from splot.reporting.actions.reports import save_draft
from splot.reporting.models import ReportDraft
from tests import factories

pytestmark = pytest.mark.django_db
FIELDS: list[tuple[type[Model], str]] = [
    (TaskState, "data"),
    (Task, "unread"),
    (Review, "facts"),
    (ReportDraft, "values"),
]


@pytest.fixture(autouse=True)
def rows(policy: Policy, coordinator: User) -> None:
    """The only row of each model, with content in its field."""
    task = factories.task(policy)
    task = change_task(by=None, task=task, version=task.version, unread={"when": "wkrótce"})
    newest = task.states.first()
    states = TaskState._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f'DELETE FROM "{states}" WHERE id <> %s', [newest.pk])
    save_draft(by=coordinator, task=task, period="2023", values={"narrative": "Kursy trwają"})
    review = start_review(by=coordinator, policy=policy, year=2023)
    publish_review(by=coordinator, review=review, version=review.version)


def stored(model: type[Model], field: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT "{field}" FROM "{model._meta.db_table}"')
        ((value,),) = cursor.fetchall()
    return json.loads(value)


def store(model: type[Model], field: str, value: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f'UPDATE "{model._meta.db_table}" SET "{field}" = %s', [json.dumps(value)])


@pytest.mark.parametrize(("model", "field"), FIELDS)
def test_what_was_kept_without_a_version_is_read_as_it_was(model: type[Model], field: str) -> None:
    content = getattr(model._default_manager.get(), field)
    assert content
    assert stored(model, field) == {"version": 1, "content": content}
    store(model, field, content)
    assert getattr(model._default_manager.get(), field) == content


@pytest.mark.parametrize(("model", "field"), FIELDS)
def test_a_version_of_a_later_release_is_refused(model: type[Model], field: str) -> None:
    store(model, field, {"version": 2, "content": {}})
    with pytest.raises(UnknownJsonVersion, match=f"{field} is kept in version 2"):
        model._default_manager.get()


def test_a_review_that_is_not_published_has_no_facts(policy: Policy, coordinator: User) -> None:
    start_review(by=coordinator, policy=policy, year=2024)
    assert Review.objects.get(year=2024).facts is None
    assert Review.objects.filter(facts__isnull=True).count() == 1
