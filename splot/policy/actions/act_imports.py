"""Imports of acts: parsed and kept, made into a policy, added as a translation."""

from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from splot.core.actions import action, change, entry_by_idempotency_key, record
from splot.core.languages import Text
from splot.documents.tree import Document
from splot.people.models import Municipality, User

from ..act_mapping import suggest_mapping, wording_of
from ..models import (
    ActImport,
    Activity,
    Aim,
    Policy,
    PolicyPart,
    PolicyVersion,
    Provision,
)
from ..queries import policy_before, term_slug
from ..writing.act_rows import ActImportRefused, create_act_rows

MAX_PASSAGES = 1500


@action
def start_act_import(
    *,
    by: User | None,
    municipality: Municipality,
    document: Document,
    file_name: str,
    language: str,
    idempotency_key: UUID | None = None,
) -> ActImport:
    """Keep an act that was read, with a first proposal of what becomes what. No policy is touched.

    Raises ImportRefused for an act of more passages than a person can check on one page.
    """
    if done := entry_by_idempotency_key(idempotency_key):
        return ActImport.objects.get(pk=done.object_id)
    passages = sum(1 for __ in document.walk())
    if passages > MAX_PASSAGES:
        raise ActImportRefused(
            _(
                "The act has %(number)s passages; %(most)s can be checked here. Take out the "
                "annexes and try again."
            )
            % {"number": passages, "most": MAX_PASSAGES}
        )
    proposal = suggest_mapping(document)
    act_import = ActImport.objects.create(
        municipality=municipality,
        file_name=file_name,
        language=language,
        document=document.to_json(),
        areas=proposal.areas,
        links=proposal.links,
        reasons=proposal.reasons,
        doubts=proposal.problems,
        read_by=by,
    )
    record(by=by, verb="act.read", of=act_import, idempotency_key=idempotency_key)
    return act_import


@action
def change_act_import(
    *, by: User | None, act_import: ActImport, version: int, areas: list[str], links: dict[str, str]
) -> ActImport:
    """Say what becomes what. Raises Conflict when somebody else changed the mapping since
    `version`.
    """
    return change(
        act_import,
        by=by,
        verb="proposal.changed",
        version=version,
        areas=areas,
        links={**act_import.links, **links},
    )


@action
def apply_act_import(
    *,
    by: User | None,
    act_import: ActImport,
    term: tuple[int, int],
    title: str,
    status: str,
    number: str = "",
    body: str = "",
    adopted_on: date | None = None,
    in_force_from: date | None = None,
    responsible: str = "",
    idempotency_key: UUID | None = None,
) -> Policy:
    """Make a policy of an imported act as its mapping says: all of it, or nothing.

    Raises ImportRefused when the term is taken, an activity has no area, or two activities bear one
    number.
    """
    if done := entry_by_idempotency_key(idempotency_key):
        return Policy.objects.get(pk=done.object_id)
    if act_import.policy_id:
        raise ActImportRefused(_("A policy was made of this act already."))
    municipality, starts, ends = act_import.municipality, *term
    slug = term_slug(starts, ends)
    if municipality.policies.filter(term=slug).exists():
        raise ActImportRefused(_("There is a policy for %(term)s already.") % {"term": slug})
    policy = Policy.objects.create(
        municipality=municipality,
        term=slug,
        starts=starts,
        ends=ends,
        status=status,
        language=act_import.language,
        title=Text.of(act_import.language, {act_import.language: title}),
        responsible=Text.of(act_import.language, {act_import.language: responsible})
        if responsible
        else Text(),
        previous=policy_before(municipality, starts),
    )
    if policy.is_public:
        _set_published(policy, by)
    tree = create_act_rows(policy, act_import)
    PolicyVersion.objects.create(
        municipality=municipality,
        policy=policy,
        stage=PolicyVersion.Stage.ADOPTED if policy.is_public else PolicyVersion.Stage.DRAFT,
        was_read=True,
        language=act_import.language,
        texts={act_import.language: tree.to_json()},
        number=number,
        body=body,
        adopted_on=adopted_on,
        in_force_from=in_force_from,
        made_by=by,
    )
    record(by=by, verb="policy.made", of=policy, idempotency_key=idempotency_key)
    change(act_import, by=by, verb="proposal.used", version=act_import.version, policy=policy)
    return policy


def _set_published(policy: Policy, by: User | None) -> None:
    """What is public says from its first day who published it, and when."""
    now = timezone.now()
    policy.published_by, policy.published_at, policy.changed_at = by, now, now
    policy.save(update_fields=["published_by", "published_at", "changed_at"])


@action
def add_act_translation(
    *, by: User | None, policy: Policy, document: Document, language: str
) -> Policy:
    """Add the same act in another language: passages find each other by their place in the text
    (eId).
    """
    version = policy.versions.first()
    assert version is not None
    refs = {node.eid: node.ref for node, __ in version.document(version.language)[0].walk()}
    for node, __ in document.walk():
        node.ref = refs.get(node.eid, "")
    PolicyVersion.objects.filter(pk=version.pk).update(
        texts={**version.texts, language: document.to_json()}
    )
    nodes = {node.eid: node for node, __ in document.walk()}
    kinds: tuple[type[PolicyPart], ...] = (Aim, Activity, Provision)
    for model in kinds:
        rows = [row for row in model.objects.filter(policy=policy) if row.eid in nodes]
        for row in rows:
            role = model._meta.model_name or ""
            row.text = row.text.written(language, wording_of(role, nodes[row.eid]))
        model.objects.bulk_update(rows, ["text"])
    record(by=by, verb="policy.translated", of=policy, changes={"language": [None, language]})
    return policy
