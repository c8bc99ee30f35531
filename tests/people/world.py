"""Rows for the addresses of people and institutions."""

from splot.people.account_links import create_account_link
from splot.people.models import AccountLink
from tests import factories
from tests.world import Addresses, Town

OWN_PAGES = ("account", "account_password", "account_email", "account_sessions")
OWN_PAGES += ("second_factors", "add_app", "add_passkey", "second_step", "second_step_setup")


def addresses(town: Town) -> Addresses:
    town.organisation = factories.organisation(town.municipality)
    person = factories.user(town.municipality, "reader")
    tokens = {}
    for name, purpose in (("set_password", "RECOVERY"), ("confirm_email", "EMAIL")):
        chosen = AccountLink.Purpose[purpose]
        email = f"other-{town.municipality.slug}@example.org"
        __, token = create_account_link(person, chosen, email=email, by=None)
        tokens[name] = {"token": token}
    site: Addresses = {name: {} for name in ("sign_in", "sign_out", "recover_password", *OWN_PAGES)}
    return (
        site
        | tokens
        | town.here("organisations", "add_organisation", "organisation_addresses")
        | town.here("authorities", "unsaved", "people", "invite_person")
        | town.here("edit_organisation", number=town.organisation.pk)
        | town.here("person", "end_person", number=person.pk)
    )
