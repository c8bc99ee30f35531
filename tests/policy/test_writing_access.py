"""Who may write a policy, when, and whose rows: on every page on which a policy is written."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from splot.indicators.models import Indicator
from splot.people.models import Municipality, User
from splot.policy.actions.passages import change_part, drop_part
from splot.policy.actions.policies import adopt_amendment, publish_policy, start_amendment
from splot.policy.actions.versions import freeze_version
from splot.policy.models import Policy
from tests import factories
from tests.policy.writing import address, draft, fresh, merged, passage, said, written


@pytest.fixture
def policy(town: Municipality) -> Policy:
    return draft(town, aspects=("mediation",))


@pytest.fixture
def client(coordinator: User, signed_in: Callable[[User], Client]) -> Client:
    return signed_in(coordinator)


class TestWhoMayAndWhere:
    def test_another_towns_rows_are_not_there(
        self, client: Client, policy: Policy, other_town: Municipality, other_policy: Policy
    ) -> None:
        area, activity, value = (
            other_policy.areas.first(),
            other_policy.activities.first(),
            other_policy.values.first(),
        )
        change_part(
            by=None, part=activity, version=activity.version, text=factories.text("Cudze słowa")
        )
        theirs = other_policy.steps.first()
        before = written()
        urls = [
            *(
                address("write_passage", policy, row._meta.model_name, row.pk)
                for row in (area, activity, value)
            ),
            *(
                address(name, policy, area.pk)
                for name in ("write_area", "add_passage", "take_activities")
            ),
            *(
                address(name, policy, activity.pk)
                for name in ("split_activity", "adopt_indicators", "move_activity")
            ),
            address("move_passage", policy, "activity", activity.pk),
            address("drop_passage", policy, "activity", activity.pk),
            address("add_institution", policy, "activity", activity.pk),
            address("undo_step", policy, theirs.pk),
            passage(activity),
            address("write_policy", other_policy),
            address("freeze_policy", other_policy),
        ]
        for url in urls:
            answers = {
                client.get(url).status_code,
                client.post(url, {"version": 1, "text": "Moje"}).status_code,
            }
            assert answers <= {404, 405}, url
            assert 404 in answers, url
        assert written() == before

    def test_another_towns_institution_or_indicator_cannot_be_named(
        self, client: Client, policy: Policy, other_policy: Policy, other_town: Municipality
    ) -> None:
        theirs, activity = (
            factories.organisation(other_town, "Cudza szkoła"),
            policy.activities.first(),
        )
        indicator = Indicator.objects.filter(municipality=other_town).first()
        for values in (
            {"institutions": [theirs.pk]},
            {"leader": theirs.pk},
            {"indicators": [indicator.pk]},
        ):
            answer = client.post(
                passage(activity), {"text": "Inaczej", "version": activity.version, **values}
            )
            assert answer.status_code == 200
            assert "Cudza szkoła" not in answer.content.decode()
        place = f"{other_policy.areas.first().pk}."
        sent = {"place": place, "version": activity.version}
        assert client.post(address("move_activity", policy, activity.pk), sent).status_code == 302
        assert (fresh(activity).text, fresh(activity).area) == (activity.text, activity.area)

    def test_another_towns_activity_is_not_merged(
        self, client: Client, policy: Policy, other_policy: Policy
    ) -> None:
        mine, theirs = policy.activities.first(), other_policy.activities.first()
        change_part(
            by=None, part=theirs, version=theirs.version, text=factories.text("Cudze słowa")
        )
        before = written()
        sent = merged(mine, theirs)
        assert "Cudze słowa" not in said(client, address("merge_activities", policy), **sent)
        assert written() == before

    def test_an_activity_that_was_dropped_meanwhile_is_not_merged(
        self, client: Client, policy: Policy
    ) -> None:
        first, second, __ = policy.activities.all()
        drop_part(by=None, part=second, version=second.version)
        before = written()
        sent = merged(first, second)
        page = client.post(address("merge_activities", policy), sent, follow=True)
        assert page.redirect_chain[-1][0].startswith(address("write_area", policy, first.area_id))
        assert 'class="notice' in page.content.decode()
        assert written() == before

    def test_activities_that_changed_meanwhile_are_shown_beside_the_wording(
        self, client: Client, policy: Policy
    ) -> None:
        """Whoever merges late keeps the wording, and sees what was written meanwhile."""
        first, second, __ = policy.activities.all()
        sent = merged(first, second, text="Moje słowa")
        change_part(
            by=None, part=second, version=second.version, text=factories.text("Cudze słowa")
        )
        page = client.post(address("merge_activities", policy), sent).content.decode()
        assert "Moje słowa</textarea>" in page
        assert "Cudze słowa" in page
        assert not fresh(second).is_dropped
        again = merged(first, fresh(second), text="Moje słowa")
        client.post(address("merge_activities", policy), again)
        assert fresh(second).is_dropped
        assert fresh(first).text.source_wording == "Moje słowa"

    def test_an_adopted_policy_is_closed_to_writing(
        self, client: Client, policy: Policy, coordinator: User
    ) -> None:
        freeze_version(by=None, policy=policy, version=policy.version, stage="consultation")
        activity, area, step = policy.activities.first(), policy.areas.first(), policy.steps.first()
        publish_policy(
            by=coordinator, policy=fresh(policy), version=fresh(policy).version, status="in_force"
        )
        before = written()
        urls = [
            *(address(name, policy) for name in OF_A_POLICY),
            *(
                address(name, policy, area.pk)
                for name in ("write_area", "add_passage", "take_activities")
            ),
            *(
                address(name, policy, activity.pk)
                for name in ("split_activity", "adopt_indicators", "move_activity")
            ),
            *(
                passage(row)
                for row in (area, activity, policy.values.first(), policy.provisions.first())
            ),
            *(
                passage(activity, name)
                for name in ("move_passage", "drop_passage", "add_institution")
            ),
            address("undo_step", policy, step.pk),
            address("adopt_amendment", policy),
        ]
        for url in urls:
            sent = {
                "version": 1,
                "text": "Inaczej",
                "name": "Inaczej",
                "take": ["values.x"],
                "stage": "draft",
            }
            assert client.get(url).status_code in (404, 405), url
            assert client.post(url, sent).status_code in (404, 405), url
        assert written() == before

    def test_what_an_adopted_text_holds_is_not_changed_on_the_details_page(
        self, client: Client, policy: Policy, coordinator: User
    ) -> None:
        publish_policy(
            by=coordinator,
            policy=policy,
            version=policy.version,
            status="in_force",
            number="I/1/2027",
        )
        now, area = fresh(policy), policy.areas.first()
        said(
            client,
            address("edit_policy", policy),
            version=now.version,
            title="Inna",
            basis="Inna",
            vision="Inna",
        )
        said(client, address("edit_area", policy, 1), version=area.version, name="Inna")
        assert (fresh(policy).title, fresh(area).name) == (policy.title, area.name)

    def test_an_amendment_is_adopted_as_an_amendment_alone(
        self, client: Client, policy: Policy, coordinator: User
    ) -> None:
        publish_policy(
            by=coordinator,
            policy=policy,
            version=policy.version,
            status="in_force",
            number="I/1/2027",
        )
        amendment = start_amendment(by=None, policy=fresh(policy))
        said(
            client,
            address("publish_policy", amendment),
            version=amendment.version,
            status="in_force",
            responsible="Urząd Miasta",
        )
        assert fresh(amendment).status == Policy.Status.DRAFT
        assert amendment.versions.count() == 0
        adopt_amendment(
            by=None,
            amendment=fresh(amendment),
            version=fresh(amendment).version,
            number="II/2/2028",
        )
        assert policy.versions.count() == 2

    def test_an_editor_writes_but_neither_freezes_nor_adopts(
        self, policy: Policy, town: Municipality, signed_in: Callable[[User], Client]
    ) -> None:
        editor = signed_in(factories.user(town, "editor"))
        activity = policy.activities.first()
        said(editor, passage(activity), text="Słowa redaktora", version=activity.version)
        assert fresh(activity).text.source_wording == "Słowa redaktora"
        before = written()
        for name in ("freeze_policy", "publish_policy", "adopt_amendment", "start_amendment"):
            assert (
                editor.post(address(name, policy), {"version": 1, "stage": "draft"}).status_code
                == 404
            )
        assert (
            editor.post(reverse("start_policy", args=["poznan"]), {"title": "Inna"}).status_code
            == 404
        )
        assert written() == before

    def test_no_link_leads_an_editor_to_a_page_that_is_not_theirs(
        self, policy: Policy, town: Municipality, signed_in: Callable[[User], Client]
    ) -> None:
        editor = signed_in(factories.user(town, "editor"))
        dead = []
        for name, more in looked_at(policy):
            dead += [f"{name}: {link}" for link in links(editor, address(name, policy, *more))]
        assert dead == []

    def test_no_link_leads_a_visitor_to_a_page_that_is_not_there(self, policy: Policy) -> None:
        freeze_version(by=None, policy=policy, version=policy.version, stage="consultation")
        visitor = Client()
        for name, more in (("versions", ()), ("version", (1,)), ("compare_versions", ())):
            assert links(visitor, address(name, policy, *more)) == []

    def test_what_was_put_away_comes_back_after_a_day_of_writing(
        self, client: Client, policy: Policy
    ) -> None:
        """A vision that saves itself leaves a hundred steps in two minutes."""
        drop_part(
            by=None, part=policy.activities.first(), version=policy.activities.first().version
        )
        dropped, area = policy.steps.first(), policy.areas.first()
        for number in range(100):
            why = factories.text(f"Bo {number}")
            change_part(by=None, part=area, version=fresh(area).version, goes_on=True, why=why)
        assert (
            address("undo_step", policy, dropped.pk)
            in client.get(address("writing_steps", policy)).content.decode()
        )

    @pytest.mark.parametrize("role", ["reader", "monitor", "leader", "other coordinator", "nobody"])
    def test_nobody_else_writes(
        self,
        policy: Policy,
        town: Municipality,
        other_town: Municipality,
        role: str,
        signed_in: Any,
    ) -> None:
        activity = policy.activities.first()
        person = factories.user(other_town, "coordinator") if role == "other coordinator" else None
        client = Client() if role == "nobody" else signed_in(person or factories.user(town, role))
        before = written()
        for url in (
            passage(activity),
            passage(activity, "drop_passage"),
            address("write_vision", policy),
        ):
            assert client.post(
                url, {"version": 1, "text": "Inaczej", "vision": "x"}
            ).status_code in (302, 404)
        assert written() == before
        assert client.get(address("write_policy", policy)).status_code == (
            302 if role == "nobody" else 404
        )


@pytest.fixture
def other_policy(other_town: Municipality) -> Policy:
    return draft(other_town, aspects=("mediation",))


OF_A_POLICY = [
    *(
        "write_policy",
        "write_vision",
        "choose_aspects",
        "write_values",
        "write_aims",
        "write_provisions",
    ),
    *("writing_steps", "add_area", "merge_activities", "policy_health", "freeze_policy"),
]


def looked_at(policy: Policy) -> list[tuple[str, tuple]]:
    return [
        *((name, ()) for name in OF_A_POLICY if name not in ("merge_activities", "freeze_policy")),
        *(
            (name, ())
            for name in ("policy", "policy_text", "versions", "translations", "compare_versions")
        ),
        ("write_area", (policy.areas.first().pk,)),
        ("write_passage", ("activity", policy.activities.first().pk)),
    ]


def links(client: Client, url: str) -> list[str]:
    """The links of a page's main part that lead nowhere, or to a fault."""
    client.raise_request_exception = False
    page = client.get(url).content.decode()
    main = page[page.index("<main") : page.index("</main")]
    found = {
        part.split('"')[0].split("#")[0].replace("&amp;", "&") for part in main.split('href="')[1:]
    }
    return [
        link
        for link in sorted(found)
        if link.startswith("/") and client.get(link).status_code >= 400
    ]
