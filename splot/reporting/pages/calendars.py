"""Calendar feeds: a plan's, an institution's, and how one gets one's own."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from splot.core.mail import absolute_url
from splot.people.door import Request, SignedInRequest, page
from splot.people.models import Municipality, Organisation, PersonalLink
from splot.people.queries import organisation_of
from splot.people.rules import anyone, can_open_desk
from splot.policy.models import Policy
from splot.policy.queries import policy_of, running_policies
from splot.policy.rules import can_read_policy
from splot.reporting.actions.links import replace_link, withdraw_link
from splot.reporting.calendars import CALENDAR_TYPE, institution_tasks, plan_tasks, tasks_calendar
from splot.reporting.links import calendar_links_of
from splot.reporting.mails import link_url


@page(can_read_policy, find=policy_of, public=True)
def plan_calendar(request: HttpRequest, policy: Policy) -> HttpResponse:
    return _calendar_response(
        str(policy.title),
        tasks_calendar(str(policy.title), plan_tasks(policy)),
        f"{policy.term}.ics",
    )


@page(anyone, find=organisation_of, public=True)
def institution_calendar(request: Request, organisation: Organisation) -> HttpResponse:
    """What is public of an institution's tasks; an institution without any has an empty
    calendar.
    """
    assert request.municipality is not None
    tasks = institution_tasks(organisation, request.municipality)
    name = str(organisation.name) if tasks else ""
    return _calendar_response(
        name, tasks_calendar(name, tasks), f"organisation-{organisation.pk}.ics"
    )


def _calendar_response(name: str, content: bytes, file: str) -> HttpResponse:
    response = HttpResponse(content, content_type=CALENDAR_TYPE)
    response["Content-Disposition"] = content_disposition_header(True, file) or ""
    return response


@page(can_open_desk, methods=("GET", "HEAD", "POST"))
def calendars(request: SignedInRequest, municipality: Municipality) -> HttpResponse:
    """One's own feed is made here and shown once; the public ones are listed."""
    shown, own = "", calendar_links_of(request.user, municipality)
    if request.method == "POST" and request.POST.get("do") == "make":
        purpose = PersonalLink.Purpose.CALENDAR
        link, token = replace_link(
            by=request.user, municipality=municipality, owner=request.user, purpose=purpose
        )
        shown, own = link_url(municipality, token, purpose), [link]
    elif request.method == "POST":
        for link in own:
            withdraw_link(by=request.user, link=link)
        messages.success(request, _("The address opens nothing any more."))
        return redirect("calendars", municipality.slug)
    context: dict[str, object] = {"shown": shown, "own": own, **_public_calendars(municipality)}
    return render(request, "reporting/calendars.html", context)


def _public_calendars(municipality: Municipality) -> dict[str, list[tuple[object, str]]]:
    """(name, address) of every public feed: of the policies, and of the institutions by name."""
    slug = municipality.slug
    plans: list[tuple[object, str]] = []
    for policy in running_policies(municipality):
        plans.append((policy.title, absolute_url("plan_calendar", slug, policy.term)))
    institutions: list[tuple[object, str]] = []
    for organisation in sorted(municipality.organisations.all(), key=_name_to_sort):
        url = absolute_url("institution_calendar", slug, organisation.pk)
        institutions.append((organisation.name, url))
    return {"plans": plans, "institutions": institutions}


def _name_to_sort(organisation: Organisation) -> str:
    return str(organisation).casefold()
