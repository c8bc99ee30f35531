"""Makes feed entries of what the rooms say has happened."""

from collections.abc import Sequence
from itertools import chain

from splot.core.derived_tables import DerivedTable, RowSource
from splot.core.queries import first_recorded_at

from .models import FeedEntry
from .offers import FEED, Happening


class FeedTable(DerivedTable[Happening, FeedEntry]):
    """What has happened, as the rows say it."""

    model = FeedEntry
    version = 2
    compared = ("kind", "at", "subject_model", "subject_id", "who", "detail", "look")

    def sources(self) -> list[RowSource[Happening]]:
        offered = [feed_sources().sources for feed_sources in FEED.gather()]
        return list(chain.from_iterable(offered))

    def build(self, label: str, offered: Sequence[Happening]) -> list[FeedEntry]:
        """There is no entry of what nobody knows the moment of."""
        undated = [each.row.pk for each in offered if each.at is None]
        moments = first_recorded_at(label, undated) if undated else {}
        entries = []
        for happening in offered:
            at = happening.at or moments.get(happening.row.pk)
            if at is not None:
                model, key = happening.subject
                entry = FeedEntry(
                    scope=happening.row.scope,  # type: ignore[attr-defined]  # as rows that are recorded
                    model=label,
                    object_id=happening.row.pk,
                    kind=happening.kind,
                    at=at,
                    subject_model=model._meta.label_lower,
                    subject_id=key,
                    who=happening.who,
                    detail=happening.detail,
                    look=happening.look,
                )
                entries.append(entry)
        return entries


feed_table = FeedTable()
