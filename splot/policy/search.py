"""What can be found of a policy: its title and vision, its passages, its frozen texts."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from splot.core.actions import RecordedWrite
from splot.core.addresses import address_to_keep
from splot.core.derived_tables import Rows, RowSource
from splot.core.interface_texts import interface_text
from splot.core.languages import Text
from splot.documents.tree import Document
from splot.people.permissions import Permission
from splot.search.offers import NOBODY, PUBLIC, Searchable, SearchKind, SearchSources

from .models import PARTS, Activity, Area, Policy, PolicyPassage, PolicyVersion, Value

PASSAGE, ACT = "passage", "act"


def search_sources() -> SearchSources:
    passages = [RowSource(model, _passages, _passages_of(model)) for model in PARTS]
    return SearchSources(
        kinds=[SearchKind(10, PASSAGE, _("Policy")), SearchKind(20, ACT, _("Texts of policies"))],
        sources=[
            RowSource(Policy, _policies),
            *passages,
            RowSource(PolicyVersion, _versions, _refreshed_version),
        ],
    )


def _policies(rows: QuerySet[Policy]) -> Iterator[Searchable]:
    for policy in rows.select_related("municipality"):
        yield Searchable(
            row=policy,
            kind=PASSAGE,
            title=policy.title,
            texts=[policy.vision],
            address=address_to_keep("policy", policy.municipality.slug, policy.term),
            audience=_audience_of(policy),
            context=policy.term,
            year=policy.starts,
        )


def _audience_of(policy: Policy) -> str:
    if policy.is_public:
        return PUBLIC
    # the passages of an amendment that was adopted stand in the policy that it amended
    return Permission.READ_DRAFTS if policy.is_open or not policy.amends_id else NOBODY


def _passages(rows: Rows) -> Iterator[Searchable]:
    for passage in rows.filter(is_dropped=False).select_related("policy", "municipality"):
        policy = passage.policy
        yield Searchable(
            row=passage,
            kind=PASSAGE,
            title=passage.name if isinstance(passage, Area | Value) else passage.text,
            texts=_texts_of(passage),
            number="" if isinstance(passage, Value) else str(passage.number),
            address=_address_of(passage),
            parent=(Policy, policy.pk),
            context=policy.term,
            year=policy.starts,
        )


def _texts_of(passage: PolicyPassage) -> list[Text]:
    """What is said of a passage below its title."""
    if isinstance(passage, Area):
        return [passage.why, passage.evidence, passage.audience]
    if isinstance(passage, Activity):
        return [passage.audience]
    return [passage.text] if isinstance(passage, Value) else []


def _address_of(passage: PolicyPassage) -> str:
    """Its own page; for what has none, its place in the text."""
    policy = passage.policy
    place = (passage.municipality.slug, policy.term)
    if isinstance(passage, Area):
        return address_to_keep("area", *place, passage.number)
    if isinstance(passage, Activity):
        return address_to_keep("activity", *place, passage.slug)
    text = address_to_keep("policy_text", *place)
    return f"{text}#{passage.eid}" if passage.eid else text


def _passages_of(model: type[PolicyPassage]) -> Callable[[RecordedWrite], Rows | None]:
    """Many passages are written at once under one line of the trail, which names their policy."""

    def passages(write: RecordedWrite) -> Rows | None:
        policy = write.row
        return model.everything.filter(policy=policy) if isinstance(policy, Policy) else None

    return passages


def _versions(rows: QuerySet[PolicyVersion]) -> Iterator[Searchable]:
    for version in rows.select_related("policy", "municipality"):
        policy = version.policy
        yield Searchable(
            row=version,
            kind=ACT,
            title=interface_text(partial(str, version)),
            texts=[_text_of(version)],
            address=address_to_keep(
                "version", version.municipality.slug, policy.term, version.ordinal
            ),
            audience=PUBLIC if version.is_public else Permission.READ_DRAFTS,
            context=policy.term,
            year=policy.starts,
        )


def _text_of(version: PolicyVersion) -> Text:
    wordings = {}
    for language in version.texts:
        document, __ = version.document(language)
        wordings[language] = "\n".join(_paragraphs_of(document))
    return Text.of(version.language, wordings)


def _paragraphs_of(document: Document) -> Iterable[str]:
    yield from filter(None, (document.title, document.preamble))
    for node, __ in document.walk():
        paragraph = " ".join(filter(None, (node.num, node.heading, node.text, node.closing)))
        if paragraph:
            yield paragraph


def _refreshed_version(write: RecordedWrite) -> QuerySet[PolicyVersion] | None:
    """The newest frozen text follows a translation and what is decided on the policy."""
    policy = write.row.policy if isinstance(write.row, PolicyPassage) else write.row
    if not isinstance(policy, Policy) or write.verb == "policy.changed":
        return None
    if "translat" in write.verb or write.verb.startswith(("policy.", "amendment.")):
        return policy.versions.order_by("-pk")[:1]
    return None
