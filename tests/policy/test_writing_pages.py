"""The pages on which a policy is written: bad input, somebody else's rows, who may, and what a
large policy costs.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from splot.core.models import AuditEntry
from splot.indicators.models import Indicator
from splot.people.models import Municipality, User
from splot.policy.actions.passages import change_part, drop_part
from splot.policy.actions.policies import adopt_amendment, publish_policy, start_amendment
from splot.policy.actions.versions import freeze_version
from splot.policy.models import Activity, Aim, Area, Policy, PolicyVersion, Provision, Step, Value
from tests import factories
from tests.policy.writing import draft, fresh

SCRIPT = (
    '<script>alert("x")</script><img src=x onerror=alert(1)> [link](javascript:alert(2)) **razem**'
)
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def policy(town: Municipality) -> Policy:
    return draft(town, aspects=("mediation",))


@pytest.fixture
def client(coordinator: User, signed_in: Callable[[User], Client]) -> Client:
    return signed_in(coordinator)


def address(name: str, policy: Policy, *more: Any) -> str:
    return reverse(name, args=[policy.municipality.slug, policy.term, *more])


def passage(row: Any, name: str = "write_passage") -> str:
    return address(name, row.policy, row._meta.model_name, row.pk)


def written() -> tuple[int, int, int]:
    """What every write leaves: the trail, the steps, the versions."""
    return AuditEntry.objects.count(), Step.objects.count(), PolicyVersion.objects.count()


def said(client: Client, url: str, **sent: Any) -> str:
    """The page that a form leads to."""
    return client.post(url, sent, follow=True).content.decode()


class TestBadInput:
    @pytest.mark.parametrize("name", ["edit_policy", "start_policy", "write_passage"])
    def test_200_kb_in_a_short_field_is_refused_and_kept_in_the_form(
        self, client: Client, policy: Policy, name: str
    ) -> None:
        area, long = policy.areas.first(), "słowo " * 33_000
        url = {
            "edit_policy": address("edit_policy", policy),
            "start_policy": reverse("start_policy", args=["poznan"]),
            "write_passage": passage(area),
        }[name]
        field, version = (
            ("name", area.version) if name == "write_passage" else ("title", policy.version)
        )
        before = written()
        answer = client.post(url, {field: long, "version": version})
        page = answer.content.decode()
        assert answer.status_code == 200
        assert 'class="form-errors' in page
        assert f'id="id_{field}_error"' in page or "field--wrong" in page
        assert long.strip() in page
        assert written() == before

    def test_markdown_is_shown_without_its_script_and_with_the_rest(
        self, client: Client, policy: Policy, coordinator: User
    ) -> None:
        area, value = policy.areas.first(), policy.values.first()
        said(client, address("write_vision", policy), vision=SCRIPT, version=policy.version)
        said(client, passage(area), name=SCRIPT[:100], why=SCRIPT, version=area.version)
        said(client, passage(value), name=SCRIPT[:100], text=SCRIPT, version=value.version)
        assert (
            fresh(policy).vision.words == fresh(area).why.words == fresh(value).text.words == SCRIPT
        )
        pages = [
            ("policy", ()),
            ("write_policy", ()),
            ("write_vision", ()),
            ("write_area", (area.pk,)),
            ("write_values", ()),
            ("policy_text", ()),
            ("policy_health", ()),
            ("writing_steps", ()),
            ("translate", ("uk",)),
            ("text_file", ("html",)),
            ("booklet_file", ("html",)),
        ]
        for name, more in pages:
            page = client.get(address(name, policy, *more)).content.decode()
            assert "<script>alert" not in page, name
            assert "<img src=x" not in page, name
            assert 'href="javascript:' not in page, name
        for name, more in (("policy", ()), ("write_area", (area.pk,)), ("booklet_file", ("html",))):
            # the language of the words; in another one its older translation is shown
            with override("pl"):
                page = client.get(address(name, policy, *more)).content.decode()
            assert "<strong>razem</strong>" in page or "<b>razem</b>" in page, name

    @pytest.mark.parametrize(
        "sign", ["%00", "%ED%A0%80", "%C3%28"], ids=["NUL", "lone surrogate", "no UTF-8"]
    )
    def test_signs_that_no_text_has_break_nothing(
        self, client: Client, policy: Policy, sign: str
    ) -> None:
        area, activity, value = (
            policy.areas.first(),
            policy.activities.first(),
            policy.values.first(),
        )
        forms = {
            address("write_vision", policy): f"vision=a{sign}b&version={policy.version}",
            address(
                "edit_policy", policy
            ): f"title=a{sign}b&body=c{sign}d&version={policy.version}",
            address(
                "choose_aspects", policy
            ): f"aspect=cult{sign}&why-work=a{sign}b&version={policy.version}",
            address("write_values", policy): f"kind=value&name=a{sign}b&text=c{sign}d",
            address("write_provisions", policy): f"kind=final&text=a{sign}b&take={sign}",
            address("add_area", policy): f"name=a{sign}b",
            passage(area): f"name=a{sign}b&why=c{sign}&version={area.version}",
            passage(value): f"name=a{sign}b&text=c{sign}d&version={value.version}",
            passage(
                activity
            ): f"text=a{sign}b&funding={sign}&institutions={sign}&version={activity.version}",
            passage(activity, "add_institution"): f"name=a{sign}b&kind=ngo",
            address("place_activity", policy, activity.pk): f"place=1{sign}.2&version=1",
            address("split_activity", policy, activity.pk): f"text=a{sign}b%0A%0Ac&version=1",
            address(
                "merge_activities", policy
            ): f"activity={sign}&activity={activity.pk}&text={sign}",
            address("take_activities", policy, area.pk): f"take={sign}",
            address(
                "translate", policy, "uk"
            ): f"key={value.ref}-name&wording=a{sign}b&seen={sign}",
            address("freeze_policy", policy): f"stage=draft&note=a{sign}b&version={policy.version}",
        }
        for url, body in forms.items():
            answer = client.post(url, body, content_type=FORM)
            assert answer.status_code in (200, 302, 404), url
        for name in ("write_policy", "policy_text", "policy_health", "versions", "translations"):
            page = client.get(address(name, policy)).content
            assert b"\x00" not in page, name

    @pytest.mark.parametrize(
        "kind", ["task", "policy", "organisation", "step", "Activity", "constructor"]
    )
    def test_a_kind_that_is_none_is_not_there(
        self, client: Client, policy: Policy, kind: str
    ) -> None:
        number, before = policy.activities.first().pk, written()
        for name in ("write_passage", "move_passage", "drop_passage", "add_institution"):
            assert (
                client.post(address(name, policy, kind, number), {"version": 1}).status_code == 404
            )
        assert client.get(address("write_passage", policy, kind, number)).status_code == 404
        assert written() == before

    def test_a_form_that_is_none_is_not_there(self, client: Client, policy: Policy) -> None:
        freeze_version(by=None, policy=policy, version=policy.version, stage="consultation")
        for form in ("exe", "PDF", "json"):
            assert client.get(address("text_file", policy, form)).status_code == 404
            assert client.get(address("version_file", policy, 1, form)).status_code == 404
        for form in ("exe", "xml", "md", "txt"):
            assert client.get(address("booklet_file", policy, form)).status_code == 404

    def test_ticks_of_what_is_not_there_take_nothing(self, client: Client, policy: Policy) -> None:
        area, activity = policy.areas.first(), policy.activities.first()
        rows = [model.everything.count() for model in (Area, Value, Aim, Activity, Provision)]
        nothing = [
            "999999",
            "-1",
            "0",
            "99999999999999999999",
            "abc",
            "",
            "values.x",
            "aims.x",
            "activities.x",
        ]
        for name, more in (("write_values", ()), ("write_aims", ()), ("write_provisions", ())):
            assert client.post(address(name, policy, *more), {"take": nothing}).status_code == 302
        assert (
            client.post(address("take_activities", policy, area.pk), {"take": nothing}).status_code
            == 302
        )
        assert (
            client.post(
                address("merge_activities", policy), {"activity": [*nothing, activity.pk]}
            ).status_code
            == 302
        )
        sent = {"aspect": nothing, "whole": nothing, "version": fresh(policy).version}
        assert client.post(address("choose_aspects", policy), sent).status_code == 302
        sent = {
            "text": "Inaczej",
            "institutions": nothing,
            "indicators": nothing,
            "version": activity.version,
        }
        assert client.post(passage(activity), sent).status_code == 200
        assert [
            model.everything.count() for model in (Area, Value, Aim, Activity, Provision)
        ] == rows
        assert fresh(activity).text == activity.text

    def test_what_is_taken_twice_is_there_once(self, client: Client, policy: Policy) -> None:
        """A double click, or the same form open in two windows."""
        offers = {
            "write_values": ("values.equality", policy.values),
            "write_aims": ("strategic_aims.community", policy.aims),
            "write_provisions": ("provisions.monitoring-team", policy.provisions),
        }
        for name, (__, rows) in offers.items():
            page = client.get(address(name, policy)).content.decode()
            taken = page.split('name="take" value="')[1].split('"')[0]
            before = rows.count()
            for ___ in range(2):
                client.post(address(name, policy), {"take": [taken]})
            assert rows.count() == before + 1, name

    @pytest.mark.parametrize("version", [None, "", "0", "-3", "7", "x", "1" * 30])
    def test_a_version_that_is_missing_or_wrong_writes_nothing(
        self, client: Client, policy: Policy, version: str | None
    ) -> None:
        activity, area = policy.activities.first(), policy.areas.first()
        sent = {} if version is None else {"version": version}
        forms = {
            passage(activity): {"text": "Inaczej"},
            passage(area): {"name": "Inaczej"},
            passage(activity, "drop_passage"): {},
            address("place_activity", policy, activity.pk): {
                "place": f"{area.pk}.{area.aims.last().pk}"
            },
            address("split_activity", policy, activity.pk): {"text": "Jedno\n\nDrugie"},
            address("write_vision", policy): {"vision": "Wizja"},
            address("edit_policy", policy): {"title": "Inaczej"},
            address("choose_aspects", policy): {"aspect": ["culture"]},
            address("freeze_policy", policy): {"stage": "draft"},
            address("publish_policy", policy): {"status": "in_force", "responsible": "Urząd"},
        }
        versions = {activity.version, area.version, policy.version}
        assert 7 not in versions, "the control would not be one"
        before = written()
        for url, values in forms.items():
            assert client.post(url, {**values, **sent}).status_code in (200, 302), url
            assert written() == before, url
        for url, values in list(forms.items())[:2]:
            page = client.post(url, {**values, **sent}).content.decode()
            assert "Inaczej" in page, "what was written stays in the form"


def test_a_full_stop_stands_by_its_word_in_a_comparison(client: Client, policy: Policy) -> None:
    for wording in ("Kurs", "Spotkania"):
        activity = policy.activities.first()
        change_part(by=None, part=activity, version=activity.version, text=factories.text(wording))
        freeze_version(by=None, policy=policy, version=fresh(policy).version, stage="consultation")
    page = client.get(address("compare_versions", policy)).content.decode()
    assert "Spotkania</ins>;" in page


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
                for name in ("split_activity", "measure_activity", "place_activity")
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
        assert client.post(address("place_activity", policy, activity.pk), sent).status_code == 302
        assert (fresh(activity).text, fresh(activity).area) == (activity.text, activity.area)

    def test_another_towns_activity_is_not_merged(
        self, client: Client, policy: Policy, other_policy: Policy
    ) -> None:
        mine, theirs = policy.activities.first(), other_policy.activities.first()
        change_part(
            by=None, part=theirs, version=theirs.version, text=factories.text("Cudze słowa")
        )
        before = written()
        sent = {"activity": [mine.pk, theirs.pk], "text": "Razem"}
        assert "Cudze słowa" not in said(client, address("merge_activities", policy), **sent)
        assert written() == before

    def test_an_activity_that_was_dropped_meanwhile_is_not_merged(
        self, client: Client, policy: Policy
    ) -> None:
        first, second, __ = policy.activities.all()
        drop_part(by=None, part=second, version=second.version)
        before = written()
        sent = {
            "activity": [first.pk, second.pk],
            "text": "Razem",
            f"version-{first.pk}": first.version,
        }
        page = client.post(address("merge_activities", policy), sent, follow=True)
        assert page.redirect_chain[-1][0].startswith(address("write_area", policy, first.area_id))
        assert 'class="notice' in page.content.decode()
        assert written() == before

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
                for name in ("split_activity", "measure_activity", "place_activity")
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
        assert fresh(activity).text.words == "Słowa redaktora"
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
