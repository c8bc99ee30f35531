"""What letters say: a reminder, a personal link. In the language that is active; addresses are whole."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from splot.core.dates import day
from splot.core.languages import Text
from splot.core.mail import Letter, Line
from splot.people.models import Municipality, PersonalLink
from splot.policy.models import Policy

from .digests import COORDINATOR, Digest, DigestItem, Recipient

HIDDEN_TOKEN = "…"  # stands for the secret where a letter is only shown


def address(name: str, *parts: object, language: str | None = None) -> str:
    """The whole address of a page, in the active language or in the one given."""
    if language:
        with override(language):
            return address(name, *parts)
    return settings.PUBLIC_URL.rstrip("/") + reverse(name, args=parts)


def link_address(municipality: Municipality, token: str, purpose: str = PersonalLink.Purpose.REPORT) -> str:
    name = "personal_report" if purpose == PersonalLink.Purpose.REPORT else "personal_calendar"
    return address(name, municipality.slug, token or HIDDEN_TOKEN)


def reminder(digest: Digest, policy: Policy, token: str = "") -> Letter:
    """The digest as a letter. `token` opens the recipient's own page; a coordinator's letter leads to the desk's."""
    recipient, municipality = digest.recipient, policy.municipality
    number = len(digest.matters)
    if recipient.role == COORDINATOR:
        subject = ngettext(
            "%(number)s task waits for the coordinator", "%(number)s tasks wait for the coordinator", number
        )
        opening = _("These tasks of “%(policy)s” lack a word or a value, and nobody else can be asked by mail.")
        button = (_("See the reminders"), address("reminders", municipality.slug, policy.term))
        off = (_("No more mail"), address("account"))
        closing = _("Name a person in charge, or give the institution an e-mail address.")
    else:
        subject = ngettext("%(number)s task awaits a word from you", "%(number)s tasks await a word from you", number)
        opening = _("How do these tasks of “%(policy)s” go? Saying so takes two minutes, also on a phone.")
        here = link_address(municipality, token)
        button, off = (_("Say how it goes"), here), (_("No more mail"), f"{here}#mail")
        closing = _("The address is yours alone. Whoever has it can report in your name, so do not pass it on.")
    return Letter(
        subject=f"{subject % {'number': number}} · {municipality}",
        opening=opening % {"policy": policy.title},
        sender=str(municipality),
        lines=tuple(_line(matter, policy) for matter in digest.matters),
        button=button,
        closing=closing,
        why=recipient.why,
        off=off,
    )


def _line(matter: DigestItem, policy: Policy) -> Line:
    title: Text = matter.task.title
    url = address("task", policy.municipality.slug, policy.term, matter.task.number) if policy.is_public else ""
    reasons = (*(ask.reason for ask in matter.asks), *matter.passed_over)
    return Line(f"{matter.task.number}. {title}", url, reasons)


def link_letter(link: PersonalLink, recipient: Recipient, token: str) -> Letter:
    """The letter that brings a personal link."""
    here = link_address(link.municipality, token)
    return Letter(
        subject=_("Your address for saying how tasks go · %(municipality)s") % {"municipality": link.municipality},
        opening=_("Under this address you say how your tasks of the policy go. You need no account and no password."),
        sender=str(link.municipality),
        button=(_("Say how it goes"), here),
        closing=_(
            "The address opens until %(date)s. It is yours alone: whoever has it can report in your name, "
            "so do not pass it on."
        )
        % {"date": day(timezone.localdate(link.expires_at))},
        why=recipient.why,
        off=(_("No more mail"), f"{here}#mail"),
    )
