"""What the database keeps of an import says its version, and an unknown one is refused."""

import json
from typing import Any

import pytest
from django.db import connection

from splot.core.versioned_json import UnknownJsonVersion
from splot.policy.models import Policy
from splot.table_import.actions.choices import change_import
from splot.table_import.models import TableImport
from splot.table_import.queries import chosen_table
from tests.table_import.tables import saved_import

pytestmark = pytest.mark.django_db
ROWS = [["Zadanie", "Ryzyka"], ["Obszar 1", None], ["Kurs", "Brak"], ["Punkt", "Inne"]]


def kept(table: str, column: str) -> Any:
    """What stands in the only row, as the database has it."""
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT "{column}" FROM "{table}"')
        ((value,),) = cursor.fetchall()
    return json.loads(value)


@pytest.mark.parametrize("column", ["columns", "choices", "applied", "notes"])
def test_what_is_kept_says_its_version_and_an_unknown_one_is_refused(
    policy: Policy, column: str
) -> None:
    saved_import(policy, ROWS)
    assert kept("table_import_tableimport", column)["version"] == 1
    with connection.cursor() as cursor:
        later = json.dumps({"version": 2, "content": []})
        cursor.execute(f'UPDATE "table_import_tableimport" SET "{column}" = %s', [later])
    with pytest.raises(UnknownJsonVersion, match=f"{column} is kept in version 2.*reads version 1"):
        TableImport.objects.get()


def test_a_kept_table_says_its_version(policy: Policy) -> None:
    saved_import(policy, ROWS)
    assert kept("table_import_storedtable", "content")["version"] == 1


def test_the_counts_beside_a_table_are_those_of_its_rows(policy: Policy) -> None:
    table_import = saved_import(policy, ROWS)
    counts = []
    for rows in ({"2": "task", "999": "task"}, {"2": "leave"}):
        change_import(by=None, table_import=table_import, version=table_import.version, rows=rows)
        table_import.refresh_from_db()
        table = chosen_table(table_import)
        assert (table_import.row_count, table_import.column_count) == (
            len(table.data),
            len(table.header),
        )
        counts.append(table_import.row_count)
    assert counts == [3, 3]
