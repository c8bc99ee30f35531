"""Writes about one's own account: its password and its e-mail address."""

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task as background

from splot.core.actions import Refused, action, record, record_nothing

from ..account_links import close_account_links, create_account_link, spend_account_link
from ..mails import confirmation_mail, mail_account, notice_mail, recovery_mail
from ..models import AccountLink, User
from ..queries import user_by_email
from . import change_password
from .sessions import end_sessions

Purpose = AccountLink.Purpose


def refuse_shared_account(user: User) -> None:
    """Raise Refused for an account of the demonstration, which many people share."""
    if user.is_demonstration:
        raise Refused(_("This account belongs to the demonstration and stays as it is."))


@action
def change_own_password(*, by: User, password: str, keep_session: str) -> User:
    """Give oneself another password; all other sessions end, and a mail says so."""
    refuse_shared_account(by)
    change_password(by=by, user=by, password=password)
    end_sessions(by=by, user=by, keep=keep_session)
    _tell_password_changed(by)
    return by


@action
def ask_for_recovery(*, email: str) -> None:
    """Let the background worker mail an address for a new password, if there is such an account.
    Here nothing depends on whether there is one, so that no answer and no clock tells.
    """
    record_nothing()
    send_recovery.enqueue(email)


@background()
def send_recovery(email: str) -> None:
    user = user_by_email(email)
    if user and user.is_active and not user.is_demonstration and _has_account(user):
        make_recovery(user=user)


def _has_account(user: User) -> bool:
    """Has a password, or was invited to choose one; not somebody who is only named."""
    invitations = AccountLink.objects.filter(user=user, purpose=Purpose.INVITATION)
    return user.has_usable_password() or invitations.filter(withdrawn_at=None).exists()


@action
def make_recovery(*, user: User) -> None:
    link, token = create_account_link(user, Purpose.RECOVERY, email=user.email, by=None)
    mail_account(user, f"account:{link.pk}", lambda: recovery_mail(link, token))
    record(by=None, verb="recovery.sent", of=user)


@action
def set_password_by_link(*, link: AccountLink, password: str) -> User:
    """Choose a password with a link of an invitation or a recovery; it opens nothing any more, nor
    does any other, and every session ends. Raises Refused if it was used meanwhile.
    """
    user = link.user
    if not spend_account_link(link):
        raise Refused(_("This address was used already."))
    is_first = not user.has_usable_password()
    change_password(by=user, user=user, password=password)
    if link.is_mailed:
        _prove_email(user)
    close_account_links(user, Purpose.INVITATION, Purpose.RECOVERY)
    end_sessions(by=user, user=user)
    if not is_first:
        _tell_password_changed(user)
    return user


@action
def ask_for_email_change(*, by: User, email: str) -> None:
    """Mail an address that confirms one's new e-mail address; until then the old one stays. Nobody
    is told whether somebody else has the new one.
    """
    refuse_shared_account(by)
    link, token = create_account_link(by, Purpose.EMAIL, email=email.lower(), by=by)
    record(by=by, verb="email.asked", of=by)
    if user_by_email(email) is None:
        key = f"account:{link.pk}"
        mail_account(by, key, lambda: confirmation_mail(link, token), to=link.email)


@action
def confirm_email(*, link: AccountLink) -> User:
    """Let an account sign in with the address that the link went to. Raises Refused if the address
    was taken, or the link used, meanwhile.
    """
    user, old = link.user, link.user.email
    if not spend_account_link(link):
        raise Refused(_("This address was used already."))
    user.email = link.email
    try:
        user.full_clean(exclude=["password"])
    except ValidationError as error:
        raise Refused(_("Somebody else signs in with this address.")) from error
    user.save(update_fields=["email"])
    _prove_email(user)
    close_account_links(user)
    record(by=user, verb="email.changed", of=user, changes={"email": [old, user.email]})
    mail_account(
        user,
        f"email-changed:{link.pk}",
        lambda: notice_mail(
            _("Your e-mail address was changed"),
            _("From now on your account signs in with another e-mail address than this one."),
        ),
        to=old,
    )
    return user


def _prove_email(user: User) -> None:
    """Whoever opened a letter has the mailbox."""
    User.objects.filter(pk=user.pk).update(is_email_proven=True)


def _tell_password_changed(user: User) -> None:
    mail_account(
        user,
        f"password-changed:{user.pk}:{timezone.now():%Y%m%d%H%M%S%f}",
        lambda: notice_mail(
            _("Your password was changed"), _("Your account has a new password since now.")
        ),
    )
