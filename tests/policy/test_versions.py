"""Versions: frozen for ever, numbered once, amended alone; a printed number leads to its passage in
every one.
"""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from splot.core.actions import Conflict
from splot.documents.amending_formulas import without_passed_only
from splot.documents.diff import compare_documents
from splot.documents.readers import read_document
from splot.documents.tree import Document
from splot.documents.writers import write_document
from splot.indicators.models import Indicator
from splot.people.models import Municipality, User
from splot.policy.actions.areas import add_area
from splot.policy.actions.passages import (
    add_part,
    change_part,
    drop_part,
    merge_activities,
    move_part,
)
from splot.policy.actions.policies import (
    NotStarted,
    adopt_amendment,
    publish_policy,
    start_amendment,
)
from splot.policy.actions.versions import freeze_version
from splot.policy.models import Activity, Aim, Policy, PolicyVersion, Provision
from splot.policy.queries import open_amendment_of
from splot.policy.text import current_text
from tests import factories
from tests.policy.writing import draft, fresh

Stage = PolicyVersion.Stage


@pytest.fixture
def policy(town: Municipality) -> Policy:
    return draft(town, aspects=("mediation",))


def frozen(policy: Policy, stage: str = Stage.CONSULTATION) -> PolicyVersion:
    return freeze_version(by=None, policy=policy, version=fresh(policy).version, stage=stage)


def adopted(policy: Policy, by: User) -> Policy:
    publish_policy(
        by=by,
        policy=fresh(policy),
        version=fresh(policy).version,
        status="in_force",
        number="XXI/7/2027",
        adopted_on=date(2027, 2, 25),
    )
    return fresh(policy)


def tree(version: PolicyVersion, language: str = "pl") -> Document:
    return version.document(language)[0]


def texts(document: Document) -> dict[str, str]:
    return {cited: node.text for node, cited in document.cited_within_annex()}


def test_freezing_numbers_every_passage_and_keeps_every_language(policy: Policy) -> None:
    version = frozen(policy)
    activity = policy.activities.first()
    assert (activity.number, activity.slug) == ("§ 4 ust. 2 pkt 1", "4-2-1")
    assert texts(tree(version))["§ 4 ust. 2 pkt 1"] == activity.text.source_wording + ";"
    assert set(version.texts) == {"pl", "en", "uk"}
    assert tree(version, "uk").find(activity.eid).text.startswith(activity.text.texts["uk"])
    assert fresh(policy).status == Policy.Status.CONSULTATION
    assert tree(version).problems == []


def test_a_frozen_text_stays_while_writing_goes_on(policy: Policy) -> None:
    version = frozen(policy)
    before = version.texts
    activity = policy.activities.first()
    change_part(by=None, part=activity, version=activity.version, text=factories.text("Inaczej"))
    assert fresh(version).texts == before
    second = frozen(policy)
    found = compare_documents(tree(version), tree(second))
    assert (found.counts["reworded"], found.counts["added"], found.counts["removed"]) == (1, 0, 0)


def test_what_was_read_composes_to_the_same_tree(policy: Policy) -> None:
    document = tree(frozen(policy))
    for form in ("txt", "md", "docx", "xml"):
        again = read_document(write_document(document, form, language="pl"), f"act.{form}")
        assert [(node.num, node.heading, node.text) for node, __ in again.walk()] == [
            (node.num, node.heading, node.text) for node, __ in document.walk()
        ]
        assert again.act == document.act


def test_references_follow_their_passages(policy: Policy) -> None:
    __, second, third = policy.activities.all()
    frozen(policy)
    provision = add_part(
        by=None,
        model=Provision,
        policy=policy,
        kind=Provision.Kind.MONITORING,
        text=factories.text(
            "Działania z § 4 ust. 2 pkt 2 i § 4 ust. 2 pkt 3 rozlicza się co roku."
        ),
    )
    frozen(policy)
    move_part(by=None, part=fresh(third), places=-2)
    drop_part(by=None, part=fresh(second), version=fresh(second).version)
    version = frozen(policy)
    assert fresh(provision).text.source_wording == (
        "Działania z § 4 ust. 2 pkt 2 i § 4 ust. 2 pkt 1 rozlicza się co roku."
    )
    kinds = sorted((each["kind"], each["before"]) for each in version.mended)
    assert ("mended", "§ 4 ust. 2 pkt 3") in kinds
    assert ("dead", "§ 4 ust. 2 pkt 2") in kinds


def test_a_printed_number_keeps_leading_to_its_passage(policy: Policy, coordinator: User) -> None:
    first, second, __ = policy.activities.all()
    frozen(policy)
    move_part(by=None, part=fresh(first), places=1)
    frozen(policy)
    assert (fresh(first).slug, fresh(second).slug) == ("4-2-2", "4-2-1")
    drop_part(by=None, part=fresh(second), version=fresh(second).version)
    frozen(policy)
    assert fresh(first).slug == "4-2-1"
    policy = adopted(policy, coordinator)
    place, client = f"/pl/poznan/policy/{policy.term}", Client()
    assert first.text.source_wording in client.get(f"{place}/numbers/4-2-2/").content.decode()
    assert first.text.source_wording in client.get(f"{place}/activities/4-2-1/").content.decode()


def test_adoption_freezes_the_text_under_its_number_and_date(
    policy: Policy, coordinator: User
) -> None:
    frozen(policy)
    policy = adopted(policy, coordinator)
    version = policy.versions.first()
    assert (version.stage, version.ordinal, version.number) == (Stage.ADOPTED, 2, "XXI/7/2027")
    assert tree(version).act.number == "XXI/7/2027"
    assert tree(version).act.date == "25 lutego 2027 r."
    assert policy.versions.last().stage == Stage.CONSULTATION
    assert set(Indicator.objects.values_list("is_planned", flat=True)) == {False}


class TestAnAmendment:
    @pytest.fixture
    def policy(self, town: Municipality, coordinator: User) -> Policy:
        return adopted(draft(town, aspects=("mediation", "culture")), coordinator)

    def test_is_written_beside_the_adopted_text(self, policy: Policy) -> None:
        amendment = start_amendment(by=None, policy=policy)
        assert amendment.term == "2027-2032-change-1"
        assert start_amendment(by=None, policy=policy) == amendment
        activity = amendment.activities.first()
        change_part(
            by=None, part=activity, version=activity.version, text=factories.text("Po zmianie")
        )
        assert fresh(activity.original).text.source_wording != "Po zmianie"
        assert policy.versions.count() == 1
        with pytest.raises(NotStarted):
            start_amendment(by=None, policy=amendment)

    def test_says_the_same_until_something_is_written(self, policy: Policy) -> None:
        amendment = start_amendment(by=None, policy=policy)
        before = without_passed_only(policy.versions.first().document("pl")[0])
        assert compare_documents(before, current_text(amendment, "pl")[0]).is_same

    def test_keeps_printed_numbers_and_letters_what_is_new(self, policy: Policy) -> None:
        amendment = start_amendment(by=None, policy=policy)
        first, second, third = amendment.areas.get(aspect="mediation").activities.all()
        aim = first.aim
        change_part(
            by=None, part=first, version=first.version, text=factories.text("słowa po zmianie")
        )
        drop_part(by=None, part=second, version=second.version)
        common = {"model": Activity, "policy": amendment, "area": first.area, "aim": aim}
        add_part(by=None, text=factories.text("nowe w środku"), after=first, **common)
        add_part(by=None, text=factories.text("nowe na końcu"), **common)
        now = {
            cited: words
            for cited, words in texts(current_text(amendment, "pl")[0]).items()
            if "§ 6 ust. 2" in cited
        }
        assert now["§ 6 ust. 2 pkt 1"] == "słowa po zmianie;"
        assert now["§ 6 ust. 2 pkt 1a"] == "nowe w środku;"
        assert now["§ 6 ust. 2 pkt 2"] == "(uchylony);"
        assert now["§ 6 ust. 2 pkt 3"] == third.text.source_wording + ";"
        assert now["§ 6 ust. 2 pkt 4"] == "nowe na końcu."

    def test_flows_back_when_the_council_has_adopted_it(self, policy: Policy) -> None:
        amendment = start_amendment(by=None, policy=policy)
        first, second, __ = amendment.areas.get(aspect="mediation").activities.all()
        change_part(
            by=None, part=first, version=first.version, text=factories.text("słowa po zmianie")
        )
        drop_part(by=None, part=second, version=second.version)
        new = add_part(
            by=None,
            model=Activity,
            policy=amendment,
            area=first.area,
            aim=first.aim,
            text=factories.text("nowe"),
        )
        amended = adopt_amendment(
            by=None,
            amendment=fresh(amendment),
            version=fresh(amendment).version,
            number="XXX/1/2028",
            body="Rada Miasta",
            adopted_on=date(2028, 1, 27),
        )
        assert amended == policy
        original = fresh(first.original)
        assert (original.text.source_wording, original.number) == (
            "słowa po zmianie",
            "§ 6 ust. 2 pkt 1",
        )
        assert original.text.state("uk") == "outdated"
        assert fresh(second.original).is_dropped
        assert (fresh(new).policy, fresh(new).slug) == (policy, "6-2-4")
        assert fresh(new).area.policy == policy
        assert fresh(new).aim.policy == policy
        newest, adopted_text = policy.versions.all()
        assert (newest.stage, newest.ordinal, newest.number) == (Stage.AMENDED, 2, "XXX/1/2028")
        assert open_amendment_of(policy) is None
        found = compare_documents(without_passed_only(tree(adopted_text)), tree(newest))
        assert {change.kind for change in found.changes} == {"same", "reworded", "added"}
        assert start_amendment(by=None, policy=policy).term == "2027-2032-change-2"

    def test_of_somebody_elses_act_changes_only_what_was_changed(self, town: Municipality) -> None:
        read = factories.policy(town)
        amendment = start_amendment(by=None, policy=read)
        activity = amendment.activities.first()
        change_part(
            by=None,
            part=activity,
            version=activity.version,
            text=factories.text("uczenia języka i historii"),
        )
        aim = amendment.aims.first()
        change_part(
            by=None,
            part=aim,
            version=aim.version,
            text=factories.text("Bezpieczna szkoła dla każdego ucznia"),
        )
        found = compare_documents(
            read.versions.first().document("pl")[0], current_text(amendment, "pl")[0]
        )
        changed = {
            change.new_place: change.new.text for change in found.changes if change.kind != "same"
        }
        assert changed == {
            "§ 2 pkt 1": "w zakresie edukacji: Bezpieczna szkoła dla każdego ucznia;",
            "§ 3 ust. 1 pkt 1": "uczenia języka i historii;",
        }

    def test_late_adoption_is_told(self, policy: Policy) -> None:
        amendment = start_amendment(by=None, policy=policy)
        with pytest.raises(Conflict):
            adopt_amendment(by=None, amendment=amendment, version=99, number="1", body="Rada")
        assert policy.versions.count() == 1

    def test_is_nothing_the_public_sees(self, policy: Policy) -> None:
        amendment = start_amendment(by=None, policy=policy)
        client = Client()
        assert (
            amendment.term not in client.get(reverse("policies", args=["poznan"])).content.decode()
        )
        assert client.get(reverse("policy", args=["poznan", amendment.term])).status_code == 404
        frozen(amendment, Stage.DRAFT)
        assert client.get(reverse("version", args=["poznan", amendment.term, 1])).status_code == 404
        frozen(amendment, Stage.CONSULTATION)
        assert client.get(reverse("version", args=["poznan", amendment.term, 2])).status_code == 200


def test_an_imported_draft_is_changed_within_its_own_act(
    town: Municipality, coordinator: User
) -> None:
    policy = factories.policy(town, status="draft")
    activity = policy.activities.first()
    change_part(
        by=None,
        part=activity,
        version=activity.version,
        text=factories.text("uczenia języka polskiego i matematyki"),
    )
    document, __ = current_text(policy, "pl")
    assert texts(document)["§ 3 ust. 1 pkt 1"] == "uczenia języka polskiego i matematyki;"
    assert texts(document)["§ 7"] == "Uchwała wchodzi w życie z dniem podjęcia."
    policy = adopted(policy, coordinator)
    assert [version.stage for version in policy.versions.all()] == [Stage.ADOPTED, Stage.DRAFT]


def test_merged_activities_lead_to_the_one(policy: Policy, coordinator: User) -> None:
    frozen(policy)
    first, second, __ = [fresh(row) for row in policy.activities.all()]
    merge_activities(
        by=None, activities=[first, second], versions=[first.version, second.version], text="razem"
    )
    adopted(policy, coordinator)
    page = Client().get(reverse("activity", args=["poznan", policy.term, "4-2-3"]))
    assert page.status_code == 302
    assert page["Location"].endswith("/4-2-2/")
    assert Aim.objects.filter(policy=policy).count() == 2


def test_a_new_area_of_somebody_elses_act_fits_into_it(town: Municipality) -> None:
    read = factories.policy(town)
    amendment = start_amendment(by=None, policy=read)
    area = add_area(by=None, policy=amendment, name=factories.text("Sport"))
    common = {"policy": amendment, "area": area}
    aim = add_part(by=None, model=Aim, text=factories.text("sport dla wszystkich"), **common)
    add_part(by=None, model=Activity, aim=aim, text=factories.text("otwarte boiska"), **common)
    now = texts(current_text(amendment, "pl")[0])
    assert now["§ 3 ust. 3"] == (
        "Sport. Celem jest sport dla wszystkich. Cel realizuje się przez działania:"
    )
    assert now["§ 3 ust. 3 pkt 1"] == "otwarte boiska."
