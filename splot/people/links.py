"""Personal links: a secret address for one purpose and one owner. Only the hash of the token is
kept.
"""

import secrets
from hashlib import sha256

from django.utils import timezone

from .models import Municipality, PersonalLink
from .queries import people_in_charge, share_parents


def new_token() -> str:
    """A secret of 256 bits, as it stands in an address."""
    return secrets.token_urlsafe(32)


def hash_token(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def link_by_token(municipality: Municipality, token: str, purpose: str) -> PersonalLink | None:
    """The municipality's link with this secret, also one that has ended; None when there is
    none.
    """
    links = PersonalLink.objects.filter(
        municipality=municipality, purpose=purpose, token_hash=hash_token(token)
    )
    link = links.select_related("user", "organisation").first()
    return link and share_parents(link, municipality)


def is_expired(link: PersonalLink) -> bool:
    """Has its time run out? A withdrawn link is not expired: nobody is told to ask for a new
    one.
    """
    return (
        link.withdrawn_at is None
        and link.expires_at is not None
        and link.expires_at <= timezone.now()
    )


def is_usable(link: PersonalLink) -> bool:
    """Open, and its person may still do here what it is for: who leaves takes no way in along."""
    if not link.is_open or link.user is None:
        return link.is_open
    if link.purpose == PersonalLink.Purpose.REPORT:
        return people_in_charge(link.municipality).filter(pk=link.user.pk).exists()
    return (
        link.user.is_active
        and link.user.memberships.filter(municipality=link.municipality_id).exists()
    )
