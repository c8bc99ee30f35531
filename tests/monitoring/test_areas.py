"""An annual report says of each task in which area it stands, also of those without an activity."""

from itertools import pairwise

import pytest
from lxml import html

from splot.implementation.models import Task
from splot.monitoring.documents import render_html, render_pdf
from splot.monitoring.facts import facts_of
from splot.monitoring.queries import annual_report_gaps
from splot.policy.models import Policy
from tests.documents import paper
from tests.implementation.areas import tasks_in_areas

pytestmark = pytest.mark.django_db


@pytest.fixture
def tasks(policy: Policy) -> list[Task]:
    return tasks_in_areas(policy)


def test_each_area_has_its_tasks_and_the_others_are_counted(
    policy: Policy, tasks: list[Task]
) -> None:
    facts = facts_of(policy, 2023)
    assert [(area["number"], area["tasks"]) for area in facts["areas"]] == [(1, 2), (2, 2)]
    assert [area["other_tasks"] for area in facts["areas"]] == [[], [2]]
    assert [row["areas"] for row in facts["tasks"]] == [[1], [2], [], [1, 2]]
    assert (facts["counts"]["without_area"], facts["counts"]["without_activity"]) == (1, 2)


@pytest.mark.parametrize("numbers", [(1,), (2,), (3,), (1, 2, 3, 4)])
def test_the_outline_of_the_pdf_has_no_holes(
    policy: Policy, tasks: list[Task], numbers: tuple[int, ...]
) -> None:
    Task.objects.exclude(number__in=numbers).update(is_archived=True)
    content = render_pdf(facts_of(policy, 2023), "pl", draft=False)
    tags = [tag for tag in paper.tags(content) if tag and tag[:2] == "/H" and tag[2:].isdigit()]
    levels = [int(tag[2:]) for tag in tags]
    assert levels[0] == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))
    printed = paper.squeezed(paper.printed(content))
    for task in Task.objects.filter(number__in=numbers):
        assert paper.squeezed(str(task.title)) in printed


def test_the_headings_of_the_html_have_no_holes(policy: Policy, tasks: list[Task]) -> None:
    page = html.fromstring(render_html(facts_of(policy, 2023), "en", draft=False))
    levels = [int(heading.tag[1]) for heading in page.xpath("//h1 | //h2 | //h3 | //h4 | //h5")]
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))
    others = page.xpath("//h3[.='Outside the areas']/following::h4[1]")
    assert others[0].text_content().strip() == "3. Luźne"


def test_what_nobody_reported_is_named_under_its_area(policy: Policy, tasks: list[Task]) -> None:
    review = policy.reviews.create(municipality=policy.municipality, year=2023, kind="annual")
    gaps = annual_report_gaps(review)
    named = [(area and area.number, [row.number for row in rows]) for area, rows in gaps.areas]
    assert named == [(1, [1, 4]), (2, [2, 4]), (None, [3])]
