"""The policy that is in force, read from the council's resolution; and the next one, where the town
has begun it.
"""

from datetime import date

from splot.demonstration.municipality import DATA_DIR, DemoMunicipality, noon_of, polish_text
from splot.documents.readers import read_document
from splot.documents.tree import Document
from splot.documents.writers.uris import parse_iso_date
from splot.policy.act_mapping import body_name
from splot.policy.actions.act_imports import add_act_translation, apply_act_import, start_act_import
from splot.policy.actions.areas import change_area
from splot.policy.actions.policies import change_policy, publish_policy, start_policy
from splot.policy.actions.suggestions import (
    adopt_provisions,
    adopt_strategic_aims,
    adopt_values,
    choose_aspects,
)
from splot.policy.actions.versions import freeze_version
from splot.policy.models import Policy

TRANSLATIONS = ("en", "uk")


def load(town: DemoMunicipality) -> None:
    _import_policy(town)
    town.known["activities"] = {
        activity.slug: activity for activity in town.policy.activities.all()
    }
    _start_next_policy(town)


def _import_policy(town: DemoMunicipality) -> None:
    facts = town.read("policy.json")
    source, *translations = [_read_act(town, language) for language in ("pl", *TRANSLATIONS)]
    act_import = start_act_import(
        by=town.coordinator,
        municipality=town.municipality,
        document=source,
        file_name="resolution.pl.txt",
        language="pl",
    )
    policy = apply_act_import(
        by=town.coordinator,
        act_import=act_import,
        term=tuple(facts["term"]),
        title=facts["title"]["pl"],
        status=Policy.Status.DRAFT,
        number=source.act.number,
        body=body_name(source.act.body),
        adopted_on=date.fromisoformat(parse_iso_date(source.act.date)),
        in_force_from=date.fromisoformat(facts["in_force_from"]),
    )
    for language, document in zip(TRANSLATIONS, translations, strict=True):
        add_act_translation(
            by=town.coordinator, policy=policy, document=document, language=language
        )
    policy = change_policy(
        by=town.coordinator,
        policy=policy,
        version=policy.version,
        title=polish_text(facts["title"]),
        vision=polish_text(facts["vision"]),
        responsible=polish_text(facts["label"]["responsible"]),
        made_on=date.fromisoformat(facts["label"]["made"]),
    )
    for area, row in zip(policy.areas.all(), facts["areas"], strict=True):
        change_area(
            by=town.coordinator,
            area=area,
            version=area.version,
            name=polish_text(row["name"]),
            why=polish_text(row["why"]),
        )
    town.policy = publish_policy(
        by=town.coordinator,
        policy=policy,
        version=policy.version,
        status=Policy.Status.IN_FORCE,
        at=noon_of(facts["label"]["published"]),
    )


def _read_act(town: DemoMunicipality, language: str) -> Document:
    name = f"resolution.{language}.txt"
    return read_document((DATA_DIR / town.slug / name).read_bytes(), name)


def _start_next_policy(town: DemoMunicipality) -> None:
    """The policy of the next term, written from the model and given for consultation, where the
    town has one.
    """
    facts = town.read_if_there("next.json")
    if not facts:
        return
    by, starts_ends = town.coordinator, tuple(facts["term"])
    policy = start_policy(
        by=by,
        municipality=town.municipality,
        title=facts["title"]["pl"],
        term=starts_ends,
        language="pl",
        start="model",
    )
    policy = change_policy(
        by=by,
        policy=policy,
        version=policy.version,
        title=polish_text(facts["title"]),
        vision=polish_text(facts["vision"]),
        body=facts["body"],
    )
    aspects = facts["aspects"]
    choose_aspects(
        by=by,
        policy=policy,
        version=policy.version,
        chosen=aspects,
        whole=aspects,
        left_out=facts["left_out"],
    )
    adopt_values(by=by, policy=policy, chosen=facts["values"])
    adopt_strategic_aims(by=by, policy=policy, chosen=facts["strategic_aims"])
    adopt_provisions(by=by, policy=policy, chosen=facts["provisions"])
    policy.refresh_from_db()
    freeze_version(
        by=by, policy=policy, version=policy.version, stage="consultation", note=facts["note"]
    )
