"""The addresses around the rooms."""

from tests.world import Addresses, Town


def addresses(town: Town) -> Addresses:
    site = ("root", "own_desk", "health", "condition", "municipalities", "gallery")
    arguments: Addresses = {name: {} for name in site}
    return arguments | town.here("home", "desk", "trail", "settings")
