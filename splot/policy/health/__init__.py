"""The health of a policy: what a careful reader would ask about before the council does. Never a blocker."""

from ..contents import Contents
from .findings import Finding
from .gaps import gaps_in
from .texts import doubts_about_texts
from .wholes import doubts_about_the_whole

__all__ = ["Finding", "findings_of"]


def findings_of(contents: Contents) -> list[Finding]:
    """Everything worth a look, the heaviest first; the same contents give the same findings. No queries."""
    found = [*doubts_about_the_whole(contents), *gaps_in(contents), *doubts_about_texts(contents)]
    return sorted(found, key=lambda finding: finding.weight)
