"""Saying how tasks go through a personal link, without an account; and who has such a link."""

from collections.abc import Callable
from dataclasses import dataclass

from babel.dates import format_time
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, ngettext, override
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from splot.core.actions import Refused
from splot.people.door import Request, SignedInRequest, page
from splot.people.links import is_expired, is_usable, link_by_token
from splot.people.models import Municipality, PersonalLink
from splot.people.rules import anyone
from splot.people.throttle import exceeds_limit
from splot.policy.models import Policy
from splot.policy.queries import policy_of, running_policies
from splot.reporting.actions.links import (
    replace_link,
    send_all_links,
    send_link,
    unsubscribe_owner,
    withdraw_link,
)
from splot.reporting.calendars import CALENDAR_TYPE, tasks_calendar
from splot.reporting.digests import recipient_of
from splot.reporting.forms.cards import ReportCards
from splot.reporting.links import LinkOwner, link_owners
from splot.reporting.mails import link_url
from splot.reporting.requests import awaited_reports_of_owner, reportable_tasks
from splot.reporting.rules import can_ask_for_reports

RATE_PERIOD_SECONDS = 15 * 60
MAX_GUESSES = 30  # addresses that lead nowhere, by one visitor
MAX_WRITES = 300  # with one link, kept drafts among them


@dataclass(frozen=True)
class LinkVisit:
    """Somebody at a secret address: its link if it is open, else whether it was open once."""

    municipality: Municipality
    link: PersonalLink | None
    expired: bool


def _visit_by_token(purpose: str) -> Callable[..., LinkVisit]:
    def find(municipality: Municipality, token: str) -> LinkVisit:
        link = link_by_token(municipality, token, purpose)
        if link is not None and is_usable(link):
            return LinkVisit(municipality, link, expired=False)
        return LinkVisit(municipality, None, expired=link is not None and is_expired(link))

    return find


def _is_rate_limited(what: str, most: int) -> bool:
    return exceeds_limit(f"link {what}", limit=most, seconds=RATE_PERIOD_SECONDS)


def _without_referrer(response: HttpResponse) -> HttpResponse:
    """An address that is a secret tells nobody where the visitor came from, and stands in no log or
    index.
    """
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    response._has_been_logged = True  # type: ignore[attr-defined]  # Django would write the address of a 404
    return response


def _closed_link(request: HttpRequest, visit: LinkVisit) -> HttpResponse:
    """The same page for every secret that opens nothing, but for one whose time ran out."""
    waits = not visit.expired and _is_rate_limited(
        f"from {request.META.get('REMOTE_ADDR', '')}", MAX_GUESSES
    )
    context = {"expired": visit.expired, "waits": waits}
    return render(request, "reporting/link_closed.html", context, status=429 if waits else 404)


# The secret in the address is the only key, and no cookie counts: a foreign page that knew it
# needed no forgery.
@csrf_exempt
@page(anyone, find=_visit_by_token(PersonalLink.Purpose.REPORT), methods=("GET", "HEAD", "POST"))
def personal_report(request: Request, visit: LinkVisit) -> HttpResponse:
    """The tasks of one person or institution that await a word, one card each."""
    link = visit.link
    if link is None:
        return _without_referrer(_closed_link(request, visit))
    if request.method == "POST" and _is_rate_limited(f"by {link.pk}", MAX_WRITES):
        return _without_referrer(
            render(request, "reporting/link_closed.html", {"waits": True}, status=429)
        )
    awaited = awaited_reports_of_owner(
        visit.municipality,
        timezone.localdate(),
        user=link.user,
        organisation=link.organisation,
        before=link.made_at,
    )
    cards = ReportCards(request, awaited, user=link.user, link=link, since=link.made_at)
    answer = _handle_cards(request, link, cards) if request.method == "POST" else None
    own = reportable_tasks(
        running_policies(visit.municipality), user=link.user, organisation=link.organisation
    )
    context = {"cards": cards, "own": own, "link": link, "owner": link.user or link.organisation}
    return _without_referrer(answer or render(request, "reporting/report_by_link.html", context))


def _handle_cards(request: Request, link: PersonalLink, cards: ReportCards) -> HttpResponse | None:
    """What came of a form; None when the page is to be shown with what is wrong."""
    if request.POST.get("do") == "stop-mail":
        unsubscribe_owner(link=link)
        messages.success(request, _("No more reminders are sent to you. This address still opens."))
        return redirect(request.path)
    if request.htmx:
        cards.keep()
        time = format_time(timezone.localtime(), "short", locale=get_language())
        return render(
            request,
            "reporting/_draft_saved.html",
            {"time": time, "place": f"kept-{request.POST.get('only')}"},
        )
    said, wrong = cards.send()
    if wrong:
        return None
    if said:
        done = {"done": cards.done, "all": len(cards.cards)}
        messages.success(request, _("Thank you. %(done)s of %(all)s done.") % done)
    return redirect(request.path)


@page(anyone, find=_visit_by_token(PersonalLink.Purpose.CALENDAR))
def personal_calendar(request: HttpRequest, visit: LinkVisit) -> HttpResponse:
    """The due dates of one person's tasks, or of one institution's, for a calendar program."""
    link = visit.link
    if link is None:
        return _without_referrer(_closed_link(request, visit))
    policies = running_policies(visit.municipality)
    tasks = reportable_tasks(policies, user=link.user, organisation=link.organisation)
    name = _("My tasks · %(municipality)s") % {"municipality": visit.municipality}
    response = HttpResponse(tasks_calendar(name, tasks), content_type=CALENDAR_TYPE)
    response["Content-Disposition"] = 'attachment; filename="tasks.ics"'
    return _without_referrer(response)


@page(can_ask_for_reports, find=policy_of, methods=("GET", "HEAD", "POST"))
def personal_links(request: SignedInRequest, policy: Policy) -> HttpResponse:
    """Who has a link, until when; made, sent and withdrawn. A new link's address is shown this
    once.
    """
    shown = None
    if request.method == "POST":
        try:
            shown = _handle_link_action(request, policy)
        except Refused as refusal:
            messages.error(request, str(refusal))
        if shown is None:
            return redirect("links", policy.municipality.slug, policy.term)
    owners = link_owners(policy)
    ready = sum(bool(owner.email and owner.thing.wants_mail) for owner in owners)
    context = {"policy": policy, "owners": owners, "ready": ready, "shown": shown}
    return render(request, "reporting/links.html", context)


def _handle_link_action(request: SignedInRequest, policy: Policy) -> dict[str, object] | None:
    """Do what a button says; gives the owner and the address of a link that is to be shown."""
    town, do = policy.municipality, request.POST.get("do")
    if do == "send-all":
        number = send_all_links(by=request.user, policy=policy)
        words = ngettext(
            "%(number)s link is on its way.", "%(number)s links are on their way.", number
        )
        messages.success(request, words % {"number": number})
        return None
    owner = _find_owner(policy, request.POST.get("owner", ""))
    if do == "send":
        send_link(by=request.user, municipality=town, owner=owner.thing)
        messages.success(
            request, _("The link is on its way to %(email)s.") % {"email": owner.email}
        )
    elif do == "withdraw":
        for link in owner.links:
            withdraw_link(by=request.user, link=link)
        messages.success(request, _("The link opens nothing any more."))
    elif do == "show":
        __, token = replace_link(by=request.user, municipality=town, owner=owner.thing)
        with override(recipient_of(owner.thing).language):
            return {"owner": owner, "address": link_url(town, token)}
    return None


def _find_owner(policy: Policy, key: str) -> LinkOwner:
    """One of those who are on the list. Raises Refused for anybody else."""
    for owner in link_owners(policy):
        if owner.key == key:
            return owner
    raise Refused(_("Choose from the list."))
