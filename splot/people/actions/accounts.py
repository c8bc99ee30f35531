"""Writes about accounts and roles of a municipality: inviting, changing, ending."""

from collections.abc import Collection
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from splot.core.actions import Refused, action, entry_by_idempotency_key, record, record_nothing

from ..account_links import close_account_links, create_account_link
from ..mails import invitation_mail, mail_account, roles_mail
from ..models import AccountLink, Membership, Municipality, Organisation, PersonalLink, User
from ..offers import HAND_OVER
from ..queries import may_show_invitation, user_by_email, working_coordinators
from . import give_role
from .own_account import refuse_shared_account
from .sessions import end_sessions

Role = Membership.Role


@action
def invite_person(
    *,
    by: User | None,
    municipality: Municipality,
    email: str,
    name: str,
    role: str,
    organisation: Organisation | None = None,
    has_account: bool = True,
    idempotency_key: UUID | None = None,
) -> User:
    """Give somebody a role by their address, and an account if they have none yet; they are told
    by mail. Without `has_account` they can be named and report by link, and never sign in.

    Whoever has an account keeps their own name and password.
    """
    if done := entry_by_idempotency_key(idempotency_key):
        return User.objects.get(pk=done.object_id)
    user = user_by_email(email) or _add_person(by, municipality, email, name)
    _check_invited(user, municipality)
    close_account_links(user, AccountLink.Purpose.INVITATION)  # somebody may have seen it
    if not user.is_active:
        _reopen_account(by, user)
    give_role(by=by, user=user, municipality=municipality, role=role, organisation=organisation)
    record(by=by, verb="person.invited", of=user, idempotency_key=idempotency_key)
    if user.has_usable_password():
        _tell_roles(user, municipality)
    elif has_account:
        send_invitation(by=by, municipality=municipality, user=user)
    return user


def _check_invited(user: User, municipality: Municipality) -> None:
    """Raise Refused for somebody who is on the list, and for an account that nobody has shown to
    belong to its address: whoever was shown its invitation would get in here, too.
    """
    if user.memberships.filter(municipality=municipality).exists():
        raise Refused(_("%(name)s is on the list already.") % {"name": user})
    is_elsewhere = user.has_usable_password() and user.memberships.exists()
    if is_elsewhere and not user.is_email_proven:
        raise Refused(
            _(
                "This address has an account that was never confirmed by mail. First the person "
                "chooses a new password with “Forgotten password”."
            )
        )


def _add_person(by: User | None, municipality: Municipality, email: str, name: str) -> User:
    user = User(
        email=email.lower(), name=name, language=municipality.language, is_email_proven=False
    )
    user.set_unusable_password()
    user.full_clean(exclude=["password"])
    user.save()
    record(by=by, verb="user.added", of=user)
    return user


def _reopen_account(by: User | None, user: User) -> None:
    """Let somebody back whose account had ended: with a new password, since the old one may be
    known to others by now.
    """
    user.is_active = True
    user.set_unusable_password()
    user.save(update_fields=["is_active", "password"])
    record(by=by, verb="account.reopened", of=user)


@action
def send_invitation(*, by: User | None, municipality: Municipality, user: User) -> None:
    """Mail an address that sets the first password; the one before it opens nothing any more."""
    link, token = _make_invitation(by, user, is_mailed=True)
    mail_account(
        user,
        f"account:{link.pk}",
        lambda: invitation_mail(link, token, municipality),
        scope=municipality.slug,
    )


@action
def show_invitation(*, by: User, municipality: Municipality, user: User) -> tuple[AccountLink, str]:
    """Make the address that sets the first password, for the coordinator to hand over. Raises
    Refused where somebody else's municipality could be entered with it.
    """
    if not may_show_invitation(user, municipality):
        raise Refused(_("This person has roles elsewhere: the invitation goes by mail alone."))
    return _make_invitation(by, user, is_mailed=False)


def _make_invitation(by: User | None, user: User, *, is_mailed: bool) -> tuple[AccountLink, str]:
    if user.has_usable_password():
        raise Refused(_("%(name)s has a password already.") % {"name": user})
    link, token = create_account_link(
        user, AccountLink.Purpose.INVITATION, email=user.email, by=by, is_mailed=is_mailed
    )
    record(by=by, verb="invitation.made", of=user)
    return link, token


@action
def withdraw_invitation(*, by: User, user: User) -> None:
    """Close the address that sets the first password; the role stays."""
    close_account_links(user, AccountLink.Purpose.INVITATION)
    record(by=by, verb="invitation.withdrawn", of=user)


@action
def change_roles(
    *,
    by: User | None,
    municipality: Municipality,
    user: User,
    roles: Collection[str],
    organisation: Organisation | None = None,
    is_moved: bool = True,
) -> None:
    """Let a person have these roles in a municipality, for this institution, and no others; they
    are told by mail. Unless they are moved, the roles that they have already stay for the
    institutions that they are for. Raises Refused for the last coordinator.
    """
    refuse_shared_account(user)
    _lock(municipality)
    if Role.COORDINATOR not in roles:
        _keep_a_coordinator(municipality, user)
    wanted = {(role, organisation.pk if organisation else None) for role in roles}
    before = list(Membership.objects.filter(municipality=municipality, user=user))
    standing = {(each.role, each.organisation_id) for each in before}
    if not is_moved:
        kept = {each for each in standing if each[0] in roles}
        wanted = kept | {each for each in wanted if each[0] not in dict(kept)}
    if wanted == standing:
        record_nothing()
        return
    for membership in before:
        if (membership.role, membership.organisation_id) not in wanted:
            _end_membership(by, membership)
    for role, __ in sorted(wanted - standing, key=lambda each: each[0]):
        give_role(by=by, user=user, municipality=municipality, role=role, organisation=organisation)
    _tell_roles(user, municipality)


@action
def end_account(
    *, by: User, municipality: Municipality, user: User, successor: User | None = None
) -> None:
    """End all roles of a person in a municipality, and the account with its sessions if they have
    none elsewhere. What they were in charge of goes to the successor, or to nobody. What they did
    stays under their name. Raises Refused for the last coordinator.
    """
    refuse_shared_account(user)
    _lock(municipality)
    _keep_a_coordinator(municipality, user)
    for hand_over in HAND_OVER.gather():
        hand_over(by=by, municipality=municipality, user=user, successor=successor)
    for membership in Membership.objects.filter(municipality=municipality, user=user):
        _end_membership(by, membership)
    links = PersonalLink.objects.filter(municipality=municipality, user=user, withdrawn_at=None)
    links.update(withdrawn_at=timezone.now())
    if not (user.is_operator or user.memberships.exists()):
        User.objects.filter(pk=user.pk).update(is_active=False)
        close_account_links(user)
        end_sessions(by=by, user=user)
        record(by=by, verb="account.ended", of=user)
    _tell_roles(user, municipality)


def _end_membership(by: User | None, membership: Membership) -> None:
    record(by=by, verb="role.ended", of=membership)
    membership.delete()


def _lock(municipality: Municipality) -> None:
    """One at a time, so that two coordinators do not end each other at one moment."""
    Municipality.objects.select_for_update().get(pk=municipality.pk)


def _keep_a_coordinator(municipality: Municipality, user: User) -> None:
    """Raise Refused if nobody would be left who can give roles."""
    coordinators = set(working_coordinators(municipality).values_list("pk", flat=True))
    if coordinators == {user.pk}:
        raise Refused(
            _("Nobody else is coordinator yet. Invite another one, who signs in once, before this.")
        )


def _tell_roles(user: User, municipality: Municipality) -> None:
    key = f"roles:{user.pk}:{municipality.pk}:{timezone.now():%Y%m%d%H%M%S%f}"
    mail_account(user, key, lambda: roles_mail(user, municipality), scope=municipality.slug)
