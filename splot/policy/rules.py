"""Who may read and write policies."""

from typing import Any

from splot.people.rules import is_coordinator, is_staff

from .models import Policy


def can_read_policy(user: Any, policy: Policy) -> bool:
    return policy.is_public or is_staff(user, policy)


def can_read_part(user: Any, part: Any) -> bool:
    """A passage, or anything else that names its policy, can be read with the policy."""
    return can_read_policy(user, part.policy)


can_edit_policy = is_coordinator
can_import_policy = is_coordinator
