"""Who may read and write indicators."""

from splot.people.rules import Permission, Placed, Visitor, can_read_drafts, has_permission

from .models import Indicator


def can_read_indicator(user: Visitor, indicator: Indicator) -> bool:
    """What a draft policy plans to measure is seen by the team alone."""
    return not indicator.is_planned or can_read_drafts(user, indicator)


def can_edit_indicator(user: Visitor, resource: Placed) -> bool:
    return has_permission(user, Permission.EDIT_INDICATORS, resource)
