"""Who may read and write reviews."""

from splot.people.rules import Placed, Role, Visitor, is_coordinator, is_staff, roles_of
from splot.policy.rules import can_read_policy

from .models import Review


def can_read_review(user: Visitor, review: Review) -> bool:
    """A published one everybody who can read its policy; a draft only those who work on the
    policy.
    """
    return is_staff(user, review) or (review.is_public and can_read_policy(user, review.policy))


def can_propose(user: Visitor, resource: Placed) -> bool:
    """The monitoring team writes the corrections that it proposes; the coordinator can too."""
    return bool(roles_of(user, resource.municipality) & {Role.COORDINATOR, Role.MONITOR})


can_edit_review = is_coordinator
can_edit_proposal = is_coordinator
can_start_review = is_coordinator
