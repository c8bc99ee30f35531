"""What the pages of an import are sent: a file, the choices of its rows."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy

from splot.core.forms import RowForm
from splot.people.models import Organisation

from .plan import LEAVE, STATE_LABELS, TAKE, TAKE_AS_TASK

ROWS = 100  # on one page


TABLE_EXTENSIONS = ".xlsx,.xlsm,.xls,.ods,.csv,.tsv,.txt,.docx,.html"


class TableUploadForm(RowForm):
    file = forms.FileField(
        label=gettext_lazy("File with the table"),
        help_text=gettext_lazy(
            "Excel (.xlsx, .xls), OpenDocument (.ods), CSV, or a Word document (.docx) with "
            "tables; up to 10 MB."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": TABLE_EXTENSIONS}),
    )


def submitted_version(posted: QueryDict) -> int:
    """The version that the writer saw; 0, which nothing has, when the form does not say."""
    form = RowForm(posted)
    return (form.is_valid() and form.cleaned_data["version"]) or 0


def parse_row_choices(posted: QueryDict) -> dict[str, str]:
    """{row of the file: what a person says of it}: of the rows that stood on the page, and of those
    that are tasks after all.
    """
    rows: dict[str, str] = {}
    for row in _row_numbers(posted, "row")[:ROWS]:
        rows[row] = TAKE if f"take-{row}" in posted else LEAVE
    return rows | dict.fromkeys(_row_numbers(posted, "task"), TAKE_AS_TASK)


def _row_numbers(posted: QueryDict, name: str) -> list[str]:
    return list(filter(_is_row_number, posted.getlist(name)))


def _is_row_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 11


def parse_names(posted: QueryDict) -> dict[str, str]:
    """{name that is on no list: what it becomes}."""
    names: dict[str, str] = {}
    for key, value in posted.items():
        prefix, __, name = key.partition("name-")
        if not prefix and name.isprintable() and _is_answer(str(value)):
            names[name] = str(value)
    return names


def _is_answer(value: str) -> bool:
    is_row = value[:1] == "=" and value[1:].isdecimal()
    return is_row or value in ("", "group", *Organisation.Kind.values)


def page_query(posted: QueryDict) -> str:
    """The page of rows that is asked for, as the query of its address."""
    state, number = posted.get("state", ""), posted.get("go", "")
    parts = [f"state={state}"] if state in STATE_LABELS else []
    parts += [f"page={number}"] if number.isdecimal() and len(number) < 6 else []
    return f"?{'&'.join(parts)}" if parts else ""
