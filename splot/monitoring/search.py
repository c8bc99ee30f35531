"""What can be found of the annual reports."""

from collections.abc import Iterator
from functools import partial

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from splot.core.actions import RecordedWrite
from splot.core.addresses import address_to_keep
from splot.core.derived_tables import Rows, RowSource
from splot.core.interface_texts import interface_text
from splot.people.permissions import Permission
from splot.policy.models import Policy
from splot.search.offers import PUBLIC, Searchable, SearchKind, SearchSources

from .models import Review

REPORT = "report"
PLACING_FIELDS = {"term", "starts", "ends"}  # of a policy: they stand in the report's address


def search_sources() -> SearchSources:
    return SearchSources(
        kinds=[SearchKind(50, REPORT, _("Annual reports"))],
        sources=[RowSource(Review, _reports, _reports_of_moved_policy)],
    )


def _reports(rows: QuerySet[Review]) -> Iterator[Searchable]:
    for review in rows.defer("facts").select_related("policy", "municipality"):
        policy = review.policy
        place = (review.municipality.slug, policy.term)
        yield Searchable(
            row=review,
            kind=REPORT,
            title=interface_text(partial(str, review)),
            texts=[review.assessment],
            address=address_to_keep("annual_report", *place, review.year),
            audience=PUBLIC if review.is_public else Permission.READ_DRAFTS,
            parent=(Policy, policy.pk),
            context=policy.term,
            year=review.year,
        )


def _reports_of_moved_policy(write: RecordedWrite) -> Rows | None:
    policy = write.row
    if isinstance(policy, Policy) and write.changed & PLACING_FIELDS:
        return Review.objects.filter(policy=policy)
    return None
