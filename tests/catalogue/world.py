"""The addresses of the catalogue, which is the same for all municipalities."""

from tests.world import Addresses, Town


def addresses(town: Town) -> Addresses:
    return {"catalogue": {}, "catalogue_aspect": {"slug": "education"}}
