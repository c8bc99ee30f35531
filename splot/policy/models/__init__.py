"""A policy of one municipality for one term: its passages as rows, its frozen texts, the steps of
its writing.
"""

from .parts import (
    PARTS,
    Activity,
    Aim,
    Area,
    PolicyPart,
    PolicyPassage,
    Provision,
    Value,
    address_of_number,
)
from .policies import Policy
from .versions import ActImport, PolicyVersion, Step

__all__ = [
    "PARTS",
    "ActImport",
    "Activity",
    "Aim",
    "Area",
    "Policy",
    "PolicyPart",
    "PolicyPassage",
    "PolicyVersion",
    "Provision",
    "Step",
    "Value",
    "address_of_number",
]
