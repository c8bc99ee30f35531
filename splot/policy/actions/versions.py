"""Freezing: what the rows say on a day becomes a text that never changes."""

from copy import deepcopy
from typing import Any
from uuid import UUID

from splot.catalogue.queries import act_words
from splot.core.actions import action, change, done_before, record
from splot.core.languages import texts_of
from splot.documents.amending import amend
from splot.documents.tree import Document
from splot.people.models import User

from ..compose import compose
from ..contents import Contents, contents_as_read, contents_of
from ..models import Policy, PolicyVersion
from ..queries import read_version, text_of
from .copying import number_rows
from .mending import mend_references


@action
def freeze_version(
    *, by: User | None, policy: Policy, version: int, stage: str, note: str = "", once: UUID | None = None
) -> PolicyVersion:
    """Freeze what is written, for consultation or to keep a state; writing goes on. Raises Conflict.

    A policy whose draft is given for consultation is in consultation from then on.
    """
    if done := done_before(once):
        return PolicyVersion.objects.get(pk=done.object_id)
    status = Policy.Status.CONSULTATION if stage == PolicyVersion.Stage.CONSULTATION else policy.status
    change(policy, by=by, verb="policy.frozen", version=version, status=status)
    frozen = freeze(policy, by=by, stage=stage, note=note)
    record(by=by, verb="version.frozen", of=frozen, once=once)
    return frozen


def freeze(policy: Policy, *, by: User | None, stage: str, of: Policy | None = None, **values: Any) -> PolicyVersion:
    """Keep the text as it is now in every language that it has; `of` is the policy that an amendment changes.

    A text that was read and has not been touched since stays the version that it is, with its new stage.
    """
    mended = mend_references(policy, by=by)
    texts = texts_now(policy, number=values.get("number", ""), on=values.get("adopted_on"))
    owner, read = of or policy, read_version(policy)
    newest = text_of(owner)
    if read and newest == read and newest.stage == PolicyVersion.Stage.DRAFT and texts == newest.texts:
        PolicyVersion.objects.filter(pk=newest.pk).update(stage=stage, **values)
        newest.refresh_from_db()
        return newest
    frozen = PolicyVersion.objects.create(
        municipality=owner.municipality,
        policy=owner,
        stage=stage,
        ordinal=owner.versions.count() + 1,
        language=policy.language,
        texts=texts,
        mended=mended,
        made_by=by,
        **values,
    )
    if not of:
        number_rows(policy, frozen)
    return frozen


def text_now(policy: Policy, language: str) -> tuple[Document, str]:
    """The text as it would be printed today for a reader of `language`, and the language that it is really in."""
    texts = texts_now(policy, only=language)
    found = language if language in texts else policy.language
    return Document.from_json(texts[found]), found


def texts_now(policy: Policy, *, only: str = "", **adoption: Any) -> dict[str, dict[str, object]]:
    """{language: tree} of what the rows say now: composed, or, where an act binds, that act with the changes made.

    `only`: in one language and in the policy's own. `adoption`: number and day of the council's resolution.
    """
    contents = contents_of(policy)
    if policy.amends:
        base, before = text_of(policy.amends), contents_of(policy.amends)
    elif base := read_version(policy):
        before = contents_as_read(policy, base)
    else:
        base = before = None
    wanted = languages_of(contents, base)
    wanted = [language for language in wanted if not only or language in (only, policy.language)]
    if base is None or before is None:
        return {language: compose(contents, language, **adoption).to_json() for language in wanted}
    return {language: _amended(base, before, contents, language).to_json() for language in wanted}


def _amended(base: PolicyVersion, before: Contents, after: Contents, language: str) -> Document:
    if language in base.texts:
        tree = Document.from_json(base.texts[language])
        repealed = act_words(language)["repealed"]
        return amend(tree, compose(before, language), compose(after, language), repealed=repealed)
    source = _amended(base, before, after, base.language)
    return in_language(source, compose(after, language), base.language)


def in_language(source: Document, words: Document, language: str) -> Document:
    """The tree with the words that a composition in another language has; the rest says that it is in `language`."""
    made = deepcopy(source)
    there = {node.ref: node for node, __ in words.walk() if node.ref and not node.lang}
    for node, __ in made.walk():
        other = there.get(node.ref)
        node.lang = "" if other else language
        if other:
            node.text, node.heading = other.text or node.text, other.heading or node.heading
    return made


def languages_of(contents: Contents, base: PolicyVersion | None = None) -> list[str]:
    """The policy's own language, and every other in which somebody has written a passage."""
    own = contents.policy.language
    found = {language for row in contents.everything for text in texts_of(row).values() for language in text.texts}
    found |= {language for text in texts_of(contents.policy).values() for language in text.texts}
    found |= set(base.texts) if base else set()
    return [own, *sorted(found - {own})]
