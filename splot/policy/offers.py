"""What rooms above may say of a running policy on the desk, and what they do when its text is
put in another order.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple, Protocol

from splot.core.offers import Offer
from splot.people.models import User

from .models import Policy


class GapLine(NamedTuple):
    """A sentence on what is missing, and the address where one sees which."""

    sentence: str
    url: str


@dataclass(frozen=True)
class PolicyGaps:
    """What a room finds missing in a policy's year, the most urgent first.

    `above` and `below` are templates of the room around the lines of all rooms; they find `content`
    under the name `section`. `complete` is said where no room has a line.
    """

    position: int
    lines: list[GapLine]
    above: str = ""
    below: str = ""
    complete: str = ""
    content: Mapping[str, object] = field(default_factory=dict)


class GapsOf(Protocol):
    """`desk.py`: what a running policy lacks today, in a fixed number of queries."""

    def __call__(self, user: User, policy: Policy, today: date) -> PolicyGaps: ...


POLICY_GAPS: Offer[GapsOf] = Offer("desk", "policy_gaps")


class FollowTextOrder(Protocol):
    """`text_order.py`: passages changed their places, came or went. Runs inside the action."""

    def __call__(self, policy: Policy) -> None: ...


TEXT_ORDER: Offer[FollowTextOrder] = Offer("text_order", "follow_text_order")


def tell_new_order(policy: Policy) -> None:
    """Let the rooms above follow the order of the text as it is now."""
    for follow_text_order in TEXT_ORDER.gather():
        follow_text_order(policy)
