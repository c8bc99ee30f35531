"""Reads about policies that join or serve several pages."""

from collections.abc import Iterable

from django.db.models import Count, Prefetch, Q, QuerySet
from django.http import Http404
from django.utils import timezone

from splot.documents.tree import Document, Node
from splot.people.models import Municipality
from splot.people.queries import share_parents, within
from splot.people.rules import Visitor

from .models import (
    PARTS,
    ActImport,
    Activity,
    Aim,
    Area,
    Policy,
    PolicyPart,
    PolicyPassage,
    PolicyVersion,
    Step,
    address_of_number,
)
from .rules import can_read_policy

PARTS_BY_NAME = {model._meta.model_name or "": model for model in PARTS}


def terms_of(municipality: Municipality) -> list[Policy]:
    """All policies of the municipality, the newest first; read once a request, they are few."""
    terms: list[Policy] | None = vars(municipality).get("_terms")
    if terms is None:
        terms = list(municipality.policies.terms().select_related("published_by"))
        for policy in terms:
            share_parents(policy, municipality)
        vars(municipality)["_terms"] = terms
    return terms


def policy_of(municipality: Municipality, term: str) -> Policy:
    """The municipality's policy of a term ("2023-2024"), or 404."""
    for policy in terms_of(municipality):
        if policy.term == term:
            return policy
    return within(municipality, Policy.objects.select_related("amends", "published_by"), term=term)


def public_policies(municipality: Municipality) -> list[Policy]:
    """The policies that everybody can read, the newest first."""
    return [policy for policy in terms_of(municipality) if policy.is_public]


def current_policy(municipality: Municipality) -> Policy | None:
    """The policy that a visitor is led to: the one whose term it is, else the latest past, else the
    next.
    """
    year = timezone.localdate().year
    public = public_policies(municipality)
    begun = [policy for policy in public if policy.starts <= year]
    running = [policy for policy in begun if year in policy.years]
    return next(iter(running or begun or public[::-1]), None)


def policy_before(municipality: Municipality, starts: int) -> Policy | None:
    """The public policy that came last before one which starts in a year. A draft that nobody
    adopted precedes nothing.
    """
    earlier = municipality.policies.public().filter(starts__lt=starts)
    return earlier.order_by("-starts").first()


def policy_to_show(user: Visitor, municipality: Municipality, term: str) -> Policy | None:
    """The policy of a term, else the current one; for the team, a draft when there is nothing
    else.
    """
    readable = [policy for policy in terms_of(municipality) if can_read_policy(user, policy)]
    policy_of_term = next((policy for policy in readable if policy.term == term), None)
    return policy_of_term or current_policy(municipality) or next(iter(readable), None)


def running_policies(municipality: Municipality) -> list[Policy]:
    """Public policies that are not closed: what people work on. A new term does not push the old
    one off a desk.
    """
    public = public_policies(municipality)
    return [policy for policy in public if policy.status != Policy.Status.CLOSED]


def policies_in_consultation(municipality: Municipality) -> list[Policy]:
    """Policies whose draft everybody is asked about."""
    terms = terms_of(municipality)
    return [policy for policy in terms if policy.status == Policy.Status.CONSULTATION]


def open_amendments(municipality: Municipality) -> QuerySet[Policy]:
    """Amendments that are being written."""
    is_open = (Policy.Status.DRAFT, Policy.Status.CONSULTATION)
    return municipality.policies.filter(amends__isnull=False, status__in=is_open)


def unpublished_policies(municipality: Municipality) -> list[Policy]:
    return [policy for policy in terms_of(municipality) if not policy.is_public]


def area_of(municipality: Municipality, term: str, number: int) -> Area:
    """An area by its number in the policy, or 404."""
    return within(policy_of(municipality, term), Area.objects.all(), number=number)


def activity_of(municipality: Municipality, term: str, slug: str) -> Activity:
    """An activity by its printed number as an address ("4-1-2"), also by one that it bore once, or
    404.
    """
    policy = policy_of(municipality, term)
    rows = Activity.everything.filter(policy=policy).select_related("area", "aim")
    activity = rows.filter(slug=slug).first() or _formerly_numbered(policy, slug, rows)
    if activity is None:
        raise Http404
    return share_parents(activity, policy)


def _formerly_numbered(policy: Policy, slug: str, rows: QuerySet[Activity]) -> Activity | None:
    """The activity that bore a number in an earlier version: a printed number leads to its passage
    for ever.
    """
    for version, node, __ in passages_by_number(policy, slug):
        kind, ___, key = node.ref.partition("-")
        activity = rows.filter(pk=key).first() if kind == "activity" and key.isdecimal() else None
        if activity and (version.is_public or policy.is_open):
            return activity
    return None


def part_of(municipality: Municipality, term: str, kind: str, number: int) -> PolicyPassage:
    """A passage of a policy that is being written, by its kind ("activity") and key, or 404."""
    model = PARTS_BY_NAME.get(kind)
    if model is None:
        raise Http404
    return within(policy_of(municipality, term), model.objects.all(), pk=number)


def area_by_key(municipality: Municipality, term: str, number: int) -> Area:
    """An area by its key: its number changes while it is moved about. Or 404."""
    area = part_of(municipality, term, "area", number)
    assert isinstance(area, Area)
    return area


def activity_by_key(municipality: Municipality, term: str, number: int) -> Activity:
    """An activity by its key, or 404."""
    activity = part_of(municipality, term, "activity", number)
    assert isinstance(activity, Activity)
    return activity


def step_of(municipality: Municipality, term: str, number: int) -> Step:
    """A step of writing by its key, or 404."""
    return within(policy_of(municipality, term), Step.objects.all(), pk=number)


def version_of(municipality: Municipality, term: str, number: int) -> PolicyVersion:
    """A frozen text by its ordinal, or 404."""
    return within(policy_of(municipality, term), PolicyVersion.objects.all(), ordinal=number)


def act_import_of(municipality: Municipality, number: int) -> ActImport:
    """An import of an act by its number, or 404."""
    return within(municipality, ActImport.objects.select_related("policy"), pk=number)


def areas_of(policy: Policy) -> QuerySet[Area]:
    """The policy's areas with their aims and the number of activities."""
    present = Q(activities__is_dropped=False)
    aims = Prefetch("aims", Aim.objects.order_by("position"))
    areas = policy.areas.prefetch_related(aims).annotate(
        activity_count=Count("activities", filter=present)
    )
    # said here, because a query that counts forgets the order of its rows
    return areas.order_by("number")


def open_act_imports(municipality: Municipality) -> QuerySet[ActImport]:
    """Acts that were read and are no policy yet, the newest first, without what stands in them:
    hundreds of kilobytes each.
    """
    rows = municipality.act_imports.filter(policy=None)
    return rows.defer("document", "areas", "links", "reasons", "doubts")


def newest_version(policy: Policy) -> PolicyVersion | None:
    """The newest frozen text."""
    return policy.versions.first()


def versions_of(policy: Policy, *, public: bool) -> QuerySet[PolicyVersion]:
    """The frozen texts, the newest first; `public`: without those kept for the team."""
    rows = policy.versions.select_related("made_by", "policy")
    return rows.filter(stage__in=PolicyVersion.PUBLIC) if public else rows


def changing_versions(version: PolicyVersion) -> list[PolicyVersion]:
    """The texts of a policy that amendments led to, up to a version, the first of them first."""
    rows = version.policy.versions.filter(
        stage=PolicyVersion.Stage.AMENDED, ordinal__lte=version.ordinal
    )
    return _without_texts(rows, version.policy)


def later_changes(version: PolicyVersion) -> list[PolicyVersion]:
    """The texts of a policy that amendments led to since a version."""
    rows = version.policy.versions.filter(
        stage=PolicyVersion.Stage.AMENDED, ordinal__gt=version.ordinal
    )
    return _without_texts(rows, version.policy)


def _without_texts(rows: QuerySet[PolicyVersion], policy: Policy) -> list[PolicyVersion]:
    versions = list(rows.defer("texts", "amending_act", "mended").order_by("ordinal"))
    for version in versions:
        version.policy = policy
    return versions


def version_as_passed(policy: Policy) -> PolicyVersion | None:
    """The text as the council passed it, before any amendment."""
    return policy.versions.filter(stage=PolicyVersion.Stage.ADOPTED).order_by("ordinal").first()


def passages_by_number(policy: Policy, slug: str) -> list[tuple[PolicyVersion, Node, str]]:
    """Every passage that has borne a printed number ("4-1-2"), the newest version first: (version,
    node, citation).
    """
    passages = []
    for version in policy.versions.all():
        document, __ = version.document(version.language)
        for node, citation in document.cited_within_annex():
            if address_of_number(citation) == slug:
                passages.append((version, node, citation))
    return passages


def refs_of(policy: Policy) -> set[str]:
    """The passages that the newest frozen text holds."""
    version = newest_version(policy)
    if version is None:
        return set()
    document, __ = version.document(version.language)
    return set(document.nodes_by_ref())


def may_change_term(policy: Policy) -> bool:
    """The years stand in addresses, so they stay once anybody but the team has seen a text under
    them.
    """
    return (
        policy.is_open
        and not policy.amends_id
        and not policy.versions.filter(stage__in=PolicyVersion.PUBLIC).exists()
    )


def adopted_fields(policy: Policy) -> list[str]:
    """The policy's own fields that stand in its adopted text, where it was composed of them."""
    refs = refs_of(policy)
    held = {"title": "title", "vision": "vision", "basis": "title", "body": "title"}
    return [name for name, ref in held.items() if ref in refs or f"{ref}-1" in refs]


def imported_version(policy: Policy) -> PolicyVersion | None:
    """The act that the policy was read from, if it was: what is written in it since is written into
    that act.
    """
    return policy.versions.filter(was_read=True).first()


def assign_refs(document: Document, rows: Iterable[PolicyPassage]) -> Document:
    """Let the passages of a tree name the rows they became, by their place in it (eId)."""
    refs = {row.eid: row.ref for row in rows if row.eid}
    for node, __ in document.walk():
        node.ref = node.ref or refs.get(node.eid, "")
    return document


SIBLING_FIELDS = {
    "activity": ("area", "aim"),
    "aim": ("area",),
    "value": ("kind",),
    "provision": ("kind",),
}


def siblings_of(part: PolicyPart) -> list[PolicyPart]:
    """The passages that it stands among, itself included, in order."""
    same = {name: getattr(part, name) for name in SIBLING_FIELDS[part._meta.model_name or ""]}
    return list(type(part).objects.filter(policy=part.policy, **same))


def term_slug(starts: int, ends: int) -> str:
    """A span of years as it stands in addresses: "2023-2024", "2023"."""
    return f"{starts}-{ends}" if ends != starts else str(starts)


def open_amendment_of(policy: Policy) -> Policy | None:
    return policy.amendments.filter(
        status__in=(Policy.Status.DRAFT, Policy.Status.CONSULTATION)
    ).first()
