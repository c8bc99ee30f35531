"""Who may read and write reviews."""

from splot.people.rules import Permission, Placed, Visitor, can_read_drafts, has_permission
from splot.policy.rules import can_read_policy

from .models import Review


def can_read_review(user: Visitor, review: Review) -> bool:
    """A published one everybody who can read its policy; a draft only those who work on the
    policy.
    """
    return can_read_drafts(user, review) or (
        review.is_public and can_read_policy(user, review.policy)
    )


def can_propose(user: Visitor, resource: Placed) -> bool:
    """The monitoring team writes the corrections that it proposes; the coordinator can too."""
    return has_permission(user, Permission.PROPOSE_CORRECTIONS, resource)


def can_edit_review(user: Visitor, resource: Placed) -> bool:
    return has_permission(user, Permission.EDIT_REPORTS, resource)


can_edit_proposal = can_edit_review
can_start_review = can_edit_review
