"""Tasks that stand in the areas of a policy in every way."""

from splot.implementation.models import Task
from splot.policy.models import Policy
from tests import factories
from tests.factories import text


def tasks_in_areas(policy: Policy) -> list[Task]:
    """For an activity of area 1; in area 2 without an activity; in no area; for both areas."""
    both = [policy.activities.get(slug=slug) for slug in ("3-1-1", "3-2-1")]
    return [
        factories.task(policy, "3-1-1", title=text("Kurs")),
        factories.task(policy, activities=[], area=policy.areas.get(number=2), title=text("Targi")),
        factories.task(policy, activities=[], title=text("Luźne")),
        factories.task(policy, activities=both, title=text("Wspólne")),
    ]
