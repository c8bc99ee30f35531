"""Every column of the registry, walked through every place where a column has to be: a place that
was forgotten names the columns that it lacks.

Each walk also takes a text and a choice that are registered here alone, with columns of the
database that the test's transaction adds and takes away: what follows from the registry follows for
any column.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

import docx
import openpyxl
import pytest
from django.db import connection
from django.db.models import CharField
from django.test import Client
from django.utils import timezone
from django.utils.translation import override
from lxml import html

from splot.core.languages import Text, TextField
from splot.documents.spreadsheets import Cell, read_sheets
from splot.documents.spreadsheets.tables import SheetTable
from splot.implementation.actions.tasks import change_task
from splot.implementation.column import AMOUNTS, MEASURES, SHORT_TEXT, WHO, Column
from splot.implementation.columns import COLUMN_BY_CODE, COLUMNS, text_codes
from splot.implementation.exports.booklet import table_docx, table_pdf
from splot.implementation.exports.csv import table_csv
from splot.implementation.exports.table_export import TableExport
from splot.implementation.exports.xlsx import table_xlsx
from splot.implementation.health import table_findings
from splot.implementation.history import row_changes
from splot.implementation.lines import LINE_MODELS, RELATIONS, MoneyLine
from splot.implementation.models import ImplementationPlan, Task, TaskState
from splot.implementation.queries import TableFilter, filter_tasks, tasks_of, with_cells
from splot.implementation.restore import restored_values
from splot.implementation.states import deserialise_task, serialise_task
from splot.implementation.table_view import column_choices
from splot.reporting.pages.tasks import SHOWN_ELSEWHERE
from splot.table_import.actions.apply import apply_import, undo_import
from splot.table_import.actions.choices import change_import, start_import
from splot.table_import.column_imports import parse_cell
from splot.table_import.context import load_context
from splot.table_import.plan import plan_import
from splot.table_import.queries import table_fingerprint
from splot.table_import.source_table import find_source_tables
from tests.documents import paper
from tests.documents.spreadsheets import make_xlsx
from tests.factories import text
from tests.implementation.test_cells import HTMX, at, sent
from tests.table_import.tables import full_task, meanings, meanings_of, planned, table_of

LANGUAGES = ("pl", "en", "uk")
TABLE = "/en/poznan/policy/2023-2024/table/"
TASK = "/en/poznan/policy/2023-2024/tasks/2/"
CONTROL = Column(
    code="control", label="Próbna", is_text=True, part=WHO, headings=((0.95, r"na probe"),)
)
CONTROL_CHOICE = Column(
    code="control_choice",
    label="Etap próby",
    choices=Task.OwnRole,
    part=MEASURES,
    question="Na jakim etapie?",
    content=SHORT_TEXT,
    headings=((0.95, r"etap prob"),),
)


@pytest.fixture(autouse=True)
def control(db: None) -> Iterator[Column]:
    """A text and a choice more in the table, as a migration would add them, for one test."""
    added = {
        CONTROL: (TextField(blank=True), "{}"),
        CONTROL_CHOICE: (CharField(max_length=20, choices=Task.OwnRole, blank=True), ""),
    }
    for column, (field, empty) in added.items():
        Task.add_to_class(column.code, field)
        with connection.cursor() as cursor:
            cursor.execute(
                f"ALTER TABLE implementation_task ADD COLUMN {column.code} "
                f"{field.db_type(connection)} NOT NULL DEFAULT '{empty}'"
            )
        COLUMN_BY_CODE[column.code] = column
    yield CONTROL
    for column, (field, __) in added.items():
        del COLUMN_BY_CODE[column.code]
        Task._meta.local_fields.remove(field)
        delattr(Task, column.code)
    Task._meta._expire_cache()


@pytest.fixture
def task(plan: ImplementationPlan) -> Task:
    """A task that says something in every column; each text is a word of its own."""
    texts = {code: text(f"Słowo{code}") for code in text_codes()}
    money = MoneyLine("own", 2023, planned=Decimal(100), committed=Decimal(70), paid=Decimal(30))
    made = full_task(plan, **texts, budget=[money], control_choice="owner")
    assert [column.code for column in COLUMNS if not column.cell(made)] == []
    made.policy, made.municipality = plan.policy, plan.municipality
    return made


@pytest.fixture
def client(coordinator: Any, signed_in: Any) -> Client:
    return signed_in(coordinator)


def page_of(answer: Any) -> Any:
    return html.fromstring(answer.content.decode())


def missing(columns: Iterable[Column], words: str) -> list[str]:
    """The columns with a label or a line of the cell that these words, squeezed, do not hold."""
    task = Task.objects.get(number=2)
    return [
        column.code
        for column in columns
        if any(
            paper.squeezed(part) not in words
            for part in (str(column.label), *map(str, column.cell(task)))
        )
    ]


def without_title() -> list[Column]:
    return [column for column in COLUMNS if column.code != "title"]


def not_on_form(page: Any) -> list[str]:
    """The columns whose fields, or whose lines, are not in their part of the form."""
    found = []
    for column in COLUMNS:
        names = set(page.xpath(f"//fieldset[@id='{column.part}']//@name"))
        lines = {f"{name}-TOTAL_FORMS" for name in column.fields if name in LINE_MODELS}
        lines -= {"partner_roles-TOTAL_FORMS"}  # kept by the form, which does not show them
        if not {*column.form_fields, *lines} <= names:
            found.append(column.code)
    return found


def test_the_form_shows_and_saves_each_in_its_part(task: Task, client: Client) -> None:
    answer = client.get(f"{TASK}edit/")
    assert not_on_form(page_of(answer)) == []
    new = {code: f"Nowe {code}" for code in text_codes()}
    assert client.post(f"{TASK}edit/", sent(answer, **new)).status_code == 302
    saved = Task.objects.get(number=2)
    assert {code: str(getattr(saved, code)) for code in text_codes()} == new
    for column in COLUMNS:
        if not column.is_text:
            assert list(map(str, column.cell(saved))) == list(map(str, column.cell(task)))


def test_each_is_changed_in_its_cell_or_in_its_part_of_the_form(task: Task, client: Client) -> None:
    parts = page_of(client.get(f"{TASK}edit/")).xpath("//fieldset/@id")
    for column in COLUMNS:
        answer = client.get(at(column.code), headers=HTMX)
        if "HX-Redirect" in answer.headers:
            assert answer.headers["HX-Redirect"] == f"{TASK}edit/#{column.part}"
            assert column.part in parts
            assert column.code == "when" or not column.form_fields
            continue
        assert set(column.form_fields) <= set(page_of(answer).xpath("//@name")), column.code
        if column.is_text:
            form = sent(answer, **{column.code: f"Nowe {column.code}"})
            answer = client.post(at(column.code), form, headers=HTMX)
            assert f"Nowe {column.code}" in answer.content.decode()
            changed = Task.objects.get(number=2)
            assert str(getattr(changed, column.code)) == f"Nowe {column.code}"


def test_each_can_be_chosen_and_is_on_the_screen(task: Task) -> None:
    codes = [column.code for column in without_title()]
    page = page_of(Client().get(f"{TABLE}?year=2023&columns={','.join(column_choices())}"))
    assert page.xpath("//input[@name='columns'][@type='checkbox']/@value") == codes
    (row,) = page.xpath("//tr[@id='task-2']")
    for column in without_title():
        (cell,) = row.xpath(f"./td[@data-label='{column.label}']")
        said = [line.text_content().strip() for line in cell.xpath("./div")]
        assert "".join(said) == "".join(map(str, column.cell(task))).replace("\n", ""), column.code


def test_the_tasks_page_says_each(task: Task) -> None:
    page = page_of(Client().get(TASK))
    facts = {
        fact.text_content().strip(): " ".join(fact.getnext().text_content().split())
        for fact in page.xpath("//dt")
    }
    for column in COLUMNS:
        said = [" ".join(str(line).split()) for line in column.cell(task)]
        if column.is_text:
            assert said[0] in " ".join(page.text_content().split()), column.code
        if not column.is_model and column.code not in SHOWN_ELSEWHERE:
            assert facts[str(column.label)] == "".join(said) or (
                facts[str(column.label)] == " ".join(said)
            )


def exported(plan: ImplementationPlan, language: str = "en") -> TableExport:
    codes = column_choices()
    tasks = with_cells(tasks_of(plan.policy, 2023).filter(number=2), codes)
    return TableExport(plan.policy, tasks, codes, language, 2023)


def test_every_file_has_each(task: Task, plan: ImplementationPlan) -> None:
    view = exported(plan)
    rows = list(csv.reader(io.StringIO(table_csv(view).decode("utf-8-sig")), delimiter=";"))
    sheet = openpyxl.load_workbook(io.BytesIO(table_xlsx(view))).active
    document = docx.Document(io.BytesIO(table_docx(view)))
    word = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    lines = [column for column in COLUMNS if column.content != AMOUNTS]
    for written in (
        [part for row in rows for part in row],
        [str(cell.value) for row in sheet.iter_rows() for cell in row],
        word,
    ):
        assert missing(lines, paper.squeezed("".join(written))) == []
    assert missing(COLUMNS, paper.squeezed("".join(word))) == []
    assert missing(text_columns(), paper.printed(table_pdf(view))) == []
    head = rows[0]
    for column in COLUMNS:
        if column.content == AMOUNTS:  # a figure for each year and currency, as a number
            assert [label for label in head if label.startswith(f"{column.label}, PLN")]


def text_columns() -> list[Column]:
    return [column for column in COLUMNS if column.is_text]


def source_table(content: bytes, name: str) -> SheetTable:
    (table,) = find_source_tables(read_sheets(content, name))
    return table


@pytest.mark.parametrize("language", LANGUAGES)
def test_our_own_files_are_known_again_and_change_nothing(
    task: Task, plan: ImplementationPlan, language: str
) -> None:
    with override(language):
        view = exported(plan, language)
        files = {"a.xlsx": table_xlsx(view), "a.csv": table_csv(view)}
        for name, content in files.items():
            table = source_table(content, name)
            known = {meaning.split(":")[0] for meaning in meanings(plan, table)}
            assert set(COLUMN_BY_CODE) - known == set(), name
            (row,) = planned(plan, table).rows
            assert (row.task, row.state, row.changes, row.doubts) == (task, "same", [], [])


def test_a_file_changes_each_text_and_undoing_brings_all_back(
    task: Task, plan: ImplementationPlan
) -> None:
    texts = [column for column in text_columns() if column.code != "title"]
    before = serialise_task(task)
    with override("pl"):
        heads = ["Numer zadania", "Zadanie", *(str(column.label) for column in texts)]
        cells = [2, str(task.title), *(f"Z pliku {column.code}" for column in texts)]
    table = table_of([heads, cells])
    table_import = start_import(by=None, plan=plan, file_name="a.xlsx", tables=[table])
    codes = meanings(plan, table)
    assert codes == ["number", "title", *(column.code for column in texts)]
    table_import = change_import(
        by=None, table_import=table_import, version=1, columns=meanings_of(codes)
    )
    (row,) = plan_import(table_import, table).rows
    assert [label for label, __, ___ in row.changes] == [str(column.label) for column in texts]
    table_import = apply_import(
        by=None, table_import=table_import, version=2, seen=table_fingerprint(plan.policy)
    )
    written = Task.objects.get(number=2)
    for column in texts:
        assert str(getattr(written, column.code)) == f"Z pliku {column.code}"
    undo_import(by=None, table_import=table_import, version=3)
    assert serialise_task(Task.objects.get(number=2)) == before


def test_a_new_task_of_a_file_has_each_text(plan: ImplementationPlan) -> None:
    codes = text_codes()
    table = source_table(make_xlsx([codes, [f"Słowo {code}" for code in codes]]), "a.xlsx")
    (row,) = planned(plan, table, codes).rows
    assert {code: row.values[code].source_wording for code in codes} == {
        code: f"Słowo {code}" for code in codes
    }


def unparsed(plan: ImplementationPlan) -> list[str]:
    """The columns that the import has no parser for."""
    known, found = load_context(plan), []
    for column in COLUMNS:
        if column.content == AMOUNTS or column.code in ("after", "sources"):
            continue  # parsed with the whole row
        try:
            parse_cell(column.code, Cell("2023"), known)
        except LookupError:
            found.append(column.code)
    return found


def test_the_import_can_parse_each(plan: ImplementationPlan) -> None:
    assert unparsed(plan) == []


def emptied() -> dict[str, Any]:
    """Values for `change_task` with which no column but the title says anything any more."""
    found: dict[str, Any] = {"title": text("Co innego")}
    for name in {name for column in without_title() for name in column.fields}:
        if name in RELATIONS or name in LINE_MODELS:
            found[name] = []
        else:
            found[name] = Task._meta.get_field(name).get_default()
    return found


def test_the_history_shows_and_restores_each(task: Task) -> None:
    before, moment = serialise_task(task), timezone.now()
    change_task(by=None, task=task, version=task.version, **emptied())
    changed = Task.objects.get(number=2)
    assert [column.code for column in without_title() if column.cell(changed)] == []
    (change,) = row_changes([changed], moment, timezone.now())
    assert [column.code for column, __, ___ in change.cells] == list(COLUMN_BY_CODE)
    kept = TaskState.objects.filter(task=task, at__lte=moment).first()
    assert kept is not None and kept.data == before
    then = deserialise_task(kept.data)
    for column, was, now in change.cells:
        assert list(map(str, column.cell(then))) == list(map(str, was)) != list(map(str, now))
    change_task(by=None, task=changed, version=changed.version, **restored_values(kept.data))
    assert serialise_task(Task.objects.get(number=2)) == before


def test_a_state_of_before_there_was_the_text_restores_it_as_empty(task: Task) -> None:
    state = serialise_task(task)
    del state["task"]["control"]
    assert not deserialise_task(state).control
    change_task(by=None, task=task, version=task.version, **restored_values(state))
    assert Task.objects.get(number=2).control == Text()


def test_the_words_of_each_text_are_found(task: Task, plan: ImplementationPlan) -> None:
    for code in text_codes():
        found = filter_tasks(plan.policy, TableFilter(2023, words=f"słowo{code}"))
        assert [row.number for row in found] == [2], code


def test_the_health_misses_each_that_may_not_be_empty(task: Task, plan: ImplementationPlan) -> None:
    def kinds() -> set[str]:
        findings = table_findings(plan.policy, timezone.localdate())
        return {finding.kind.code for finding in findings if finding.about == task}

    gaps = {column.gap for column in COLUMNS if column.gap}
    assert kinds() & gaps == set()
    change_task(by=None, task=task, version=task.version, **emptied())
    assert gaps - kinds() == set()


def test_a_column_that_was_only_half_added_is_found(
    task: Task, plan: ImplementationPlan, client: Client
) -> None:
    """Control of the walk: a column that is no plain text and that no form and no parser knows."""
    half = Column(code="half", label="Połowa", make_cell=lambda task: ["Pół"], shows=("control_2",))
    COLUMN_BY_CODE["half"] = half
    try:
        assert not_on_form(page_of(client.get(f"{TASK}edit/"))) == ["half"]
        assert unparsed(plan) == ["half"]
        assert missing(COLUMNS, paper.squeezed(Client().get(TABLE).content.decode()))[-1] == "half"
    finally:
        del COLUMN_BY_CODE["half"]


def test_other_peoples_headings_of_the_registry_are_recognised(plan: ImplementationPlan) -> None:
    rows = [["Zadanie", "Coś na próbę"], ["Kurs", "tak"], ["Punkt", "nie"]]
    assert meanings(plan, table_of(rows)) == ["title", "control"]


def test_a_choice_is_asked_saved_and_imported_as_it_is_declared(
    task: Task, plan: ImplementationPlan, client: Client
) -> None:
    answer = client.get(f"{TASK}edit/")
    (select,) = page_of(answer).xpath("//fieldset[@id='measures']//select[@name='control_choice']")
    assert [option.get("value") for option in select] == Task.OwnRole.values
    assert select.value == "owner"
    assert "Na jakim etapie?" in answer.content.decode()
    form = sent(answer, control_choice="supporting")
    assert client.post(f"{TASK}edit/", form).status_code == 302
    assert Task.objects.get(number=2).control_choice == "supporting"
    assert client.post(f"{TASK}edit/", form | {"control_choice": "x"}).status_code == 200
    head = ["Nr zadania w tabeli", "Zadanie", "Etap próby"]
    table = table_of([head, [2, str(task.title), "carries it out"]])
    assert meanings(plan, table) == ["number", "title", "control_choice"]
    (row,) = planned(plan, table).rows
    assert row.changes == [("Etap próby", ["supports"], ["carries it out"])]
