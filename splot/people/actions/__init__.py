"""Writes about municipalities, people and organisations."""

from typing import Any
from uuid import UUID

from django.contrib.auth.password_validation import validate_password

from splot.core.actions import action, change, entry_by_idempotency_key, record
from splot.core.actors import By
from splot.core.languages import Text

from ..models import Membership, Municipality, Organisation, User


@action
def open_municipality(
    *,
    by: User | None,
    name: Text,
    slug: str,
    teryt: str,
    language: str = "pl",
    is_demonstration: bool = False,
) -> Municipality:
    municipality = Municipality(
        name=name, slug=slug, teryt=teryt, language=language, is_demonstration=is_demonstration
    )
    municipality.full_clean(exclude=["name"])
    municipality.save()
    record(by=by, verb="municipality.opened", of=municipality)
    return municipality


@action
def open_network(
    *, by: User | None, name: Text, slug: str, language: str = "pl", is_demonstration: bool = False
) -> Municipality:
    """Open a network of municipalities: a tenant without a territory of its own."""
    network = Municipality(
        kind=Municipality.Kind.NETWORK,
        name=name,
        slug=slug,
        language=language,
        is_demonstration=is_demonstration,
    )
    network.full_clean(exclude=["name", "teryt"])
    network.save()
    record(by=by, verb="network.opened", of=network)
    return network


@action
def name_authorities(*, by: User | None, municipality: Municipality, **names: Any) -> Municipality:
    """Say what the executive and the council are, and what they are called; acts that were adopted
    keep the names that they were adopted with.
    """
    return change(municipality, by=by, verb="authorities.named", **names)


@action
def add_user(
    *,
    by: User | None,
    email: str,
    name: str,
    password: str,
    language: str = "pl",
    is_demonstration: bool = False,
) -> User:
    user = User(
        email=email.lower(), name=name, language=language, is_demonstration=is_demonstration
    )
    user.set_password(password)
    user.full_clean()
    user.save()
    record(by=by, verb="user.added", of=user)
    return user


@action
def change_password(*, by: User | None, user: User, password: str) -> User:
    """Give an account a new password; every session that it has open ends."""
    validate_password(password, user)
    user.set_password(password)
    user.save(update_fields=["password"])
    record(by=by, verb="password.changed", of=user)
    return user


@action
def change_account(*, by: By, user: User, **values: Any) -> User:
    """Change one's own language, or whether mail is wanted."""
    return change(User.objects.get(pk=user.pk), by=by, verb="account.changed", **values)


@action
def give_role(
    *,
    by: User | None,
    user: User,
    municipality: Municipality,
    role: str,
    organisation: Organisation | None = None,
) -> Membership:
    membership, __ = Membership.objects.get_or_create(
        municipality=municipality, user=user, role=role, organisation=organisation
    )
    record(by=by, verb="role.given", of=membership)
    return membership


@action
def add_organisation(
    *,
    by: User | None,
    municipality: Municipality,
    name: Text,
    kind: str,
    email: str = "",
    wants_mail: bool = True,
    idempotency_key: UUID | None = None,
) -> Organisation:
    if done := entry_by_idempotency_key(idempotency_key):
        return Organisation.objects.get(pk=done.object_id)
    organisation = Organisation.objects.create(
        municipality=municipality, name=name, kind=kind, email=email, wants_mail=wants_mail
    )
    record(by=by, verb="organisation.added", of=organisation, idempotency_key=idempotency_key)
    return organisation


@action
def change_organisation(
    *,
    by: By,
    organisation: Organisation,
    version: int,
    **values: Any,
) -> Organisation:
    """Change the name, kind or mail. Raises Conflict when somebody else changed it since
    `version`.
    """
    return change(organisation, by=by, verb="organisation.changed", version=version, **values)


@action
def mark_operator(*, by: User | None, user: User, is_operator: bool) -> User:
    """Let an account see the condition of the installation, or no longer."""
    return change(user, by=by, verb="operator.marked", is_operator=is_operator)
