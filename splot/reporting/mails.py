"""The content of mails: a reminder, a personal link. In the active language, with absolute
addresses.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from splot.core.dates import format_day
from splot.core.languages import Text
from splot.core.mail import MailContent, MailItem, absolute_url
from splot.people.models import Municipality, PersonalLink
from splot.policy.models import Policy

from .digests import COORDINATOR, Digest, DigestItem, Recipient

Way = tuple[str, str]  # words, address
HIDDEN_TOKEN = "…"  # stands for the secret where a letter is only shown


def link_url(
    municipality: Municipality, token: str, purpose: str = PersonalLink.Purpose.REPORT
) -> str:
    name = "personal_report" if purpose == PersonalLink.Purpose.REPORT else "personal_calendar"
    return absolute_url(name, municipality.slug, token or HIDDEN_TOKEN)


def reminder_mail(digest: Digest, policy: Policy, tokens: Sequence[str] = ()) -> MailContent:
    """The digest as a mail. Each of `tokens` opens the page of one of its recipients; a
    coordinator's mail leads to the desk's.
    """
    recipient, municipality = digest.recipient, policy.municipality
    ways: list[Way] = []
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
        button: Way | None = (
            _("See the reminders"),
            absolute_url("reminders", municipality.slug, policy.term),
        )
        off: Way | None = (_("No more mail"), absolute_url("account"))
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
        for place, part in enumerate(digest.parts):
            token = tokens[place] if tokens else ""
            ways.append((str(part.recipient.owner), link_url(municipality, token)))
        button, off = _only_way(ways)
        closing = _(
            "The address is yours alone. Whoever has it can report in your name, so do "
            "not pass it on."
        )
    return MailContent(
        subject=f"{subject % {'number': number}} · {municipality}",
        opening=opening % {"policy": policy.title},
        sender=str(municipality),
        lines=tuple(_part_lines(digest, policy, ways)),
        button=button,
        closing=closing,
        why=" ".join(part.recipient.why for part in digest.parts),
        off=off,
    )


def _only_way(ways: Sequence[Way]) -> tuple[Way | None, Way | None]:
    """The button, and the way to get no more mail, of a mail that has one address to report; of
    several each stands beside its name.
    """
    if len(ways) > 1:
        return None, None
    ((__, here),) = ways
    return (_("Say how it goes"), here), (_("No more mail"), f"{here}#mail")


def _part_lines(digest: Digest, policy: Policy, ways: Sequence[Way]) -> Iterator[MailItem]:
    """The tasks of each recipient, below its name where there are several."""
    for place, part in enumerate(digest.parts):
        if len(ways) > 1:
            yield _way_line(ways[place])
        for item in part.items:
            yield _item_line(item, policy)


def _way_line(way: Way) -> MailItem:
    name, here = way
    return MailItem(name, here, (_("Say how it goes, or ask for no more mail:"),))


def _item_line(item: DigestItem, policy: Policy) -> MailItem:
    title: Text = item.task.title
    url = (
        absolute_url("task", policy.municipality.slug, policy.term, item.task.number)
        if policy.is_public
        else ""
    )
    reasons = (*(request.reason for request in item.requests), *item.passed_over)
    return MailItem(f"{item.task.number}. {title}", url, reasons)


@dataclass(frozen=True)
class NewLink:
    """A link that was just made, with its token, which only a mail knows, and for whom it is."""

    link: PersonalLink
    token: str
    recipient: Recipient

    @property
    def way(self) -> Way:
        return str(self.recipient.owner), link_url(self.link.municipality, self.token)


def link_mail(links: Sequence[NewLink]) -> MailContent:
    """The mail that brings to one mailbox its personal links."""
    link, ways = links[0].link, [each.way for each in links]
    button, off = _only_way(ways)
    return MailContent(
        subject=_("Your address for saying how tasks go · %(municipality)s")
        % {"municipality": link.municipality},
        opening=_(
            "Under this address you say how your tasks of the policy go. You need no "
            "account and no password."
        ),
        sender=str(link.municipality),
        lines=tuple(map(_way_line, ways)) if len(ways) > 1 else (),
        button=button,
        closing=_(
            "The address opens until %(date)s. It is yours alone: whoever has it can report in "
            "your name, "
            "so do not pass it on."
        )
        % {"date": format_day(timezone.localdate(link.expires_at))},
        why=" ".join(each.recipient.why for each in links),
        off=off,
    )
