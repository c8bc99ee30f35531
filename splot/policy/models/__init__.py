"""A policy of one municipality for one term: its passages as rows, its frozen texts, the steps of its writing."""

from .parts import PARTS, Activity, Aim, Area, PolicyPart, Provision, Value, Written, address_of_number
from .policies import Policy
from .versions import PolicyVersion, Reading, Step

__all__ = [
    "PARTS",
    "Activity",
    "Aim",
    "Area",
    "Policy",
    "PolicyPart",
    "PolicyVersion",
    "Provision",
    "Reading",
    "Step",
    "Value",
    "Written",
    "address_of_number",
]
