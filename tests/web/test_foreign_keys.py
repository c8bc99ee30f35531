"""A coordinator who sends another municipality's keys in forms: nothing of the other changes, and
no row of one's own comes to name a row of the other.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from django.apps import apps
from django.db import models
from django.test import Client
from lxml import html

from splot.core.models import AuditEntry
from splot.people.models import Municipality, MunicipalityModel, User
from tests.web.test_doors import NAMES, Town, World, door_of, undone, world

__all__ = ["world"]  # the fixture

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

MODELS = [each for each in apps.get_models() if issubclass(each, MunicipalityModel)]
KEPT = {"version", "idempotency_key", "csrfmiddlewaretoken"}
NUMBER = re.compile(r"\d+")

Fields = list[tuple[str, str]]


def rows_of(town: Municipality) -> dict[str, list[Any]]:
    """Every row of a municipality, and what is tied to it."""
    found = {
        model._meta.label: list(model._base_manager.filter(municipality=town).values())
        for model in MODELS
    }
    for __, field in many_to_many():
        through = field.remote_field.through
        ours = {f"{field.m2m_field_name()}__municipality": town}
        found[through._meta.label] = list(through._base_manager.filter(**ours).values())
    return found


def many_to_many() -> Iterator[tuple[type[models.Model], Any]]:
    for model in MODELS:
        for field in model._meta.many_to_many:
            yield model, field


def crossings() -> list[str]:
    """Relations that lead from a row of one municipality to a row of another."""
    found = []
    for model in MODELS:
        for field in model._meta.concrete_fields:
            related = field.related_model
            if isinstance(related, type) and issubclass(related, MunicipalityModel):
                rows = model._base_manager.exclude(**{field.name: None})
                own = models.F("municipality")
                if rows.exclude(**{f"{field.name}__municipality": own}).exists():
                    found.append(f"{model.__name__}.{field.name}")
    for model, field in many_to_many():
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
    before, wrong, sent = rows_of(there.municipality), [], Counter[str]()
    for name in NAMES:
        if "GET" not in door_of(name).methods:
            continue
        for action, form in forms_of(client, home.addresses[name]):
            body = as_it_stands(form)
            pairs = [
                (field, value, key)
                for field, value in choices(form).items()
                for key in sorted(foreign_keys(value, ours, theirs))
            ]
            for field, value, key in pairs:
                with undone():
                    acts = AuditEntry.objects.count()
                    data = with_choice(body, field, NUMBER.sub(str(key), value))
                    status = client.post(action, data).status_code
                    has_written = AuditEntry.objects.count() > acts
                    sent["written" if has_written else "refused"] += 1
                    reached = has_written and rows_of(there.municipality) != before
                    if status >= 500 or reached or (has_written and crossings()):
                        wrong.append(f"{action} from {name}: {status} {field}={key}")
    assert wrong == []
    assert sent["refused"] > 100 and sent["written"] > 10  # keys that both have change one's own


def test_control_what_reaches_over_is_seen(world: World) -> None:
    home, there = world.towns["poznan"], world.towns["lublin"]
    before = rows_of(there.municipality)
    assert crossings() == []
    with undone():
        home.task.partners.add(there.organisation)
        type(home.task).objects.filter(pk=home.task.pk).update(lead=there.organisation)
        assert crossings() == ["Task.lead", "Task.partners"]
    with undone():
        there.task.partners.clear()
        assert rows_of(there.municipality) != before
