"""What rooms above may add to the navigation of the table."""

from dataclasses import dataclass
from typing import Protocol

from splot.core.offers import Offer
from splot.people.rules import Visitor
from splot.policy.models import Policy


@dataclass(frozen=True)
class TableEntry:
    """A way from the table to another page; `keeps_filters`: to the same rows in another shape."""

    position: int
    label: str
    url: str
    keeps_filters: bool = False


class TableMenu(Protocol):
    """`menu.py`: the room's entries for a reader of a policy's table, without a query."""

    def __call__(self, user: Visitor, policy: Policy) -> list[TableEntry]: ...


TABLE_VIEWS: Offer[TableMenu] = Offer("menu", "table_views")  # ways to look at the table
TABLE_START: Offer[TableMenu] = Offer("menu", "table_start")  # an empty table from a file
TABLE_WORK: Offer[TableMenu] = Offer("menu", "table_work")  # the coordinator's: collect and remind
