"""Freezing the text of a policy: what is written today is kept and never changes."""

from typing import Any

from splot.people.models import User

from ..amending_act import compose_amending_act
from ..models import Policy, PolicyVersion
from ..queries import imported_version, newest_version
from ..text import CurrentText
from .copying import assign_numbers
from .references import update_references


def freeze_text(
    policy: Policy, *, by: User | None, stage: str, of: Policy | None = None, **values: Any
) -> PolicyVersion:
    """Keep the text as it is now in every language that it has; `of` is the policy that an
    amendment changes.

    An imported text that has not been changed since stays the version that it is, with its new
    stage.
    """
    mended = update_references(policy, by=by)
    text = CurrentText(policy, number=values.get("number", ""), on=values.get("adopted_on"))
    texts = {language: text.document(language).to_json() for language in text.languages}
    owner, read = of or policy, imported_version(policy)
    newest = newest_version(owner)
    if (
        read
        and newest == read
        and newest.stage == PolicyVersion.Stage.DRAFT
        and texts == newest.texts
    ):
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
        assign_numbers(policy, frozen)
    return frozen


def freeze_amending_act(amendment: Policy, base: PolicyVersion, amended: PolicyVersion) -> None:
    """Keep the resolution that led from one frozen text to the next, in each language of both."""
    acts = {}
    for language in amended.texts:
        if language in base.texts:
            acts[language] = compose_amending_act(
                amendment,
                base,
                amended.document(language)[0],
                language,
                number=amended.number,
                on=amended.adopted_on,
            ).to_json()
    PolicyVersion.objects.filter(pk=amended.pk).update(amending_act=acts)
    amended.amending_act = acts
