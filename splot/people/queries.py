"""Reads about municipalities, people and organisations that serve several pages."""

from django.db.models import Min, Q, QuerySet
from django.http import Http404

from .models import Membership, Municipality, Organisation, User


def all_municipalities() -> QuerySet[Municipality]:
    return Municipality.objects.all()


def demonstration_accounts() -> QuerySet[Membership]:
    """One account for each role that a visitor of the demonstration can take, in each
    municipality.
    """
    accounts = Membership.objects.filter(user__is_demonstration=True, user__is_active=True)
    firsts = accounts.order_by().values("municipality", "role").annotate(first=Min("pk"))
    chosen = accounts.filter(pk__in=firsts.values("first"))
    return chosen.select_related("user", "municipality").order_by("pk")


def user_by_email(email: str) -> User | None:
    return User.objects.filter(email__iexact=email).first()


def first_municipality_of(user: User) -> Municipality | None:
    membership = user.memberships.select_related("municipality").order_by("pk").first()
    return membership.municipality if membership else None


def organisation_of(municipality: Municipality, number: int) -> Organisation:
    """An organisation of the municipality by its number in the address, or 404."""
    try:
        return municipality.organisations.get(pk=number)
    except Organisation.DoesNotExist as error:
        raise Http404 from error


def people_in_charge(municipality: Municipality, and_also: int | None = None) -> QuerySet[User]:
    """Everybody who may lead a task here, and the one who does already (by key), whatever their
    role is now.
    """
    roles = [Membership.Role.LEADER, Membership.Role.COORDINATOR]
    members = Membership.objects.filter(
        municipality=municipality, role__in=roles, user__is_active=True
    )
    return User.objects.filter(Q(pk__in=members.values("user")) | Q(pk=and_also))
