"""Reads what changed, as far as everybody may see it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone

from splot.core.addresses import address_in_language
from splot.search.models import SearchEntry
from splot.search.offers import PUBLIC

from .models import FeedEntry
from .offers import change_kinds

Subject = tuple[str, int]
COUNTED_ENTRIES = 1000  # for the first screen


@dataclass(frozen=True)
class Change:
    """What happened to one subject on one day: entries of one kind, the newest first."""

    label: str
    subject: SearchEntry
    entries: list[FeedEntry]

    @property
    def newest(self) -> FeedEntry:
        return self.entries[0]

    @property
    def day(self) -> date:
        return timezone.localtime(self.newest.at).date()

    @property
    def url(self) -> str:
        return address_in_language(self.subject.address)


def public_entries(scope: str) -> QuerySet[FeedEntry]:
    """What happened to what everybody can see, the newest first."""
    subjects = SearchEntry.objects.filter(
        model=OuterRef("subject_model"),
        object_id=OuterRef("subject_id"),
        audience=PUBLIC,
        parent_audience=PUBLIC,
    )
    return FeedEntry.objects.filter(Exists(subjects), scope=scope).order_by("-at", "-pk")


def changes_of(entries: Iterable[FeedEntry]) -> list[Change]:
    """The entries with their subjects, in one query; neighbours of one kind, subject and day are
    one change.
    """
    rows = list(entries)
    subjects = _subjects_of(rows)
    kinds = change_kinds()
    changes = []
    for (kind, subject, __), neighbours in groupby(rows, key=_kind_subject_and_day):
        if subject in subjects:  # it may have gone since the entries were read
            changes.append(Change(kinds[kind].label, subjects[subject], list(neighbours)))
    return changes


def _kind_subject_and_day(entry: FeedEntry) -> tuple[str, Subject, date]:
    subject = entry.subject_model, entry.subject_id
    return entry.kind, subject, timezone.localtime(entry.at).date()


def _subjects_of(entries: list[FeedEntry]) -> dict[Subject, SearchEntry]:
    keys: dict[str, set[int]] = {}
    for entry in entries:
        keys.setdefault(entry.subject_model, set()).add(entry.subject_id)
    wanted = Q(pk=None)
    for model, object_ids in keys.items():
        wanted |= Q(model=model, object_id__in=object_ids)
    found = SearchEntry.objects.filter(wanted).defer("texts")
    return {(row.model, row.object_id): row for row in found}


def newest_of_each_kind(scope: str, limit: int) -> list[tuple[Change, int]]:
    """For the newest days and kinds of changes: the last one, and how many other subjects had such
    a change that day. Three queries; a day counts as far as it is among the newest COUNTED_ENTRIES.
    """
    newest = FeedEntry.objects.filter(pk__in=public_entries(scope).values("pk")[:COUNTED_ENTRIES])
    days = newest.annotate(day=TruncDate("at")).order_by().values("day", "kind")
    groups = days.annotate(
        last=Max("pk"), last_at=Max("at"), subjects=Count("subject_id", distinct=True)
    )
    counts = dict(groups.order_by("-last_at")[:limit].values_list("last", "subjects"))
    entries = FeedEntry.objects.in_bulk(list(counts))
    changes = changes_of([entries[key] for key in counts])
    return [(change, counts[change.newest.pk] - 1) for change in changes]
