"""Reads about reviews that serve several pages."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from splot.core.values import Json
from splot.implementation.models import Task
from splot.implementation.queries import tasks_of
from splot.implementation.statuses import NOT_REPORTED
from splot.people.models import Municipality
from splot.people.queries import within
from splot.policy.models import Area, Policy
from splot.policy.queries import policy_of, public_policies

from .models import CorrectiveProposal, Review, ReviewFile


def review_of(municipality: Municipality, term: str, year: int) -> Review:
    """The review of a policy's year, or 404."""
    reviews = Review.objects.select_related("published_by")
    return within(policy_of(municipality, term), reviews, kind=Review.Kind.ANNUAL, year=year)


def proposal_of(
    municipality: Municipality, term: str, year: int, number: int
) -> CorrectiveProposal:
    """A proposal by its number in a review, or 404."""
    review = review_of(municipality, term, year)
    return within(review, proposals_of(review), number=number)


def published_reviews(policy: Policy) -> QuerySet[Review]:
    """The policy's reviews that everybody can read, the newest year first."""
    return _reviews_of(policy).filter(published_at__isnull=False)


def public_reviews_of(municipality: Municipality) -> QuerySet[Review]:
    """The reviews of all public policies that everybody can read, the newest year first: a new
    policy hides none.
    """
    policies = [policy.pk for policy in public_policies(municipality)]
    published = Review.objects.filter(policy__in=policies, published_at__isnull=False)
    return _for_list(published)


def draft_reviews(policy: Policy) -> QuerySet[Review]:
    """The policy's reviews that are not published yet, the newest year first."""
    return _reviews_of(policy).filter(published_at__isnull=True)


def _reviews_of(policy: Policy) -> QuerySet[Review]:
    return _for_list(policy.reviews.all())


def _for_list(reviews: QuerySet[Review]) -> QuerySet[Review]:
    """Without the frozen facts, which a list has no use for."""
    related = reviews.select_related("policy", "published_by")
    return related.defer("facts", "assessment").order_by("-year", "-pk")


def years_without_review(policy: Policy) -> list[int]:
    """The years of the term that no review has been started for, in order."""
    taken = set(policy.reviews.values_list("year", flat=True))
    return [year for year in policy.years if year not in taken]


def proposals_of(review: Review) -> QuerySet[CorrectiveProposal]:
    """All proposals of a review, withdrawn ones included, with what they are about."""
    return review.proposals.select_related("activity", "task")


def review_file_of(review: Review, language: str) -> ReviewFile | None:
    """The kept file of a published review in a language, if it has been made."""
    return review.files.filter(language=language).first()


def files_are_overdue(review: Review) -> bool:
    """Does a published review lack a PDF that should be there: the making failed, or ten minutes
    have passed?
    """
    if not review.is_public or review.files.count() >= len(settings.LANGUAGES):
        return False
    if review.published_at and review.published_at < timezone.now() - timedelta(minutes=10):
        return True
    jobs = DBTaskResult.objects.failed().filter(
        task_path__startswith=__package__, task_path__endswith=".make_files"
    )
    return jobs.filter(args_kwargs__args=[review.pk]).exists()


def decisions_since(review: Review, facts: Json) -> dict[int, Json]:
    """What came of a published review's proposals after its facts were frozen: {number:
    {disposition, reason}}.
    """
    if not review.is_public:
        return {}
    current = {proposal.number: proposal for proposal in review.proposals.all()}
    decisions = {}
    for frozen in facts["proposals"]:
        proposal = current[frozen["number"]]
        decision = {"disposition": proposal.disposition, "reason": proposal.reason or None}
        if decision != {"disposition": frozen["disposition"], "reason": frozen["reason"]}:
            decisions[proposal.number] = decision
    return decisions


def tasks_to_correct(review: Review) -> QuerySet[Task]:
    """The tasks that a proposal can be about: those of the review's year."""
    return tasks_of(review.policy, review.year).order_by("number")


@dataclass(frozen=True)
class AnnualReportGaps:
    """What a report still lacks: [(area or None, its tasks without a report)], and how many of how
    many.
    """

    areas: list[tuple[Area | None, list[Task]]]
    silent: int
    tasks: int
    has_assessment: bool

    @property
    def is_nothing(self) -> bool:
        return self.has_assessment and not self.silent


def annual_report_gaps(review: Review) -> AnnualReportGaps:
    """The tasks nobody reported on, area by area (a task of two areas stands in both), in three
    queries.
    """
    rows = tasks_of(review.policy, review.year).select_related("lead", "leader")
    tasks = list(rows.prefetch_related("activities").order_by("number"))
    silent = [task for task in tasks if task.status == NOT_REPORTED]
    present = list(review.policy.areas.all())
    known = {area.pk for area in present}
    placed: dict[int | None, list[Task]] = {}
    for task in silent:
        keys: list[int | None] = [*(task.area_keys() & known)]
        for key in keys or [None]:
            placed.setdefault(key, []).append(task)
    areas: list[tuple[Area | None, list[Task]]] = []
    for area in (*present, None):
        if own := placed.get(area.pk if area else None):
            areas.append((area, own))
    return AnnualReportGaps(
        areas=areas,
        silent=len(silent),
        tasks=len(tasks),
        has_assessment=bool(review.assessment),
    )
