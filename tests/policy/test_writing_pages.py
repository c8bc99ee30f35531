"""The pages on which a policy is written: what they do with bad input."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from splot.people.models import Municipality, User
from splot.policy.actions.passages import change_part
from splot.policy.actions.versions import freeze_version
from splot.policy.models import Activity, Aim, Area, Policy, Provision, Value
from tests import factories
from tests.policy.writing import address, draft, fresh, management, passage, said, written

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
            fresh(policy).vision.source_wording
            == fresh(area).why.source_wording
            == fresh(value).text.source_wording
            == SCRIPT
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
            ("policy_text_file", ("html",)),
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
            address("choose_aspects", policy): (
                f"aspects-TOTAL_FORMS=1&aspects-INITIAL_FORMS=1&aspects-0-key=cult{sign}"
                f"&aspects-0-reason=a{sign}b&version={policy.version}"
            ),
            address("write_values", policy): f"kind=value&name=a{sign}b&text=c{sign}d",
            address("write_provisions", policy): f"kind=final&text=a{sign}b&take={sign}",
            address("add_area", policy): f"name=a{sign}b",
            passage(area): f"name=a{sign}b&why=c{sign}&version={area.version}",
            passage(value): f"name=a{sign}b&text=c{sign}d&version={value.version}",
            passage(
                activity
            ): f"text=a{sign}b&funding={sign}&institutions={sign}&version={activity.version}",
            passage(activity, "add_institution"): f"institution-name=a{sign}b&institution-kind=ngo",
            address("move_activity", policy, activity.pk): f"place=1{sign}.2&version=1",
            address("split_activity", policy, activity.pk): f"text=a{sign}b%0A%0Ac&version=1",
            address("merge_activities", policy): (
                f"lines-TOTAL_FORMS=2&lines-INITIAL_FORMS=2&lines-0-key={sign}"
                f"&lines-1-key={activity.pk}&text={sign}"
            ),
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
            assert client.get(address("policy_text_file", policy, form)).status_code == 404
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
        sent = {**management("aspects", 1), "version": fresh(policy).version}
        sent |= {"aspects-0-key": "nothing", "aspects-0-chosen": "on", "aspects-0-whole": "on"}
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
            address("move_activity", policy, activity.pk): {
                "place": f"{area.pk}.{area.aims.last().pk}"
            },
            address("split_activity", policy, activity.pk): {"text": "Jedno\n\nDrugie"},
            address("write_vision", policy): {"vision": "Wizja"},
            address("edit_policy", policy): {"title": "Inaczej"},
            address("choose_aspects", policy): {
                **management("aspects", 1),
                "aspects-0-key": "culture",
                "aspects-0-chosen": "on",
            },
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


def test_a_translation_that_is_older_than_its_original_says_so(
    client: Client, policy: Policy
) -> None:
    area, activity = policy.areas.get(), policy.activities.first()
    reworded = activity.text.written("pl", "spotkania sąsiadów z mediatorem")
    change_part(by=None, part=activity, version=activity.version, text=reworded)
    marks = []
    for language in ("en", "pl"):
        with override(language):
            page = client.get(address("write_area", policy, area.pk)).content.decode()
        marks.append([page.count(mark) for mark in ("out of date", "nieaktualne")])
    assert marks == [[1, 0], [0, 0]]
