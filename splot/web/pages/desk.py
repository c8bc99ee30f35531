"""The desk: what waits for the person who signed in, as the rooms offer it, each line ending in the
one thing to do.
"""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from splot.people.door import SignedInRequest, page
from splot.people.models import Municipality
from splot.people.offers import WAITING, ScreenSection
from splot.people.rules import can_open_desk


@page(can_open_desk)
def desk(request: SignedInRequest, municipality: Municipality) -> HttpResponse:
    today = timezone.localdate()
    sections: list[ScreenSection] = []
    for waiting_for in WAITING.gather():
        sections += waiting_for(request.user, municipality, today)
    sections.sort(key=lambda section: section.position)
    return render(request, "web/desk.html", {"sections": sections})
