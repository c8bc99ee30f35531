"""Who may read and write indicators."""

from splot.people.rules import anyone, is_coordinator

can_read_indicator = anyone
can_edit_indicator = is_coordinator
