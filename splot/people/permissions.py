"""What may be done, and which roles may do it: the one table that every rule asks.

A permission counts in one municipality. Roles give it by the table ROLES; a room above may add
another source, as a seat in a body, with `add_permission_source`. docs/reference/roles.md shows
the table (`manage.py roles`).
"""

from collections.abc import Callable, Iterable
from typing import Protocol

from django.contrib.auth.models import AnonymousUser
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from .models import Membership, Municipality, PersonalLink, User

Role = Membership.Role
Visitor = User | AnonymousUser
# Who comes with a personal link has no account, and no role; a source may know what the link is
# for.
Holder = Visitor | PersonalLink


class Permission(TextChoices):
    """What somebody may do, as a sentence continues after "may"."""

    OPEN_DESK = (
        "open_desk",
        _(
            "open the desk, choose the table's columns for the next time and get one's own "
            "calendar feed"
        ),
    )
    READ_DRAFTS = (
        "read_drafts",
        _(
            "read draft policies with their text and table, frozen texts kept for the team, and "
            "draft reports"
        ),
    )
    SEE_TABLE_HEALTH = "see_table_health", _("see the table's health and history")
    WRITE_POLICY = (
        "write_policy",
        _(
            "write the passages of a draft (aspects, areas, aims, activities, values, provisions), "
            "take steps back and see the policy's health"
        ),
    )
    TRANSLATE_POLICY = (
        "translate_policy",
        _(
            "translate a policy, also after its adoption, and let a machine fill gaps, where there "
            "is one"
        ),
    )
    REPORT_ON_OWN_TASKS = (
        "report_on_own_tasks",
        _("report on the tasks that one leads, with files, each by itself or all on one page"),
    )
    REPORT_ON_EVERY_TASK = "report_on_every_task", _("report on every task, with files")
    START_POLICY = (
        "start_policy",
        _("begin a policy; read a resolution into Splot, change the proposal, make a policy"),
    )
    DECIDE_ON_POLICY = (
        "decide_on_policy",
        _(
            "change a policy's details and areas, freeze it, publish it, open an amendment and say "
            "that it was adopted"
        ),
    )
    EDIT_TABLE = (
        "edit_table",
        _("open the table, add, change and archive tasks, read spreadsheets"),
    )
    ASK_FOR_REPORTS = (
        "ask_for_reports",
        _(
            "make sheets for institutions and take them back, give and withdraw personal links, "
            "see and send reminders"
        ),
    )
    EDIT_INDICATORS = "edit_indicators", _("define indicators and enter values")
    KEEP_LISTS = (
        "keep_lists",
        _(
            "keep the lists of institutions and sensitive groups, and the names of the executive "
            "and the council"
        ),
    )
    KEEP_PEOPLE = (
        "keep_people",
        _("see the municipality's people; invite them, change their roles, end them"),
    )
    PROPOSE_CORRECTIONS = "propose_corrections", _("enter and reword proposed corrections")
    EDIT_REPORTS = (
        "edit_reports",
        _("start, write and publish annual reports; withdraw and decide on proposals"),
    )
    SEE_AUDIT_TRAIL = "see_audit_trail", _("see the audit trail")


EVERY_ROLE = frozenset(Role)
TEAM = frozenset({Role.COORDINATOR, Role.EDITOR, Role.MONITOR})
COORDINATOR = frozenset({Role.COORDINATOR})

ROLES: dict[Permission, frozenset[Role]] = {
    Permission.OPEN_DESK: EVERY_ROLE,
    Permission.READ_DRAFTS: TEAM,
    Permission.SEE_TABLE_HEALTH: TEAM,
    Permission.WRITE_POLICY: COORDINATOR | {Role.EDITOR},
    Permission.TRANSLATE_POLICY: COORDINATOR | {Role.EDITOR},
    Permission.REPORT_ON_OWN_TASKS: COORDINATOR | {Role.LEADER},
    Permission.REPORT_ON_EVERY_TASK: COORDINATOR,
    Permission.START_POLICY: COORDINATOR,
    Permission.DECIDE_ON_POLICY: COORDINATOR,
    Permission.EDIT_TABLE: COORDINATOR,
    Permission.ASK_FOR_REPORTS: COORDINATOR,
    Permission.EDIT_INDICATORS: COORDINATOR,
    Permission.KEEP_LISTS: COORDINATOR,
    Permission.KEEP_PEOPLE: COORDINATOR,
    Permission.PROPOSE_CORRECTIONS: COORDINATOR | {Role.MONITOR},
    Permission.EDIT_REPORTS: COORDINATOR,
    Permission.SEE_AUDIT_TRAIL: COORDINATOR,
}


class Placed(Protocol):
    """A resource of one municipality."""

    @property
    def municipality(self) -> Municipality: ...


Source = Callable[[User | PersonalLink, Municipality], Iterable[Permission]]

_sources: list[Source] = []


def add_permission_source(source: Source) -> None:
    """Let a room above say what else somebody may in a municipality, whatever their roles."""
    _sources.append(source)


def has_permission(holder: Holder, permission: Permission, resource: Placed) -> bool:
    """May they do this in the resource's municipality? Who is not signed in may nothing."""
    return permission in permissions_of(holder, resource.municipality)


def permissions_of(holder: Holder, municipality: Municipality) -> frozenset[Permission]:
    """All that somebody may in a municipality; worked out once a request."""
    if isinstance(holder, AnonymousUser):
        return frozenset()
    known: dict[int, frozenset[Permission]] = vars(holder).setdefault("_permissions", {})
    if municipality.pk not in known:
        roles = _roles_of(holder, municipality)
        found = {each for each, allowed in ROLES.items() if roles & allowed}
        found.update(*(source(holder, municipality) for source in _sources))
        known[municipality.pk] = frozenset(found)
    return known[municipality.pk]


def _roles_of(holder: User | PersonalLink, municipality: Municipality) -> frozenset[str]:
    """Read once a request, for all municipalities."""
    if isinstance(holder, PersonalLink):
        return frozenset()
    if "_roles" not in vars(holder):
        roles: dict[int, set[str]] = {}
        for municipality_id, role in holder.memberships.values_list("municipality_id", "role"):
            roles.setdefault(municipality_id, set()).add(role)
        vars(holder)["_roles"] = roles
    return frozenset(vars(holder)["_roles"].get(municipality.pk, ()))


def roles_with_permission(permission: Permission) -> frozenset[Role]:
    return ROLES[permission]


def permissions_table() -> str:
    """The table in Markdown: a line for each permission, a column for each set of roles that may
    the same.
    """
    columns: dict[frozenset[Permission], list[Role]] = {}
    for role in reversed(list(Role)):
        may = frozenset(permission for permission, roles in ROLES.items() if role in roles)
        columns.setdefault(may, []).append(role)
    ordered = sorted(columns, key=len)
    heads = ["may"]
    for may in ordered:
        heads.append(", ".join(str(role.label) for role in columns[may]))
    lines = [heads, ["---"] * len(heads)]
    for permission in Permission:
        cells = ["yes" if permission in may else "" for may in ordered]
        lines.append([str(permission.label), *cells])
    return "".join(f"| {' | '.join(line)} |\n".replace("|  ", "| ") for line in lines)
