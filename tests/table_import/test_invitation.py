"""How social partners are invited: a plain text of a task, known by the headings that people use."""

import pytest
from django.utils.translation import override

from splot.implementation.actions.plans import start_plan
from splot.implementation.columns import COLUMN_BY_CODE
from splot.implementation.models import Task
from splot.implementation.table_view import DEFAULT_COLUMNS, column_choices
from splot.policy.models import Policy
from tests.table_import.tables import applied, meanings, table_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "heading",
    [
        "Sposób zaproszenia",
        "Sposób zaproszenia partnerów społecznych",
        "Jak zapraszamy partnerów",
        "How partners are invited",
        "Invitation of social partners",
        "Як запрошують партнерів",
        "Як запрошуємо соціальних партнерів",
    ],
)
def test_its_headings_are_told_from_those_of_the_partners(policy: Policy, heading: str) -> None:
    plan = start_plan(by=None, policy=policy, starts=2023, ends=2024)
    rows = [
        ["Zadanie", "Partnerzy", heading],
        ["Kurs", "Fundacja A", "list"],
        ["Punkt", "", "e-mail"],
    ]
    assert meanings(plan, table_of(rows)) == ["title", "partners", "invitation"]


def test_it_can_be_chosen_after_the_partners_and_is_no_column_of_the_model() -> None:
    choices = column_choices()
    assert choices[choices.index("partners") + 1] == "invitation"
    assert "invitation" not in DEFAULT_COLUMNS


def test_it_has_a_name_in_every_language() -> None:
    names = []
    for language in ("en", "pl", "uk"):
        with override(language):
            names.append(str(COLUMN_BY_CODE["invitation"].label))
    assert names == [
        "How partners are invited",
        "Sposób zaproszenia partnerów",
        "Як запрошують партнерів",
    ]


def test_a_file_brings_it_into_the_table(policy: Policy) -> None:
    applied(
        policy, [["Zadanie", "Sposób zaproszenia"], ["Kurs", "otwarty nabór\nlist do organizacji"]]
    )
    assert str(Task.objects.get().invitation) == "otwarty nabór\nlist do organizacji"
