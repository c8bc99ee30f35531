"""Who runs the installation: a mark on an account."""

from splot.core.actions import action, change

from .models import User


@action
def mark_operator(*, by: User | None, user: User, is_operator: bool) -> User:
    """Let an account see the condition of the installation, or no longer."""
    return change(user, by=by, verb="operator.marked", is_operator=is_operator)
