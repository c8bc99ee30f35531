"""What the desk says of a running policy's annual reports: drafts that wait to be published."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from splot.people.models import User
from splot.policy.models import Policy
from splot.policy.offers import GapLine, PolicyGaps

from .queries import draft_reviews
from .rules import can_edit_review


def policy_gaps(user: User, policy: Policy, today: date) -> PolicyGaps:
    """Annual reports that are drafts, in one query."""
    address = [policy.municipality.slug, policy.term]
    page = "edit_annual_report" if can_edit_review(user, policy) else "annual_report"
    lines = []
    for review in draft_reviews(policy):
        sentence = _("The report for %(year)s is a draft") % {"year": review.year}
        lines.append(GapLine(sentence, reverse(page, args=[*address, review.year])))
    return PolicyGaps(
        position=20,
        lines=lines,
        below="monitoring/_desk_reports.html",
        content={"reports": reverse("annual_reports", args=address)},
    )
