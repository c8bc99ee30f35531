"""Several institutions fill their sheets, upload late, twice and out of order, while others report:
nothing is lost.
"""

import pytest

from splot.core.actions import Conflict
from splot.people.models import User
from splot.workbooks.actions.workbooks import resolve_conflicts
from splot.workbooks.models import ReturnedWorkbook
from tests import factories
from tests.factories import text
from tests.workbooks.factories import NEWS, City, filled, last, states

pytestmark = pytest.mark.django_db


def test_what_a_sheet_brought_before_is_not_brought_again(city: City) -> None:
    sheet = city.sheet()
    city.back(filled(sheet, {1: NEWS}))
    factories.update(city.first, "late", narrative=text("Jednak nie"))
    returned = city.back(filled(sheet, {1: NEWS, 2: NEWS}))
    assert states(returned)[1, "narrative"] == "same"
    assert states(returned)[2, "narrative"] == "taken"
    assert last(city.first).narrative.source_wording == "Jednak nie"


def test_an_institution_can_take_its_own_word_back(city: City, coordinator: User) -> None:
    sheet = city.sheet()
    city.back(filled(sheet, {1: {"status": "done", "reached": 10}}))
    later = city.back(filled(sheet, {1: {"status": "done", "reached": 12}}))
    at = next(at for at, cell in enumerate(later.cells) if cell["column"] == "reached")
    now = "exact 10 persons"
    assert (
        resolve_conflicts(
            by=coordinator, returned=later, version=1, choices={at: "overruled"}, seen={at: now}
        )
        == []
    )
    assert last(city.first).reached == 12
    again = city.back(filled(sheet, {1: {"status": "done", "reached": 10, "remark": "Jednak 10"}}))
    assert states(again)[1, "reached"] == "conflict"
    assert last(city.first).reached == 12


def test_a_cell_that_is_empty_again_is_told_and_leaves_the_table_as_it_is(city: City) -> None:
    """Two colleagues may have filled two copies: what one of them did not fill is no word of
    theirs.
    """
    sheet = city.sheet()
    city.back(filled(sheet, {1: NEWS}))
    emptied = city.back(filled(sheet, {1: {"status": "done", "reached": 25}}))
    assert states(emptied) == {
        (1, "status"): "same",
        (1, "narrative"): "left",
        (1, "reached"): "same",
    }
    assert last(city.first).narrative.source_wording == "Kursy się odbyły"
    again = city.back(filled(sheet, {1: {**NEWS, "remark": "Jednak tak"}}))
    assert states(again)[1, "narrative"] == "same"


def test_two_who_wrote_different_things_are_shown_side_by_side(
    city: City, coordinator: User
) -> None:
    sheet = city.sheet()
    factories.update(city.first, "late", narrative=text("Brak lektora"))
    returned = city.back(filled(sheet, {1: NEWS}))
    assert states(returned) == {
        (1, "status"): "conflict",
        (1, "narrative"): "conflict",
        (1, "reached"): "taken",
    }
    assert last(city.first).narrative.source_wording == "Brak lektora"
    places = {cell["column"]: at for at, cell in enumerate(returned.cells)}
    left = resolve_conflicts(
        by=coordinator,
        returned=returned,
        version=returned.version,
        choices={places["status"]: "kept", places["narrative"]: "overruled"},
        seen={places["status"]: "late", places["narrative"]: "Brak lektora"},
    )
    assert left == []
    assert (last(city.first).status, last(city.first).narrative.source_wording) == (
        "late",
        "Kursy się odbyły",
    )
    assert states(ReturnedWorkbook.objects.get()) == {
        (1, "status"): "kept",
        (1, "narrative"): "overruled",
        (1, "reached"): "taken",
    }
    assert "Brak lektora" in str(ReturnedWorkbook.objects.get().cells)


def test_a_decision_on_words_that_changed_again_waits(city: City, coordinator: User) -> None:
    sheet = city.sheet()
    factories.update(city.first, "late", narrative=text("Brak lektora"))
    returned = city.back(filled(sheet, {1: {"narrative": "Kursy"}}))
    factories.update(city.first, "late", narrative=text("Lektor jest"))
    values = {
        "by": coordinator,
        "returned": returned,
        "choices": {0: "overruled"},
        "seen": {0: "Brak lektora"},
    }
    assert resolve_conflicts(version=returned.version, **values) == [0]
    assert last(city.first).narrative.source_wording == "Lektor jest"
    with pytest.raises(Conflict):
        resolve_conflicts(version=1, **values)


def test_joint_leads_do_not_overwrite_each_other(city: City) -> None:
    school, library = city.sheet(city.school), city.sheet(city.library)
    city.back(filled(library, {3: {"status": "done", "narrative": "Klub działa"}}))
    returned = city.back(filled(school, {3: {"status": "done", "narrative": "Klub zamknięty"}}))
    assert states(returned) == {(3, "status"): "same", (3, "narrative"): "conflict"}
    assert last(city.third).narrative.source_wording == "Klub działa"


def test_a_late_sheet_is_compared_with_what_it_was_sent(city: City) -> None:
    old = city.sheet()
    factories.update(city.first, "on_time", narrative=text("Trwa"))
    new = city.sheet()
    assert old != new
    city.back(filled(new, {1: {"narrative": "Trwa dobrze"}}))
    returned = city.back(filled(old, {1: {"status": "late", "narrative": "Stoi"}}))
    assert states(returned) == {(1, "status"): "conflict", (1, "narrative"): "conflict"}
