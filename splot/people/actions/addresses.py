"""Writes about the e-mail addresses of institutions, many at once."""

from collections.abc import Sequence

from splot.core.actions import action, record_nothing

from ..models import Municipality, Organisation, User
from . import change_organisation


@action
def change_addresses(
    *,
    by: User,
    municipality: Municipality,
    addresses: Sequence[tuple[Organisation, int, str]],
) -> None:
    """Give institutions of a municipality these addresses: (institution, version that was seen,
    address). All are saved or none. Raises Conflict.
    """
    if not addresses:
        record_nothing()
    for organisation, version, email in addresses:
        if organisation.municipality_id != municipality.pk:
            raise ValueError("an institution of another municipality")
        change_organisation(by=by, organisation=organisation, version=version, email=email)
