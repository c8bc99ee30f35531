"""Writes about reviews: assessment, proposed corrections, and the publication that freezes a
year.
"""

from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task as background

from splot.core.actions import Conflict, Refused, action, change, entry_by_idempotency_key, record
from splot.core.languages import Text
from splot.core.values import Values
from splot.implementation.models import Task
from splot.people.models import User
from splot.people.queries import share_parents
from splot.policy.models import Activity, Policy

from .documents import render_pdf
from .facts import annual_report_facts, serialise_facts
from .models import CorrectiveProposal, Review, ReviewFile

Disposition = CorrectiveProposal.Disposition


class ReviewRefused(Refused):
    """The review cannot be changed that way; the message says why."""


@action
def start_review(
    *, by: User | None, policy: Policy, year: int, idempotency_key: UUID | None = None
) -> Review:
    """Start the annual report for a year. Raises ReviewRefused when it has one, or lies outside the
    term.
    """
    if done := entry_by_idempotency_key(idempotency_key):
        return Review.objects.get(pk=done.object_id)
    if year not in policy.years:
        raise ReviewRefused(_("The year lies outside the policy’s term."))
    if year > timezone.localdate().year:
        raise ReviewRefused(_("The year %(year)s has not begun yet.") % {"year": year})
    if policy.reviews.filter(kind=Review.Kind.ANNUAL, year=year).exists():
        raise ReviewRefused(_("There is a report for %(year)s already.") % {"year": year})
    review = Review.objects.create(
        municipality=policy.municipality,
        policy=policy,
        year=year,
        responsible=policy.responsible,
        made_on=timezone.localdate(),
    )
    record(by=by, verb="report.started", of=review, idempotency_key=idempotency_key)
    return review


@action
def write_assessment(
    *,
    by: User | None,
    review: Review,
    version: int,
    assessment: Text,
    responsible: Text | None = None,
) -> Review:
    """Write the team's assessment, and who answers for the report. Raises ReviewRefused,
    Conflict.
    """
    _lock_draft(review)
    values: Values = {"assessment": assessment}
    if responsible is not None:
        values["responsible"] = responsible
    return change(review, by=by, verb="assessment.written", version=version, **values)


@action
def add_proposal(
    *,
    by: User | None,
    review: Review,
    text: Text,
    activity: Activity | None = None,
    task: Task | None = None,
    idempotency_key: UUID | None = None,
) -> CorrectiveProposal:
    """Propose a correction of an activity, a task or neither. Raises ReviewRefused."""
    if done := entry_by_idempotency_key(idempotency_key):
        return CorrectiveProposal.objects.get(pk=done.object_id)
    _lock_draft(review)
    _refuse_other_policies(review, activity, task)
    last = review.proposals.aggregate(last=Max("number"))["last"] or 0
    proposal = CorrectiveProposal.objects.create(
        municipality=review.municipality,
        review=review,
        number=last + 1,
        text=text,
        activity=activity,
        task=task,
    )
    record(by=by, verb="proposal.added", of=proposal, idempotency_key=idempotency_key)
    return proposal


@action
def change_proposal(
    *, by: User | None, proposal: CorrectiveProposal, version: int, **values: Any
) -> CorrectiveProposal:
    """Change text, activity or task of a proposal. Raises ReviewRefused, Conflict."""
    _lock_draft(proposal.review)
    _refuse_other_policies(proposal.review, values.get("activity"), values.get("task"))
    return change(proposal, by=by, verb="proposal.reworded", version=version, **values)


@action
def withdraw_proposal(
    *, by: User | None, proposal: CorrectiveProposal, version: int, withdrawn: bool = True
) -> CorrectiveProposal:
    """Take a proposal back, or bring it back; its text stays. Raises ReviewRefused, Conflict."""
    _lock_draft(proposal.review)
    verb = "proposal.withdrawn" if withdrawn else "proposal.restored"
    return change(proposal, by=by, verb=verb, version=version, is_withdrawn=withdrawn)


@action
def decide_proposal(
    *, by: User | None, proposal: CorrectiveProposal, version: int, disposition: str, reason: Text
) -> CorrectiveProposal:
    """Say what came of a proposal, also after the report is published. Raises ReviewRefused,
    ValidationError, Conflict.

    A proposal that is changed or rejected needs a reason.
    """
    if proposal.is_withdrawn:
        raise ReviewRefused(_("The proposal was withdrawn."))
    if disposition in (Disposition.CHANGED, Disposition.REJECTED) and not reason:
        raise ValidationError({"reason": _("Say why the proposal was changed or rejected.")})
    values: Values = {"disposition": disposition, "reason": reason}
    before = proposal.version
    proposal = change(proposal, by=by, verb="proposal.decided", version=version, **values)
    if proposal.version == before:
        return proposal
    # The frozen report stays; the page around it says when it changed last.
    Review.objects.filter(pk=proposal.review_id, published_at__isnull=False).update(
        changed_at=timezone.now()
    )
    return proposal


@action
def publish_review(*, by: User, review: Review, version: int, at: datetime | None = None) -> Review:
    """Freeze the year as it is now and show it to everybody; the PDF files are made in the
    background.

    `at` is for a report that was published before it came here. Raises ReviewRefused when it is
    published already or its policy is not public, Conflict when somebody changed it since
    `version`.
    """
    _lock_draft(review)
    if not review.policy.is_public:
        raise ReviewRefused(
            _("Publish the policy first: a report on a draft would be read by nobody.")
        )
    if review.version != version:
        raise Conflict(review)
    now = at or timezone.now()
    label = {
        "published_by": by.name,
        "published_on": timezone.localdate(now).isoformat(),
        "responsible": review.responsible or review.policy.responsible or None,
    }
    facts = serialise_facts({**annual_report_facts(review), "publication": label})
    values: Values = {"facts": facts, "published_by": by, "published_at": now, "changed_at": now}
    change(review, by=by, verb="report.published", version=version, **values)
    make_files.enqueue(review.pk)
    return review


@background()
def make_files(review: int) -> int:
    """The published report as a PDF in every language; what is there already stays. Gives the
    number of files.
    """
    row = Review.objects.select_related("municipality").get(pk=review)
    there = set(row.files.values_list("language", flat=True))
    for language, __ in settings.LANGUAGES:
        if language not in there:
            content = render_pdf(annual_report_facts(row), language, draft=False)
            save_review_file(by=None, review=row, language=language, content=content)
    return row.files.count()


@action
def save_review_file(
    *, by: User | None, review: Review, language: str, content: bytes
) -> ReviewFile:
    """Keep a published report as a file. A second file in the same language is never made."""
    idempotency_key = uuid5(NAMESPACE_URL, f"splot:review:{review.pk}:{language}")
    if done := entry_by_idempotency_key(idempotency_key):
        return ReviewFile.objects.get(pk=done.object_id)
    file = ReviewFile.objects.create(
        municipality=review.municipality,
        review=review,
        language=language,
        content=content,
        sha256=sha256(content).hexdigest(),
    )
    record(
        by=by,
        verb="report.file_kept",
        of=file,
        changes={"sha256": [None, file.sha256]},
        idempotency_key=idempotency_key,
    )
    return file


def _lock_draft(review: Review) -> None:
    """Read the review anew and hold it until the action ends; refuse to touch a published one."""
    policy, municipality = review.policy, review.municipality
    review.refresh_from_db(from_queryset=Review.objects.select_for_update())
    share_parents(review, policy, municipality)
    if review.is_public:
        raise ReviewRefused(
            _("The report is published. What is published does not change any more.")
        )


def _refuse_other_policies(review: Review, *rows: Activity | Task | None) -> None:
    if any(row.policy_id != review.policy_id for row in rows if row):
        raise ValueError("rows of another policy")
