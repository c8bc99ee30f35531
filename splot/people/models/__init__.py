"""Users, municipalities (the tenants), organisations, and who may do what where."""

from .accounts import AccountLink, OpenSession
from .links import Attempts, PersonalLink
from .municipalities import RESERVED_SLUGS, Municipality, MunicipalityModel, OtherMunicipality
from .organisations import Organisation, OrganisationQuerySet
from .users import DEMONSTRATION_PASSWORD, Membership, Publishable, User

__all__ = [
    "DEMONSTRATION_PASSWORD",
    "RESERVED_SLUGS",
    "AccountLink",
    "Attempts",
    "Membership",
    "Municipality",
    "MunicipalityModel",
    "OpenSession",
    "Organisation",
    "OrganisationQuerySet",
    "OtherMunicipality",
    "PersonalLink",
    "Publishable",
    "User",
]
