"""Rows for the addresses of reporting: a report with an attachment, links of an institution."""

from splot.documents.intake.attachments import Upload
from splot.reporting.actions.attachments import add_attachment
from splot.reporting.actions.links import make_link
from tests import factories
from tests.world import Addresses, Town


def addresses(town: Town) -> Addresses:
    pdf = Upload("raport.pdf", "application/pdf", b"%PDF-1.7 %%EOF")
    attachment = add_attachment(by=None, update=factories.update(town.task), upload=pdf)
    number = town.task.number
    return (
        town.here("calendars")
        | town.here("institution_calendar", number=town.organisation.pk)
        | town.here("personal_report", token=_token(town, "report"))
        | town.here("personal_calendar", token=_token(town, "calendar"))
        | town.in_policy("plan_calendar", "report_many", "links", "reminders")
        | town.in_policy("task", "report_progress", number=number)
        | town.in_policy("attachment", number=number, file=attachment.pk)
    )


def _token(town: Town, purpose: str) -> str:
    """The secret of a new link of the institution."""
    owner, municipality = town.organisation, town.municipality
    return make_link(by=None, municipality=municipality, owner=owner, purpose=purpose)[1]
