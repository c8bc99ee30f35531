"""What accounts are told by mail, in the person's own language."""

from collections.abc import Callable

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from splot.core.dates import format_day
from splot.core.mail import MailContent, absolute_url, queue_mail

from .models import AccountLink, Membership, Municipality, User

OPENERS = {
    AccountLink.Purpose.INVITATION: "set_password",
    AccountLink.Purpose.RECOVERY: "set_password",
    AccountLink.Purpose.EMAIL: "confirm_email",
}


def account_link_url(link: AccountLink, token: str) -> str:
    """The whole address of a link of an account, in the person's language."""
    with override(link.user.language):
        return absolute_url(OPENERS[AccountLink.Purpose(link.purpose)], token)


def mail_account(
    user: User, key: str, content: Callable[[], MailContent], *, scope: str = "", to: str = ""
) -> None:
    """Queue a mail about an account in its language; part of an action."""
    with override(user.language):
        letter = content()
        queue_mail(
            scope=scope,
            key=key,
            to=to or user.email,
            language=user.language,
            subject=letter.subject,
            text=letter.text,
            html=letter.html,
        )


def describe_roles(user: User, municipality: Municipality) -> str:
    """The roles of a person in a municipality, in the active language."""
    memberships = Membership.objects.filter(user=user, municipality=municipality).order_by("pk")
    return ", ".join(dict.fromkeys(str(each.get_role_display()) for each in memberships))


def invitation_mail(link: AccountLink, token: str, municipality: Municipality) -> MailContent:
    names = {"municipality": municipality, "roles": describe_roles(link.user, municipality)}
    return MailContent(
        subject=_("Your account · %(municipality)s") % names,
        opening=_(
            "You were given an account for the integration policy of %(municipality)s. Your role: "
            "%(roles)s. Choose a password, and the account is yours."
        )
        % names,
        sender=str(municipality),
        button=(_("Choose a password"), account_link_url(link, token)),
        closing=_("The address opens once, until %(date)s. It is yours alone: do not pass it on.")
        % {"date": format_day(timezone.localdate(link.expires_at))},
        why=_("You get this mail because the coordinator gave you an account."),
    )


def roles_mail(user: User, municipality: Municipality) -> MailContent:
    """What a person may do in a municipality from now on."""
    roles = describe_roles(user, municipality)
    names = {"municipality": municipality, "roles": roles}
    if roles:
        opening = _("Your role in the integration policy of %(municipality)s is now: %(roles)s.")
        button = (_("Sign in"), absolute_url("sign_in"))
    else:
        opening = _("Your role in the integration policy of %(municipality)s has ended.")
        button = None
    return MailContent(
        subject=_("Your role has changed · %(municipality)s") % names,
        opening=opening % names,
        sender=str(municipality),
        button=button,
        closing=_("If you did not expect this, ask the coordinator of the policy."),
        why=_("You get this mail because you have, or had, an account."),
    )


def recovery_mail(link: AccountLink, token: str) -> MailContent:
    return MailContent(
        subject=_("A new password"),
        opening=_("Somebody, probably you, asked for a new password for your account."),
        sender="Splot",
        button=(_("Choose a new password"), account_link_url(link, token)),
        closing=_(
            "The address opens once, for two hours. If it was not you, do nothing: your password "
            "stays as it is."
        ),
        why=_("You get this mail because your address was entered at “Forgotten password”."),
    )


def confirmation_mail(link: AccountLink, token: str) -> MailContent:
    return MailContent(
        subject=_("Confirm your e-mail address"),
        opening=_("You want to sign in with this e-mail address from now on."),
        sender="Splot",
        button=(_("Confirm the address"), account_link_url(link, token)),
        closing=_("The address opens once, for two days. Until then the old one stays."),
        why=_("You get this mail because somebody entered your address in their account."),
    )


def notice_mail(subject: str, opening: str) -> MailContent:
    """What happened to an account, for whoever did not do it."""
    return MailContent(
        subject=subject,
        opening=opening,
        sender="Splot",
        button=(_("Choose a new password"), absolute_url("recover_password")),
        closing=_("If it was not you, choose a new password and tell your coordinator."),
        why=_("You get this mail because it is about your account."),
    )
