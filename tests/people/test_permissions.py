"""The table of permissions, and what gives one besides a role."""

from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from splot.people import permissions
from splot.people.links import hash_token
from splot.people.models import Municipality, Organisation, PersonalLink, User
from splot.people.permissions import (
    ROLES,
    Permission,
    Role,
    add_permission_source,
    has_permission,
    permissions_of,
    permissions_table,
    roles_with_permission,
)
from tests import factories


@pytest.fixture
def towns(db: None) -> tuple[Municipality, Municipality]:
    return factories.municipality("poznan"), factories.municipality("lublin")


@pytest.fixture
def sources(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Any]]:
    """What a test registers is gone after it."""
    known: list[Any] = []
    monkeypatch.setattr(permissions, "_sources", known)
    yield known


def test_every_permission_is_somebodys_by_the_table() -> None:
    assert set(ROLES) == set(Permission)
    assert all(ROLES.values())


def test_a_role_counts_in_its_municipality_alone(towns: tuple[Municipality, Municipality]) -> None:
    here, there = towns
    editor = factories.user(here, Role.EDITOR)
    assert has_permission(editor, Permission.WRITE_POLICY, here)
    assert not has_permission(editor, Permission.EDIT_TABLE, here)
    assert permissions_of(editor, there) == frozenset()


def test_permissions_take_one_query_a_request(
    towns: tuple[Municipality, Municipality], django_assert_num_queries: Any
) -> None:
    user = User.objects.get(pk=factories.user(towns[0], Role.EDITOR).pk)
    with django_assert_num_queries(1):
        for permission in Permission:
            for town in towns:
                has_permission(user, permission, town)


def test_a_seat_gives_a_permission_that_no_role_does(
    towns: tuple[Municipality, Municipality], sources: list[Any]
) -> None:
    here, there = towns
    reader = factories.user(here, Role.READER)

    def seats(holder: User | PersonalLink, municipality: Municipality) -> Iterable[Permission]:
        return [Permission.READ_DRAFTS] if (holder, municipality) == (reader, here) else []

    assert not has_permission(reader, Permission.READ_DRAFTS, here)
    add_permission_source(seats)
    reader = User.objects.get(pk=reader.pk)  # the next request
    assert has_permission(reader, Permission.READ_DRAFTS, here)
    assert has_permission(reader, Permission.OPEN_DESK, here)  # roles count all the same
    assert not has_permission(reader, Permission.READ_DRAFTS, there)
    assert not has_permission(reader, Permission.EDIT_TABLE, here)


def test_a_link_has_what_a_source_gives_it(
    towns: tuple[Municipality, Municipality], sources: list[Any]
) -> None:
    here, __ = towns
    organisation = Organisation.objects.create(municipality=here, name="", kind="ngo")
    link = PersonalLink(
        municipality=here,
        organisation=organisation,
        purpose=PersonalLink.Purpose.REPORT,
        token_hash=hash_token("x"),
    )
    add_permission_source(
        lambda holder, __: [Permission.PROPOSE_CORRECTIONS] if holder is link else []
    )
    assert permissions_of(link, here) == {Permission.PROPOSE_CORRECTIONS}


def test_who_is_not_signed_in_has_none_whatever_the_source(
    towns: tuple[Municipality, Municipality], sources: list[Any]
) -> None:
    """Their pages are kept for all: one that a source opened would be shown to everybody."""
    add_permission_source(lambda *__: list(Permission))
    assert permissions_of(AnonymousUser(), towns[0]) == frozenset()


def test_roles_that_may_the_same_share_a_column() -> None:
    head, __, *lines = permissions_table().splitlines()
    assert head.count("|") == 7
    assert len(lines) == len(Permission)
    assert Role.LEADER in roles_with_permission(Permission.REPORT_ON_OWN_TASKS)
