"""Reads about municipalities, people and organisations that serve several pages."""

from collections.abc import Iterator
from typing import Any, TypeVar

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import ForeignKey, Min, Model, Prefetch, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from splot.language.folding import fold

from .models import (
    AccountLink,
    Membership,
    Municipality,
    MunicipalityModel,
    Organisation,
    User,
)
from .permissions import Permission, roles_with_permission
from .states import PersonEntry, build_person_entry

Row = TypeVar("Row", bound=MunicipalityModel)
AnyRow = TypeVar("AnyRow", bound=Model)
Parent = Municipality | MunicipalityModel
LoadedRows = dict[tuple[type[Model], object], Model]


def within(parent: Parent, queryset: QuerySet[Row], **key: Any) -> Row:
    """The one row with this key that belongs to the parent and to its municipality, or 404.

    The row, and what its query read along with it, share the parent and the rows above it, so that
    no query follows for `row.policy` or `row.municipality`.
    """
    own: dict[str, Any] = {"municipality": _municipality_key(parent)}
    name = str(parent._meta.model_name)
    if any(field.name == name for field in _relations(queryset.model)):
        own[name] = parent.pk
    try:
        row = queryset.filter(**own).get(**key)
    except queryset.model.DoesNotExist as error:
        raise Http404 from error
    return share_parents(row, parent)


def share_parents(row: AnyRow, *parents: Model) -> AnyRow:
    """Let a row, and what was read along with it, share the parents and the rows above them."""
    known: LoadedRows = {}
    for parent in parents:
        _collect_loaded(parent, known)
    _share(row, known)
    return row


def _municipality_key(parent: Parent) -> int:
    return parent.pk if isinstance(parent, Municipality) else parent.municipality_id


def _relations(row: Model | type[Model]) -> "Iterator[ForeignKey[Any, Any]]":
    return (field for field in row._meta.concrete_fields if isinstance(field, ForeignKey))


def _collect_loaded(row: Model, known: LoadedRows) -> None:
    """Add the row and all above it that are in memory to `known`."""
    if (type(row), row.pk) in known:
        return
    known[type(row), row.pk] = row
    for field in _relations(row):
        if above := field.get_cached_value(row, default=None):
            _collect_loaded(above, known)


def _share(row: Model, known: LoadedRows) -> None:
    """Set each relation that leads to a known row; the others that are loaded do the same."""
    known[type(row), row.pk] = row
    for field in _relations(row):
        # not by getattr, which would read a deferred key
        key = field.related_model, vars(row).get(field.attname)
        if same := known.get(key):
            setattr(row, field.name, same)
        elif loaded := field.get_cached_value(row, default=None):
            _share(loaded, known)


def all_tenants() -> QuerySet[Municipality]:
    """Municipalities and networks."""
    return Municipality.objects.all()


def all_municipalities() -> QuerySet[Municipality]:
    return Municipality.objects.filter(kind=Municipality.Kind.MUNICIPALITY)


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
    return within(municipality, Organisation.objects.all(), pk=number)


def people_in_charge(municipality: Municipality, and_also: int | None = None) -> QuerySet[User]:
    """Everybody who may lead a task here, and the one who does already (by key), whatever their
    role is now.
    """
    roles = roles_with_permission(Permission.REPORT_ON_OWN_TASKS)
    members = Membership.objects.filter(
        municipality=municipality, role__in=roles, user__is_active=True
    )
    return User.objects.filter(Q(pk__in=members.values("user")) | Q(pk=and_also))


def may_show_invitation(user: User, municipality: Municipality) -> bool:
    """May the coordinator of a municipality see the address that sets a person's first password?
    Only if it opens nothing of anybody else.
    """
    elsewhere = user.memberships.exclude(municipality=municipality)
    return not (user.has_usable_password() or user.is_operator or elsewhere.exists())


def working_coordinators(municipality: Municipality) -> QuerySet[User]:
    """Coordinators who can sign in."""
    members = Membership.objects.filter(municipality=municipality, role=Membership.Role.COORDINATOR)
    people = User.objects.filter(pk__in=members.values("user"), is_active=True)
    return people.exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX)


def people_of(municipality: Municipality) -> QuerySet[User]:
    """Everybody with a role in a municipality, with their roles and invitations here, in two
    further queries.
    """
    own = Membership.objects.filter(municipality=municipality).select_related("organisation")
    invitations = AccountLink.objects.filter(purpose=AccountLink.Purpose.INVITATION)
    people = User.objects.filter(pk__in=own.values("user"))
    return people.prefetch_related(
        Prefetch("memberships", own.order_by("pk"), to_attr="roles_here"),
        Prefetch("account_links", invitations, to_attr="invitations"),
    )


def person_entries(municipality: Municipality) -> list[PersonEntry]:
    """Everybody with a role in a municipality, by name, with how far their account is."""
    entries = [build_person_entry(municipality, user) for user in people_of(municipality)]
    return sorted(entries, key=lambda entry: fold(entry.user.name))


def person_of(municipality: Municipality, number: int) -> PersonEntry:
    """A person with a role in a municipality by their number, or 404."""
    user = get_object_or_404(people_of(municipality), pk=number)
    return build_person_entry(municipality, user)
