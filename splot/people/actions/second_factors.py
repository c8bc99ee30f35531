"""Writes about second factors: added, used, removed."""

from typing import TYPE_CHECKING

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import encrypt
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from splot.core.actions import Refused, action, record, record_nothing
from splot.core.values import Json

from ..mails import mail_account, notice_mail
from ..models import User
from ..second_factors import (
    Type,
    factors_of,
    has_second_factor,
    must_have_second_factor,
    recovery_codes_left,
    take_recovery_code,
)
from .own_account import refuse_shared_account

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


@action
def add_app(*, by: User, secret: str) -> list[str]:
    """Let codes of an app with this secret count from now on, those of an earlier one no more;
    gives the recovery codes if they are new.
    """
    refuse_shared_account(by)
    factors_of(by).filter(type=Type.TOTP).delete()
    data = {"secret": encrypt(secret)}
    Authenticator.objects.create(user=by, type=Type.TOTP, data=data)
    record(by=by, verb="second_factor.added", of=by, changes={"kind": [None, "app"]})
    return _after_adding(by)


@action
def add_passkey(*, by: User, name: str, credential: Json) -> list[str]:
    """Let a passkey count from now on; gives the recovery codes if they are new."""
    refuse_shared_account(by)
    data = {"name": name, "credential": dict(credential)}
    Authenticator.objects.create(user=by, type=Type.WEBAUTHN, data=data)
    record(by=by, verb="second_factor.added", of=by, changes={"kind": [None, "passkey"]})
    return _after_adding(by)


def _after_adding(user: User) -> list[str]:
    _tell(
        user,
        gettext_lazy("A second factor was added"),
        gettext_lazy("From now on your account asks for a second factor when you sign in."),
    )
    codes = Authenticator.objects.filter(user=user, type=Type.RECOVERY_CODES)
    return [] if codes.exists() else _make_recovery_codes(user)


@action
def use_recovery_code(*, user: User, code: str) -> bool:
    """Sign in with a recovery code, which counts no more; was it one?"""
    if not take_recovery_code(user, code):
        record_nothing()
        return False
    record(by=user, verb="recovery_code.used", of=user)
    return True


@action
def renew_recovery_codes(*, by: User) -> list[str]:
    """New recovery codes instead of all earlier ones."""
    Authenticator.objects.filter(user=by, type=Type.RECOVERY_CODES).delete()
    codes = _make_recovery_codes(by)
    record(by=by, verb="recovery_codes.renewed", of=by)
    return codes


def _make_recovery_codes(user: User) -> list[str]:
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    RecoveryCodes.activate(user)
    return recovery_codes_left(user)


@action
def remove_factor(*, by: User, number: int) -> None:
    """Remove an app or a passkey by its number; with the last one the recovery codes go. Raises
    Refused where one is asked for, or there is none with this number.
    """
    factor = factors_of(by).filter(pk=number).first()
    if factor is None:
        raise Refused(_("It is not there any more."))
    if must_have_second_factor(by) and factors_of(by).count() == 1:
        raise Refused(_("This installation asks you for a second factor. Add another one first."))
    factor.delete()
    _drop_dangling_codes(by)
    record(by=by, verb="second_factor.removed", of=by, changes={"kind": [factor.type, None]})
    _tell(
        by,
        gettext_lazy("A second factor was removed"),
        gettext_lazy("Your account has one second factor less since now."),
    )


@action
def reset_second_factors(*, by: User | None, user: User) -> int:
    """Remove all second factors of somebody who has lost them; gives how many there were."""
    factors = Authenticator.objects.filter(user=user)
    number = factors_of(user).count()
    factors.delete()
    record(by=by, verb="second_factor.reset", of=user, changes={"factors": [number, 0]})
    _tell(
        user,
        gettext_lazy("Your second factors were removed"),
        gettext_lazy("Whoever runs this installation removed them."),
    )
    return number


def _drop_dangling_codes(user: User) -> None:
    if not has_second_factor(user):
        Authenticator.objects.filter(user=user, type=Type.RECOVERY_CODES).delete()


def _tell(user: User, subject: "StrPromise", opening: "StrPromise") -> None:
    key = f"second-factor:{user.pk}:{timezone.now():%Y%m%d%H%M%S%f}"
    mail_account(user, key, lambda: notice_mail(str(subject), str(opening)))
