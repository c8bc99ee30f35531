"""A coordinator who sends another municipality's keys in forms: nothing of the other changes, and
no row of one's own comes to name a row of the other.
"""

import re
from collections import Counter
from collections.abc import Container, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from django.apps import apps
from django.db import connection, models
from django.test import Client
from lxml import html

from splot.core.models import AuditEntry
from splot.people.models import Municipality, MunicipalityModel, User
from tests.web.test_doors import NAMES, Town, World, door_of, undone, world

__all__ = ["world"]  # the fixture

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.one_engine]

MODELS = [each for each in apps.get_models() if issubclass(each, MunicipalityModel)]
KEPT = {"version", "idempotency_key", "csrfmiddlewaretoken"}
TABLES = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
AUDIT_TRAIL = AuditEntry._meta.db_table
NUMBER = re.compile(r"\d+")

Fields = list[tuple[str, str]]


WRITE = re.compile(r'^(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM) "(\w+)"')


@contextmanager
def written_tables() -> Iterator[set[str]]:
    """Collects the tables that statements write; the others stand as they stood."""
    tables: set[str] = set()

    def watch(execute: Any, sql: str, *rest: Any) -> Any:
        if match := WRITE.match(sql):
            tables.add(match[1])
        return execute(sql, *rest)

    with connection.execute_wrapper(watch):
        yield tables


def rows_of(town: Municipality, tables: Container[str]) -> dict[str, list[Any]]:
    """Every row that a municipality has in these tables, and what is tied to it."""
    found = {}
    for model in MODELS:
        if model._meta.db_table in tables:
            own_rows = model._base_manager.filter(municipality=town)
            found[model._meta.db_table] = list(own_rows.values())
    for __, field in many_to_many(tables):
        through = field.remote_field.through
        ours = {f"{field.m2m_field_name()}__municipality": town}
        found[through._meta.db_table] = list(through._base_manager.filter(**ours).values())
    return found


def many_to_many(tables: Container[str]) -> Iterator[tuple[type[models.Model], Any]]:
    for model in MODELS:
        for field in model._meta.many_to_many:
            if field.m2m_db_table() in tables:
                yield model, field


def crossings(tables: Container[str]) -> list[str]:
    """Relations in these tables that lead from a row of one municipality to a row of another."""
    found = []
    for model in MODELS:
        if model._meta.db_table not in tables:
            continue
        for field in model._meta.concrete_fields:
            related = field.related_model
            if isinstance(related, type) and issubclass(related, MunicipalityModel):
                rows = model._base_manager.exclude(**{field.name: None})
                own = models.F("municipality")
                if rows.exclude(**{f"{field.name}__municipality": own}).exists():
                    found.append(f"{model.__name__}.{field.name}")
    for model, field in many_to_many(tables):
        here, there = field.m2m_field_name(), field.m2m_reverse_field_name()
        rows = field.remote_field.through._base_manager.all()
        same = {f"{there}__municipality": models.F(f"{here}__municipality")}
        if rows.exclude(**same).exists():
            found.append(f"{model.__name__}.{field.name}")
    return found


Keys = dict[type[models.Model], list[int]]


def keys_of(town: Town, people: list[User]) -> Keys:
    """{kind of row: the keys of the municipality's rows}, and those of its people."""
    keys: Keys = {User: [person.pk for person in people]}
    for model in MODELS:
        rows = model._base_manager.filter(municipality=town.municipality).order_by("pk")
        keys[model] = list(rows.values_list("pk", flat=True))
    return keys


def foreign_keys(value: str, ours: Keys, theirs: Keys) -> set[int]:
    """What the other municipality has of the kinds of rows that a value of ours may stand for; of
    every kind where it stands for none.
    """
    numbers = {int(number) for number in NUMBER.findall(value) if len(number) < 19}
    kinds = [kind for kind, keys in ours.items() if numbers & set(keys)] or list(theirs)
    return {theirs[kind][0] for kind in kinds if theirs[kind]}


def forms_of(client: Client, address: str) -> list[tuple[str, Any]]:
    """(where it goes, the form) for each form of a page that writes."""
    answer = client.get(address)
    if answer.status_code != 200 or "html" not in answer["Content-Type"]:
        return []
    page = html.fromstring(answer.content.decode())
    wanted = [form for form in page.forms if form.get("method", "").lower() == "post"]
    return [(urlsplit(urljoin(address, form.get("action") or "")).path, form) for form in wanted]


def as_it_stands(form: Any) -> Fields:
    """What a browser would send, with something in each field that must not be empty."""
    body: Fields = []
    for field in form.xpath(".//input[@name] | .//textarea[@name]"):
        kind = field.get("type", field.tag)
        value = field.text if kind == "textarea" else field.get("value")
        if kind in ("checkbox", "radio"):
            if field.get("checked") is not None:
                body.append((field.get("name"), value))
        elif kind != "file":
            missing = "2023-06-01" if kind == "date" else "1"
            needed = missing if field.get("required") is not None else ""
            body.append((field.get("name"), value or needed))
    for field in form.xpath(".//select[@name]"):
        chosen = field.xpath(".//option[@selected]/@value") or field.xpath(".//option/@value")[:1]
        body += [(field.get("name"), value) for value in chosen if not field.get("multiple")]
    return body


def choices(form: Any) -> dict[str, str]:
    """{field: a value} of what a form lets one choose by its key, hidden fields and buttons too."""
    found: dict[str, str] = {}
    boxes = ".//input[@type='checkbox' or @type='radio' or @type='hidden'][@name]"
    for field in form.xpath(f"{boxes} | .//button[@name]"):
        if NUMBER.search(field.get("value") or ""):
            found[field.get("name")] = field.get("value")
    for field in form.xpath(".//select[@name]"):
        for value in field.xpath(".//option/@value"):
            if NUMBER.search(value):
                found[field.get("name")] = value
    return {name: value for name, value in found.items() if name.split("-")[-1] not in KEPT}


def foreign_choices(form: Any, ours: Keys, theirs: Keys) -> Iterator[tuple[str, int, str]]:
    """(field, key, value with that key) for what each field may name of the other municipality."""
    for field, value in choices(form).items():
        for key in sorted(foreign_keys(value, ours, theirs)):
            yield field, key, NUMBER.sub(str(key), value)


def with_choice(body: Fields, name: str, value: str) -> dict[str, list[str]]:
    data: dict[str, list[str]] = {}
    for field, standing in [*(each for each in body if each[0] != name), (name, value)]:
        data.setdefault(field, []).append(standing)
    return data


def test_no_form_reaches_into_another_municipality(world: World) -> None:
    home, there = world.towns["poznan"], world.towns["lublin"]
    stranger = world.people["other coordinator"]
    assert isinstance(stranger, User)
    coordinator = world.people["coordinator"]
    assert isinstance(coordinator, User)
    ours, theirs = keys_of(home, [coordinator]), keys_of(there, [stranger])
    client = Client()
    client.force_login(coordinator)
    before = rows_of(there.municipality, TABLES)
    wrong, sent, tried = [], Counter[str](), set[tuple[str, str, str]]()
    for name in NAMES:
        if "GET" not in door_of(name).methods:
            continue
        for action, form in forms_of(client, home.addresses[name]):
            body = as_it_stands(form)
            for field, key, value in foreign_choices(form, ours, theirs):
                if (action, field, value) in tried:  # the form stands on other pages too
                    continue
                tried.add((action, field, value))
                with undone(), written_tables() as tables:
                    data = with_choice(body, field, value)
                    status = client.post(action, data).status_code
                    sent["written" if AUDIT_TRAIL in tables else "refused"] += 1
                    now = rows_of(there.municipality, tables)
                    reached = any(before[table] != rows for table, rows in now.items())
                    if status >= 500 or reached or crossings(tables):
                        wrong.append(f"{action} from {name}: {status} {field}={key}")
    assert wrong == []
    assert sent["refused"] > 100 and sent["written"] > 10  # keys that both have change one's own


def test_control_what_reaches_over_is_seen(world: World) -> None:
    home, there = world.towns["poznan"], world.towns["lublin"]
    before = rows_of(there.municipality, TABLES)
    assert crossings(TABLES) == []
    with undone(), written_tables() as tables:
        home.task.partners.add(there.organisation)
        type(home.task).objects.filter(pk=home.task.pk).update(lead=there.organisation)
        assert crossings(tables) == ["Task.lead", "Task.partners"]
    with undone():
        there.task.partners.clear()
        assert rows_of(there.municipality, TABLES) != before
