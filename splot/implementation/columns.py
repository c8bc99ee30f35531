"""The registry of the table's columns: all that the rooms share about each of them, said once.

The form, the cell on the screen, files, history, search and health follow from it. What only one
room knows of a column, such as how a spreadsheet is parsed, that room keeps under the same code.
"""

from django.utils.translation import gettext_lazy

from .cells import (
    activities_cell,
    after_cell,
    amounts_cell,
    area_cell,
    lead_cell,
    leader_cell,
    milestones_cell,
    names_cell,
    partners_cell,
    priority_cell,
    resources_cell,
    sources_cell,
    targets_cell,
    when_cell,
)
from .column import (
    AMOUNTS,
    COUNT,
    MEASURES,
    MONEY,
    RESOURCES,
    SHORT_TEXT,
    WHAT,
    WHEN,
    WHO,
    Column,
)
from .models import Task

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
            code="area",
            label=gettext_lazy("Area"),
            make_cell=area_cell,
            part=WHAT,
            content=SHORT_TEXT,
            in_workbooks=True,
            question=gettext_lazy("The area, where no activity fits"),
            help_text=gettext_lazy("A task for an activity stands in the area of that activity."),
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
    "starts": gettext_lazy("Start date"),
    "due": gettext_lazy("Due date"),
    "status": gettext_lazy("Status of our own file (not read)"),
    "group": gettext_lazy("Group of our own file (not read)"),
}


def text_codes() -> list[str]:
    """The columns that are a text and nothing else."""
    return [column.code for column in COLUMNS if column.is_text]


def column_label(code: str) -> str:
    """A column's name for people, "" for one that is kept as text."""
    return (
        str(COLUMN_BY_CODE[code].label) if code in COLUMN_BY_CODE else str(FILE_ONLY.get(code, ""))
    )
