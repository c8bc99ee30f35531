"""Files beside a status update."""

from splot.core.actions import Refused, action, record
from splot.core.actors import By
from splot.documents.intake.attachments import Upload, too_many_files_message
from splot.documents.intake.limits import MAX_ATTACHMENTS
from splot.implementation.models import StatusUpdate

from ..models import Attachment


@action
def add_attachment(*, by: By, update: StatusUpdate, upload: Upload) -> Attachment:
    """Put a file beside a status update. Raises Refused when there are enough."""
    if update.attachments.count() >= MAX_ATTACHMENTS:
        raise Refused(too_many_files_message())
    attachment = Attachment.objects.create(
        municipality=update.municipality,
        task=update.task,
        said_in=update,
        name=upload.name,
        media_type=upload.media_type,
        content=upload.content,
        size=len(upload.content),
    )
    record(by=by, verb="file.attached", of=attachment, changes={"sha256": [None, upload.digest]})
    return attachment
