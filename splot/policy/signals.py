"""What later rooms are told of, inside the action that did it."""

from django.dispatch import Signal

# Passages changed their places, came or went; `sender` is Policy, `policy` the one whose order is
# another now.
rearranged = Signal()
