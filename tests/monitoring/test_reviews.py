"""From the first word of an assessment to a frozen report, and what can no longer happen to it."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django_tasks_db.models import DBTaskResult

from splot.core.actions import Conflict
from splot.core.languages import Text
from splot.core.models import AuditEntry
from splot.implementation.actions.tasks import archive_task
from splot.monitoring.actions import (
    ReviewRefused,
    add_proposal,
    change_proposal,
    decide_proposal,
    make_files,
    publish_review,
    start_review,
    withdraw_proposal,
    write_assessment,
)
from splot.monitoring.facts import annual_report_facts, annual_report_or_draft
from splot.monitoring.models import Review, ReviewFile
from splot.monitoring.queries import (
    annual_report_gaps,
    decisions_since,
    draft_reviews,
    published_reviews,
)
from splot.people.models import User
from splot.policy.models import Policy
from tests import factories
from tests.factories import text

from .year import tasks_of_a_year


@pytest.fixture
def review(policy: Policy, coordinator: User) -> Review:
    started = start_review(by=coordinator, policy=policy, year=2023)
    return write_assessment(
        by=coordinator, review=started, version=1, assessment=text("Dobry początek.")
    )


def published(review: Review, by: User) -> Review:
    return publish_review(by=by, review=review, version=review.version)


def test_one_report_for_a_year_of_the_term(policy: Policy, coordinator: User) -> None:
    start_review(by=coordinator, policy=policy, year=2023)
    with pytest.raises(ReviewRefused, match="2023"):
        start_review(by=coordinator, policy=policy, year=2023)
    with pytest.raises(ReviewRefused):
        start_review(by=coordinator, policy=policy, year=2025)
    assert [row.year for row in draft_reviews(policy)] == [2023]


def test_an_assessment_is_not_overwritten_unseen(review: Review, coordinator: User) -> None:
    write_assessment(by=coordinator, review=review, version=2, assessment=text("Nowa ocena."))
    with pytest.raises(Conflict) as conflict:
        write_assessment(by=coordinator, review=review, version=2, assessment=text("Inna ocena."))
    assert str(conflict.value.current.assessment) == "Nowa ocena."


def test_what_is_published_stays_as_it_was(
    review: Review, policy: Policy, coordinator: User
) -> None:
    done, *__ = tasks_of_a_year(policy)
    add_proposal(by=coordinator, review=review, text=text("Dodać kurs"), task=done)
    before = annual_report_facts(published(review, coordinator))
    assert before["counts"]["tasks"] == 5
    assert str(before["assessment"]) == "Dobry początek."
    factories.update(done, "abandoned", reason=text("Brak pieniędzy"))
    archive_task(by=coordinator, task=done, version=done.version, archived=True)
    factories.task(policy)
    kept = Review.objects.get(pk=review.pk)
    assert annual_report_facts(kept) == before
    assert annual_report_or_draft(policy, 2023) == (before, False)
    assert [str(row["text"]) for row in before["proposals"]] == ["Dodać kurs"]


def test_a_draft_follows_the_data(review: Review, policy: Policy) -> None:
    assert annual_report_facts(review)["counts"]["tasks"] == 0
    factories.task(policy)
    facts, draft = annual_report_or_draft(policy, 2023)
    assert (facts["counts"]["tasks"], draft) == (1, True)


def test_the_label_says_who_published_and_when(review: Review, coordinator: User) -> None:
    published(review, coordinator)
    label = annual_report_facts(review)["publication"]
    assert label["published_by"] == coordinator.name
    assert review.published_at.date().isoformat()[:7] == label["published_on"][:7]
    assert AuditEntry.objects.filter(verb="report.published", by=coordinator).count() == 1


def test_publishing_twice_or_without_having_seen_the_last_change_is_refused(
    review: Review, coordinator: User
) -> None:
    with pytest.raises(Conflict):
        publish_review(by=coordinator, review=Review.objects.get(pk=review.pk), version=1)
    assert not Review.objects.get(pk=review.pk).is_public
    stale = Review.objects.get(pk=review.pk)
    published(review, coordinator)
    with pytest.raises(ReviewRefused):
        publish_review(by=coordinator, review=stale, version=stale.version)
    assert AuditEntry.objects.filter(verb="report.published").count() == 1


def test_a_report_on_a_draft_policy_is_not_published(town: object, coordinator: User) -> None:
    draft = factories.policy(
        coordinator.memberships.get().municipality, status="draft", term=(2023, 2023)
    )
    started = start_review(by=coordinator, policy=draft, year=2023)
    with pytest.raises(ReviewRefused):
        published(started, coordinator)


def test_a_published_report_takes_no_more_words(review: Review, coordinator: User) -> None:
    proposal = add_proposal(by=coordinator, review=review, text=text("Dodać kurs"))
    published(review, coordinator)
    version = review.version
    with pytest.raises(ReviewRefused):
        write_assessment(
            by=coordinator, review=review, version=version, assessment=text("Lepsza ocena.")
        )
    with pytest.raises(ReviewRefused):
        add_proposal(by=coordinator, review=review, text=text("Jeszcze jedno"))
    with pytest.raises(ReviewRefused):
        change_proposal(
            by=coordinator, proposal=proposal, version=proposal.version, text=text("Inaczej")
        )
    with pytest.raises(ReviewRefused):
        withdraw_proposal(by=coordinator, proposal=proposal, version=proposal.version)
    assert str(Review.objects.get(pk=review.pk).assessment) == "Dobry początek."


def test_a_decision_after_publication_stands_beside_the_report(
    review: Review, coordinator: User
) -> None:
    proposal = add_proposal(by=coordinator, review=review, text=text("Dodać kurs"))
    add_proposal(by=coordinator, review=review, text=text("Drugi wniosek"))
    published(review, coordinator)
    facts = annual_report_facts(review)
    assert decisions_since(review, facts) == {}
    proposal.refresh_from_db()
    decide_proposal(
        by=coordinator,
        proposal=proposal,
        version=proposal.version,
        disposition="rejected",
        reason=text("Brak sali"),
    )
    fresh = Review.objects.get(pk=review.pk)
    assert annual_report_facts(fresh) == facts, (
        "the frozen report says what was known when it was published"
    )
    assert decisions_since(fresh, facts) == {
        1: {"disposition": "rejected", "reason": text("Brak sali")}
    }
    assert fresh.changed_at > fresh.published_at


@pytest.mark.parametrize("disposition", ["changed", "rejected"])
def test_who_changes_or_rejects_a_proposal_says_why(
    review: Review, coordinator: User, disposition: str
) -> None:
    proposal = add_proposal(by=coordinator, review=review, text=text("Dodać kurs"))
    with pytest.raises(ValidationError):
        decide_proposal(
            by=coordinator, proposal=proposal, version=1, disposition=disposition, reason=Text()
        )
    proposal.refresh_from_db()
    assert proposal.disposition == "awaiting"


def test_a_withdrawn_proposal_keeps_its_text_and_leaves_the_report(
    review: Review, coordinator: User
) -> None:
    proposal = add_proposal(by=coordinator, review=review, text=text("Dodać kurs"))
    withdraw_proposal(by=coordinator, proposal=proposal, version=1)
    assert annual_report_facts(review)["proposals"] == []
    proposal.refresh_from_db()
    assert (str(proposal.text), proposal.is_withdrawn) == ("Dodać kurs", True)
    with pytest.raises(ReviewRefused):
        decide_proposal(
            by=coordinator, proposal=proposal, version=2, disposition="accepted", reason=Text()
        )
    another = add_proposal(by=coordinator, review=review, text=text("Inny"))
    assert another.number == 2, "a number is never given twice"


def test_a_proposal_is_about_its_own_policy(
    review: Review, coordinator: User, other_town: object
) -> None:
    stranger = factories.task(factories.policy(other_town))
    with pytest.raises(ValueError, match="another policy"):
        add_proposal(by=coordinator, review=review, text=text("Dodać"), task=stranger)


def test_publishing_leaves_the_files_to_the_background(review: Review, coordinator: User) -> None:
    published(review, coordinator)
    job = DBTaskResult.objects.get()
    assert (job.task_path, job.args_kwargs["args"]) == (
        "splot.monitoring.actions.make_files",
        [review.pk],
    )
    assert ReviewFile.objects.count() == 0


def test_a_publication_that_fails_leaves_no_job_behind(review: Review, coordinator: User) -> None:
    with pytest.raises(Conflict):
        publish_review(by=coordinator, review=review, version=99)
    assert DBTaskResult.objects.count() == 0


def test_three_files_are_made_once(review: Review, policy: Policy, coordinator: User) -> None:
    done, *__ = tasks_of_a_year(policy)
    published(review, coordinator)
    assert make_files.call(review.pk) == 3
    kept = {file.language: (bytes(file.content), file.sha256) for file in ReviewFile.objects.all()}
    assert set(kept) == {"pl", "en", "uk"}
    archive_task(by=coordinator, task=done, version=done.version, archived=True)
    assert make_files.call(review.pk) == 3
    again = {file.language: (bytes(file.content), file.sha256) for file in ReviewFile.objects.all()}
    assert again == kept
    assert AuditEntry.objects.filter(verb="report.file_kept").count() == 3


def test_a_job_that_was_interrupted_finishes_what_is_left(
    review: Review, coordinator: User
) -> None:
    published(review, coordinator)
    make_files.call(review.pk)
    with connection.cursor() as cursor:  # as if the worker had stopped before the last file
        cursor.execute("DELETE FROM monitoring_reviewfile WHERE language = 'uk'")
        cursor.execute("DELETE FROM core_auditentry WHERE label LIKE '%(uk)'")
    assert make_files.call(review.pk) == 3


def test_what_is_missing_is_named_area_by_area(review: Review, policy: Policy) -> None:
    __, __, __, silent, later = tasks_of_a_year(policy)
    missing = annual_report_gaps(review)
    named = [
        (area and area.number, [task.number for task in tasks]) for area, tasks in missing.areas
    ]
    assert named == [(1, [later.number]), (2, [silent.number])]
    assert (missing.silent, missing.tasks, missing.has_assessment, missing.is_nothing) == (
        2,
        5,
        True,
        False,
    )


def test_lists_hold_what_is_public_and_what_is_not(
    review: Review, policy: Policy, coordinator: User
) -> None:
    published(review, coordinator)
    start_review(by=coordinator, policy=policy, year=2024)
    assert [row.year for row in published_reviews(policy)] == [2023]
    assert [row.year for row in draft_reviews(policy)] == [2024]
