"""What can be found of the indicators."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from splot.core.addresses import address_to_keep
from splot.core.derived_tables import RowSource
from splot.people.permissions import Permission
from splot.search.offers import PUBLIC, Searchable, SearchKind, SearchSources

from .models import Indicator

INDICATOR = "indicator"


def search_sources() -> SearchSources:
    return SearchSources(
        kinds=[SearchKind(60, INDICATOR, _("Indicators"))],
        sources=[RowSource(Indicator, _indicators)],
    )


def _indicators(rows: QuerySet[Indicator]) -> Iterator[Searchable]:
    for indicator in rows.select_related("municipality"):
        yield Searchable(
            row=indicator,
            kind=INDICATOR,
            title=indicator.name,
            texts=[indicator.counted, indicator.source],
            address=address_to_keep("indicator", indicator.municipality.slug, indicator.pk),
            audience=Permission.READ_DRAFTS if indicator.is_planned else PUBLIC,
        )
