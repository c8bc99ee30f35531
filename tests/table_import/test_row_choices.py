"""Which rows of a spreadsheet are ticked, and what the page says of those that are not."""

import pytest
from django.test import Client

from splot.implementation.models import Task
from splot.policy.models import Policy
from tests.table_import.pages import ROWS, form_of, page_of, rows_page, sent, words

pytestmark = pytest.mark.django_db


def test_a_row_that_a_name_makes_sure_is_ticked_when_the_choices_are_kept(
    client: Client, policy: Policy
) -> None:
    rows = [[*line] for line in ROWS]
    rows[2][2] = "Złota Rybka"
    address = rows_page(client, rows)
    form = form_of(page_of(client, address))
    assert "take-3" not in form and form["name-zlota rybka"] == [""]
    sent(client, address, form | {"name-zlota rybka": ["ngo"]})
    form = form_of(page_of(client, address))
    assert form["take-3"] == ["1"] and "take-4" not in form
    del form["take-3"]
    sent(client, address, form)
    assert "take-3" not in form_of(page_of(client, address)), "left by a person's word"


def test_the_reasons_that_are_not_listed_are_counted(client: Client) -> None:
    rows = [ROWS[0], *([at, f"Zadanie {at}", f"Nieznani {at}", "2024", None] for at in range(1, 8))]
    page = words(page_of(client, rows_page(client, rows)))
    assert page.count("not understood: “Nieznani") > 5 and "and 2 reasons more" in page


def test_what_is_not_ticked_is_not_taken_with_the_name_that_makes_it_sure(
    client: Client, policy: Policy
) -> None:
    rows = [[*line] for line in ROWS]
    rows[2][2] = "Złota Rybka"
    address = rows_page(client, rows)
    form = form_of(page_of(client, address)) | {"name-zlota rybka": ["ngo"]}
    sent(client, f"{address}apply/", form)
    assert [str(task.title) for task in Task.objects.filter(policy=policy)] == [
        "Kurs języka polskiego"
    ]
