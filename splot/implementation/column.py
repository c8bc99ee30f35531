"""What a column of the table is: its name and cell, its part of the form, what it is in files."""

from dataclasses import dataclass

from django.db.models import TextChoices

from splot.core.values import Words

from .cells import Cell, CellLines, choice_cell, text_cell
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
