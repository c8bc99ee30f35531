"""Fills an installation with the demonstration: texts read by the readers, rows written by the
actions.
"""

from datetime import date, datetime, time
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from splot.core.values import Json, Values
from splot.documents.readers import read_document
from splot.documents.tree import Document
from splot.implementation.actions.plans import add_group
from splot.indicators.actions import add_indicator, add_observation
from splot.indicators.models import Indicator
from splot.monitoring.actions import (
    add_proposal,
    decide_proposal,
    publish_review,
    start_review,
    write_assessment,
)
from splot.people.actions import add_organisation, add_user, give_role, open_municipality
from splot.people.models import DEMONSTRATION_PASSWORD, Municipality
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

from .accounts import ACCOUNTS, MUNICIPALITIES
from .municipality import DATA_DIR, DemoMunicipality, polish_text
from .table import fill_table

TRANSLATIONS = ("en", "uk")


@transaction.atomic
def load_demonstration() -> list[Municipality]:
    """Make both towns, all or nothing. Raises ValidationError when they are there already."""
    with override("pl"):  # what the readers say of a text is kept in the language of the town
        return [_load_municipality(DemoMunicipality(**town)) for town in MUNICIPALITIES]


def _load_municipality(town: DemoMunicipality) -> Municipality:
    town.municipality = open_municipality(
        by=None,
        name=polish_text(town.name),
        slug=town.slug,
        teryt=town.teryt,
        is_demonstration=True,
    )
    _add_accounts(town)
    _import_policy(town)
    _load_lists(town)
    fill_table(town)
    _load_reviews(town)
    _start_next_policy(town)
    return town.municipality


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


def _add_accounts(town: DemoMunicipality) -> None:
    leaders = {row["leader"] for row in town.task_rows() if row["leader"]}
    for short, name, role in ACCOUNTS:
        if role == "leader" and short not in leaders:
            continue
        user = add_user(
            by=None,
            email=f"{short}@{town.slug}.example",
            name=name,
            password=DEMONSTRATION_PASSWORD,
            is_demonstration=True,
        )
        give_role(by=None, user=user, municipality=town.municipality, role=role)
        town.leaders[short] = user
    town.coordinator = town.leaders["coordinator"]


def _import_policy(town: DemoMunicipality) -> None:
    facts = town.read("policy.json")
    source, *translations = [_read_act(town, language) for language in ("pl", *TRANSLATIONS)]
    reading = start_act_import(
        by=town.coordinator,
        municipality=town.municipality,
        document=source,
        file_name="resolution.pl.txt",
        language="pl",
    )
    policy = apply_act_import(
        by=town.coordinator,
        reading=reading,
        term=tuple(facts["term"]),
        title=facts["title"]["pl"],
        status=Policy.Status.DRAFT,
        number=source.act.number,
        body=body_name(source.act.body),
        adopted_on=date.fromisoformat(facts["in_force_from"]),
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
        at=_noon_of(facts["label"]["published"]),
    )


def _read_act(town: DemoMunicipality, language: str) -> Document:
    name = f"resolution.{language}.txt"
    return read_document((DATA_DIR / town.slug / name).read_bytes(), name)


def _load_lists(town: DemoMunicipality) -> None:
    common: Values = {"by": town.coordinator, "municipality": town.municipality}
    town.known["organisations"] = {
        row["id"]: add_organisation(**common, name=polish_text(row["name"]), kind=row["kind"])
        for row in town.read("organisations.json")
    }
    town.known["groups"] = {
        row["id"]: add_group(**common, name=polish_text(row["name"]))
        for row in town.read("groups.json")
    }
    town.known["indicators"] = {
        row["id"]: _add_indicator(town, row) for row in town.read("indicators.json")
    }
    town.known["activities"] = {
        activity.slug: activity for activity in town.policy.activities.all()
    }


def _add_indicator(town: DemoMunicipality, row: Json) -> Indicator:
    indicator = add_indicator(
        by=town.coordinator,
        municipality=town.municipality,
        name=polish_text(row["name"]),
        unit=polish_text(row["unit"]),
        counted=polish_text(row["counted"]),
        source=polish_text(row["source"]),
        **{name: row[name] for name in ("direction", "kind", "frequency")},
    )
    for each in row["observations"]:
        value = None if each["value"] is None else Decimal(each["value"])
        add_observation(
            by=town.coordinator,
            indicator=indicator,
            value=value,
            note=polish_text(each["note"]),
            **{name: each[name] for name in ("period", "qualifier", "status", "series")},
        )
    return indicator


def _noon_of(iso: str) -> datetime:
    return timezone.make_aware(datetime.combine(date.fromisoformat(iso), time(12)))


def _load_reviews(town: DemoMunicipality) -> None:
    for row in town.read("reports.json"):
        review = start_review(by=town.coordinator, policy=town.policy, year=row["year"])
        review = write_assessment(
            by=town.coordinator,
            review=review,
            version=review.version,
            assessment=polish_text(row["assessment"]),
        )
        for each in row["proposals"]:
            about = each["about"] or {}
            proposal = add_proposal(
                by=town.coordinator,
                review=review,
                text=polish_text(each["text"]),
                activity=town.known["activities"].get(about.get("activity")),
                task=town.known["tasks"].get(about.get("task")),
            )
            if each["disposition"] != "awaiting":
                decide_proposal(
                    by=town.coordinator,
                    proposal=proposal,
                    version=proposal.version,
                    disposition=each["disposition"],
                    reason=polish_text(each["reason"]),
                )
        if row["published"]:
            publish_review(
                by=town.coordinator,
                review=review,
                version=review.version,
                at=_noon_of(row["published"]),
            )
