"""Fills an installation with the demonstration: acts parsed by the readers, rows written by the
actions.
"""

from importlib import import_module

from django.db import transaction
from django.utils.module_loading import module_has_submodule
from django.utils.translation import override

from splot.core.offers import installed_rooms
from splot.people.actions import open_municipality
from splot.people.models import Municipality

from . import rooms
from .accounts import MUNICIPALITIES
from .municipality import DemoMunicipality, polish_text


@transaction.atomic
def load_demonstration() -> list[Municipality]:
    """Make both municipalities or none. Raises ValidationError when they are there already."""
    with override("pl"):  # what the readers say of a text is kept in the language of the town
        return [_load_municipality(DemoMunicipality(**town)) for town in MUNICIPALITIES]


def _load_municipality(town: DemoMunicipality) -> Municipality:
    """Opens the town and fills its rooms, the lowest first: rows of a room hang on those below."""
    town.municipality = open_municipality(
        by=None,
        name=polish_text(town.name),
        slug=town.slug,
        teryt=town.teryt,
        is_demonstration=True,
    )
    for room in reversed(installed_rooms()):
        if module_has_submodule(rooms, room.label):
            import_module(f"{rooms.__name__}.{room.label}").load(town)
    return town.municipality
