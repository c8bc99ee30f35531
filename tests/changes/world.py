"""The addresses of what changed."""

from tests.world import Addresses, Town


def addresses(town: Town) -> Addresses:
    return town.here("changes", "change_feed")
