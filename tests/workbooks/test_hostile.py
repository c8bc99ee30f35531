"""Workbooks that came back changed, swapped, forged or broken: nothing of them is believed, no word
of them is lost.
"""

import io
import tracemalloc
import zipfile
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment

from splot.core.actions import Refused
from splot.documents.intake.archives import IncomingFile, UnreadableFile, unpack_archives
from splot.documents.intake.limits import MAX_FILES, MAX_UNPACKED
from splot.implementation.actions.tasks import archive_task
from splot.implementation.models import StatusUpdate
from splot.people.models import Municipality, User
from tests import factories
from tests.factories import text
from tests.workbooks.factories import NEWS, City, fill, filled, last, opened, place, saved, states

pytestmark = pytest.mark.django_db


def test_formulas_are_never_computed_and_never_stored(city: City) -> None:
    book = fill(
        opened(city.sheet()), 1, narrative='=HYPERLINK("http://evil.example","x")', status="done"
    )
    returned = city.back(saved(book))
    assert states(returned)[1, "narrative"] == "refused"
    dangerous = city.back(filled(city.sheet(), {2: {"status": "done", "narrative": "+48 61 000"}}))
    assert states(dangerous)[2, "narrative"] == "taken"
    assert place(opened(city.sheet()), 2, "narrative").data_type != "f"


def test_locked_cells_that_were_changed_are_refused_and_the_rest_is_taken(city: City) -> None:
    returned = city.back(filled(city.sheet(), {1: {"when": "nigdy", **NEWS}}))
    assert states(returned)[1, "when"] == "refused"
    assert states(returned)[1, "narrative"] == "taken"
    alone = city.back(filled(city.sheet(), {2: {"title": "Inne zadanie"}}))
    assert states(alone) == {(2, "title"): "refused"}  # also where nothing else was written


def test_swapped_rows_are_refused(city: City) -> None:
    book = fill(opened(city.sheet()), 1, **NEWS)
    one, two = place(book, 1, "title"), place(book, 2, "title")
    one.value, two.value = two.value, one.value
    number = place(book, 3, "number")
    returned = city.back(saved(book))
    assert set(states(returned).values()) == {"refused"}
    assert number.value == 3
    book = fill(opened(city.sheet()), 1, **NEWS)
    place(book, 1, "number").value = 2
    assert "taken" not in states(city.back(saved(book))).values()
    assert StatusUpdate.objects.count() == 0


def test_added_rows_and_rows_of_others_are_refused_and_kept(city: City) -> None:
    foreign = factories.task(city.policy, lead=city.ngo, title=text("Cudze"))
    book = fill(opened(city.sheet()), 1, **NEWS)
    table = book.worksheets[0]
    codes = [cell.value for cell in table[1]]
    for number in (foreign.number, 99, None):
        row = dict.fromkeys(codes) | {
            "number": number,
            "status": "done",
            "narrative": f"Obce {number}",
        }
        table.append([row[code] for code in codes])
    returned = city.back(saved(book))
    kept = {
        cell["theirs"]: cell["state"] for cell in returned.cells if cell["column"] == "narrative"
    }
    assert kept == {
        "Kursy się odbyły": "taken",
        f"Obce {foreign.number}": "refused",
        "Obce 99": "refused",
        "Obce None": "refused",
    }
    assert last(foreign) is None


def test_a_row_that_stands_twice_with_other_words_is_refused(city: City) -> None:
    book = fill(opened(city.sheet()), 1, **NEWS)
    table = book.worksheets[0]
    row = [cell.value for cell in place(book, 1, "number").parent[5]]
    row[[cell.value for cell in table[1]].index("narrative")] = "Inaczej"
    table.append(row)
    returned = city.back(saved(book))
    assert [
        (cell["theirs"], cell["state"]) for cell in returned.cells if cell["column"] == "narrative"
    ] == [
        ("Kursy się odbyły", "taken"),
        ("Inaczej", "refused"),
    ]


def test_a_changed_key_or_hidden_sheet_is_refused(city: City) -> None:
    book = fill(opened(city.sheet()), 1, **NEWS)
    book["splot"]["B5"].value = "2024"
    returned = city.back(saved(book))
    assert set(states(returned).values()) == {"refused"}
    book = fill(opened(city.sheet()), 1, **NEWS)
    book.worksheets[0]["A1"].value = "splot:" + "x" * 43
    with pytest.raises(Refused):
        city.back(saved(book))
    assert StatusUpdate.objects.count() == 0


def test_another_municipality_s_workbook_says_nothing_of_it(
    city: City, other_town: Municipality
) -> None:
    foreign = City(factories.policy(other_town))
    data = filled(foreign.sheet(), {1: NEWS})
    with pytest.raises(Refused) as unknown:
        city.back(data)
    assert "Lublin" not in str(unknown.value)
    book = fill(opened(foreign.sheet()), 1, **NEWS)
    book.worksheets[0]["A1"].value = f"splot:{city.sheet().key}"
    returned = city.back(saved(book))
    assert "taken" not in states(returned).values()
    assert StatusUpdate.objects.count() == 0


def test_a_task_that_was_taken_off_keeps_its_words_for_the_reader(city: City) -> None:
    sheet = city.sheet()
    archive_task(by=None, task=city.first, version=city.first.version, archived=True)
    returned = city.back(filled(sheet, {1: NEWS}))
    assert set(states(returned).values()) == {"refused"}


def test_lost_rows_and_columns_are_told_and_nothing_is_emptied(city: City) -> None:
    factories.update(city.first, "late", narrative=text("Było"))
    book = opened(city.sheet())
    table = book.worksheets[0]
    table.delete_cols([cell.value for cell in table[1]].index("narrative") + 1)
    table.delete_rows(6)
    returned = city.back(saved(book))
    assert len(returned.notes) == 2
    assert last(city.first).narrative.source_wording == "Było"


def test_comments_and_words_beside_the_table_are_told(city: City) -> None:
    book = opened(city.sheet())
    place(book, 1, "narrative").comment = Comment("Zapytać Annę", "A")
    book.worksheets[0].cell(6, 40).value = "Na marginesie"
    notes = " ".join(city.back(saved(book)).notes)
    assert "Zapytać Annę" in notes and "Na marginesie" in notes


def test_bad_files_do_not_stop_the_good_ones(city: City) -> None:
    good = filled(city.sheet(), {1: NEWS})
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", b"0" * 80_000_000)
    protected = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le") * 3
    uploads = [
        ("empty.xlsx", b""),
        ("broken.xlsx", good[:500]),
        ("bomb.xlsx", bomb.getvalue()),
        ("locked.xlsx", protected),
        ("other.xlsx", other_workbook()),
        ("torn.zip", good[:500]),
        ("../../etc/passwd.xlsx", good),
    ]
    outcomes = city.upload(*uploads)
    assert [bool(each.refusal) for each in outcomes] == [True] * 6 + [False]
    assert not any(each.content for each in outcomes) and all(each.done_at for each in outcomes)
    assert outcomes[-1].returned.file_name == "passwd.xlsx"
    assert last(city.first).status == "done"


def other_workbook() -> bytes:
    book = openpyxl.Workbook()
    book.active["A1"] = "Plan"
    return saved(book)


@pytest.mark.slow
def test_a_hundred_files_in_one_archive(city: City) -> None:
    packed = io.BytesIO()
    good = filled(city.sheet(), {1: NEWS})
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("__MACOSX/._sheet.xlsx", b"litter")
        for number in range(99):
            archive.writestr(f"a/{number}.xlsx", other_workbook())
        archive.writestr("good.xlsx", good)
    outcomes = city.upload(("all.zip", packed.getvalue()))
    assert len(outcomes) == 100
    assert [each.name for each in outcomes if not each.refusal] == ["good.xlsx"]


def test_an_archive_that_unpacks_to_too_much_is_refused(city: City) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(11):
            archive.writestr(f"{number}.xlsx", b"0" * 10_000_000)
    (outcome,) = city.upload(("a.zip", packed.getvalue()))
    assert outcome.refusal


def test_small_archives_together_do_not_unpack_to_more_than_one_may(city: City) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(3):
            archive.writestr(f"{number}.xlsx", b"0" * 10_000_000)
    good = filled(city.sheet(), {1: NEWS})
    given = [IncomingFile(f"{number}.zip", packed.getvalue()) for number in range(30)] + [
        IncomingFile("a.xlsx", good)
    ]
    tracemalloc.start()
    found = unpack_archives(given)
    __, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert sum(
        len(each.content) for each in found if isinstance(each, IncomingFile)
    ) <= MAX_UNPACKED + len(good)
    assert most < 2 * MAX_UNPACKED
    fitting = MAX_UNPACKED // 30_000_000
    assert sum(isinstance(each, UnreadableFile) for each in found) == 30 - fitting
    assert found[-1] == given[-1]


def test_files_of_all_archives_count_together_and_nothing_is_unpacked(city: City) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for number in range(MAX_FILES // 2):
            archive.writestr(f"{number}.xlsx", b"x")
    half = IncomingFile("a.zip", packed.getvalue())
    assert len(unpack_archives([half, half])) == MAX_FILES
    with pytest.raises(Refused, match=f"{MAX_FILES + 1} files"):
        unpack_archives([half, IncomingFile("b.xlsx", b"x"), half])


def test_the_same_file_twice_in_one_upload_happens_once(city: City) -> None:
    data = filled(city.sheet(), {1: NEWS})
    first, second = city.upload(("a.xlsx", data), ("kopia a.xlsx", data))
    assert (first.came_before, second.came_before) == (False, True)
    assert first.returned == second.returned and first.counts == {"taken": 3}
    assert city.first.updates.count() == 1


@pytest.mark.slow
def test_a_workbook_for_more_rows_than_a_sheet_has_room_for_is_refused_with_a_sentence(
    city: City,
) -> None:
    book = openpyxl.Workbook(write_only=True)
    table = book.create_sheet("Zadania")
    for number in range(100_000):
        table.append([number])
    (outcome,) = city.upload(("huge.xlsx", saved(book)))
    assert "20000" in outcome.refusal


@pytest.mark.parametrize("encoding", ["utf-8", "cp1250", "utf-16"])
def test_values_in_any_encoding_come_back(city: City, encoding: str) -> None:
    lines = [
        [cell.value for cell in row]
        for row in fill(opened(city.sheet()), 1, **NEWS | {"narrative": "Łączność źle"}).worksheets[
            0
        ]
    ]
    text = "\n".join(
        ";".join("" if cell is None else str(cell).replace("\n", " ") for cell in row)
        for row in lines
    )
    returned = city.back(text.replace("–", "-").encode(encoding), "arkusz.csv")
    assert last(city.first).narrative.source_wording == "Łączność źle", returned.cells


def test_macros_and_hidden_rows_take_nothing_away(city: City) -> None:
    book = fill(opened(city.sheet()), 1, **NEWS)
    book.worksheets[0].row_dimensions[5].hidden = True
    book.worksheets[0].sheet_state = "hidden"
    data = io.BytesIO(saved(book))
    with zipfile.ZipFile(data, "a") as package:
        package.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0")
    returned = city.back(data.getvalue())
    assert set(states(returned).values()) == {"taken"}
    assert any("macros" in note or "makra" in note for note in returned.notes)


def test_what_waits_for_somebody_stands_first(
    city: City, coordinator: User, signed_in: Any
) -> None:
    sheet = city.sheet()
    factories.update(city.first, "late", narrative=text("Inaczej"))
    files = [("dobry.xlsx", filled(city.sheet(city.library), {3: NEWS})), ("zly.xlsx", b"nic")]
    upload = city.upload(*files, ("sporny.xlsx", filled(sheet, {1: NEWS})))[0].upload
    page = (
        signed_in(coordinator)
        .get(f"/en/poznan/policy/2023-2024/sheets/uploads/{upload.pk}/")
        .content.decode()
    )
    places = [page.index(name) for name in ("sporny.xlsx", "zly.xlsx", "dobry.xlsx")]
    assert places == sorted(places)
    assert "1 file was refused." in page
