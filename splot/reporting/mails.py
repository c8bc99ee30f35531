"""The content of mails: a reminder, a personal link. In the active language, with absolute
addresses.
"""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from splot.core.dates import format_day
from splot.core.languages import Text
from splot.core.mail import MailContent, MailItem
from splot.people.models import Municipality, PersonalLink
from splot.policy.models import Policy

from .digests import COORDINATOR, Digest, DigestItem, Recipient

HIDDEN_TOKEN = "…"  # stands for the secret where a letter is only shown


def absolute_url(name: str, *parts: object, language: str | None = None) -> str:
    """The whole address of a page, in the active language or in the one given."""
    if language:
        with override(language):
            return absolute_url(name, *parts)
    return settings.PUBLIC_URL.rstrip("/") + reverse(name, args=parts)


def link_url(
    municipality: Municipality, token: str, purpose: str = PersonalLink.Purpose.REPORT
) -> str:
    name = "personal_report" if purpose == PersonalLink.Purpose.REPORT else "personal_calendar"
    return absolute_url(name, municipality.slug, token or HIDDEN_TOKEN)


def reminder_mail(digest: Digest, policy: Policy, token: str = "") -> MailContent:
    """The digest as a mail. `token` opens the recipient's own page; a coordinator's mail leads
    to the desk's.
    """
    recipient, municipality = digest.recipient, policy.municipality
    number = len(digest.items)
    if recipient.role == COORDINATOR:
        subject = ngettext(
            "%(number)s task waits for the coordinator",
            "%(number)s tasks wait for the coordinator",
            number,
        )
        opening = _(
            "These tasks of “%(policy)s” lack a word or a value, and nobody else can be "
            "asked by mail."
        )
        button = (_("See the reminders"), absolute_url("reminders", municipality.slug, policy.term))
        off = (_("No more mail"), absolute_url("account"))
        closing = _("Name a person in charge, or give the institution an e-mail address.")
    else:
        subject = ngettext(
            "%(number)s task awaits a word from you",
            "%(number)s tasks await a word from you",
            number,
        )
        opening = _(
            "How do these tasks of “%(policy)s” go? Saying so takes two minutes, also on a phone."
        )
        here = link_url(municipality, token)
        button, off = (_("Say how it goes"), here), (_("No more mail"), f"{here}#mail")
        closing = _(
            "The address is yours alone. Whoever has it can report in your name, so do "
            "not pass it on."
        )
    return MailContent(
        subject=f"{subject % {'number': number}} · {municipality}",
        opening=opening % {"policy": policy.title},
        sender=str(municipality),
        lines=tuple(_item_line(item, policy) for item in digest.items),
        button=button,
        closing=closing,
        why=recipient.why,
        off=off,
    )


def _item_line(item: DigestItem, policy: Policy) -> MailItem:
    title: Text = item.task.title
    url = (
        absolute_url("task", policy.municipality.slug, policy.term, item.task.number)
        if policy.is_public
        else ""
    )
    reasons = (*(request.reason for request in item.requests), *item.passed_over)
    return MailItem(f"{item.task.number}. {title}", url, reasons)


def link_mail(link: PersonalLink, recipient: Recipient, token: str) -> MailContent:
    """The mail that brings a personal link."""
    here = link_url(link.municipality, token)
    return MailContent(
        subject=_("Your address for saying how tasks go · %(municipality)s")
        % {"municipality": link.municipality},
        opening=_(
            "Under this address you say how your tasks of the policy go. You need no "
            "account and no password."
        ),
        sender=str(link.municipality),
        button=(_("Say how it goes"), here),
        closing=_(
            "The address opens until %(date)s. It is yours alone: whoever has it can report in "
            "your name, "
            "so do not pass it on."
        )
        % {"date": format_day(timezone.localdate(link.expires_at))},
        why=recipient.why,
        off=(_("No more mail"), f"{here}#mail"),
    )
