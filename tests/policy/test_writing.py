"""Writing a policy from the model: nothing a person wrote is lost, and every step can be taken
back.
"""

from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from splot.catalogue.models import CatalogueEntry
from splot.catalogue.queries import CONTENT_DIR, shipped_catalogue
from splot.core.actions import Conflict
from splot.core.models import AuditEntry
from splot.indicators.models import Indicator
from splot.people.models import Municipality
from splot.policy.actions.areas import add_area, move_area
from splot.policy.actions.passages import (
    NotMerged,
    add_part,
    change_part,
    drop_part,
    merge_activities,
    move_activity,
    move_part,
    name_institution,
    split_activity,
)
from splot.policy.actions.policies import NotStarted, publish_policy, start_policy
from splot.policy.actions.steps import undo_step
from splot.policy.actions.suggestions import adopt_activities, choose_aspects
from splot.policy.compose import compose_document
from splot.policy.contents import contents_of
from splot.policy.models import Activity, Aim, Area, Policy
from splot.policy.writing.copying import copy_contents
from splot.policy.writing.steps import PolicyIsAdopted
from tests import factories
from tests.policy.writing import draft, fresh


@pytest.fixture
def policy(town: Municipality) -> Policy:
    return draft(town)


def words_of(policy: Policy) -> list[str]:
    return [activity.text.source_wording for activity in policy.activities.all()]


def test_aspects_come_with_their_aims_activities_and_indicators(policy: Policy) -> None:
    education, mediation = policy.areas.all()
    assert (education.activities.count(), mediation.activities.count()) == (10, 3)
    assert education.name.texts.keys() == {"pl", "en", "uk"}
    assert education.name.state("uk") == "current"
    assert all(activity.indicators.count() for activity in policy.activities.all())
    assert set(Indicator.objects.values_list("is_planned", flat=True)) == {True}
    first = education.activities.first()
    assert first.origins[0]["catalogue"] == "activities.teaching-assistants"
    assert first.origins[0]["version"] == policy.catalogue_version


def test_an_aspect_that_is_there_is_not_opened_twice(policy: Policy) -> None:
    before = words_of(policy)
    everything = ["education", "mediation", "culture"]
    choose_aspects(
        by=None,
        policy=policy,
        version=policy.version,
        chosen=everything,
        whole=["education"],
        left_out={"housing": "Osobny program.", "culture": "nie"},
    )
    assert [area.aspect for area in policy.areas.all()] == everything
    assert words_of(policy) == before
    assert fresh(policy).left_out == {"housing": "Osobny program."}


def test_suggestions_are_taken_once(policy: Policy) -> None:
    culture = fresh(policy)
    choose_aspects(
        by=None, policy=culture, version=culture.version, chosen=["culture"], whole=[], left_out={}
    )
    area = policy.areas.get(aspect="culture")
    wanted = [
        entry["catalogue"]
        for entry in policy.areas.get(aspect="education").activities.first().origins
    ]
    assert (
        adopt_activities(
            by=None, area=area, chosen=[wanted[0].removeprefix("activities.")], indicators=True
        )
        == []
    )
    some = [each.id for each in shipped_catalogue().aspect("culture").activities[:2]]
    assert len(adopt_activities(by=None, area=area, chosen=some, indicators=False)) == 2
    assert adopt_activities(by=None, area=area, chosen=some, indicators=False) == []


def test_a_late_writer_is_told_and_nothing_is_overwritten(policy: Policy) -> None:
    activity = policy.activities.first()
    seen = activity.version
    change_part(by=None, part=fresh(activity), version=seen, text=factories.text("Pierwsza osoba"))
    with pytest.raises(Conflict) as conflict:
        change_part(by=None, part=fresh(activity), version=seen, text=factories.text("Druga osoba"))
    assert conflict.value.current.text.source_wording == "Pierwsza osoba"
    assert fresh(activity).text.source_wording == "Pierwsza osoba"


def test_moving_reaches_the_ends_and_stays_there(policy: Policy) -> None:
    first, second, *__, last = policy.areas.first().activities.all()
    move_part(by=None, part=second, places=-1)
    assert list(policy.areas.first().activities.all())[:2] == [second, first]
    move_part(by=None, part=fresh(second), places=-1)
    assert policy.areas.first().activities.first() == second
    move_part(by=None, part=fresh(last), places=1)
    assert policy.areas.first().activities.last() == last


def test_areas_change_places_and_the_step_can_be_taken_back(policy: Policy) -> None:
    education, mediation = policy.areas.all()
    move_area(by=None, area=mediation, places=-1)
    assert [area.aspect for area in policy.areas.all()] == ["mediation", "education"]
    undo_step(by=None, step_taken=policy.steps.first())
    assert list(policy.areas.all()) == [education, mediation]
    undo_step(by=None, step_taken=policy.steps.first())
    assert list(policy.areas.all()) == [mediation, education]


def test_an_area_takes_everything_below_with_it_and_brings_it_back(policy: Policy) -> None:
    before = words_of(policy)
    drop_part(by=None, part=policy.areas.first(), version=1)
    assert (
        policy.areas.count(),
        policy.activities.count(),
        policy.aims.filter(area__aspect="education").count(),
    ) == (
        1,
        3,
        0,
    )
    assert Activity.everything.filter(policy=policy).count() == 13
    undo_step(by=None, step_taken=policy.steps.first())
    assert words_of(policy) == before


def test_merging_keeps_what_each_said(policy: Policy, town: Municipality) -> None:
    first, second, third = policy.activities.all()[:3]
    school = factories.organisation(town, "Szkoła")
    change_part(by=None, part=second, version=second.version, institutions=[school])
    rows = [fresh(row) for row in (first, second)]
    merged = merge_activities(
        by=None, activities=rows, versions=[row.version for row in rows], text="Razem"
    )
    assert merged == first
    assert fresh(first).text.source_wording == "Razem"
    assert list(first.institutions.all()) == [school]
    assert len(fresh(first).origins) == 2
    assert (fresh(second).is_dropped, fresh(second).merged_into) == (True, first)
    assert third in policy.activities.all()
    undo_step(by=None, step_taken=policy.steps.first())
    assert list(policy.activities.all()[:3]) == [first, second, third]
    assert list(first.institutions.all()) == []


def test_two_coordinators_merge_the_same_activity(policy: Policy) -> None:
    first, second, third = policy.activities.all()[:3]
    seen = {row.pk: row.version for row in (first, second, third)}
    merge_activities(
        by=None,
        activities=[first, second],
        versions=[seen[first.pk], seen[second.pk]],
        text="A i B",
    )
    late = [fresh(row) for row in (second, third)]
    with pytest.raises(Conflict):
        merge_activities(
            by=None, activities=late, versions=[seen[second.pk], seen[third.pk]], text="B i C"
        )
    assert fresh(third).text.source_wording == third.text.source_wording
    assert not fresh(third).is_dropped
    with pytest.raises(NotMerged):
        merge_activities(by=None, activities=[fresh(third)], versions=[1], text="C")


def test_splitting_keeps_people_and_where_it_came_from(policy: Policy) -> None:
    first, second = policy.activities.all()[:2]
    parts = split_activity(
        by=None, activity=first, version=first.version, texts=["Jedno", "Drugie", "Trzecie"]
    )
    assert words_of(policy)[:3] == ["Jedno", "Drugie", "Trzecie"]
    assert policy.activities.all()[3] == second
    assert all(part.origins == first.origins and part.aim_id == first.aim_id for part in parts)
    assert [part.indicators.count() for part in parts] == [first.indicators.count()] * 3
    undo_step(by=None, step_taken=policy.steps.first())
    assert policy.activities.count() == 13
    assert fresh(first).text.source_wording == first.origins[0]["text"]


def test_an_activity_moves_to_another_area(policy: Policy) -> None:
    activity, area = policy.activities.first(), policy.areas.last()
    move_activity(
        by=None, activity=activity, version=activity.version, area=area, aim=area.aims.first()
    )
    assert list(area.activities.all())[-1] == activity


def test_a_step_is_not_taken_back_over_somebody_elses_words(policy: Policy) -> None:
    activity = policy.activities.first()
    change_part(by=None, part=activity, version=activity.version, text=factories.text("Moje"))
    mine = policy.steps.first()
    change_part(
        by=None, part=fresh(activity), version=fresh(activity).version, text=factories.text("Cudze")
    )
    trail = AuditEntry.objects.count()
    with pytest.raises(Conflict):
        undo_step(by=None, step_taken=mine)
    assert fresh(activity).text.source_wording == "Cudze"
    assert AuditEntry.objects.count() == trail


def test_a_step_is_taken_back_over_changes_elsewhere_in_the_same_row(policy: Policy) -> None:
    activity = policy.activities.first()
    change_part(by=None, part=activity, version=activity.version, text=factories.text("Moje"))
    mine = policy.steps.first()
    change_part(
        by=None,
        part=fresh(activity),
        version=fresh(activity).version,
        audience=factories.text("Rodzice"),
    )
    undo_step(by=None, step_taken=mine)
    assert fresh(activity).text.source_wording == activity.origins[0]["text"]
    assert fresh(activity).audience.source_wording == "Rodzice"


def test_a_step_is_taken_back_once(policy: Policy) -> None:
    drop_part(by=None, part=policy.activities.first(), version=1)
    dropped = policy.steps.first()
    undo_step(by=None, step_taken=dropped)
    with pytest.raises(Conflict):
        undo_step(by=None, step_taken=dropped)


def test_an_adopted_text_is_closed_to_writing(policy: Policy, coordinator: object) -> None:
    activity = policy.activities.first()
    publish_policy(
        by=coordinator, policy=policy, version=policy.version, status="in_force", number="I/1/2027"
    )
    with pytest.raises(PolicyIsAdopted):
        change_part(
            by=None,
            part=fresh(activity),
            version=fresh(activity).version,
            text=factories.text("Inaczej"),
        )
    assert fresh(activity).text.source_wording != "Inaczej"


def test_a_draft_that_nobody_adopted_precedes_nothing_unless_it_is_chosen(
    town: Municipality, signed_in, coordinator
) -> None:
    draft = factories.policy(town, status="draft", term=(2019, 2020))
    start = {"by": None, "municipality": town, "title": "Nowa", "language": "pl"}
    assert start_policy(**start, term=(2025, 2026), start="empty").previous is None
    assert factories.policy(town, term=(2023, 2024)).previous is None
    chosen = start_policy(**start, term=(2021, 2022), start="previous")
    assert chosen.previous == draft
    later = start_policy(**start, term=(2027, 2030), start="empty")
    assert later.previous.term == "2023-2024"


def test_starting_from_the_previous_term_keeps_where_everything_came_from(
    town: Municipality,
) -> None:
    earlier = factories.policy(town)
    policy = start_policy(
        by=None, municipality=town, title="Nowa", term=(2025, 2030), language="pl", start="previous"
    )
    assert policy.previous == earlier
    assert words_of(policy) == words_of(earlier)
    assert policy.activities.first().origins == [
        {"term": "2023-2024", "number": "§ 3 ust. 1 pkt 1", "text": "uczenia języka polskiego"}
    ]
    assert set(policy.activities.values_list("area__policy", flat=True)) == {policy.pk}
    assert set(policy.activities.values_list("aim__policy", flat=True)) == {policy.pk}
    with pytest.raises(NotStarted):
        start_policy(
            by=None,
            municipality=town,
            title="Nowa",
            term=(2025, 2030),
            language="pl",
            start="empty",
        )


def test_copying_costs_the_same_for_any_size(town: Municipality) -> None:
    counts = []
    for term, aspects in (
        ((2027, 2028), ("mediation",)),
        ((2029, 2030), ("education", "culture", "housing")),
    ):
        source = draft(town, aspects=aspects, term=term)
        target = Policy.objects.create(
            municipality=town,
            term=f"copy-{term[0]}",
            starts=term[0],
            ends=term[1],
            title=factories.text("Kopia"),
        )
        with CaptureQueriesContext(connection) as queries:
            copy_contents(source, target)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_reading_a_policy_whole_costs_the_same_for_any_size(town: Municipality) -> None:
    counts = []
    for term, aspects in (
        ((2027, 2028), ("mediation",)),
        ((2030, 2031), ("education", "culture", "housing")),
    ):
        policy = draft(town, aspects=aspects, term=term)
        with CaptureQueriesContext(connection) as queries:
            compose_document(contents_of(policy), "pl")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_double_click_adds_one_passage(policy: Policy) -> None:
    area, idempotency_key = policy.areas.first(), uuid4()
    for __ in range(2):
        add_part(
            by=None,
            model=Aim,
            policy=policy,
            area=area,
            text=factories.text("Drugi cel"),
            idempotency_key=idempotency_key,
        )
    assert area.aims.count() == 2


def test_the_catalogue_is_shipped_with_the_package() -> None:
    assert {path.suffix for path in Path(CONTENT_DIR).iterdir()} == {".toml"}


def test_news_of_the_catalogue_are_told_to_a_policy_that_took_from_an_older_one() -> None:
    assert CatalogueEntry("x", since=2).is_news_since(1)
    assert CatalogueEntry("x", since=1, reworded=(3,)).is_news_since(2)
    assert not CatalogueEntry("x", since=1, reworded=(2,)).is_news_since(2)


def test_area_numbers_are_free_again_for_nobody(policy: Policy) -> None:
    drop_part(by=None, part=policy.areas.last(), version=1)
    area = add_area(by=None, policy=policy, name=factories.text("Sport"))
    assert area.number == 3
    undo_step(by=None, step_taken=policy.steps.all()[1])
    assert [each.number for each in Area.objects.filter(policy=policy)] == [1, 2, 3]


def test_an_institution_is_named_beside_what_was_written_meanwhile(town: Municipality) -> None:
    """The page that names it was read before; so it must not fail, nor take back what others name."""
    written = draft(town)
    as_read = written.activities.first()
    now = written.activities.get(pk=as_read.pk)
    school = factories.organisation(written.municipality, "Szkoła nr 7", "school")
    change_part(
        by=None, part=now, version=now.version, text=factories.text("nowe"), institutions=[school]
    )
    for __ in range(2):  # one that is known is not added twice
        name_institution(by=None, part=as_read, name=factories.text("Klub Most"), kind="ngo")
    row = written.activities.get(pk=as_read.pk)
    assert str(row.text) == "nowe"
    assert sorted(map(str, row.institutions.all())) == ["Klub Most", "Szkoła nr 7"]
    assert written.municipality.organisations.filter(kind="ngo").count() == 1
