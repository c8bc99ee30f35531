"""Municipalities and accounts: `splot open-municipality`, `add-person`, `mark-operator`,
`new-password`, `reset-second-factors`.
"""

from __future__ import annotations

import argparse
import secrets
from typing import TYPE_CHECKING

from django.core.management import call_command

from .refusals import CommandRefused, Commands, explain_validation_errors, municipality_by_slug

if TYPE_CHECKING:
    from splot.people.models import User


def add_commands(commands: Commands) -> None:
    """Declare `open-municipality`, `add-person`, `mark-operator`, `new-password` and
    `reset-second-factors`.
    """
    opening = commands.add_parser(
        "open-municipality", help="open a municipality in this installation"
    )
    opening.add_argument(
        "slug", help="its part of every address, for ever: small letters, digits, hyphens"
    )
    opening.add_argument("--name", required=True)
    opening.add_argument("--teryt", required=True, help="the seven digits of its TERYT code")
    opening.set_defaults(run=_open_municipality)

    person = commands.add_parser(
        "add-person", help="give a person an account and a role; prints a password once"
    )
    person.add_argument("email")
    person.add_argument(
        "--name", required=True, help="as it stands beside what the person publishes"
    )
    person.add_argument("--municipality", required=True, metavar="SLUG")
    person.add_argument("--role", default="coordinator")
    person.set_defaults(run=_add_person)

    operator = commands.add_parser(
        "mark-operator", help="let an account see the condition of the installation"
    )
    operator.add_argument("email")
    operator.add_argument("--no-longer", action="store_true", help="take the mark away again")
    operator.set_defaults(run=_mark_operator)

    password = commands.add_parser(
        "new-password", help="give an account a new password; prints it once"
    )
    password.add_argument("email")
    password.set_defaults(run=_set_new_password)

    factors = commands.add_parser(
        "reset-second-factors", help="remove the second factors of somebody who has lost them"
    )
    factors.add_argument("email")
    factors.set_defaults(run=_reset_second_factors)


def _open_municipality(arguments: argparse.Namespace) -> None:
    from splot.core.languages import Text
    from splot.people.actions import open_municipality

    call_command("migrate", verbosity=0)
    name = Text.of("pl", {"pl": arguments.name})
    with explain_validation_errors():
        open_municipality(by=None, name=name, slug=arguments.slug, teryt=arguments.teryt)
    print(
        f"Opened {arguments.name}. Next: splot add-person EMAIL --name NAME --municipality "
        f"{arguments.slug}"
    )


def _add_person(arguments: argparse.Namespace) -> None:
    from django.db import transaction

    from splot.people.actions import add_user, give_role
    from splot.people.models import Membership

    if arguments.role not in Membership.Role:
        raise CommandRefused(
            f"no role {arguments.role!r} (known: {', '.join(Membership.Role.values)})"
        )
    municipality, password = (
        municipality_by_slug(arguments.municipality),
        secrets.token_urlsafe(12),
    )
    with explain_validation_errors(), transaction.atomic():
        user = add_user(by=None, email=arguments.email, name=arguments.name, password=password)
        give_role(by=None, user=user, municipality=municipality, role=arguments.role)
    print(f"{arguments.email} can sign in. The password, shown this once: {password}")


def _mark_operator(arguments: argparse.Namespace) -> None:
    from splot.people.actions import mark_operator

    user = _user_by_email(arguments.email)
    mark_operator(by=None, user=user, is_operator=not arguments.no_longer)
    words = "sees no longer" if arguments.no_longer else "sees"
    print(f"{user.email} {words} the condition of the installation, at /en/health/.")


def _set_new_password(arguments: argparse.Namespace) -> None:
    from splot.people.actions import change_password

    user, password = _user_by_email(arguments.email), secrets.token_urlsafe(12)
    change_password(by=None, user=user, password=password)
    print(f"The new password of {user.email}, shown this once: {password}")


def _reset_second_factors(arguments: argparse.Namespace) -> None:
    from splot.people.actions.second_factors import reset_second_factors

    user = _user_by_email(arguments.email)
    number = reset_second_factors(by=None, user=user)
    print(f"Second factors of {user.email} removed: {number}")


def _user_by_email(email: str) -> User:
    from splot.people.queries import user_by_email

    user = user_by_email(email)
    if user is None:
        raise CommandRefused(f"nobody has the address {email}")
    return user
