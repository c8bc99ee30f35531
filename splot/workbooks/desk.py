"""What the desk says of workbooks that came back: not taken in yet, or to be decided."""

from datetime import date

from django.urls import reverse
from django.utils.translation import ngettext

from splot.core.dates import Period
from splot.people.models import User
from splot.policy.models import Policy
from splot.policy.offers import GapLine, PolicyGaps

from .queries import returned_with_conflicts, waiting_uploads
from .rules import can_exchange_workbooks


def policy_gaps(user: User, policy: Policy, today: date) -> PolicyGaps:
    """Workbooks that wait for the worker or for a person's decision, in two queries."""
    lines: list[GapLine] = []
    if can_exchange_workbooks(user, policy):
        lines = [*_waiting_lines(policy), *_conflict_lines(policy)]
    return PolicyGaps(position=15, lines=lines)


def _waiting_lines(policy: Policy) -> list[GapLine]:
    """A line for each upload of which files still wait."""
    address, lines = [policy.municipality.slug, policy.term], []
    for upload, number in waiting_uploads(policy):
        sentence = ngettext(
            "%(number)s workbook that came back is not taken in yet",
            "%(number)s workbooks that came back are not taken in yet",
            number,
        )
        url = reverse("workbook_upload", args=[*address, upload])
        lines.append(GapLine(sentence % {"number": number}, url))
    return lines


def _conflict_lines(policy: Policy) -> list[GapLine]:
    """For each period a line for its workbooks in which something is to be decided; of a single one
    it leads to the workbook itself.
    """
    keys_of: dict[str, list[int]] = {}
    for key, period in returned_with_conflicts(policy):
        keys_of.setdefault(period, []).append(key)
    address, lines = [policy.municipality.slug, policy.term], []
    for period, keys in keys_of.items():
        url = f"{reverse('workbooks', args=address)}?period={period}"
        if len(keys) == 1:
            url = reverse("returned_workbook", args=[*address, keys[0]])
        sentence = ngettext(
            "%(number)s workbook for %(period)s that came back waits for a decision",
            "%(number)s workbooks for %(period)s that came back wait for a decision",
            len(keys),
        )
        words = {"number": len(keys), "period": Period.parse(period)}
        lines.append(GapLine(sentence % words, url))
    return lines
