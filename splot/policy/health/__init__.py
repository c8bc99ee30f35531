"""The health of a policy: what a careful reader would ask about before the council does. Never a
blocker.
"""

from ..contents import Contents
from .findings import PolicyFinding
from .gaps import find_gaps
from .structure import find_structure_problems
from .texts import find_text_problems

__all__ = ["PolicyFinding", "policy_findings"]


def policy_findings(contents: Contents) -> list[PolicyFinding]:
    """Everything worth a look, the heaviest first; the same contents give the same findings. No
    queries.
    """
    findings = [
        *find_structure_problems(contents),
        *find_gaps(contents),
        *find_text_problems(contents),
    ]
    return sorted(findings, key=lambda finding: finding.weight)
