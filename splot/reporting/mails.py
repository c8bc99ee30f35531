"""The content of mails: a reminder, a personal link. In the active language, with absolute
addresses.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from splot.core.dates import format_day
from splot.core.languages import Text
from splot.core.mail import MailContent, MailItem, absolute_url
from splot.people.models import Municipality, PersonalLink
from splot.policy.models import Policy

from .digests import Digest, DigestItem
from .recipients import COORDINATOR, Recipient

HIDDEN_TOKEN = "…"  # stands for the secret where a mail is only shown
Button = tuple[str, str]  # words, address


def link_url(
    municipality: Municipality, token: str, purpose: str = PersonalLink.Purpose.REPORT
) -> str:
    name = "personal_report" if purpose == PersonalLink.Purpose.REPORT else "personal_calendar"
    return absolute_url(name, municipality.slug, token)


@dataclass(frozen=True)
class NewLink:
    """A link that was just made, for whom it is, with its token, which only a mail knows."""

    recipient: Recipient
    municipality: Municipality
    token: str = HIDDEN_TOKEN

    @property
    def address(self) -> str:
        return link_url(self.municipality, self.token)


def reminder_mail(digest: Digest, policy: Policy, links: Sequence[NewLink]) -> MailContent:
    """The digest as a mail. Each of `links` is that of one of its recipients; a coordinator's mail
    has none and leads to the desk's page.
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
        button: Button | None = (
            _("See the reminders"),
            absolute_url("reminders", municipality.slug, policy.term),
        )
        off: Button | None = (_("No more mail"), absolute_url("account"))
        closing = _("Name a person in charge, or give the institution an e-mail address.")
        links = ()
    else:
        subject = ngettext(
            "%(number)s task awaits a word from you",
            "%(number)s tasks await a word from you",
            number,
        )
        opening = _(
            "How do these tasks of “%(policy)s” go? Saying so takes two minutes, also on a phone."
        )
        button, off = _buttons_of(links)
        closing = _(
            "The address is yours alone. Whoever has it can report in your name, so do "
            "not pass it on."
        )
    return MailContent(
        subject=f"{subject % {'number': number}} · {municipality}",
        opening=opening % {"policy": policy.title},
        sender=str(municipality),
        lines=tuple(_part_lines(digest, policy, links)),
        button=button,
        closing=closing,
        why=" ".join(part.recipient.why for part in digest.parts),
        off=off,
    )


def _buttons_of(links: Sequence[NewLink]) -> tuple[Button | None, Button | None]:
    """The button, and the one to get no more mail, of a mail with a single link; of several each
    stands beside its name.
    """
    if len(links) > 1:
        return None, None
    (link,) = links
    return (_("Say how it goes"), link.address), (_("No more mail"), f"{link.address}#mail")


def _part_lines(digest: Digest, policy: Policy, links: Sequence[NewLink]) -> Iterator[MailItem]:
    """The tasks of each recipient, below its name where there are several."""
    link_of = {link.recipient.key: link for link in links}
    for part in digest.parts:
        if len(links) > 1:
            yield _link_line(link_of[part.recipient.key])
        for item in part.items:
            yield _item_line(item, policy)


def _link_line(link: NewLink) -> MailItem:
    words = _("Say how it goes, or ask for no more mail:")
    return MailItem(str(link.recipient.owner), link.address, (words,))


def _item_line(item: DigestItem, policy: Policy) -> MailItem:
    title: Text = item.task.title
    url = (
        absolute_url("task", policy.municipality.slug, policy.term, item.task.number)
        if policy.is_public
        else ""
    )
    reasons = (*(request.reason for request in item.requests), *item.passed_over)
    return MailItem(f"{item.task.number}. {title}", url, reasons)


def link_mail(links: Sequence[NewLink], expires_at: datetime | None) -> MailContent:
    """The mail that brings to one mailbox its personal links, which open until a moment."""
    municipality = links[0].municipality
    button, off = _buttons_of(links)
    return MailContent(
        subject=_("Your address for saying how tasks go · %(municipality)s")
        % {"municipality": municipality},
        opening=_(
            "Under this address you say how your tasks of the policy go. You need no "
            "account and no password."
        ),
        sender=str(municipality),
        lines=tuple(map(_link_line, links)) if len(links) > 1 else (),
        button=button,
        closing=_(
            "The address opens until %(date)s. It is yours alone: whoever has it can report in "
            "your name, "
            "so do not pass it on."
        )
        % {"date": format_day(timezone.localdate(expires_at))},
        why=" ".join(each.recipient.why for each in links),
        off=off,
    )
