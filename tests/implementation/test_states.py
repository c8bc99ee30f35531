"""A row as plain values and back: every cell says the same, in every language, whatever became of
what it names.
"""

import json
from datetime import date
from decimal import Decimal

import pytest
from django.conf import settings as site
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from splot.core.languages import Text
from splot.implementation.actions.plans import add_group, change_group
from splot.implementation.actions.tasks import change_task
from splot.implementation.columns import COLUMNS
from splot.implementation.lines import (
    MilestoneLine,
    MoneyLine,
    ResourceLine,
    RoleLine,
    TargetLine,
    WindowLine,
)
from splot.implementation.models import BudgetLine, Task, TaskResource
from splot.implementation.queries import with_cells
from splot.implementation.states import deserialise_task, serialise_task
from splot.implementation.table_view import column_choices
from splot.indicators.actions import add_indicator
from splot.people.actions import change_organisation
from splot.policy.models import Policy
from tests import factories
from tests.factories import text
from tests.implementation.test_table import full_task

pytestmark = pytest.mark.django_db
LANGUAGES = [code for code, __ in site.LANGUAGES]


def changed(task: Task, **values) -> Task:
    """The task after a change, as the database has it."""
    row = Task.objects.get(pk=task.pk)
    change_task(by=values.pop("by", None), task=row, version=row.version, **values)
    return Task.objects.get(pk=task.pk)


def rich_task(policy: Policy, **values) -> Task:
    """A task with something in every column there is."""
    town = policy.municipality
    partner = factories.organisation(town, "Stowarzyszenie Most", "ngo")
    task = full_task(
        policy,
        leader=factories.user(town, "leader"),
        joint_leads=[factories.organisation(town, "Wydział Kultury")],
        own_role=Task.OwnRole.COORDINATING,
        depends_on=[factories.task(policy)],
        windows=[
            WindowLine(date(2023, 2, 1), date(2023, 3, 31)),
            WindowLine(date(2023, 9, 1), date(2023, 11, 30)),
        ],
        milestones=[
            MilestoneLine(text("Nabór", uk="Набір"), date(2023, 3, 1), date(2023, 3, 15)),
            MilestoneLine(text("Egzamin"), date(2023, 11, 1)),
        ],
        budget=[
            MoneyLine(
                "own",
                2023,
                "staff",
                planned=12000,
                committed=9000,
                paid=0,
                note=text("Uchwała budżetowa"),
            ),
            MoneyLine("eu", 2024, currency="EUR", planned=500, committed=450, shared_with="Lublin"),
        ],
        priority=2,
        decision=Task.Decision.FUNDED,
        disposition=Task.Disposition.CONTINUE,
        risks=text("Za mało lektorów", uk="Замало вчителів"),
        invitation=text("Otwarty nabór", uk="Відкритий набір"),
        **values,
    )
    values = {
        "partners": [*task.partners.all(), partner],
        "partner_roles": [RoleLine(partner, text("prowadzi kurs"))],
    }
    return changed(task, **values)


def said(task: Task) -> dict[str, dict[str, list[str]]]:
    """{language: {column: lines}}: all that a row shows to anybody."""
    found = {}
    for language in LANGUAGES:
        with override(language):
            found[language] = {
                column.code: [str(line) for line in column.cell(task)] for column in COLUMNS
            }
    return found


def kept(task: Task) -> dict:
    """The state as the database gives it back."""
    return json.loads(json.dumps(serialise_task(task)))


def test_a_full_row_comes_back_whole(policy: Policy) -> None:
    task = rich_task(policy)
    now = said(task)
    assert [code for code, lines in now["uk"].items() if not lines] == []
    assert now["uk"]["risks"] == ["Замало вчителів"]
    assert said(deserialise_task(kept(task))) == now


def test_an_empty_row_comes_back_empty(policy: Policy) -> None:
    task = factories.task(policy, activities=[], timing=Task.Timing.DATES)
    now = said(task)
    assert {code for code, lines in now["en"].items() if lines} == {"title"}
    assert said(deserialise_task(kept(task))) == now


def test_the_table_and_the_state_say_the_same(policy: Policy) -> None:
    rich_task(policy)
    task = with_cells(Task.objects.filter(number=2), column_choices())[0]
    assert said(deserialise_task(kept(Task.objects.get(number=2)))) == said(task)


def test_what_is_built_is_no_row_of_the_database(policy: Policy) -> None:
    """Nothing is read for it, so that a page of states costs no query for each."""
    state = kept(rich_task(policy))
    Task.objects.all().update(title=text("Zupełnie co innego"))
    assert str(deserialise_task(state).title) == "Kurs języka polskiego"


def test_names_stay_as_they_were(policy: Policy, coordinator) -> None:
    task = rich_task(policy)
    before, state = said(task), kept(task)
    for row in (task.lead, *task.partners.all(), *task.joint_leads.all()):
        change_organisation(
            by=coordinator, organisation=row, version=row.version, name=text(f"Nowy {row.pk}")
        )
    group = task.groups.get()
    change_group(by=coordinator, group=group, version=group.version, name=text("Inna grupa"))
    changed(task.depends_on.get(), number=77)
    assert said(deserialise_task(state)) == before
    assert said(Task.objects.get(pk=task.pk)) != before


# what a person may write, in one language or several; a database keeps no NUL, and no half of a
# character
WORDS = st.text(
    st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1, max_size=20
)
TEXTS = st.builds(
    lambda polish, others: Text.of("pl", {"pl": polish, **others}),
    WORDS,
    st.dictionaries(st.sampled_from(["en", "uk"]), WORDS),
)
MAYBE_TEXT = st.one_of(st.just(Text()), TEXTS)
DAYS = st.one_of(st.none(), st.dates(date(1990, 1, 1), date(2100, 1, 1)))
SPANS = st.tuples(DAYS, DAYS).filter(lambda span: None in span or span[0] <= span[1])
AMOUNTS = st.one_of(st.none(), st.decimals(0, 10**9, places=2))
MONEY = st.builds(
    MoneyLine,
    source=st.sampled_from(BudgetLine.Source.values),
    year=st.one_of(st.none(), st.integers(1990, 2100)),
    kind=st.sampled_from(BudgetLine.Kind.values),
    currency=st.sampled_from(["PLN", "EUR", "UAH"]),
    planned=AMOUNTS,
    committed=AMOUNTS,
    paid=AMOUNTS,
    as_at=DAYS,
    shared_with=WORDS,
    note=MAYBE_TEXT,
).filter(lambda line: not line.planned is line.committed is line.paid is None)
VALUES = st.fixed_dictionaries(
    {
        "title": TEXTS,
        "audience": MAYBE_TEXT,
        "risks": MAYBE_TEXT,
        "invitation": MAYBE_TEXT,
        "timing": st.sampled_from(Task.Timing.values),
        "own_role": st.sampled_from(Task.OwnRole.values),
        "decision": st.sampled_from(Task.Decision.values),
        "disposition": st.sampled_from(Task.Disposition.values),
        "priority": st.one_of(st.none(), st.integers(1, 999)),
        "unread": st.dictionaries(WORDS, WORDS, max_size=2),
        "resources": st.lists(
            st.builds(ResourceLine, st.sampled_from(TaskResource.Kind.values), MAYBE_TEXT),
            max_size=3,
        ),
        "budget": st.lists(MONEY, max_size=3),
        "milestones": st.lists(st.builds(MilestoneLine, TEXTS, DAYS, DAYS), max_size=3),
        "windows": st.lists(SPANS.filter(any).map(lambda span: WindowLine(*span)), max_size=3),
    }
)


@pytest.mark.slow
@given(
    values=VALUES,
    span=SPANS,
    role=TEXTS,
    value=st.decimals(-(10**6), 10**6, places=3),
    rows=st.integers(0, 4),
)
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
    max_examples=60,
)
def test_whatever_people_write_comes_back(
    policy: Policy, values: dict, span: tuple, role: Text, value: Decimal, rows: int
) -> None:
    town = policy.municipality
    if not Task.objects.exists():
        rich_task(policy)
        for number in range(4):
            factories.organisation(town, f"Fundacja {number}", "ngo")
            add_group(
                by=None, municipality=town, name=text(f"Grupa {number}", uk=f"Група {number}")
            )
            add_indicator(
                by=None, municipality=town, name=text(f"Kursy {number}"), unit=text("kursy")
            )
    partners, indicators = list(town.organisations.outside()[:rows]), town.indicators.all()[:rows]
    task = changed(
        Task.objects.get(number=2),
        starts=span[0],
        due=span[1],
        partners=partners,
        partner_roles=[RoleLine(row, role) for row in partners[::2]],
        groups=town.sensitive_groups.all()[:rows],
        joint_leads=town.organisations.municipal()[:rows],
        activities=policy.activities.all()[:rows],
        targets=[
            TargetLine(row, value, "2024-H1", round(value / 2, 3), "2022") for row in indicators
        ],
        **values,
    )
    state = kept(task)
    back = deserialise_task(state)
    assert said(back) == said(task)
    assert back.unread == task.unread
    assert task.states.first().data == state  # and that is what was kept of the change
    assert sorted(map(str, back.attached["budget"])) == sorted(map(str, task.budget.all()))
