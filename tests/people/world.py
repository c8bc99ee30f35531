"""Rows for the addresses of people and institutions."""

from tests import factories
from tests.world import Addresses, Town


def addresses(town: Town) -> Addresses:
    town.organisation = factories.organisation(town.municipality)
    return (
        {"sign_in": {}, "sign_out": {}, "account": {}}
        | town.here("organisations", "add_organisation", "authorities", "unsaved")
        | town.here("edit_organisation", number=town.organisation.pk)
    )
