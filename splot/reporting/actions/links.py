"""Writes about personal links: made, sent, withdrawn. The token itself is never kept."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Model
from django.utils import timezone
from django.utils.translation import override

from splot.core.actions import Refused, action, record
from splot.core.mail import queue_mail
from splot.people.actions import change_account, change_organisation
from splot.people.actors import actor_by_link
from splot.people.links import hash_token, new_token
from splot.people.models import Municipality, Organisation, PersonalLink, User
from splot.policy.models import Policy

from ..links import LINK_MAIL_KEY, link_owners
from ..mails import NewLink, link_mail
from ..recipients import (
    Recipient,
    reason_not_to_report,
    reason_not_to_write,
    recipient_of,
    reporter_keys,
)

LINK_LIFETIME = timedelta(days=60)


@action
def make_link(
    *,
    by: User | None,
    municipality: Municipality,
    owner: User | Organisation,
    purpose: str = PersonalLink.Purpose.REPORT,
    email: str = "",
) -> tuple[PersonalLink, str]:
    """A new link and its token, which nobody can find out again. A calendar's link lasts until it
    is withdrawn. Raises Refused for who may not report any more.
    """
    is_for_reports = purpose == PersonalLink.Purpose.REPORT
    if is_for_reports and (reason := reason_not_to_report(owner, reporter_keys(municipality))):
        raise Refused(reason)
    _check_owner(municipality, owner)
    token = new_token()
    link = PersonalLink.objects.create(
        municipality=municipality,
        purpose=purpose,
        user=owner if isinstance(owner, User) else None,
        organisation=owner if isinstance(owner, Organisation) else None,
        email=email,
        token_hash=hash_token(token),
        expires_at=timezone.now() + LINK_LIFETIME
        if purpose == PersonalLink.Purpose.REPORT
        else None,
        made_by=by,
    )
    record(by=by, verb="link.made", of=link)
    return link, token


@action
def replace_link(
    *,
    by: User,
    municipality: Municipality,
    owner: User | Organisation,
    purpose: str = PersonalLink.Purpose.REPORT,
    email: str = "",
) -> tuple[PersonalLink, str]:
    """A new link instead of all that the owner has for this purpose."""
    kind = "user" if isinstance(owner, User) else "organisation"
    for link in PersonalLink.objects.filter(
        municipality=municipality, purpose=purpose, withdrawn_at=None, **{kind: owner}
    ):
        withdraw_link(by=by, link=link)
    return make_link(by=by, municipality=municipality, owner=owner, purpose=purpose, email=email)


@action
def withdraw_link(*, by: User | None, link: PersonalLink) -> PersonalLink:
    """Close a link at once; closing it again changes nothing."""
    PersonalLink.objects.filter(pk=link.pk, withdrawn_at=None).update(withdrawn_at=timezone.now())
    record(by=by, verb="link.withdrawn", of=link)
    return link


@action
def send_link(*, by: User, municipality: Municipality, owner: User | Organisation) -> PersonalLink:
    """Make a link anew and send it by e-mail. Raises Refused for an owner who is not written to."""
    if reason := reason_not_to_write(owner, reporter_keys(municipality)):
        raise Refused(reason)
    (link,) = _mail_new_links(by, municipality, [recipient_of(owner)])
    return link


def _mail_new_links(
    by: User, municipality: Municipality, recipients: Iterable[Recipient]
) -> list[PersonalLink]:
    """Make the links of recipients with one mailbox anew, and send them in one mail."""
    made, links = [], []
    for each in recipients:
        link, token = replace_link(
            by=by, municipality=municipality, owner=each.owner, email=each.email
        )
        made.append(link)
        links.append(NewLink(each, municipality, token))
    recipient = links[0].recipient
    with override(recipient.language):
        mail = link_mail(links, made[0].expires_at)
        queue_mail(
            scope=municipality.slug,
            key=f"{LINK_MAIL_KEY}{made[0].pk}",
            to=recipient.email,
            language=recipient.language,
            subject=mail.subject,
            text=mail.text,
            html=mail.html,
        )
    return made


@action
def send_all_links(*, by: User, policy: Policy) -> int:
    """Send a link to everybody on the policy who has an address and wants mail, one mail to each
    mailbox; gives the number of links.
    """
    mailboxes: dict[str, list[Recipient]] = defaultdict(list)
    for owner in link_owners(policy):
        if not owner.unmailed:
            mailboxes[owner.email.casefold()].append(owner.recipient)
    number = 0
    for recipients in mailboxes.values():
        number += len(_mail_new_links(by, policy.municipality, recipients))
    record(by=by, verb="links.sent", of=policy, changes={"letters": [0, len(mailboxes)]})
    return number


@action
def unsubscribe_owner(*, link: PersonalLink) -> Model:
    """Whoever holds the link wants no more mail."""
    if link.user:
        return change_account(by=actor_by_link(link), user=link.user, wants_mail=False)
    organisation = link.organisation
    assert organisation is not None
    return change_organisation(
        by=actor_by_link(link),
        organisation=organisation,
        version=organisation.version,
        wants_mail=False,
    )


def _check_owner(municipality: Municipality, owner: User | Organisation) -> None:
    at_home = (
        owner.municipality_id == municipality.pk
        if isinstance(owner, Organisation)
        else owner.memberships.filter(municipality=municipality).exists()
    )
    if not at_home:
        raise ValueError("somebody of another municipality")
