"""What is kept of a row when it changes, and what there is of rows from before it was kept."""

from datetime import timedelta

import pytest
from django.utils import timezone

from splot.core.models import Unchangeable
from splot.implementation.actions.tasks import add_task, archive_task, change_task
from splot.implementation.history import changed_tasks, rows_at
from splot.implementation.lines import WindowLine
from splot.implementation.models import Task, TaskState
from splot.people.models import Municipality
from splot.policy.models import Policy
from tests import factories
from tests.factories import text
from tests.implementation.test_states import changed, rich_task

pytestmark = pytest.mark.django_db


class TestStates:
    def test_are_kept_only_when_something_changed(self, policy: Policy, coordinator) -> None:
        task = rich_task(policy)
        count = task.states.count()
        row = changed(
            task,
            title=task.title,
            windows=[WindowLine(each.starts, each.due) for each in task.windows.all()],
        )
        assert task.states.count() == count
        change_task(by=coordinator, task=row, version=row.version)
        assert task.states.count() == count
        changed(task, priority=9)
        assert task.states.count() == count + 1
        archive_task(
            by=coordinator,
            task=Task.objects.get(pk=task.pk),
            version=row.version + 1,
            archived=True,
        )
        assert [state.is_archived for state in task.states.all()[:2]] == [True, False]

    def test_are_there_from_the_first_moment(self, policy: Policy, coordinator) -> None:
        plan = factories.task(policy).plan
        task = add_task(
            by=coordinator, plan=plan, title=text("Nowe"), activities=policy.activities.all()[:1]
        )
        (state,) = task.states.all()
        assert (state.by, state.data["task"]["number"]) == (coordinator, 2)

    def test_go_when_the_change_goes(self, policy: Policy) -> None:
        task = factories.task(policy)
        foreign = factories.organisation(factories.municipality("lublin"))
        with pytest.raises(ValueError, match="another municipality"):
            changed(task, title=text("Inny"), partners=[foreign])
        assert task.states.count() == 1

    def test_are_never_rewritten(self, policy: Policy) -> None:
        state = factories.task(policy).states.get()
        for write in (
            state.save,
            state.delete,
            lambda: TaskState.objects.update(by=None),
            TaskState.objects.all().delete,
        ):
            with pytest.raises(Unchangeable):
                write()

    def test_of_other_policies_are_theirs(
        self, policy: Policy, other_town: Municipality, story: Task
    ) -> None:
        factories.task(factories.policy(other_town), title=text("Obce"))
        assert {state.task.policy for state in rows_at(policy, timezone.now())} == {policy}
        assert (
            changed_tasks(policy, timezone.now() - timedelta(days=1), timezone.now()).count() == 0
        )
