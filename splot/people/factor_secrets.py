"""How secrets of second factors are kept: encrypted with a key that is not in the database."""

from base64 import urlsafe_b64encode
from hashlib import sha256
from typing import TYPE_CHECKING

from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings

if TYPE_CHECKING:
    from cryptography.fernet import Fernet

ISSUER = "Splot"


class FactorSecrets(DefaultMFAAdapter):  # type: ignore[misc]  # allauth brings no types
    """What allauth asks of us: encryption, and which site the factors are for."""

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def _get_site_name(self) -> str:
        return ISSUER


def _cipher() -> "Fernet":
    from cryptography.fernet import Fernet  # large, and seldom needed

    key = sha256(b"splot.people.factor_secrets " + settings.SECRET_KEY.encode()).digest()
    return Fernet(urlsafe_b64encode(key))
