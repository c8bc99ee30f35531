"""Reads what changed, as far as everybody may see it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from splot.core.addresses import address_in_language
from splot.search.models import SearchEntry
from splot.search.offers import PUBLIC

from .models import FeedEntry
from .offers import change_kinds

Subject = tuple[str, int]


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


def newest_of_each_kind(changes: Iterable[Change]) -> list[tuple[Change, int]]:
    """The newest change of each kind on a day, and how many others of that kind the day has."""
    days = []
    for __, neighbours in groupby(changes, key=lambda change: (change.day, change.label)):
        newest, *others = neighbours
        days.append((newest, len(others)))
    return days
