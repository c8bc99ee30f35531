"""Makes the table of changes from the beginning. It says only what other rows say already, so it
is no entry of the audit trail.
"""

from django.db import transaction

from splot.core.actions import increment_revisions

from .entries import all_sources, update_entries
from .models import ENTRY_VERSION, FeedEntry


def rebuild_changes() -> None:
    """Make every entry anew that does not say what its row says."""
    with transaction.atomic():
        scopes: set[str] = set()
        for source in all_sources():
            scopes |= update_entries(source)
        labels = [source.label for source in all_sources()]
        FeedEntry.objects.exclude(model__in=labels).delete()
        increment_revisions(scopes)


def is_outdated() -> bool:
    """Was the table never filled, or filled by a version of Splot that did it in another way?"""
    current = FeedEntry.objects.filter(version=ENTRY_VERSION)
    return FeedEntry.objects.exclude(version=ENTRY_VERSION).exists() or not current.exists()
