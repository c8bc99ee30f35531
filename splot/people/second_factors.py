"""Second factors of a person: an app that shows codes, passkeys, and recovery codes for the day on
which neither is at hand.

allauth keeps and checks them; its modules for passkeys are large and are loaded where one is used.
"""

import binascii
import json

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret, validate_totp_code
from allauth.mfa.utils import decrypt
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from splot.core.values import Json

from .models import Membership, User
from .throttle import exceeds_limit

Type = Authenticator.Type
CODE_SECONDS = 90  # for so long a code of an app is right, a little before and after its time

__all__ = ["Type", "generate_totp_secret"]


def factors_of(user: User) -> "QuerySet[Authenticator]":
    """An app and passkeys; not the recovery codes, which are none by themselves."""
    factors: QuerySet[Authenticator] = Authenticator.objects.filter(user=user)
    return factors.exclude(type=Type.RECOVERY_CODES).order_by("pk")


def has_second_factor(user: User) -> bool:
    return factors_of(user).exists()


def must_have_second_factor(user: User) -> bool:
    """Does the installation ask this person for one? Coordinators and operators, if it is set."""
    if not settings.SECOND_FACTOR_REQUIRED or user.is_demonstration:
        return False
    coordinates = user.memberships.filter(role=Membership.Role.COORDINATOR)
    return user.is_operator or coordinates.exists()


def is_code_of_secret(secret: str, code: str) -> bool:
    """Does an app with this secret show the code now?"""
    return bool(validate_totp_code(secret, _normalise_code(code)))


def is_code_of_app(user: User, code: str) -> bool:
    """Does the person's app show the code now, and is it sent for the first time?"""
    app = Authenticator.objects.filter(user=user, type=Type.TOTP).first()
    if app is None or not is_code_of_secret(decrypt(app.data["secret"]), code):
        return False
    used = f"code {_normalise_code(code)} of {user.pk}"
    return not exceeds_limit(used, limit=1, seconds=CODE_SECONDS)


def take_recovery_code(user: User, code: str) -> bool:
    """Is it one of the person's recovery codes? It counts no more then. Part of an action."""
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    kept = Authenticator.objects.filter(user=user, type=Type.RECOVERY_CODES).first()
    return kept is not None and RecoveryCodes(kept).validate_code(_normalise_code(code))


def _normalise_code(code: str) -> str:
    return "".join(code.split()).replace("-", "")


def recovery_codes_left(user: User) -> list[str]:
    kept = Authenticator.objects.filter(user=user, type=Type.RECOVERY_CODES).first()
    return list(kept.wrap().get_unused_codes()) if kept else []


def passkey_creation_options(user: User) -> str:
    """What the browser needs to make a passkey, as JSON; the session remembers the challenge."""
    from allauth.mfa.webauthn.internal.auth import begin_registration

    return json.dumps(begin_registration(user, False))


def passkey_request_options(user: User) -> str:
    """What the browser needs to show a passkey, as JSON; the session remembers the challenge."""
    from allauth.mfa.webauthn.internal.auth import begin_authentication

    return json.dumps(begin_authentication(user))


def parse_new_passkey(words: str) -> Json | None:
    """The passkey that a browser made for the challenge of the session, None if it is none."""
    from allauth.mfa.webauthn.internal.auth import (
        complete_registration,
        parse_registration_response,
    )

    try:
        credential = json.loads(words)
        parse_registration_response(credential)
        complete_registration(credential)
    except (ValueError, TypeError, KeyError, AttributeError, ValidationError, binascii.Error):
        return None
    return dict(credential)


def is_passkey_of(user: User, words: str) -> bool:
    """Did a browser answer the challenge of the session with a passkey of this person?"""
    from allauth.mfa.webauthn.internal.auth import (
        complete_authentication,
        parse_authentication_response,
    )

    try:
        answer = json.loads(words)
        parse_authentication_response(answer)
        complete_authentication(user, answer)
    except (ValueError, TypeError, KeyError, AttributeError, ValidationError, binascii.Error):
        return False
    return True
