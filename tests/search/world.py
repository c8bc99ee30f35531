"""The address of the search."""

from tests.world import Addresses, Town


def addresses(town: Town) -> Addresses:
    return town.here("search")
