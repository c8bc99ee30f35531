"""Who may read and write policies."""

from typing import Protocol

from splot.people.rules import Permission, Placed, Visitor, can_read_drafts, has_permission

from .models import Policy, PolicyVersion


class OfPolicy(Protocol):
    """A passage, a version, a task: what names its policy."""

    @property
    def policy(self) -> Policy: ...


def can_read_policy(user: Visitor, policy: Policy) -> bool:
    return policy.is_public or can_read_drafts(user, policy)


def can_read_part(user: Visitor, part: OfPolicy) -> bool:
    """A passage, or anything else that names its policy, can be read with the policy."""
    return can_read_policy(user, part.policy)


def can_write_policy(user: Visitor, policy: Policy) -> bool:
    """Coordinators and editors write, as long as the text is open."""
    return policy.is_open and has_permission(user, Permission.WRITE_POLICY, policy)


def can_write_part(user: Visitor, part: OfPolicy) -> bool:
    """A passage, or a step of writing, as its policy."""
    return can_write_policy(user, part.policy)


def can_translate_policy(user: Visitor, policy: Placed) -> bool:
    """Translations go on after the adoption: they bind nobody."""
    return has_permission(user, Permission.TRANSLATE_POLICY, policy)


def can_read_version(user: Visitor, version: PolicyVersion) -> bool:
    """What was frozen for consultation or adopted is everybody's; a draft kept for the team is the
    team's.
    """
    return version.is_public or can_read_drafts(user, version)


def can_describe_policy(user: Visitor, policy: Policy) -> bool:
    """Title, years, legal basis: who writes the policy; once it is adopted, the coordinator."""
    return can_write_policy(user, policy) or can_edit_policy(user, policy)


def can_read_versions(user: Visitor, policy: Policy) -> bool:
    """The list of versions: of a policy that is public, or in consultation, which the public is
    asked about.
    """
    in_consultation = policy.status == Policy.Status.CONSULTATION and not policy.amends_id
    return in_consultation or can_read_policy(user, policy)


def can_freeze_policy(user: Visitor, policy: Policy) -> bool:
    return policy.is_open and can_edit_policy(user, policy)


def can_publish_policy(user: Visitor, policy: Policy) -> bool:
    """An amendment is adopted as an amendment, not published as a policy."""
    return not policy.amends_id and can_edit_policy(user, policy)


def can_amend_policy(user: Visitor, policy: Policy) -> bool:
    """Say that the council has adopted an amendment that is open."""
    return bool(policy.amends_id) and can_freeze_policy(user, policy)


def can_edit_policy(user: Visitor, resource: Placed) -> bool:
    """Decides on what is no writing: its areas, what is frozen, published, amended."""
    return has_permission(user, Permission.DECIDE_ON_POLICY, resource)


def can_import_policy(user: Visitor, resource: Placed) -> bool:
    """Begin a policy, from an act that was read or from nothing."""
    return has_permission(user, Permission.START_POLICY, resource)
