"""Sending what changes nothing makes nothing: no row, no version, no line in the trail."""

from typing import Any

import pytest

from splot.core.actions import NotAudited, action, record_nothing
from splot.core.models import AuditEntry, Revision
from splot.implementation.models import TaskState
from splot.policy.models import Policy, Step
from tests import factories
from tests.browser import browser, fields_of

pytestmark = pytest.mark.django_db


def traces() -> list[int]:
    kept = [AuditEntry, TaskState, Step]
    revisions = sum(Revision.objects.values_list("number", flat=True))
    return [*(model.objects.count() for model in kept), revisions]


@pytest.mark.parametrize("times", [1, 2])
def test_a_task_that_is_saved_as_it_stands(policy: Policy, coordinator: Any, times: int) -> None:
    partner = factories.organisation(policy.municipality)
    task = factories.task(policy, partners=[partner])
    address = f"/en/poznan/policy/2023-2024/tasks/{task.number}/edit/"
    client = browser(coordinator)
    page, before = client.get(address), traces()
    for __ in range(times):
        assert client.post(address, fields_of(page)).status_code == 302
    task.refresh_from_db()
    assert (task.version, traces()) == (1, before)


def test_a_cell_that_is_saved_as_it_stands(policy: Policy, coordinator: Any) -> None:
    task = factories.task(policy)
    address = f"/en/poznan/policy/2023-2024/tasks/{task.number}/cells/audience/"
    client = browser(coordinator)
    page, before = client.get(address), traces()
    assert client.post(address, fields_of(page)).status_code == 302
    assert traces() == before


def test_a_passage_that_is_saved_as_it_stands(town: Any, coordinator: Any) -> None:
    policy = factories.policy(town, status="draft")
    activity = policy.activities.first()
    address = f"/en/poznan/policy/2023-2024/write/activity/{activity.pk}/"
    client = browser(coordinator)
    page, before = client.get(address), traces()
    assert client.post(address, fields_of(page, "autosave")).status_code == 302
    assert traces() == before
    changed = fields_of(page, "autosave", text="Lekcje dla każdego")
    assert client.post(address, changed).status_code == 302
    assert traces() != before


@pytest.mark.parametrize("name", ["edit/", "areas/1/edit/"])
def test_a_policy_or_an_area_that_is_saved_as_it_stands(
    policy: Policy, coordinator: Any, name: str
) -> None:
    address = f"/en/poznan/policy/2023-2024/{name}"
    client = browser(coordinator)
    page, before = client.get(address), traces()
    assert client.post(address, fields_of(page)).status_code == 302
    assert traces() == before


def test_a_translation_that_is_saved_as_it_stands(policy: Policy, coordinator: Any) -> None:
    address = "/en/poznan/policy/2023-2024/translations/uk/"
    client = browser(coordinator)
    client.post(address, fields_of(client.get(address), wording="Переклад"))
    page, before = client.get(address), traces()
    sent = fields_of(page)
    assert sent["wording"] == "Переклад"
    client.post(address, sent)
    assert traces() == before


def test_an_institution_that_is_saved_as_it_stands(town: Any, coordinator: Any) -> None:
    unit = factories.organisation(town)
    address = f"/en/poznan/organisations/{unit.pk}/"
    client = browser(coordinator)
    page, before = client.get(address), traces()
    assert client.post(address, fields_of(page)).status_code == 302
    assert traces() == before


def test_control_an_action_that_says_nothing_at_all_is_refused(town: Any) -> None:
    @action
    def forget_to_say(*, by: None) -> None:
        pass

    @action
    def say_that_nothing_changed(*, by: None) -> None:
        record_nothing()

    say_that_nothing_changed(by=None)
    with pytest.raises(NotAudited):
        forget_to_say(by=None)
