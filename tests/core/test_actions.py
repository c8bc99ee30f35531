"""Every write is atomic, audited, safe to repeat, noticed by late writers and by the page cache."""

import threading
from collections.abc import Sequence
from importlib import import_module
from uuid import uuid4

import pytest
from django.db import connection, connections, transaction
from django.db.models import Model
from django.utils.timezone import localdate, localtime

from splot.core.actions import (
    Conflict,
    NotAudited,
    RecordedWrite,
    action,
    in_action,
    record,
)
from splot.core.actors import ANONYMOUS, Actor, actor_of_link, actor_of_user
from splot.core.guard import BOOKKEEPING, WriteRefused, refuse_writes
from splot.core.models import AuditEntry, Revision, Unchangeable
from splot.core.queries import audit_trail_of
from splot.people.actions import add_organisation, change_organisation
from splot.people.models import Municipality, Organisation, User
from tests import factories

pytestmark = pytest.mark.django_db


def revision(scope: str) -> int:
    found = Revision.objects.filter(scope=scope).first()
    return found.number if found else 0


def test_an_action_leaves_a_line_in_the_trail(town: Municipality) -> None:
    person = factories.user(town, "coordinator")
    organisation = factories.organisation(town)
    change_organisation(
        by=person,
        organisation=organisation,
        version=1,
        kind="ngo",
        name=factories.text("Stowarzyszenie"),
    )
    entry = AuditEntry.objects.latest("pk")
    assert (entry.by, entry.verb, entry.scope) == (person, "organisation.changed", "poznan")
    assert entry.changes["kind"] == ["municipal_unit", "ngo"]
    assert entry.changes["name"][1]["texts"] == {"pl": "Stowarzyszenie"}


def test_an_action_that_says_nothing_is_refused_and_leaves_nothing(town: Municipality) -> None:
    @action
    def silent(*, town: Municipality) -> None:
        Organisation.objects.create(municipality=town, name=factories.text("Cisza"), kind="ngo")

    with pytest.raises(NotAudited):
        silent(town=town)
    assert not Organisation.objects.exists()


def test_an_action_that_fails_leaves_nothing_of_itself(town: Municipality) -> None:
    @action
    def broken(*, town: Municipality) -> None:
        record(by=None, verb="town.broken", of=town)
        add_organisation(by=None, municipality=town, name=factories.text("Pół"), kind="ngo")
        raise RuntimeError("half-way")

    before = (AuditEntry.objects.count(), revision("poznan"))
    with pytest.raises(RuntimeError):
        broken(town=town)
    assert (AuditEntry.objects.count(), revision("poznan")) == before
    assert not Organisation.objects.exists()


def test_a_late_writer_is_told_and_overwrites_nothing(town: Municipality) -> None:
    organisation = factories.organisation(town)
    change_organisation(by=None, organisation=Organisation.objects.get(), version=1, kind="ngo")
    with pytest.raises(Conflict) as conflict:
        change_organisation(by=None, organisation=organisation, version=1, kind="media")
    assert conflict.value.current.kind == "ngo"
    assert Organisation.objects.get().kind == "ngo"


def test_a_double_click_makes_one_row(town: Municipality) -> None:
    key = uuid4()
    values = {
        "by": None,
        "municipality": town,
        "name": factories.text("Raz"),
        "kind": "ngo",
        "idempotency_key": key,
    }
    assert add_organisation(**values) == add_organisation(**values)
    assert Organisation.objects.count() == 1


def test_a_form_sent_again_with_other_words_is_another_row(
    town: Municipality, other_town: Municipality
) -> None:
    """Back button, other words, sent again: nothing is swallowed; and a key finds no row of another
    town.
    """
    key = uuid4()
    first = add_organisation(
        by=None, municipality=town, name=factories.text("Raz"), kind="ngo", idempotency_key=key
    )
    second = add_organisation(
        by=None, municipality=town, name=factories.text("Dwa"), kind="ngo", idempotency_key=key
    )
    other = add_organisation(
        by=None,
        municipality=other_town,
        name=factories.text("Raz"),
        kind="ngo",
        idempotency_key=key,
    )
    assert len({first.pk, second.pk, other.pk}) == 3


@pytest.mark.django_db(transaction=True)
def test_the_same_form_twice_at_the_same_moment_makes_one_row() -> None:
    town, key, made, errors = factories.municipality(), uuid4(), [], []
    gate = threading.Barrier(4)

    def send() -> None:
        gate.wait()
        try:
            made.append(
                add_organisation(
                    by=None,
                    municipality=town,
                    name=factories.text("Raz"),
                    kind="ngo",
                    idempotency_key=key,
                ).pk
            )
        except Exception as error:
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=send) for __ in range(4)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert errors == []
    assert len(set(made)) == 1
    assert Organisation.objects.count() == 1


def test_a_write_raises_the_revision_of_its_own_municipality_alone(
    town: Municipality, other_town: Municipality
) -> None:
    before = {scope: revision(scope) for scope in ("poznan", "lublin", "")}
    factories.organisation(town)
    assert {scope: revision(scope) - number for scope, number in before.items()} == {
        "poznan": 1,
        "lublin": 0,
        "": 0,
    }


def test_a_new_municipality_changes_the_pages_that_list_all_of_them(town: Municipality) -> None:
    before = {scope: revision(scope) for scope in ("poznan", "lublin", "")}
    factories.municipality("lublin")
    assert {scope: revision(scope) - number for scope, number in before.items()} == {
        "poznan": 0,
        "lublin": 1,
        "": 1,
    }


def test_the_trail_says_who_acted_and_for_whom(town: Municipality) -> None:
    person, school = factories.user(town, "coordinator"), factories.organisation(town)
    given: list[tuple[Actor | User | None, tuple[str, str]]] = [
        (person, ("user", str(person))),
        (actor_of_user(person, on_behalf_of=school), ("user", f"{person} · {school}")),
        (actor_of_link(school), ("link", str(school))),
        (ANONYMOUS, ("anonymous", "")),
        (None, ("system", "")),
    ]
    for by, expected in given:
        touch(by=by, of=town)
        entry = AuditEntry.objects.latest("pk")
        assert (entry.actor, entry.who) == expected


def test_of_somebody_anonymous_no_time_is_kept_but_the_day(town: Municipality) -> None:
    touch(by=ANONYMOUS, of=town)
    at = localtime(AuditEntry.objects.latest("pk").at)
    assert (at.hour, at.minute, at.second, at.microsecond) == (0, 0, 0, 0)
    assert at.date() == localdate()
    touch(by=None, of=town)  # the control
    assert localtime(AuditEntry.objects.latest("pk").at) != at


def test_of_a_confidential_row_the_trail_keeps_that_it_changed_and_not_what(
    town: Municipality,
) -> None:
    secret = factories.organisation(town)
    secret.is_confidential = True
    before, label = revision("poznan"), str(secret)
    touch(by=None, of=secret, changes={"name": ["Nękanie", "Groźby"]})
    entry = AuditEntry.objects.latest("pk")
    assert (entry.is_confidential, entry.changes) == (True, {"name": None})
    assert label not in entry.label
    assert entry.label == f"people.organisation {secret.pk}"
    assert revision("poznan") == before
    assert entry not in audit_trail_of("poznan")
    assert list(audit_trail_of("poznan", confidential=True)) == [entry]


@action
def touch(
    *, by: Actor | User | None, of: Model, changes: dict[str, list[str]] | None = None
) -> None:
    record(by=by, verb="row.touched", of=of, changes=changes)


def test_the_trail_is_never_changed(town: Municipality) -> None:
    entry = AuditEntry.objects.latest("pk")
    entry.verb = "other"
    for attempt in (entry.save, entry.delete, AuditEntry.objects.all().delete):
        with pytest.raises(Unchangeable):
            attempt()
    with pytest.raises(Unchangeable):
        AuditEntry.objects.update(verb="other")


def test_a_safe_request_writes_nothing_and_reads_all_it_wants(town: Municipality) -> None:
    with connection.execute_wrapper(refuse_writes(safe=True)):
        assert Municipality.objects.count() == 1
        with pytest.raises(WriteRefused):
            factories.organisation(town)
        with pytest.raises(WriteRefused):
            Municipality.objects.update(language="en")


def test_an_unsafe_request_writes_inside_an_action_alone(town: Municipality) -> None:
    with connection.execute_wrapper(refuse_writes(safe=False)):
        factories.organisation(town)
        with pytest.raises(WriteRefused), transaction.atomic():
            Municipality.objects.update(language="en")
    assert Organisation.objects.count() == 1


@pytest.mark.parametrize(
    "sql", ["SELECT 1", "BEGIN IMMEDIATE", "SAVEPOINT a", "EXPLAIN QUERY PLAN SELECT 1"]
)
def test_the_guard_lets_reads_and_transactions_pass(sql: str) -> None:
    guard = refuse_writes(safe=True)
    assert guard(lambda *args: "passed", sql, (), False, {}) == "passed"


def test_the_tables_that_a_request_may_write_are_few_and_named() -> None:
    assert set(BOOKKEEPING) == {"django_session", "people_attempts"}
    assert set(BOOKKEEPING) <= set(connection.introspection.table_names())


@pytest.mark.parametrize("table", sorted(BOOKKEEPING))
@pytest.mark.parametrize("sql", ['INSERT INTO "{}"', 'UPDATE "{}" SET', 'delete from "{}" WHERE'])
def test_the_guard_lets_bookkeeping_pass(sql: str, table: str) -> None:
    guard = refuse_writes(safe=True)
    assert guard(lambda *args: "passed", sql.format(table), (), False, {}) == "passed"


@pytest.mark.django_db(transaction=True)
def test_signing_in_works_outside_a_test_transaction(client) -> None:
    """The session is written in a transaction of its own, which begins with a statement of its
    own.
    """
    person = factories.user(factories.municipality(), "reader")
    answer = client.post("/pl/sign-in/", {"username": person.email, "password": factories.PASSWORD})
    assert answer.status_code == 302


@pytest.mark.parametrize(
    "sql",
    [
        "insert into x values (1)",
        " UPDATE x SET a=1",
        "DELETE FROM x",
        "WITH gone AS (DELETE FROM x RETURNING *) SELECT * FROM gone",
        "REPLACE INTO x VALUES (1)",
        "DROP TABLE x",
        "TRUNCATE x",
        'UPDATE "django_session_copy" SET a=1',
        'DELETE FROM "people_attempts_of_others"',
        'DELETE FROM "people_attempts"; DELETE FROM x',
        'INSERT INTO x SELECT * FROM "people_attempts"',
    ],
)
def test_the_guard_knows_a_write_in_any_dress(sql: str) -> None:
    guard = refuse_writes(safe=True)
    with pytest.raises(WriteRefused):
        guard(lambda *args: None, sql, (), False, {})


def test_what_an_action_recorded_is_handed_on_within_its_transaction(
    town: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All of it at once, at the end, before the revisions; a follower that fails undoes it."""
    followed: list[list[tuple[str, frozenset[str]]]] = []

    def follow_writes(writes: Sequence[RecordedWrite]) -> None:
        assert in_action()
        followed.append([(write.verb, write.changed) for write in writes])
        if len(followed) > 1:
            raise RuntimeError

    @action
    def twice(*, by: None) -> None:
        unit = factories.organisation(town)
        assert followed == []
        change_organisation(by=by, organisation=unit, version=1, kind="ngo")

    module = import_module("splot.search.after_action")
    monkeypatch.setattr(module, "follow_writes", follow_writes)
    twice(by=None)
    added, changed = ("organisation.added", frozenset()), ("organisation.changed", {"kind"})
    assert followed == [[added, changed]]
    with pytest.raises(RuntimeError):
        factories.organisation(town, "Inna")
    assert Organisation.objects.count() == 1
