"""What the database keeps of workbooks says its version; what an earlier release kept is read."""

import json
from typing import Any

import pytest
from django.db import connection

from splot.core.versioned_json import UnknownJsonVersion
from splot.workbooks.models import IssuedWorkbook, ReturnedWorkbook, UploadedFile
from splot.workbooks.queries import returned_workbooks_of
from tests import factories
from tests.factories import text
from tests.workbooks.factories import NEWS, City, fill, filled, opened, place, saved, states

pytestmark = pytest.mark.django_db
KEPT = [
    (IssuedWorkbook, "rows"),
    (ReturnedWorkbook, "cells"),
    (ReturnedWorkbook, "notes"),
    (UploadedFile, "counts"),
]


def kept(model: type, column: str) -> Any:
    """What stands in the only row, as the database has it."""
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT "{column}" FROM "{model._meta.db_table}"')
        ((value,),) = cursor.fetchall()
    return json.loads(value)


def keep(model: type, column: str, value: Any) -> None:
    with connection.cursor() as cursor:
        table = model._meta.db_table
        cursor.execute(f'UPDATE "{table}" SET "{column}" = %s', [json.dumps(value)])


@pytest.fixture
def returned(city: City) -> ReturnedWorkbook:
    book = fill(opened(city.sheet()), 1, **NEWS)
    place(book, 1, "remark").value = "Do rozmowy"
    (file,) = city.upload(("a.xlsx", saved(book)))
    return file.returned


@pytest.mark.parametrize(("model", "column"), KEPT)
def test_what_is_kept_says_its_version_and_an_unknown_one_is_refused(
    returned: ReturnedWorkbook, model: Any, column: str
) -> None:
    value = getattr(model.objects.get(), column)
    assert kept(model, column) == {"version": 1, "content": value}
    keep(model, column, {"version": 2, "content": value})
    with pytest.raises(UnknownJsonVersion, match=f"{column} is kept in version 2.*reads version 1"):
        model.objects.get()


@pytest.mark.parametrize(("model", "column"), KEPT)
def test_what_an_earlier_release_kept_is_read_and_says_its_version_when_it_is_saved(
    returned: ReturnedWorkbook, model: Any, column: str
) -> None:
    value = getattr(model.objects.get(), column)
    keep(model, column, value)
    row = model.objects.get()
    assert getattr(row, column) == value
    row.save(update_fields=[column])
    assert kept(model, column) == {"version": 1, "content": value}


def test_a_workbook_that_an_earlier_release_issued_comes_back(city: City) -> None:
    workbook = city.sheet()
    keep(IssuedWorkbook, "rows", workbook.rows)
    factories.update(city.first, "late", narrative=text("Brak lektora"))
    returned = city.back(filled(workbook, {1: NEWS}))
    assert states(returned)[1, "narrative"] == "conflict"
    keep(ReturnedWorkbook, "cells", returned.cells)
    (listed,) = returned_workbooks_of(city.policy)
    assert listed.conflicts == 2
    again = city.back(filled(workbook, {1: {**NEWS, "remark": "Jednak tak"}}))
    assert states(again)[1, "narrative"] == "same"
