"""The desk of the team: acts that wait to become a policy, drafts, and what running policies
lack.
"""

from datetime import date
from itertools import chain

from splot.people.models import Municipality, User
from splot.people.offers import ScreenSection
from splot.people.rules import can_read_drafts

from .models import Policy
from .offers import POLICY_GAPS
from .queries import open_act_imports, open_amendments, running_policies, unpublished_policies
from .rules import can_import_policy, can_translate_policy


def waiting_for(user: User, municipality: Municipality, today: date) -> list[ScreenSection]:
    if not can_read_drafts(user, municipality):
        return []
    coordinates = can_import_policy(user, municipality)
    running = running_policies(municipality)
    content = {
        "act_imports": open_act_imports(municipality) if coordinates else (),
        "unpublished": [*unpublished_policies(municipality), *open_amendments(municipality)],
        "running": [_gaps_of_all_rooms(user, policy, today) for policy in running],
        "may_write": can_translate_policy(user, municipality),
        "may_begin": coordinates,
    }
    return [ScreenSection(10, "policy/_desk.html", content)]


def _gaps_of_all_rooms(user: User, policy: Policy, today: date) -> dict[str, object]:
    rooms = [policy_gaps(user, policy, today) for policy_gaps in POLICY_GAPS.gather()]
    rooms.sort(key=lambda gaps: gaps.position)
    lines = list(chain.from_iterable(gaps.lines for gaps in rooms))
    complete = next((gaps.complete for gaps in rooms if gaps.complete), "")
    return {"policy": policy, "rooms": rooms, "lines": lines, "complete": complete}
