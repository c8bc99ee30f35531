"""What can be found of the table: its tasks, and the institutions that have a part in them."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from splot.core.actions import RecordedWrite
from splot.core.addresses import address_to_keep
from splot.core.derived_tables import Rows, RowSource
from splot.people.models import Organisation
from splot.people.permissions import Permission
from splot.policy.models import Policy
from splot.policy.queries import current_policy
from splot.search.offers import PUBLIC, Searchable, SearchKind, SearchSources

from .columns import text_codes
from .models import Task

TASK, INSTITUTION = "task", "institution"
# the fields of a policy that decide where its table is and who may see it
PLACING_FIELDS = {"status", "term", "starts", "ends"}


def search_sources() -> SearchSources:
    return SearchSources(
        kinds=[
            SearchKind(30, TASK, _("Tasks")),
            SearchKind(40, INSTITUTION, _("Institutions")),
        ],
        sources=[
            RowSource(Task, _tasks, _tasks_of_moved_policy, searched_fields()),
            RowSource(Organisation, _institutions, _institutions_of_moved_policy),
        ],
    )


def searched_fields() -> frozenset[str]:
    """The fields of a task that can be found, and the one that takes it away."""
    return frozenset({*text_codes(), "is_archived"})


def _tasks(rows: QuerySet[Task]) -> Iterator[Searchable]:
    for task in rows.filter(is_archived=False).select_related("policy", "municipality"):
        policy = task.policy
        yield Searchable(
            row=task,
            kind=TASK,
            title=task.title,
            texts=[getattr(task, name) for name in text_codes() if name != "title"],
            number=str(task.number),
            address=address_to_keep("task", task.municipality.slug, policy.term, task.number),
            parent=(Policy, policy.pk),
            context=policy.term,
            year=policy.starts,
        )


def _institutions(rows: QuerySet[Organisation]) -> Iterator[Searchable]:
    """An institution leads to its part of the table that the public sees; without one to its line
    in the list, for who keeps that.
    """
    tables: dict[int, Policy | None] = {}
    for organisation in rows.select_related("municipality"):
        town = organisation.municipality
        if town.pk not in tables:
            tables[town.pk] = current_policy(town)
        policy = tables[town.pk]
        address = address_to_keep("edit_organisation", town.slug, organisation.pk)
        if policy is not None:
            table = address_to_keep("table", town.slug, policy.term)
            address = f"{table}?organisation={organisation.pk}"
        yield Searchable(
            row=organisation,
            kind=INSTITUTION,
            title=organisation.name,
            address=address,
            audience=PUBLIC if policy else Permission.KEEP_LISTS,
        )


def _tasks_of_moved_policy(write: RecordedWrite) -> Rows | None:
    policy = _moved_policy(write)
    return Task.objects.filter(policy=policy) if policy else None


def _institutions_of_moved_policy(write: RecordedWrite) -> Rows | None:
    policy = _moved_policy(write)
    return Organisation.objects.filter(municipality=policy.municipality) if policy else None


def _moved_policy(write: RecordedWrite) -> Policy | None:
    """The policy that a write began, published or gave other years, if it did."""
    is_new = not write.changed
    if isinstance(write.row, Policy) and (is_new or write.changed & PLACING_FIELDS):
        return write.row
    return None
