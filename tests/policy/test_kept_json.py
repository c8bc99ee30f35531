"""What the database keeps of a policy says its version; what an older release kept is read."""

import json

import pytest
from django.db import connection
from django.db.models import Model

from splot.core.versioned_json import UnknownJsonVersion
from splot.people.models import Municipality
from splot.policy.actions.passages import add_part, change_part
from splot.policy.actions.suggestions import choose_aspects
from splot.policy.actions.versions import freeze_version
from splot.policy.models import ActImport, Area, Policy, PolicyVersion, Step, Value
from tests import factories
from tests.policy.writing import fresh

pytestmark = pytest.mark.django_db
FIELDS: list[tuple[type[Model], str]] = [
    (ActImport, "document"),
    (ActImport, "areas"),
    (ActImport, "links"),
    (ActImport, "reasons"),
    (Policy, "left_out"),
    (PolicyVersion, "texts"),
    (PolicyVersion, "mended"),
    (Step, "rows"),
    (Value, "origins"),
    (Area, "origins"),
]


@pytest.fixture(autouse=True)
def rows(town: Municipality) -> None:
    """Rows of each model, with content in its field."""
    policy = factories.policy(town, status="draft")
    freeze_version(by=None, policy=policy, version=policy.version, stage="draft")
    PolicyVersion.objects.update(mended=[{"place": "§ 1", "kind": "dead", "before": "§ 9"}])
    choose_aspects(
        by=None,
        policy=policy,
        version=fresh(policy).version,
        chosen=["education"],
        whole=[],
        left_out={"culture": "Osobny program."},
    )
    activity = policy.activities.first()
    change_part(by=None, part=activity, version=activity.version, text=factories.text("Inaczej"))
    add_part(
        by=None,
        model=Value,
        policy=policy,
        kind=Value.Kind.VALUE,
        name=factories.text("Solidarność"),
        origins=[{"catalogue": "values.solidarity", "version": 1, "text": "Solidarność"}],
    )


def stored(row: Model, field: str) -> object:
    with connection.cursor() as cursor:
        table = row._meta.db_table
        cursor.execute(f'SELECT "{field}" FROM "{table}" WHERE id = %s', [row.pk])
        ((value,),) = cursor.fetchall()
    return json.loads(value)


def store(row: Model, field: str, value: object) -> None:
    with connection.cursor() as cursor:
        table = row._meta.db_table
        cursor.execute(
            f'UPDATE "{table}" SET "{field}" = %s WHERE id = %s', [json.dumps(value), row.pk]
        )


@pytest.mark.parametrize(("model", "field"), FIELDS)
def test_it_says_its_version_and_is_read_without_one(model: type[Model], field: str) -> None:
    row = model._base_manager.latest("pk")
    content = getattr(row, field)
    assert content, "the control would not be one"
    assert stored(row, field) == {"version": 1, "content": content}
    store(row, field, content)
    assert getattr(fresh(row), field) == content


@pytest.mark.parametrize(("model", "field"), FIELDS)
def test_a_version_of_a_later_release_is_refused(model: type[Model], field: str) -> None:
    row = model._base_manager.latest("pk")
    store(row, field, {"version": 2, "content": []})
    with pytest.raises(UnknownJsonVersion, match=f"{field} is kept in version 2"):
        fresh(row)
