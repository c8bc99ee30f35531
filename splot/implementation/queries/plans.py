"""The table of a policy and the years that it is read by; its sensitive groups."""

from datetime import date

from splot.people.models import Municipality
from splot.people.queries import within
from splot.policy.models import Policy

from ..models import ImplementationPlan, SensitiveGroup


def table_year(policy: Policy, asked: str | None, today: date) -> int:
    """The year a page is about: the one asked for if the term has it, else today's, kept inside the
    term.
    """
    if asked and asked in map(str, policy.years):
        return int(asked)
    return min(max(today.year, policy.starts), policy.ends)


def year_choices(policy: Policy, current: int) -> list[dict[str, object]]:
    """The years of the term, to choose from; none when there is only one."""
    years = policy.years if len(policy.years) > 1 else ()
    return [
        {"label": str(year), "url": f"?year={year}", "current": year == current} for year in years
    ]


def plan_of(policy: Policy) -> ImplementationPlan | None:
    """The newest table of the policy."""
    return policy.plans.first()


def group_of(municipality: Municipality, number: int) -> SensitiveGroup:
    """A sensitive group of the municipality by its number in the address, or 404."""
    return within(municipality, SensitiveGroup.objects.all(), pk=number)
