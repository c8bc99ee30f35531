"""Who may read and write indicators."""

from splot.people.rules import Visitor, is_coordinator, is_staff

from .models import Indicator


def can_read_indicator(user: Visitor, indicator: Indicator) -> bool:
    """What a draft policy plans to measure is seen by the team alone."""
    return not indicator.is_planned or is_staff(user, indicator)


can_edit_indicator = is_coordinator
