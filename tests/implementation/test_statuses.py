"""The registry of statuses: what follows from an entry without anybody listing codes again."""

from datetime import date, timedelta

import pytest
from django.conf import settings
from django.utils import timezone
from django.utils.translation import override

from splot.implementation.models import StatusUpdate, Task
from splot.implementation.queries import tasks_of
from splot.implementation.statuses import (
    FINISHED,
    NEEDING_REASON,
    NOT_REPORTED,
    STATUS_LABELS,
    UNFINISHED,
    Status,
    ends_task,
    status_segments,
)
from splot.monitoring.documents.content import annual_report_content
from splot.monitoring.documents.pdf import render_pdf
from splot.monitoring.facts import facts_of
from splot.people.models import Municipality
from splot.policy.models import Policy
from tests import factories
from tests.documents import paper
from tests.factories import text

TODAY = date(2023, 7, 1)


def task_that_was_said(policy: Policy, status: str, **values) -> Task:
    """A task of which somebody said a status in 2023; nobody anything, where it is silence."""
    task = factories.task(policy, **{"title": text(f"Zadanie {status}"), **values})
    if status != NOT_REPORTED:
        factories.update(task, status, reason=text("Brak środków"))
    return task


def test_every_word_of_the_registry_means_one_status_in_all_languages() -> None:
    """A workbook is read back by its words, in whatever language it was written."""
    meant: dict[str, set[str]] = {}
    for language, __ in settings.LANGUAGES:
        with override(language):
            for code, label in STATUS_LABELS.items():
                meant.setdefault(str(label).casefold(), set()).add(code)
    assert {label: codes for label, codes in meant.items() if len(codes) > 1} == {}


def test_codes_fit_the_database_and_no_migration_lists_them() -> None:
    field = StatusUpdate._meta.get_field("status")
    assert all(len(code) <= field.max_length for code in STATUS_LABELS)
    assert [code for code, __ in field.choices] == Status.values
    __, __, __, written = field.deconstruct()
    assert callable(written["choices"])


def test_a_status_is_finished_or_not() -> None:
    assert {*FINISHED, *UNFINISHED} == set(Status)
    assert not {*FINISHED} & {*UNFINISHED}


def test_what_recurs_is_awaited_again_unless_it_ends() -> None:
    assert [ends_task(status, recurs=False) for status in Status] == [
        status in FINISHED for status in Status
    ]
    assert [status for status in Status if ends_task(status, recurs=True)] == [Status.ABANDONED]


def test_the_words_that_ask_for_a_reason_speak_of_what_was_abandoned() -> None:
    """Whoever lets another status ask for one widens those words: `grep -ri "abandoned" splot`."""
    assert NEEDING_REASON == (Status.ABANDONED,)


@pytest.mark.django_db
@pytest.mark.parametrize("status", STATUS_LABELS)
@pytest.mark.parametrize("due", [TODAY - timedelta(days=1), TODAY, None])
def test_overdue_is_one_thing_for_a_row_and_for_a_query(
    policy: Policy, status: str, due: date | None
) -> None:
    timing = Task.Timing.DATES if due else Task.Timing.YEARLY
    task_that_was_said(policy, status, timing=timing, due=due)
    (task,) = tasks_of(policy, 2023).with_overdue(TODAY)
    assert task.is_overdue_after(task.updates.first(), TODAY) is task.is_overdue
    assert task.is_overdue is (due == TODAY - timedelta(days=1) and status not in FINISHED)


@pytest.mark.django_db
@pytest.mark.parametrize("status", STATUS_LABELS)
def test_what_is_not_finished_stays_in_the_years_after_its_date(
    policy: Policy, status: str
) -> None:
    task_that_was_said(policy, status, timing=Task.Timing.DATES, due=date(2023, 12, 31))
    assert tasks_of(policy, 2024).exists() is (status not in FINISHED)


@pytest.mark.django_db
def test_silence_carries_nothing_into_a_year_to_come(town: Municipality) -> None:
    """The date is not past yet; who says that it is not finished says that it goes on."""
    year = timezone.localdate().year
    policy = factories.policy(town, term=(year, year + 1))
    task = factories.task(policy, timing=Task.Timing.DATES, due=date(year, 12, 31))
    assert not tasks_of(policy, year + 1).exists()
    factories.update(task, "late", str(year), said_on=timezone.localdate())
    assert tasks_of(policy, year + 1).exists()


@pytest.mark.django_db
def test_facts_that_were_frozen_before_a_status_existed_make_the_same_report(
    policy: Policy,
) -> None:
    """Their counts do not know it, and the report does not begin to say that nothing has it."""
    task_that_was_said(policy, Status.DONE)
    facts = facts_of(policy, 2023)
    for counts in (facts["counts"], *facts["areas"]):
        del counts["statuses"][Status.NOT_STARTED]
    with override("en"):
        content = annual_report_content(facts, draft=False)
    labels = [row["label"] for row in content["statuses"]["rows"]]
    assert labels == [label for code, label in STATUS_LABELS.items() if code != Status.NOT_STARTED]
    assert "notstarted" not in paper.printed(render_pdf(facts, "en", draft=False))


def test_control_counts_that_know_a_status_show_its_zero() -> None:
    counts = dict.fromkeys(STATUS_LABELS, 0)
    with override("en"):
        assert [label for __, label, __ in status_segments(counts)] == list(STATUS_LABELS.values())
