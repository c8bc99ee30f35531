"""Which columns of the table an institution is shown, and workbooks from before there was one."""

import pytest

from splot.implementation.actions.tasks import change_task
from splot.policy.models import Policy
from splot.workbooks.models import IssuedWorkbook
from splot.workbooks.schema import row_checksum
from tests.factories import text
from tests.workbooks.factories import NEWS, City, filled, opened, place, states

pytestmark = pytest.mark.django_db


@pytest.fixture
def city(policy: Policy) -> City:
    return City(policy)


def test_a_column_that_the_registry_gives_to_workbooks_is_shown_and_locked(city: City) -> None:
    change_task(
        by=None,
        task=city.first,
        version=city.first.version,
        invitation=text("Otwarte zaproszenie na stronie miasta"),
    )
    cell = place(opened(city.sheet()), 1, "invitation")
    assert cell.value == "Otwarte zaproszenie na stronie miasta"
    assert cell.protection.locked


def test_a_workbook_from_before_a_column_existed_is_believed(city: City) -> None:
    sheet = city.sheet()
    now = row_checksum(sheet, "1")
    for row in sheet.rows.values():
        del row["invitation"]
    sheet.save()
    earlier = IssuedWorkbook.objects.get()
    assert row_checksum(earlier, "1") != now  # the column is a part of what binds a row
    returned = city.back(filled(earlier, {1: NEWS}))
    assert states(returned)[1, "narrative"] == "taken"


def test_a_task_without_an_activity_shows_its_area(city: City) -> None:
    task, area = city.first, city.policy.areas.get(number=2)
    change_task(by=None, task=task, version=task.version, activities=[], area=area)
    cell = place(opened(city.sheet()), 1, "area")
    assert (cell.value, cell.protection.locked) == ("Praca", True)
