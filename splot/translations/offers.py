"""What rooms say for the background worker, which knows a collection of texts by its row alone."""

from typing import Protocol

from splot.core.offers import Offer

from .texts import TextCollection


class TextCollectionOf(Protocol):
    """`translatable.py`: the texts of a row ("policy.policy", its key) that are translated
    together; None for a row of another room.
    """

    def __call__(self, model: str, key: int) -> TextCollection | None: ...


TEXT_COLLECTIONS: Offer[TextCollectionOf] = Offer("translatable", "text_collection_of")


def text_collection_of(model: str, key: int) -> TextCollection:
    for collection_of_room in TEXT_COLLECTIONS.gather():
        if collection := collection_of_room(model, key):
            return collection
    raise LookupError(f"no room translates the texts of {model}")
