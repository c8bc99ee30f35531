"""Secret addresses of accounts: who they belong to, and whether they open."""

from datetime import timedelta

from django.utils import timezone

from .links import hash_token, new_token
from .models import AccountLink, User

LIFETIMES = {
    AccountLink.Purpose.INVITATION: timedelta(days=14),
    AccountLink.Purpose.RECOVERY: timedelta(hours=2),
    AccountLink.Purpose.EMAIL: timedelta(days=2),
}


def create_account_link(
    user: User,
    purpose: AccountLink.Purpose,
    *,
    email: str,
    by: User | None,
    is_mailed: bool = True,
) -> tuple[AccountLink, str]:
    """A link and its token, which nobody can find out again; the earlier ones of this purpose open
    nothing any more. Part of an action.
    """
    close_account_links(user, purpose)
    token = new_token()
    link = AccountLink.objects.create(
        user=user,
        purpose=purpose,
        email=email,
        is_mailed=is_mailed,
        token_hash=hash_token(token),
        expires_at=timezone.now() + LIFETIMES[purpose],
        made_by=by,
    )
    return link, token


def close_account_links(user: User, *purposes: AccountLink.Purpose) -> None:
    """Withdraw the open links of an account with these purposes, all of them if none is named."""
    links = AccountLink.objects.filter(user=user, used_at=None, withdrawn_at=None)
    if purposes:
        links = links.filter(purpose__in=purposes)
    links.update(withdrawn_at=timezone.now())


def open_account_link(token: str, *purposes: AccountLink.Purpose) -> AccountLink | None:
    """The link with this secret, if it opens and its account is not shut; else None."""
    links = AccountLink.objects.filter(
        token_hash=hash_token(token), purpose__in=purposes, user__is_active=True
    )
    link = links.select_related("user").first()
    return link if link and link.is_open else None


def spend_account_link(link: AccountLink) -> bool:
    """Mark a link as used; False where somebody was faster, or it was withdrawn meanwhile."""
    unused = AccountLink.objects.filter(pk=link.pk, used_at=None, withdrawn_at=None)
    return bool(unused.update(used_at=timezone.now()))
