"""Every write is atomic, audited, safe to repeat, noticed by late writers and by the page cache."""

import threading
from uuid import uuid4

import pytest
from django.db import connection, connections, transaction

from splot.core.actions import Conflict, NotAudited, action, record
from splot.core.guard import WriteRefused, refuse_writes
from splot.core.models import AuditEntry, Revision, Unchangeable
from splot.people.actions import add_organisation, change_organisation
from splot.people.models import Municipality, Organisation
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
        "once": key,
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
        by=None, municipality=town, name=factories.text("Raz"), kind="ngo", once=key
    )
    second = add_organisation(
        by=None, municipality=town, name=factories.text("Dwa"), kind="ngo", once=key
    )
    other = add_organisation(
        by=None, municipality=other_town, name=factories.text("Raz"), kind="ngo", once=key
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
                    by=None, municipality=town, name=factories.text("Raz"), kind="ngo", once=key
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


def test_a_write_raises_the_revision_of_its_town_and_of_the_whole_only(
    town: Municipality, other_town: Municipality
) -> None:
    before = {scope: revision(scope) for scope in ("poznan", "lublin", "")}
    factories.organisation(town)
    assert {scope: revision(scope) - number for scope, number in before.items()} == {
        "poznan": 1,
        "lublin": 0,
        "": 1,
    }


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
    ],
)
def test_the_guard_knows_a_write_in_any_dress(sql: str) -> None:
    guard = refuse_writes(safe=True)
    with pytest.raises(WriteRefused):
        guard(lambda *args: None, sql, (), False, {})
