"""What happens with annual reports: they are published."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from splot.changes.offers import ChangeKind, FeedSources, Happening
from splot.core.derived_tables import RowSource

from .models import Review

REPORT_PUBLISHED = "report_published"


def feed_sources() -> FeedSources:
    return FeedSources(
        kinds=[ChangeKind(REPORT_PUBLISHED, _("Annual report published"))],
        sources=[RowSource(Review, _published_reports)],
    )


def _published_reports(rows: QuerySet[Review]) -> Iterator[Happening]:
    published = rows.filter(published_at__isnull=False).defer("facts")
    for review in published.select_related("municipality"):
        yield Happening(
            row=review, kind=REPORT_PUBLISHED, subject=(Review, review.pk), at=review.published_at
        )
