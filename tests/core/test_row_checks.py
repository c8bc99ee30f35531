"""What every row is held to when it is written, whichever way: text in its normal form, days and
figures within their bounds.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from splot.core.languages import Text
from splot.implementation.actions.tasks import change_task
from splot.implementation.lines import MilestoneLine, MoneyLine, TargetLine, WindowLine
from splot.implementation.models import BudgetLine, Task
from splot.indicators.actions import add_indicator
from splot.indicators.models import Observation
from splot.people.actions import add_organisation, change_organisation
from splot.people.models import Organisation
from splot.policy.models import Policy
from tests import factories

pytestmark = pytest.mark.django_db

TYPED = "Z\u0301ro\u0301d\u0142o\u200b wody\r\nczystej\x0b\ufeff\u00a0tu"
KEPT = "Źródło wody\nczystej\n tu"


def typed() -> Text:
    """As it was typed, past what a form does."""
    return Text("pl", 1, {"pl": TYPED})


def test_a_text_is_kept_in_its_normal_form_by_every_way_of_writing(policy: Policy) -> None:
    town = policy.municipality
    unit = add_organisation(by=None, municipality=town, name=typed(), kind="ngo")
    assert Organisation.objects.get(pk=unit.pk).name.texts == {"pl": KEPT}
    change_organisation(by=None, organisation=unit, version=1, name=factories.text("Inaczej"))
    change_organisation(by=None, organisation=unit, version=2, name=typed())
    assert Organisation.objects.get(pk=unit.pk).name.texts == {"pl": KEPT}
    Organisation.objects.bulk_create([Organisation(municipality=town, name=typed(), kind="ngo")])
    assert Organisation.objects.last().name.texts == {"pl": KEPT}
    Organisation.objects.filter(pk=unit.pk).update(name=typed())
    assert Organisation.objects.get(pk=unit.pk).name.texts == {"pl": KEPT}


def test_a_string_that_is_no_text_in_languages_is_normal_too(policy: Policy) -> None:
    money = MoneyLine("own", 2023, planned=Decimal(1), shared_with=TYPED)
    task = factories.task(policy, budget=[money])
    assert BudgetLine.objects.get(task=task).shared_with == KEPT


def far(day: date) -> dict[str, Callable[[], dict[str, Any]]]:
    """Each place of a task that takes a day, with this one in it."""
    return {
        "due": lambda: {"due": day},
        "window": lambda: {"windows": [WindowLine(day, day)]},
        "milestone": lambda: {"milestones": [MilestoneLine(factories.text("Odbiór"), day)]},
        "reached": lambda: {
            "milestones": [MilestoneLine(factories.text("Odbiór"), None, day)],
        },
        "money": lambda: {"budget": [MoneyLine("own", planned=Decimal(1), as_at=day)]},
    }


@pytest.mark.parametrize("day", [date(24, 12, 31), date(1989, 12, 31), date.max])
@pytest.mark.parametrize("place", far(date.max))
def test_a_day_of_no_year_of_a_policy_is_refused_by_the_row(
    policy: Policy, place: str, day: date
) -> None:
    task = factories.task(policy)
    with pytest.raises(ValidationError, match="1990"):
        factories.task(policy, **far(day)[place]())
    with pytest.raises(ValidationError, match="1990"):
        change_task(by=None, task=task, version=1, **far(day)[place]())
    assert Task.objects.get().version == 1


@pytest.mark.parametrize(
    "line",
    [
        MoneyLine("own", 24, planned=Decimal(1)),
        MoneyLine("own", 2023, planned=Decimal("-0.01")),
        MoneyLine("own", 2023, paid=Decimal("1e12")),
    ],
)
def test_money_beyond_its_bounds_is_refused_by_the_row(policy: Policy, line: MoneyLine) -> None:
    with pytest.raises(ValidationError):
        factories.task(policy, budget=[line])
    assert not Task.objects.exists()


@pytest.mark.parametrize("priority", [0, 10_000])
def test_an_order_of_priority_has_bounds(policy: Policy, priority: int) -> None:
    with pytest.raises(ValidationError):
        factories.task(policy, priority=priority)


def test_a_target_and_an_observation_have_the_bounds_of_a_measure(policy: Policy) -> None:
    town = policy.municipality
    indicator = add_indicator(
        by=None, municipality=town, name=factories.text("Kursy"), unit=factories.text("kursy")
    )
    with pytest.raises(ValidationError):
        factories.task(policy, targets=[TargetLine(indicator, Decimal("1e12"), "2024")])
    row = {"indicator": indicator, "municipality": town, "period": "2023"}
    with pytest.raises(ValidationError):
        Observation.objects.create(value=Decimal("-1e12"), **row)
    with pytest.raises(ValidationError):
        Observation.objects.create(value=1, series=0, **row)


def test_a_row_from_before_there_were_bounds_is_changed_elsewhere(policy: Policy) -> None:
    task = factories.task(policy)
    Task.objects.filter(pk=task.pk).update(due=date(24, 12, 31), priority=0)
    row = Task.objects.get()
    change_task(by=None, task=row, version=1, audience=factories.text("Rodziny"))
    assert str(Task.objects.get().audience) == "Rodziny"
    with pytest.raises(ValidationError):
        change_task(by=None, task=Task.objects.get(), version=2, due=date(25, 12, 31))
