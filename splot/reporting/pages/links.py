"""Saying how tasks go through a personal link, without an account; and who has such a link."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from splot.core.actions import Refused
from splot.core.models import UnsavedEntry
from splot.people.door import Request, SignedInRequest, page
from splot.people.models import PersonalLink
from splot.people.unsaved import sender_by_link
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
from splot.reporting.forms.cards import ReportCards
from splot.reporting.forms.strays import keep_strays, report_entries, stranded_drafts
from splot.reporting.keeping import answer_keeping, tell_left_files
from splot.reporting.links import LinkOwner, link_owners
from splot.reporting.mails import link_url
from splot.reporting.requests import reportable_tasks
from splot.reporting.rules import can_ask_for_reports


@page(by_link=PersonalLink.Purpose.REPORT, methods=("GET", "HEAD", "POST"))
def personal_report(request: Request, link: PersonalLink) -> HttpResponse:
    """The tasks of one person or institution that await a word, one card each."""
    own = list(
        reportable_tasks(
            running_policies(link.municipality), user=link.user, organisation=link.organisation
        )
    )
    town, sender = link.municipality, sender_by_link(link)
    cards = ReportCards(request, own, municipality=town, user=link.user, link=link)
    if request.method == "POST":
        stray = keep_strays(request, cards, sender)
        if answer := _handle_cards(request, link, cards, stray):
            return answer
    context = {
        "cards": cards,
        "own": own,
        "link": link,
        "owner": link.user or link.organisation,
        "entries": report_entries(cards, sender),
        "stranded": stranded_drafts(cards),
    }
    return render(request, "reporting/report_by_link.html", context)


def _handle_cards(
    request: Request, link: PersonalLink, cards: ReportCards, stray: UnsavedEntry | None
) -> HttpResponse | None:
    """What came of a form; None when the page is to be shown with what is wrong."""
    if request.POST.get("do") == "stop-mail":
        cards.keep()
        unsubscribe_owner(link=link)
        messages.success(request, _("No more reminders are sent to you. This address still opens."))
        return redirect(request.path)
    if answer := answer_keeping(request, cards, sender_by_link(link), stray):
        return answer
    sent, wrong = cards.send()
    tell_left_files(request, cards)
    if wrong:
        return None
    if sent:
        done = {"done": cards.done, "all": len(cards.cards)}
        messages.success(request, _("Thank you. %(done)s of %(all)s done.") % done)
    return redirect(request.path)


@page(by_link=PersonalLink.Purpose.CALENDAR)
def personal_calendar(request: HttpRequest, link: PersonalLink) -> HttpResponse:
    """The due dates of one person's tasks, or of one institution's, for a calendar program."""
    policies = running_policies(link.municipality)
    tasks = reportable_tasks(policies, user=link.user, organisation=link.organisation)
    name = _("My tasks · %(municipality)s") % {"municipality": link.municipality}
    response = HttpResponse(tasks_calendar(name, tasks), content_type=CALENDAR_TYPE)
    response["Content-Disposition"] = 'attachment; filename="tasks.ics"'
    return response


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
    ready = sum(not owner.unmailed for owner in owners)
    context = {"policy": policy, "owners": owners, "ready": ready, "shown": shown}
    return render(request, "reporting/links.html", context)


def _handle_link_action(request: SignedInRequest, policy: Policy) -> dict[str, object] | None:
    """Do what a button says; gives the owner and the address of a link that is to be shown."""
    town, do = policy.municipality, request.POST.get("do")
    if do == "send-all":
        number = send_all_links(by=request.user, policy=policy)
        message = ngettext(
            "%(number)s link is on its way.", "%(number)s links are on their way.", number
        )
        messages.success(request, message % {"number": number})
        return None
    owner = _find_owner(policy, request.POST.get("owner", ""))
    recipient = owner.recipient
    if do == "send":
        send_link(by=request.user, municipality=town, owner=recipient.owner)
        messages.success(
            request, _("The link is on its way to %(email)s.") % {"email": owner.email}
        )
    elif do == "withdraw":
        for link in owner.links:
            withdraw_link(by=request.user, link=link)
        messages.success(request, _("The link opens nothing any more."))
    elif do == "show":
        __, token = replace_link(by=request.user, municipality=town, owner=recipient.owner)
        with override(recipient.language):
            return {"owner": owner, "address": link_url(town, token)}
    return None


def _find_owner(policy: Policy, key: str) -> LinkOwner:
    """One of those who are on the list. Raises Refused for anybody else."""
    for owner in link_owners(policy):
        if owner.key == key:
            return owner
    raise Refused(_("Choose from the list."))
