"""The registry of the table's columns: all that the rooms share about each of them, said once.

The form, the cell on the screen, files, history, search and health follow from it. What only one
room knows of a column, such as how a spreadsheet is parsed, that room keeps under the same code.
"""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy

from splot.core.values import Values, Words

from .cells import (
    Cell,
    CellLines,
    activities_cell,
    after_cell,
    amounts_cell,
    choice_cell,
    lead_cell,
    leader_cell,
    milestones_cell,
    names_cell,
    partners_cell,
    priority_cell,
    resources_cell,
    sources_cell,
    targets_cell,
    text_cell,
    when_cell,
)
from .lines import LINE_MODELS, RELATIONS
from .models import Task

# The parts of a task's form, in their order; each is an anchor on its page.
FORM_PARTS = ("what", "who", "when", "resources", "money", "measures", "other")
WHAT, WHO, WHEN, RESOURCES, MONEY, MEASURES, OTHER = FORM_PARTS
# What a column holds in a file: a few words, many, a whole number, or amounts of money.
SHORT_TEXT, LONG_TEXT, COUNT, AMOUNTS = "words", "long", "count", "money"


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column of the table. `code` stands in addresses and files for ever; `is_model` marks the
    nine columns of the model's table, which are shown when nobody chose.
    """

    code: str
    label: Words
    make_cell: Cell | None = None  # a text and a choice need none
    is_model: bool = False
    can_be_chosen: bool = True  # to be shown or not
    # the task's fields, relations and lists of lines behind it, where it is not called like them
    shows: tuple[str, ...] = ()
    choices: type[TextChoices] | None = None  # of which it is one
    # a text in languages and nothing else: its field on the form, its parser, its place in the
    # search and the way it is compared follow
    is_text: bool = False
    part: str = OTHER  # of the form
    question: Words = ""  # what the form calls it, where not by its label
    help_text: Words = ""  # below its field on the form
    # how other people's spreadsheets head it: (how surely, pattern of small letters without marks)
    headings: tuple[tuple[float, str], ...] = ()
    content: str = LONG_TEXT  # in files
    gap: str = ""  # the finding of the table's health where it is empty
    in_workbooks: bool = False  # shown to institutions, beside what every workbook shows

    def cell(self, task: Task) -> CellLines:
        """The lines of a task's cell."""
        if self.make_cell is not None:
            return self.make_cell(task)
        return (choice_cell if self.choices else text_cell)(task, self.code)

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields, relations and lists of lines of a task that the column shows."""
        return self.shows or (self.code,)

    @property
    def form_fields(self) -> tuple[str, ...]:
        """The fields of the form that edit it in its cell; none where it takes lines, and so the
        whole form.
        """
        return tuple(name for name in self.fields if name not in LINE_MODELS)

    @property
    def related(self) -> tuple[str, ...]:
        """The relations and lists of lines that its cell reads."""
        return tuple(name for name in self.fields if name in RELATIONS or name in LINE_MODELS)


# {code: column} in the order of the table.
COLUMN_BY_CODE: dict[str, Column] = {
    column.code: column
    for column in (
        Column(
            code="title",
            label=gettext_lazy("Task"),
            is_text=True,
            is_model=True,
            can_be_chosen=False,
            part=WHAT,
        ),
        Column(
            code="activities",
            label=gettext_lazy("Activities"),
            make_cell=activities_cell,
            part=WHAT,
            content=SHORT_TEXT,
            gap="no_activity",
        ),
        Column(
            code="audience",
            label=gettext_lazy("For whom"),
            is_text=True,
            is_model=True,
            part=WHAT,
            question=gettext_lazy("Who it is for"),
            help_text=gettext_lazy("The people whose life should become easier."),
            gap="no_audience",
        ),
        Column(
            code="lead",
            label=gettext_lazy("Municipal institution"),
            make_cell=lead_cell,
            is_model=True,
            part=WHO,
            gap="no_lead",
        ),
        Column(
            code="joint_leads",
            label=gettext_lazy("Leads together with"),
            make_cell=names_cell("joint_leads"),
            part=WHO,
        ),
        Column(
            code="partners",
            label=gettext_lazy("Outside institutions"),
            make_cell=partners_cell,
            is_model=True,
            shows=("partners", "partner_roles"),
            part=WHO,
        ),
        Column(
            code="invitation",
            label=gettext_lazy("How partners are invited"),
            is_text=True,
            part=WHO,
            in_workbooks=True,
            help_text=gettext_lazy(
                "By letter, in an open call, at a meeting: who was invited already, and who will "
                "be."
            ),
            headings=((0.95, r"zaprasza|zaproszen|zaprosi|\binvit|запрош"),),
        ),
        Column(
            code="own_role",
            label=gettext_lazy("Municipality’s role"),
            choices=Task.OwnRole,
            content=SHORT_TEXT,
            part=WHO,
        ),
        Column(
            code="leader",
            label=gettext_lazy("Person in charge"),
            make_cell=leader_cell,
            part=WHO,
            content=SHORT_TEXT,
            gap="no_leader",
        ),
        Column(
            code="when",
            label=gettext_lazy("When"),
            make_cell=when_cell,
            is_model=True,
            shows=("timing", "starts", "due", "windows"),
            part=WHEN,
            content=SHORT_TEXT,
            gap="no_date",
        ),
        Column(
            code="after",
            label=gettext_lazy("After tasks"),
            make_cell=after_cell,
            shows=("depends_on",),
            part=WHEN,
            content=SHORT_TEXT,
        ),
        Column(
            code="milestones",
            label=gettext_lazy("Milestones"),
            make_cell=milestones_cell,
            part=WHEN,
        ),
        Column(
            code="priority",
            label=gettext_lazy("Order of priority"),
            make_cell=priority_cell,
            content=COUNT,
        ),
        Column(
            code="groups",
            label=gettext_lazy("Sensitive groups"),
            make_cell=names_cell("groups"),
            is_model=True,
            part=WHAT,
            gap="no_groups",
        ),
        Column(
            code="resources",
            label=gettext_lazy("Resources"),
            make_cell=resources_cell,
            is_model=True,
            part=RESOURCES,
            gap="no_resources",
        ),
        Column(
            code="sources",
            label=gettext_lazy("Sources of money"),
            make_cell=sources_cell,
            shows=("budget",),
            part=MONEY,
            content=SHORT_TEXT,
        ),
        Column(
            code="planned",
            label=gettext_lazy("Money planned"),
            make_cell=amounts_cell("planned"),
            shows=("budget",),
            part=MONEY,
            content=AMOUNTS,
        ),
        Column(
            code="committed",
            label=gettext_lazy("Money committed"),
            make_cell=amounts_cell("committed"),
            shows=("budget",),
            part=MONEY,
            content=AMOUNTS,
        ),
        Column(
            code="paid",
            label=gettext_lazy("Money paid"),
            make_cell=amounts_cell("paid"),
            shows=("budget",),
            part=MONEY,
            content=AMOUNTS,
        ),
        Column(
            code="decision",
            label=gettext_lazy("Decision on money"),
            choices=Task.Decision,
            content=SHORT_TEXT,
            part=MONEY,
        ),
        Column(
            code="targets",
            label=gettext_lazy("Indicators"),
            make_cell=targets_cell,
            is_model=True,
            part=MEASURES,
            gap="no_target",
        ),
        Column(
            code="monitoring",
            label=gettext_lazy("Monitoring and evaluation"),
            is_text=True,
            is_model=True,
            part=MEASURES,
            question=gettext_lazy("How it is monitored and evaluated"),
        ),
        Column(
            code="risks",
            label=gettext_lazy("Risks"),
            is_text=True,
            headings=((0.9, r"ryzyk|zagrozen|\brisk|ризик"),),
        ),
        Column(
            code="disposition",
            label=gettext_lazy("In the coming time"),
            choices=Task.Disposition,
            content=SHORT_TEXT,
        ),
    )
}
COLUMNS = COLUMN_BY_CODE.values()
MODEL_COLUMNS = tuple(column.code for column in COLUMNS if column.is_model)
MONEY_FIGURES = tuple(column.code for column in COLUMNS if column.content == AMOUNTS)

# What only a spreadsheet has; a task keeps such words beside it when nobody understood them.
FILE_ONLY = {
    "number": gettext_lazy("Number of the task in this table"),
    "code": gettext_lazy("The file’s own code of the task"),
    "order": gettext_lazy("Running number in the file"),
    "area": gettext_lazy("Area or aim"),
    "starts": gettext_lazy("Start date"),
    "due": gettext_lazy("Due date"),
    "status": gettext_lazy("Status of our own file (not read)"),
    "group": gettext_lazy("Group of our own file (not read)"),
}


def text_codes() -> list[str]:
    """The columns that are a text and nothing else."""
    return [column.code for column in COLUMNS if column.is_text]


def search_text_of(values: Values) -> str:
    """What a search of the table looks through: every wording of a task's texts in small letters, a
    line for each.
    """
    wordings: list[str] = []
    for code in text_codes():
        if text := values.get(code):
            wordings += text.texts.values()
    return "\n".join(wordings).lower()


def column_label(code: str) -> str:
    """A column's name for people, "" for one that is kept as text."""
    return (
        str(COLUMN_BY_CODE[code].label) if code in COLUMN_BY_CODE else str(FILE_ONLY.get(code, ""))
    )
