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
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from splot.people.models import Membership, Municipality, User
from tests import factories

pytestmark = pytest.mark.django_db

ROLES = [role.value for role in Membership.Role]
PEOPLE = ["nobody", *ROLES, "other coordinator", "operator"]
METHODS = ("get", "post", "put", "patch", "delete")


def patterns(resolver: URLResolver | None = None) -> Iterator[URLPattern]:
    """Every address of the project."""
    for each in (resolver or get_resolver()).url_patterns:
        if isinstance(each, URLResolver):
            yield from patterns(each)
        else:
            yield each


PATTERNS = {each.name: each for each in patterns() if each.name and each.name != "asset"}
NAMES = sorted(PATTERNS)


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


class Town:
    """A municipality with a draft policy and everything that hangs on it; nothing of it is
    public.
    """

    def __init__(self, slug: str) -> None:
        from splot.documents.intake.attachments import Upload
        from splot.implementation.actions.plans import add_group
        from splot.implementation.actions.tasks import change_task
        from splot.indicators.actions import add_indicator, add_observation
        from splot.monitoring.actions import add_proposal, start_review
        from splot.policy.actions.passages import change_part
        from splot.reporting.actions.attachments import add_attachment
        from splot.reporting.actions.links import make_link
        from splot.workbooks.actions.uploads import start_upload
        from splot.workbooks.actions.workbooks import issue_workbooks, merge_workbook
        from splot.workbooks.schema import IncomingFile
        from splot.workbooks.write import workbook_xlsx
        from tests.table_import.tables import saved_reading
        from tests.workbooks.factories import read

        self.municipality = factories.municipality(slug)
        self.policy = factories.policy(self.municipality, status="draft")
        self.task = factories.task(self.policy)
        pdf = Upload("raport.pdf", "application/pdf", b"%PDF-1.7 %%EOF")
        self.file = add_attachment(by=None, update=factories.update(self.task), upload=pdf)
        self.review = start_review(by=None, policy=self.policy, year=2023)
        self.proposal = add_proposal(
            by=None, review=self.review, text=factories.text("Dodać kursy")
        )
        self.indicator = add_indicator(
            by=None,
            municipality=self.municipality,
            name=factories.text("Kursy"),
            unit=factories.text("kursy"),
        )
        self.observation = add_observation(
            by=None, indicator=self.indicator, period="2023", value=5
        )
        self.organisation = factories.organisation(self.municipality)
        self.tokens = {
            purpose: make_link(
                by=None, municipality=self.municipality, owner=self.organisation, purpose=purpose
            )[1]
            for purpose in ("report", "calendar")
        }
        self.group = add_group(
            by=None, municipality=self.municipality, name=factories.text("Seniorzy")
        )
        self.reading = factories.reading(self.municipality)
        change_task(
            by=None, task=self.task, version=self.task.version, partners=[self.organisation]
        )
        (self.sheet,) = issue_workbooks(by=None, policy=self.policy, period="2023")
        self.returned = merge_workbook(
            by=None, policy=self.policy, file=read(workbook_xlsx(self.sheet))
        )
        self.upload = start_upload(
            by=None, policy=self.policy, files=[IncomingFile("arkusz.xlsx", b"x")]
        )
        self.table_reading = saved_reading(self.policy, [["Zadanie", "Ryzyka"], ["Kurs", "Brak"]])
        activity = self.policy.activities.first()
        change_part(
            by=None, part=activity, version=activity.version, text=factories.text("Inaczej")
        )
        self.step = self.policy.steps.first()
        self.addresses = {name: self.address(name) for name in NAMES}

    def address(self, name: str) -> str:
        """An address of this kind that leads to a row of this town."""
        numbers = {
            "organisation": self.organisation.pk,
            "group": self.group.pk,
            "reading": self.reading.pk,
            "table_reading": self.table_reading.pk,
            "indicator": self.indicator.pk,
            "task": self.task.number,
            "sheet": self.sheet.pk,
            "returned": self.returned.pk,
            "sheet_upload": self.upload.pk,
            "proposal": self.proposal.number,
            "area": 1,
            "step": self.step.pk,
            "version": 1,
            "activity": self.policy.activities.first().pk,
            "activities": self.policy.activities.first().pk,
            "passage": self.policy.activities.first().pk,
            "institution": self.policy.activities.first().pk,
            "write_area": self.policy.areas.first().pk,
        }
        given: dict[str, Any] = {
            "municipality": self.municipality.slug,
            "term": self.policy.term,
            "slug": "education" if name == "aspect" else "3-1-1",
            "kind": "activity",
            "code": "audience",
            "form": "pdf",
            "year": 2023,
            "observation": self.observation.pk,
            "language": "pl",
            "file": self.file.pk,
            "token": self.tokens["calendar" if name == "personal_calendar" else "report"],
        }
        if "number" in PATTERNS[name].pattern.converters:
            kind = next(
                (word for word in sorted(numbers, key=len, reverse=True) if word in name), None
            )
            given["number"] = numbers[KINDS.get(name) or kind]
        return reverse(name, kwargs={key: given[key] for key in parameters(name)})


# Addresses whose name does not say what their number counts.
KINDS = {"add_observation": "indicator", "edit_observation": "indicator", "report_progress": "task"}
KINDS |= {"edit_cell": "task", "attachment": "task", "institution_calendar": "organisation"}
KINDS |= {"add_passage": "write_area", "take_activities": "write_area"}


def parameters(name: str) -> list[str]:
    __, __, __, converters = get_resolver().reverse_dict.getlist(name)[0]
    return list(converters) or list(get_resolver().reverse_dict.getlist(name)[0][0][0][1])


@contextmanager
def undone() -> Iterator[None]:
    """What a request wrote is taken back, so that each one meets the same world."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Made once for all who walk through it: every request is undone, and all of it at the end."""
    with django_db_blocker.unblock(), undone():
        yield World()


def test_every_address_declares_its_door() -> None:
    undeclared = [
        each for each in patterns() if each.name != "asset" and not hasattr(each.callback, "door")
    ]
    assert undeclared == []


@pytest.mark.slow
@pytest.mark.parametrize("label", PEOPLE)
def test_nobody_gets_further_than_the_rules_say(world: World, label: str) -> None:
    wrong = []
    client = Client()
    if label != "nobody":
        client.force_login(world.people[label])
    cookies = deepcopy(client.cookies)  # signing out is undone like everything else
    for name, (slug, town), method in product(NAMES, world.towns.items(), METHODS):
        door, belongs = door_of(name), "municipality" in parameters(name)
        at_home = not belongs or slug == home_of(label)
        with undone():
            answer = getattr(client, method)(town.addresses[name])
        client.cookies = deepcopy(cookies)
        if fault := judged(answer, door, label, method, at_home):
            wrong.append(f"{method} {name} in {slug}: {fault}")
    assert wrong == []


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
    "is_signed_in": lambda label: label != "nobody",
    "can_open_desk": lambda label: label != "nobody",
    "can_open_settings": COORDINATORS.__contains__,
    "can_see_audit_trail": COORDINATORS.__contains__,
    "can_keep_organisations": COORDINATORS.__contains__,
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
OPEN_TO_ALL = {"anyone", "is_signed_in", "can_read_indicator"}


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
