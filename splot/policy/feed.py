"""What happens with a policy: a text of it is given to everybody."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from splot.changes.offers import ChangeKind, FeedSources, Happening
from splot.core.actions import RecordedWrite
from splot.core.derived_tables import RowSource

from .models import Policy, PolicyVersion

Stage = PolicyVersion.Stage


def feed_sources() -> FeedSources:
    return FeedSources(
        kinds=[
            ChangeKind(Stage.CONSULTATION, _("Draft for consultation")),
            ChangeKind(Stage.ADOPTED, _("Policy published")),
            ChangeKind(Stage.AMENDED, _("Policy amended")),
        ],
        sources=[RowSource(PolicyVersion, _public_texts, _texts_of_published_policy)],
    )


def _public_texts(rows: QuerySet[PolicyVersion]) -> Iterator[Happening]:
    public = rows.filter(stage__in=PolicyVersion.PUBLIC).defer("texts")
    for version in public.select_related("policy", "municipality"):
        published = version.policy.published_at if version.stage == Stage.ADOPTED else None
        yield Happening(
            row=version,
            kind=version.stage,
            subject=_subject_of(version),
            at=published or version.made_at,
        )


def _subject_of(version: PolicyVersion) -> tuple[type[Policy | PolicyVersion], int]:
    """The policy; of a draft, whose policy is not public yet, the text that was frozen."""
    if version.stage == Stage.CONSULTATION:
        return PolicyVersion, version.pk
    return Policy, version.policy_id


def _texts_of_published_policy(write: RecordedWrite) -> QuerySet[PolicyVersion] | None:
    """What is decided on a policy changes its texts too; writing in it does not."""
    policy, is_decision = write.row, write.verb.startswith(("policy.", "amendment."))
    if isinstance(policy, Policy) and is_decision and write.verb != "policy.changed":
        return PolicyVersion.objects.filter(policy=policy)
    return None
