"""Views of the table with filters, groups, columns and pages at the same time."""

from datetime import date

import pytest
from django.test import Client
from lxml import html

from splot.implementation.actions.plans import add_group
from splot.implementation.lines import WindowLine
from splot.implementation.models import Task
from splot.policy.models import Policy
from tests import factories
from tests.factories import text
from tests.implementation.test_row_form import repeal
from tests.implementation.views import TABLE, TIMELINE, dated, groups, line_of, rows_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", [TIMELINE + "?by=group", TABLE + "?by=group&columns=lead"])
def test_grouped_by_sensitive_group_without_that_column(policy: Policy, address) -> None:
    factories.task(policy)
    assert Client().get(address).status_code == 200


def test_a_visitor_who_chooses_columns_keeps_the_filters(policy: Policy) -> None:
    factories.task(policy)
    wanted = {"year": "2023", "area": "1", "by": "month", "words": "kurs"}
    page = html.fromstring(Client().get(TABLE, wanted).content)
    (form,) = [form for form in page.forms if form.xpath(".//input[@type='checkbox']")]
    kept = dict(form.form_values())
    assert {name: kept.get(name) for name in wanted} == wanted


def test_a_member_of_another_town_can_choose_columns(policy: Policy, other_town, signed_in) -> None:
    factories.task(policy)
    client = signed_in(factories.user(other_town, "reader"))
    page = html.fromstring(client.get(TABLE).content)
    (form,) = [form for form in page.forms if form.xpath(".//input[@type='checkbox']")]
    send = client.post if form.method == "POST" else client.get
    answer = send(form.action, {"columns": "lead"}, follow=True)
    assert answer.status_code == 200


def test_two_people_of_one_name_are_not_mixed_in_turns(policy: Policy) -> None:
    first, second = (factories.user(policy.municipality, "leader") for _ in range(2))
    for leader in (first, second, first, second):
        factories.task(policy, leader=leader)
    found = groups(Client().get(f"{TABLE}?by=leader"))
    assert [numbers for __, numbers in found] in ([[1, 3], [2, 4]], [[1, 2, 3, 4]])


def test_stretches_of_time_stand_in_each_group(policy: Policy) -> None:
    both = [
        add_group(by=None, municipality=policy.municipality, name=text(n))
        for n in ("Niewidomi", "Rodziny")
    ]
    windows = [
        WindowLine(date(2023, 2, 1), date(2023, 3, 31)),
        WindowLine(date(2023, 9, 1), date(2023, 11, 30)),
    ]
    factories.task(policy, groups=both, windows=windows, timing="dates")
    first, second = rows_of(Client().get(f"{TABLE}?year=2023&by=group"), 1)
    assert (
        first["When"]
        == second["When"]
        == ["Feb 1, 2023 – Mar 31, 2023", "Sep 1, 2023 – Nov 30, 2023"]
    )


def test_the_timeline_turns_pages_by_group(policy: Policy) -> None:
    both = [
        add_group(by=None, municipality=policy.municipality, name=text(n))
        for n in ("Niewidomi", "Rodziny")
    ]
    for __ in range(40):
        factories.task(policy, groups=both)
    found: dict[str, list[int]] = {}
    for page in (1, 2):
        for heading, numbers in groups(Client().get(f"{TIMELINE}?by=group&page={page}")):
            found.setdefault(heading, []).extend(numbers)
    assert found == {"Niewidomi": list(range(1, 41)), "Rodziny": list(range(1, 41))}


def test_areas_stay_together_after_an_amendment(policy: Policy) -> None:
    both = list(policy.activities.filter(slug__in=["3-1-1", "3-2-1"]))
    for values in (
        {"activity": "3-1-1"},
        {"activities": both},
        {"activity": "3-1-2"},
        {"activity": "3-2-2"},
    ):
        factories.task(policy, **values)
    repeal(policy, "3-1-1")
    found = groups(Client().get(TABLE))
    assert found == [("1. Edukacja", [3, 1]), ("2. Praca", [2, 4])]


def test_narrowed_to_a_group_only_its_heading_is_there(policy: Policy) -> None:
    both = [
        add_group(by=None, municipality=policy.municipality, name=text(n))
        for n in ("Niewidomi", "Rodziny")
    ]
    factories.task(policy, groups=both)
    found = groups(Client().get(f"{TABLE}?by=group&group={both[0].pk}"))
    assert found == [("Niewidomi", [1])]


def test_a_bar_of_the_last_day_stays_on_the_line(policy: Policy) -> None:
    dated(policy, date(2023, 12, 31), date(2023, 12, 31))
    (bar,) = line_of(policy).rows[0].bars
    assert bar.start + bar.width <= 1000


def test_the_timeline_of_an_empty_table_blames_no_filter(policy: Policy) -> None:
    factories.task(policy)
    Task.objects.update(is_archived=True)
    page = Client().get(TIMELINE).content.decode()
    assert "No task fits these filters" not in page
