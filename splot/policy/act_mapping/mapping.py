"""What becomes of the passages of an act: a proposal, in plain values."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from splot.documents.tree import Node

DUTIES = ("monitoring", "team", "mayor", "council")
OWN_AIM = "area_and_aim"  # an aim that is an area as well: "Cel szczegółowy 1: Bezpieczeństwo"


@dataclass
class ActMapping:
    """Names of areas, for each passage its role and the reason for it, and what is in doubt."""

    areas: list[str] = field(default_factory=list)
    links: dict[str, str] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def say(self, node: Node, role: str, reason: str = "") -> None:
        """A passage becomes this, for this reason."""
        self.links[node.eid] = role
        if reason:
            self.reasons[node.eid] = reason

    def say_unless_said(self, node: Node, role: str) -> None:
        """A passage becomes this, where nothing else has been said of it."""
        self.links.setdefault(node.eid, role)

    def add_area(self, name: str) -> int:
        """The number of a new area."""
        self.areas.append(name)
        return len(self.areas)

    def count_of(self, role: str) -> int:
        """How many passages become this."""
        return sum(split_role(link)[0] == role for link in self.links.values())


def split_role(role: str) -> tuple[str, int]:
    """A role and the number of its area, 0 where it has none: "activity:3" is ("activity", 3)."""
    name, __, number = role.partition(":")
    return name, int(number) if number.isdecimal() else 0


def mapping_counts(roles: Iterable[str]) -> dict[str, object]:
    """How many passages become what."""
    counts = Counter(split_role(role)[0] for role in roles)
    counts["aim"] += counts[OWN_AIM]
    counts["area"] += counts[OWN_AIM]
    names = ("aim", "activity", "institution", "partner", "audience", "leader")
    return {
        "counts": {name: counts[name] for name in names},
        "duties": sum(counts[name] for name in DUTIES),
    }


def passages_with_roles(links: dict[str, str]) -> Collection[str]:
    """The eIds of the passages that become something of their own."""
    return {eid for eid, role in links.items() if role}
