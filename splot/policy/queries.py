"""Reads about policies that join or serve several pages."""

from django.db.models import Count, Prefetch, QuerySet
from django.http import Http404
from django.utils import timezone

from splot.people.models import Municipality

from .models import Activity, Aim, Area, Policy, PolicyVersion, Reading


def terms_of(municipality: Municipality) -> list[Policy]:
    """All policies of the municipality, the newest first; read once a request, they are few."""
    if not hasattr(municipality, "_terms"):
        municipality._terms = list(municipality.policies.select_related("published_by"))
        for policy in municipality._terms:
            policy.municipality = municipality
    return municipality._terms


def policy_of(municipality: Municipality, term: str) -> Policy:
    """The municipality's policy of a term ("2023-2024"), or 404."""
    for policy in terms_of(municipality):
        if policy.term == term:
            return policy
    raise Http404


def current_policy(municipality: Municipality) -> Policy | None:
    """The policy that a visitor is led to: the one whose term it is, else the latest past, else the next."""
    year = timezone.localdate().year
    public = [policy for policy in terms_of(municipality) if policy.is_public]
    begun = [policy for policy in public if policy.starts <= year]
    running = [policy for policy in begun if year in policy.years]
    return next(iter(running or begun or public[::-1]), None)


def running_policies(municipality: Municipality) -> list[Policy]:
    """Public policies that are not closed: what people work on. A new term does not push the old one off a desk."""
    return [policy for policy in terms_of(municipality) if policy.is_public and policy.status != Policy.Status.CLOSED]


def unpublished_policies(municipality: Municipality) -> list[Policy]:
    return [policy for policy in terms_of(municipality) if not policy.is_public]


def area_of(municipality: Municipality, term: str, number: int) -> Area:
    """An area by its number in the policy, or 404."""
    policy = policy_of(municipality, term)
    try:
        area = policy.areas.get(number=number)
    except Area.DoesNotExist as error:
        raise Http404 from error
    area.policy, area.municipality = policy, municipality
    return area


def activity_of(municipality: Municipality, term: str, slug: str) -> Activity:
    """An activity by its printed number as an address ("4-1-2"), or 404."""
    policy = policy_of(municipality, term)
    try:
        activity = policy.activities.select_related("area", "aim").get(slug=slug)
    except Activity.DoesNotExist as error:
        raise Http404 from error
    activity.policy, activity.municipality = policy, municipality
    return activity


def reading_of(municipality: Municipality, number: int) -> Reading:
    """A reading by its number, or 404."""
    try:
        return municipality.readings.select_related("policy").get(pk=number)
    except Reading.DoesNotExist as error:
        raise Http404 from error


def areas_of(policy: Policy) -> QuerySet[Area]:
    """The policy's areas with their aims and the number of activities."""
    aims = Prefetch("aims", Aim.objects.order_by("position"))
    return policy.areas.prefetch_related(aims).annotate(activity_count=Count("activities"))


def open_readings(municipality: Municipality) -> QuerySet[Reading]:
    """Acts that were read and are no policy yet, the newest first."""
    return municipality.readings.filter(policy=None)


def text_of(policy: Policy) -> PolicyVersion | None:
    """The newest frozen text."""
    return policy.versions.first()
