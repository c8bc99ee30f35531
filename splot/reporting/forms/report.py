"""How one says how a task goes."""

from typing import Any, BinaryIO, cast
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Model
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from splot.core.actions import Conflict
from splot.core.forms import RowForm, TextFormField, offer
from splot.core.numbers import Qualifier
from splot.core.values import Values
from splot.documents.intake.attachments import (
    ACCEPT,
    Upload,
    prepare_upload,
    too_many_files_message,
)
from splot.documents.intake.limits import MAX_ATTACHMENTS, MAX_ATTACHMENTS_BYTES
from splot.implementation.models import StatusUpdate, Task
from splot.implementation.statuses import NEEDING_REASON, status_choices
from splot.parsing.form_fields import CountFormField
from splot.people.models import PersonalLink, User

from ..actions.reports import FormKeys, send_report
from ..labels import REPORT_LABELS
from ..models import ReportDraft
from ..requests import period_choices

DRAFT_FIELDS = (
    "status",
    "narrative",
    "obstacles",
    "reason",
    "reached",
    "reached_qualifier",
    "reached_unit",
)
TYPED_FIELDS = tuple(REPORT_LABELS)
# far more than can be sent, so that what was pasted is kept whole; less than would fill a disk
MAX_DRAFT_CHARACTERS = 100_000
KEY_FIELDS = ("idempotency_key", "draft_key")


class AttachmentsInput(forms.FileInput):
    allow_multiple_selected = True

    def value_from_datadict(
        self,
        data: object,
        files: "MultiValueDict[str, UploadedFile[Any]]",
        name: str,
    ) -> "list[UploadedFile[Any]]":
        return files.getlist(name) if hasattr(files, "getlist") else []


class AttachmentsField(forms.FileField):
    """Several files, each judged and prepared; gives a list of Upload."""

    widget = AttachmentsInput(attrs={"accept": ACCEPT})

    def clean(self, data: "list[UploadedFile[Any]] | None", initial: object = None) -> list[Upload]:
        files = data or []
        if len(files) > MAX_ATTACHMENTS:
            raise ValidationError(too_many_files_message())
        if sum(file.size or 0 for file in files) > MAX_ATTACHMENTS_BYTES:
            raise ValidationError(_("The files are larger than 10 MB together."))
        uploads = []
        for file in files:
            content = cast("BinaryIO", file)
            uploads.append(prepare_upload(content, file.name or "", file.size or 0))
        return uploads


class ReportForm(RowForm):
    """What is said of a task for a period. Texts are in the policy's language.

    `seen` is the key of the update that the writer had before them, `draft_key` that of the draft
    which the form began with.
    """

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    draft_key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    period = forms.ChoiceField(label=gettext_lazy("Period"), widget=forms.HiddenInput)
    status = forms.ChoiceField(
        label=REPORT_LABELS["status"],
        choices=status_choices,
        widget=forms.RadioSelect,
    )
    narrative = TextFormField(
        label=REPORT_LABELS["narrative"],
        rows=5,
        help_text=gettext_lazy("Two or three sentences that a resident understands."),
    )
    obstacles = TextFormField(label=REPORT_LABELS["obstacles"], rows=3, required=False)
    reason = TextFormField(
        label=REPORT_LABELS["reason"],
        rows=2,
        required=False,
        help_text=gettext_lazy("Only for an abandoned task."),
    )
    reached = CountFormField(
        label=REPORT_LABELS["reached"],
        required=False,
        help_text=gettext_lazy("Leave empty if you do not know; 0 means nobody."),
    )
    reached_qualifier = forms.ChoiceField(
        label=gettext_lazy("How sure is the number?"),
        choices=Qualifier.choices,
        initial=Qualifier.EXACT,
    )
    reached_unit = forms.ChoiceField(
        label=gettext_lazy("What is counted?"), choices=StatusUpdate.ReachUnit.choices
    )
    files: Any = AttachmentsField(  # of the class; on a form it is the files that were sent
        label=gettext_lazy("Files and pictures"),
        required=False,
        help_text=gettext_lazy(
            "Everybody can open them, as soon as the task is public: show no face without consent. "
            "Up to 5 files, 5 MB each, 10 MB together: pictures, PDF, DOCX, XLSX, ODT."
        ),
    )

    def __init__(
        self, *args: Any, task: Task, draft: ReportDraft | None = None, **kwargs: Any
    ) -> None:
        row = kwargs.get("row")
        start = {"seen": row.pk if row else 0, "draft_key": draft.form_key if draft else None}
        start |= draft.values if draft else {}
        kwargs["initial"] = {**kwargs.get("initial", {}), **start}
        super().__init__(*args, language=task.policy.language, **kwargs)
        self.task = task
        offer(self, "period", [(code, code) for code in period_choices(task)])

    def clean(self) -> dict[str, object]:
        super().clean()
        values = self.cleaned_data
        if values.get("status") in NEEDING_REASON and not values.get("reason"):
            self.add_error("reason", _("Say why the task was abandoned."))
        return values

    def full_clean(self) -> None:
        """A browser does not keep chosen files when a form comes back: that is said."""
        super().full_clean()
        chosen = self.is_bound and self.files and self.files.getlist(self.add_prefix("files"))
        if chosen and self.errors and "files" not in self.errors:
            self.add_error(
                "files", _("Choose the files again, please: the browser does not keep them.")
            )

    def written(self) -> dict[str, str]:
        """What stands in the sent form, right or wrong, as a draft keeps it."""
        values = {}
        for name in DRAFT_FIELDS:
            typed = str(self.data.get(self.add_prefix(name), ""))
            values[name] = typed.replace("\0", "")[:MAX_DRAFT_CHARACTERS]
        return values

    def is_touched(self) -> bool:
        """Did somebody write here, beyond what was said before?"""
        mine = self.written()
        row = self.row if isinstance(self.row, StatusUpdate) else None
        for name in TYPED_FIELDS:
            reported = row.as_typed(name) if row else ""
            if _normalise_newlines(mine[name]) != _normalise_newlines(reported):
                return True
        return bool(self.files and self.files.getlist(self.add_prefix("files")))

    def values(self) -> Values:
        values = super().values()
        for name in ("seen", "draft_key"):
            del values[name]
        return values

    def form_keys(self) -> FormKeys:
        """Which form was sent, whatever else is wrong with it."""
        own, draft = (_parse_key(self.data.get(self.add_prefix(name))) for name in KEY_FIELDS)
        return FormKeys(own or uuid4(), draft)

    def show_conflict(self, current: Model) -> None:
        """Say what somebody else reported meanwhile; sending again answers over it."""
        super().show_conflict(current)
        data = cast("QueryDict", self.data)  # a copy, after a conflict
        data[self.add_prefix("seen")] = str(current.pk)

    def send(self, *, by: User | None, link: PersonalLink | None = None) -> StatusUpdate | None:
        """Say what the form says, if it is right; otherwise it tells what is wrong."""
        if not self.is_valid():
            return None
        try:
            return send_report(
                by=by,
                task=self.task,
                link=link,
                seen=self.cleaned_data["seen"] or 0,
                form=self.form_keys(),
                idempotency_key=self.cleaned_data["idempotency_key"],
                **self.values(),
            )
        except Conflict as conflict:
            self.show_conflict(conflict.current)
        except ValidationError as error:
            self.add_error(None, error)
        return None


def _parse_key(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None


def _normalise_newlines(text: str) -> str:
    return text.replace("\r\n", "\n").strip()
