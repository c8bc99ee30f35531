"""Whatever the actions of all rooms wrote, the tables say what a rebuild would make of the rows."""

import pytest

from splot.changes.entries import feed_table
from splot.changes.models import FeedEntry
from splot.demonstration import load_demonstration
from splot.search.actions import rebuild_search
from splot.search.models import SearchEntry


@pytest.mark.slow
@pytest.mark.django_db
def test_the_demonstration_is_found_as_a_rebuild_would_find_it() -> None:
    load_demonstration()
    found, happened = search_state(), feed_state()
    assert {kind for __, ___, kind, *____ in found} == KINDS
    assert len(happened) > 50
    rebuild_search()
    feed_table.rebuild()
    assert search_state() == found
    assert feed_state() == happened


KINDS = {"passage", "act", "task", "institution", "report", "indicator"}


def search_state() -> set[tuple[object, ...]]:
    return set(
        SearchEntry.objects.values_list("model", "object_id", "kind", "checksum", "parent_audience")
    )


def feed_state() -> set[tuple[object, ...]]:
    return set(FeedEntry.objects.values_list("model", "object_id", "kind", "at", "subject_id"))
