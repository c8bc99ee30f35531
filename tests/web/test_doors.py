"""Every address, method and role: what is not declared fails, what is not yours is not there."""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from itertools import product
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.test import Client

from splot.people.models import Membership, Municipality, User
from tests import factories
from tests.world import (
    NAMES,
    PATTERNS,
    Town,
    missing_addresses,
    patterns,
    working_installation,
)

pytestmark = pytest.mark.django_db

ROLES = [role.value for role in Membership.Role]
PEOPLE = ["nobody", *ROLES, "other coordinator", "operator"]
METHODS = ("get", "post", "put", "patch", "delete")


class World:
    """Two municipalities with a row for every address, and someone for every role."""

    def __init__(self) -> None:
        self.towns = {slug: Town(slug) for slug in ("poznan", "lublin")}
        self.people: dict[str, User | AnonymousUser] = {"nobody": AnonymousUser()}
        home = self.towns["poznan"].municipality
        self.people |= {role: factories.user(home, role) for role in ROLES}
        self.people["other coordinator"] = factories.user(
            self.towns["lublin"].municipality, "coordinator"
        )
        self.people["operator"] = factories.user(self.towns["lublin"].municipality, "reader")
        User.objects.filter(pk=self.people["operator"].pk).update(is_operator=True)


@contextmanager
def undone() -> Iterator[None]:
    """What a request wrote is taken back, so that each one meets the same world."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def world(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    """Made once for all who walk through it: every request is undone, and all of it at the end."""
    working = working_installation(tmp_path_factory.mktemp("data"))
    with working, django_db_blocker.unblock(), undone():
        yield World()


def test_every_address_declares_its_door() -> None:
    undeclared = [
        each for each in patterns() if each.name != "asset" and not hasattr(each.callback, "door")
    ]
    assert undeclared == []


@pytest.mark.slow
@pytest.mark.one_engine
@pytest.mark.parametrize("label", PEOPLE)
def test_nobody_gets_further_than_the_rules_say(world: World, label: str) -> None:
    wrong = []
    client = Client()
    if label != "nobody":
        client.force_login(world.people[label])
    cookies = deepcopy(client.cookies)  # signing out is undone like everything else
    for name, (slug, town), method in product(NAMES, world.towns.items(), METHODS):
        door, belongs = door_of(name), "municipality" in town.arguments[name]
        at_home = not belongs or slug == home_of(label)
        with undone():
            answer = getattr(client, method)(town.addresses[name])
        client.cookies = deepcopy(cookies)
        if fault := judged(answer, door, label, method, at_home):
            wrong.append(f"{method} {name} in {slug}: {fault}")
    assert wrong == []


def test_every_address_is_given_by_its_room(world: World) -> None:
    """Neither an address without arguments, nor arguments for an address that there is no more."""
    for town in world.towns.values():
        assert sorted(town.arguments) == NAMES


def test_control_an_address_without_arguments_is_told_in_a_sentence(world: World) -> None:
    given = dict(world.towns["poznan"].arguments)
    del given["report_many"]
    assert missing_addresses(given) == [
        "tests/reporting/world.py gives no arguments for the address 'report_many'"
    ]


def test_the_walk_is_taken_by_everyone(world: World) -> None:
    assert sorted(world.people) == sorted(PEOPLE)


def door_of(name: str) -> Any:
    return PATTERNS[name].callback.door


def home_of(label: str) -> str:
    return "lublin" if label in ("other coordinator", "operator") else "poznan"


STAFF = {"coordinator", "monitor", "editor", "other coordinator"}
COORDINATORS = {"coordinator", "other coordinator"}
WRITERS = {*COORDINATORS, "editor"}
MAY = {
    "anyone": lambda label: True,
    "is_operator": "operator".__eq__,
    "is_signed_in": lambda label: label != "nobody",
    "can_open_desk": lambda label: label != "nobody",
    "can_open_settings": COORDINATORS.__contains__,
    "can_see_audit_trail": COORDINATORS.__contains__,
    "can_keep_organisations": COORDINATORS.__contains__,
    "can_name_authorities": COORDINATORS.__contains__,
    "can_confirm_email": lambda label: False,  # the link is of none of these people
    "can_keep_people": COORDINATORS.__contains__,
    "can_keep_groups": COORDINATORS.__contains__,
    "can_edit_table": COORDINATORS.__contains__,
    "can_exchange_workbooks": COORDINATORS.__contains__,
    "can_ask_for_reports": COORDINATORS.__contains__,
    "can_edit_indicator": COORDINATORS.__contains__,
    "can_edit_policy": COORDINATORS.__contains__,
    "can_import_policy": COORDINATORS.__contains__,
    "can_read_policy": STAFF.__contains__,
    "can_read_indicator": lambda label: True,
    "can_read_part": STAFF.__contains__,
    "can_see_table_health": STAFF.__contains__,
    "can_read_versions": STAFF.__contains__,
    "can_read_version": STAFF.__contains__,
    "can_write_policy": WRITERS.__contains__,
    "can_write_part": WRITERS.__contains__,
    "can_translate_policy": WRITERS.__contains__,
    "can_describe_policy": WRITERS.__contains__,
    "can_publish_policy": COORDINATORS.__contains__,
    "can_freeze_policy": COORDINATORS.__contains__,
    "can_amend_policy": lambda label: False,  # the towns' policies are no amendments
    "can_report": COORDINATORS.__contains__,  # no leader of these people leads the task
    "can_report_here": {*COORDINATORS, "leader"}.__contains__,
    "can_edit_task": COORDINATORS.__contains__,
    "can_read_review": STAFF.__contains__,
    "can_edit_review": COORDINATORS.__contains__,
    "can_propose": {*COORDINATORS, "monitor"}.__contains__,
}
OPEN_TO_ALL = {"anyone", "is_operator", "is_signed_in", "can_read_indicator"}


def judged(answer: Any, door: Any, label: str, method: str, at_home: bool) -> str:
    """What is wrong with an answer, given who asked; "" for nothing."""
    status, rule = answer.status_code, door.rule.__name__
    if method.upper() not in door.methods:
        return "" if status == 405 else f"{status} for a method that is not declared"
    if MAY[rule](label) and (at_home or rule in OPEN_TO_ALL):
        return "" if status in (200, 302) else f"{status} for someone who may"
    if label == "nobody" and door.asks_who():
        return (
            ""
            if status == 302 and "/sign-in/" in answer["Location"]
            else (f"{status} without signing in")
        )
    return "" if status == 404 else f"{status} for someone who may not"


@pytest.mark.slow
def test_a_get_writes_nothing(world: World) -> None:
    client = Client()
    client.force_login(world.people["coordinator"])
    before = rows()
    for name in NAMES:
        client.get(world.towns["poznan"].addresses[name])
    assert rows() == before


def rows() -> dict[str, int]:
    """How many rows each table has, and the revisions."""
    with connection.cursor() as cursor:
        counts = {}
        for table in connection.introspection.table_names(cursor):
            if table != "django_session":
                cursor.execute(f'SELECT COUNT(*) FROM "{table}"')
                counts[table] = cursor.fetchone()[0]
    return counts


def test_control_a_page_without_its_rule_is_noticed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The walk can fail: with the rule removed, a stranger sees a draft, and the check says so."""
    from splot.people import door as doors

    client = Client()
    client.force_login(world.people["reader"])
    monkeypatch.setattr(doors.Door, "find_resource", thing_without_rule)
    answer = client.get(world.towns["poznan"].addresses["edit_policy"])
    assert judged(answer, door_of("edit_policy"), "reader", "get", True) == (
        "200 for someone who may not"
    )


def thing_without_rule(door: Any, request: Any, municipality: str, address: dict[str, Any]) -> Any:
    request.municipality = Municipality.objects.get(slug=municipality)
    return door.find(request.municipality, **address)
