"""Saying how tasks go through a personal link, without an account; and who has such a link."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from babel.dates import format_time
from django.contrib import messages
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language, ngettext, override
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from splot.core.actions import Refused
from splot.people.door import Request, SignedInRequest, page
from splot.people.links import is_expired, is_usable, link_by_token
from splot.people.models import Municipality, PersonalLink
from splot.people.rules import anyone, is_coordinator
from splot.policy.models import Policy
from splot.policy.queries import policy_of, running_policies
from splot.reporting.actions.links import (
    recipient_of,
    replace_link,
    send_all_links,
    send_link,
    stop_mail,
    withdraw_link,
)
from splot.reporting.calendars import CALENDAR_TYPE, tasks_calendar
from splot.reporting.forms.cards import Cards
from splot.reporting.links import Owner, owners_of
from splot.reporting.mails import link_address
from splot.reporting.requests import awaited_of_owner, tasks_to_ask

PAUSE_SECONDS = 15 * 60
GUESSES = 30  # addresses that lead nowhere, by one visitor, in each web process
WRITES = 300  # with one link, kept drafts among them


@dataclass(frozen=True)
class Visit:
    """Somebody at a secret address: its link if it is open, else whether it was open once."""

    municipality: Municipality
    link: PersonalLink | None
    expired: bool


def _visit(purpose: str) -> Callable[..., Visit]:
    def find(municipality: Municipality, token: str) -> Visit:
        link = link_by_token(municipality, token, purpose)
        if link is not None and is_usable(link):
            return Visit(municipality, link, expired=False)
        return Visit(municipality, None, expired=link is not None and is_expired(link))

    return find


def _too_often(what: str, most: int) -> bool:
    """Counts one more; who asked is kept as a keyed hash alone, and for a quarter of an hour."""
    key = f"link-{salted_hmac('link', what).hexdigest()}"
    count: int = cache.get_or_set(key, 0, PAUSE_SECONDS) or 0
    with suppress(ValueError):  # its time ran out just now
        cache.incr(key)
    return count >= most


def _quiet(response: HttpResponse) -> HttpResponse:
    """An address that is a secret tells nobody where the visitor came from, and stands in no log or index."""
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    response._has_been_logged = True  # type: ignore[attr-defined]  # Django would write the address of a 404
    return response


def _closed(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The same page for every secret that opens nothing, but for one whose time ran out."""
    waits = not visit.expired and _too_often(f"from {request.META.get('REMOTE_ADDR', '')}", GUESSES)
    context = {"expired": visit.expired, "waits": waits}
    return render(request, "reporting/link_closed.html", context, status=429 if waits else 404)


# The secret in the address is the only key, and no cookie counts: a foreign page that knew it needed no forgery.
@csrf_exempt
@page(anyone, find=_visit(PersonalLink.Purpose.REPORT), methods=("GET", "HEAD", "POST"))
def personal_report(request: Request, visit: Visit) -> HttpResponse:
    """The tasks of one person or institution that await a word, one card each."""
    link = visit.link
    if link is None:
        return _quiet(_closed(request, visit))
    if request.method == "POST" and _too_often(f"by {link.pk}", WRITES):
        return _quiet(render(request, "reporting/link_closed.html", {"waits": True}, status=429))
    awaited = awaited_of_owner(
        visit.municipality,
        timezone.localdate(),
        user=link.user,
        organisation=link.organisation,
        before=link.made_at,
    )
    cards = Cards(request, awaited, user=link.user, link=link, since=link.made_at)
    answer = _answered(request, link, cards) if request.method == "POST" else None
    own = tasks_to_ask(running_policies(visit.municipality), user=link.user, organisation=link.organisation)
    context = {"cards": cards, "own": own, "link": link, "owner": link.user or link.organisation}
    return _quiet(answer or render(request, "reporting/report_by_link.html", context))


def _answered(request: Request, link: PersonalLink, cards: Cards) -> HttpResponse | None:
    """What came of a form; None when the page is to be shown with what is wrong."""
    if request.POST.get("do") == "stop-mail":
        stop_mail(link=link)
        messages.success(request, _("No more reminders are sent to you. This address still opens."))
        return redirect(request.path)
    if request.htmx:
        cards.keep()
        time = format_time(timezone.localtime(), "short", locale=get_language())
        return render(
            request, "reporting/_draft_saved.html", {"time": time, "place": f"kept-{request.POST.get('only')}"}
        )
    said, wrong = cards.send()
    if wrong:
        return None
    if said:
        done = {"done": cards.done, "all": len(cards.cards)}
        messages.success(request, _("Thank you. %(done)s of %(all)s done.") % done)
    return redirect(request.path)


@page(anyone, find=_visit(PersonalLink.Purpose.CALENDAR))
def personal_calendar(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The due dates of one person's tasks, or of one institution's, for a calendar program."""
    link = visit.link
    if link is None:
        return _quiet(_closed(request, visit))
    policies = running_policies(visit.municipality)
    tasks = tasks_to_ask(policies, user=link.user, organisation=link.organisation)
    name = _("My tasks · %(municipality)s") % {"municipality": visit.municipality}
    response = HttpResponse(tasks_calendar(name, tasks), content_type=CALENDAR_TYPE)
    response["Content-Disposition"] = 'attachment; filename="tasks.ics"'
    return _quiet(response)


@page(is_coordinator, find=policy_of, methods=("GET", "HEAD", "POST"))
def links(request: SignedInRequest, policy: Policy) -> HttpResponse:
    """Who has a link, until when; made, sent and withdrawn. A new link's address is shown this once."""
    shown = None
    if request.method == "POST":
        try:
            shown = _done(request, policy)
        except Refused as refusal:
            messages.error(request, str(refusal))
        if shown is None:
            return redirect("links", policy.municipality.slug, policy.term)
    owners = owners_of(policy)
    ready = sum(bool(owner.email and owner.thing.wants_mail) for owner in owners)
    context = {"policy": policy, "owners": owners, "ready": ready, "shown": shown}
    return render(request, "reporting/links.html", context)


def _done(request: SignedInRequest, policy: Policy) -> dict[str, object] | None:
    """Do what a button says; gives the owner and the address of a link that is to be shown."""
    town, do = policy.municipality, request.POST.get("do")
    if do == "send-all":
        number = send_all_links(by=request.user, policy=policy)
        words = ngettext("%(number)s link is on its way.", "%(number)s links are on their way.", number)
        messages.success(request, words % {"number": number})
        return None
    owner = _owner(policy, request.POST.get("owner", ""))
    if do == "send":
        send_link(by=request.user, municipality=town, owner=owner.thing)
        messages.success(request, _("The link is on its way to %(email)s.") % {"email": owner.email})
    elif do == "withdraw":
        for link in owner.links:
            withdraw_link(by=request.user, link=link)
        messages.success(request, _("The link opens nothing any more."))
    elif do == "show":
        __, token = replace_link(by=request.user, municipality=town, owner=owner.thing)
        with override(recipient_of(owner.thing).language):
            return {"owner": owner, "address": link_address(town, token)}
    return None


def _owner(policy: Policy, key: str) -> Owner:
    """One of those who are on the list. Raises Refused for anybody else."""
    for owner in owners_of(policy):
        if owner.key == key:
            return owner
    raise Refused(_("Choose from the list."))
