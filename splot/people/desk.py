"""What a person sent and Splot could not save, first of all on their desk."""

from datetime import date

from splot.core.unsaved import unsaved_entries

from .models import Municipality, User
from .offers import ScreenSection
from .unsaved import writers_of


def waiting_for(user: User, municipality: Municipality, today: date) -> list[ScreenSection]:
    number = unsaved_entries(municipality.scope, writers_of(user)).count()
    if not number:
        return []
    return [ScreenSection(5, "people/_unsaved_desk.html", {"number": number})]
