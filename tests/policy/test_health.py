"""The health of a policy: each kind of finding shows a defect, is silent without it, and leads to
its mending.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override

from splot.catalogue.queries import shipped_catalogue
from splot.people.models import Municipality, User
from splot.policy.actions.passages import add_part, change_part, drop_part
from splot.policy.actions.policies import change_policy
from splot.policy.contents import contents_of
from splot.policy.health import PolicyFinding, policy_findings
from splot.policy.health.findings import KINDS
from splot.policy.models import Activity, Aim, Area, Policy, Provision
from tests import factories
from tests.policy.writing import draft, fresh

OFFICIALESE = "Dokonanie analizy przedmiotowej kwestii w zakresie szkoły celem zapewnienia nauki."
LONG = (
    "W mieście działa szkoła, do której chodzą dzieci z wielu krajów, a ich rodzice pracują na "
    "zmiany, więc wieczorami "
    "uczą się razem z nimi polskiego, rano jadą do pracy, po południu zaś wracają i znowu siadają "
    "do książek."
)


@pytest.fixture
def policy(town: Municipality) -> Policy:
    return healthy(town)


def healthy(town: Municipality) -> Policy:
    """A policy that nobody finds a fault with: every rule of the house is kept."""
    policy = draft(town, aspects=("mediation",))
    school = factories.organisation(town, "Szkoła")
    reasons = {
        aspect.id: "Jest o tym osobny program."
        for aspect in shipped_catalogue().aspects
        if aspect.id != "mediation"
    }
    texts = {"vision": "Dobre miasto dla nas.", "basis": "Na podstawie ustawy o samorządzie"}
    values = {**{name: factories.text(words) for name, words in texts.items()}, "left_out": reasons}
    change_policy(
        by=None, policy=policy, version=policy.version, body="RADY MIASTA POZNANIA", **values
    )
    for area in policy.areas.all():
        common = {"why": factories.text("Ludzie się kłócą."), "audience": factories.text("Wszyscy")}
        change_part(by=None, part=area, version=area.version, leader=school, **common)
    for activity in policy.activities.all():
        change_part(
            by=None,
            part=activity,
            version=activity.version,
            text=factories.text("Kurs dla ludzi"),
            funding="own",
        )
    for aim in policy.aims.all():
        change_part(by=None, part=aim, version=aim.version, text=factories.text("Spokój"))
    for value in policy.values.all():
        words = {"name": factories.text("Zgoda"), "text": factories.text("Każdy jest ważny.")}
        change_part(by=None, part=value, version=value.version, **words)
    stems = [
        min(group["stems"], key=len)
        for group in shipped_catalogue().texts["pl"]["sensitive_groups"].values()
    ]
    words = "\n".join(["Pamiętamy o ludziach:", *(f"- {stem};" for stem in stems)])
    add_part(
        by=None,
        model=Provision,
        policy=policy,
        kind=Provision.Kind.GENERAL,
        text=factories.text(words),
    )
    return fresh(policy)


def kinds(policy: Policy) -> dict[str, list[PolicyFinding]]:
    found: dict[str, list[PolicyFinding]] = {}
    for finding in policy_findings(contents_of(fresh(policy))):
        found.setdefault(finding.kind.code, []).append(finding)
    return found


def test_a_healthy_policy_gives_nothing_to_look_at(policy: Policy) -> None:
    assert {code: [each.sentence for each in found] for code, found in kinds(policy).items()} == {}


def reword(part: Any, **values: Any) -> None:
    part = fresh(part)
    change_part(by=None, part=part, version=part.version, **values)


def drop(part: Any) -> None:
    part = fresh(part)
    drop_part(by=None, part=part, version=part.version)


def set_policy(policy: Policy, **values: Any) -> None:
    policy = fresh(policy)
    change_policy(by=None, policy=policy, version=policy.version, **values)


def without_activities_under_an_aim(policy: Policy) -> None:
    area = policy.areas.first()
    add_part(by=None, model=Aim, policy=policy, area=area, text=factories.text("Zgoda"))


def without_anybody(policy: Policy) -> None:
    reword(policy.areas.first(), leader=None)


def without_audience(policy: Policy) -> None:
    reword(policy.areas.first(), audience=factories.text(""))
    for activity in policy.activities.all():
        reword(activity, audience=factories.text(""))


def without_measure(policy: Policy) -> None:
    reword(policy.activities.first(), indicators=[])


def without_money(policy: Policy) -> None:
    reword(policy.activities.first(), funding=Activity.Funding.SOUGHT)


def without_leader(policy: Policy) -> None:
    reword(policy.areas.first(), leader=None, institutions=policy.municipality.organisations.all())


def without_any_activity(policy: Policy) -> None:
    for activity in policy.activities.all():
        drop(activity)


def without_a_word_on_an_aspect(policy: Policy) -> None:
    reasons = {id: why for id, why in fresh(policy).left_out.items() if id != "culture"}
    set_policy(policy, left_out=reasons)


def without_a_sensitive_group(policy: Policy) -> None:
    for provision in policy.provisions.filter(kind=Provision.Kind.GENERAL):
        drop(provision)


def without_reasons(policy: Policy) -> None:
    reword(policy.areas.first(), why=factories.text(""))


def without_a_vision(policy: Policy) -> None:
    set_policy(policy, vision=factories.text(""))


def without_values(policy: Policy) -> None:
    drop(policy.values.get(kind="value"))


def without_principles(policy: Policy) -> None:
    drop(policy.values.get(kind="principle"))


def without_strategic_aims(policy: Policy) -> None:
    drop(policy.aims.get(area=None))


def without_a_watch(policy: Policy) -> None:
    drop(policy.provisions.get(kind=Provision.Kind.TEAM))


def with_a_short_term(policy: Policy) -> None:
    Policy.objects.filter(pk=policy.pk).update(ends=2028)


def with_a_date_after_the_term(policy: Policy) -> None:
    reword(policy.activities.first(), text=factories.text("Kurs dla ludzi do roku 2041"))


def with_a_dead_reference(policy: Policy) -> None:
    reword(
        policy.provisions.get(kind=Provision.Kind.FINAL),
        text=factories.text("Zespół robi to, co mówi § 99."),
    )


def with_officialese(policy: Policy) -> None:
    reword(policy.areas.first(), why=factories.text(OFFICIALESE))


def with_a_long_sentence(policy: Policy) -> None:
    reword(policy.areas.first(), why=factories.text(LONG))


def with_a_blank(policy: Policy) -> None:
    reword(policy.activities.first(), text=factories.text("Kurs od [data]"))


def with_two_entries_into_force(policy: Policy) -> None:
    add_part(
        by=None,
        model=Provision,
        policy=policy,
        kind=Provision.Kind.FINAL,
        text=factories.text("Uchwała wchodzi w życie po upływie 14 dni od dnia ogłoszenia."),
    )


def without_an_entry_into_force(policy: Policy) -> None:
    drop(policy.provisions.get(kind=Provision.Kind.FINAL))


def without_a_basis(policy: Policy) -> None:
    set_policy(policy, basis=factories.text(""))


DEFECTS: dict[str, list[Callable[[Policy], None]]] = {
    "blank": [with_a_blank],
    "aim_idle": [without_activities_under_an_aim],
    "nobody": [without_anybody],
    "audience": [without_audience],
    "unmeasured": [without_measure],
    "unfunded": [without_money],
    "leaderless": [without_leader, without_anybody],
    "area_empty": [without_any_activity],
    "silent": [without_a_word_on_an_aspect],
    "groups": [without_a_sensitive_group],
    "unexplained": [without_reasons],
    "bare": [without_a_vision, without_values, without_principles, without_strategic_aims],
    "unwatched": [without_a_watch],
    "term": [with_a_short_term],
    "dates": [with_a_date_after_the_term],
    "entry": [with_two_entries_into_force],
    "no_entry": [without_an_entry_into_force],
    "basis": [without_a_basis],
    "references": [with_a_dead_reference],
    "jargon": [with_officialese],
    "long": [with_a_long_sentence],
}


def test_every_kind_has_its_defect() -> None:
    assert set(DEFECTS) == set(KINDS)


@pytest.mark.parametrize(
    ("code", "spoil"),
    [(code, spoil) for code, spoils in DEFECTS.items() for spoil in spoils],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_a_defect_is_found_and_its_link_leads_to_where_it_is_mended(
    policy: Policy,
    coordinator: User,
    signed_in: Callable[[User], Client],
    code: str,
    spoil: Callable[[Policy], None],
) -> None:
    spoil(policy)
    with override("pl"):
        found = kinds(policy)
    assert found[code]
    client = signed_in(coordinator)
    page = client.get(f"/pl/poznan/policy/{policy.term}/health/").content.decode()
    for finding in found[code]:
        assert finding.sentence.strip()
        assert f'href="{finding.url}"' in page
        place = client.get(finding.url)
        assert (finding.url, place.status_code) == (finding.url, 200)
        assert MENDED[code] in place.content.decode()


# What the page holds with which a finding is mended.
MENDED = {
    "blank": "id_text",
    "entry": "id_text",
    "no_entry": "id_text",
    "basis": "id_basis",
    "aim_idle": "/add/?aim=",
    "nobody": 'name="leader"',
    "audience": 'name="audience"',
    "unmeasured": 'name="indicators"',
    "unfunded": 'name="funding"',
    "leaderless": 'name="leader"',
    "area_empty": "/add/",
    "silent": 'id="culture"',
    "groups": "/write/areas/",
    "unexplained": 'name="why"',
    "bare": "<textarea",
    "unwatched": 'name="kind"',
    "term": 'name="ends"',
    "dates": "roku 2041</textarea>",
    "references": "§ 99.</textarea>",
    "jargon": "przedmiotowej kwestii",
    "long": "siadają do książek.</textarea>",
}


def test_findings_of_an_area_name_it(policy: Policy) -> None:
    for spoil in (without_money, without_leader, with_officialese):
        spoil(policy)
    area: Area = policy.areas.first()
    found = kinds(policy)
    assert [found[code][0].area for code in ("unfunded", "leaderless", "jargon")] == [area.pk] * 3
    assert str(area.name) in found["unfunded"][0].sentence


def test_the_heaviest_comes_first_and_the_order_stays(policy: Policy) -> None:
    for spoil in (
        with_officialese,
        without_money,
        without_any_activity,
        without_a_watch,
        with_a_short_term,
    ):
        spoil(policy)
    first, second = (policy_findings(contents_of(fresh(policy))) for __ in range(2))
    assert first == second
    assert [each.weight for each in first] == sorted(each.weight for each in first)


def test_what_is_mended_is_gone(policy: Policy) -> None:
    without_money(policy)
    assert [*kinds(policy)] == ["unfunded"]
    reword(policy.activities.first(), funding=Activity.Funding.FREE)
    assert kinds(policy) == {}


def test_a_name_is_no_long_sentence(policy: Policy) -> None:
    """Neither those of the model nor one's own: a name of three words is read at a glance."""
    reword(policy.values.first(), name=factories.text("Solidarność i odpowiedzialność"))
    reword(policy.areas.first(), name=factories.text("Przeciwdziałanie dyskryminacji i ksenofobii"))
    assert "long" not in kinds(policy)


@pytest.mark.parametrize(
    ("phrase", "plain"),
    [
        ("dokonanie analizy potrzeb", "analiz"),
        ("w przedmiotowej sprawie", "w tej sprawie"),
        ("celem zapewnienia opieki", "aby zapewnić"),
        ("na dzień dzisiejszy", "dziś"),
        ("w oparciu o wyniki", "na podstawie"),
    ],
)
def test_polish_officialese_is_found_with_plain_words_for_it(
    policy: Policy, phrase: str, plain: str
) -> None:
    reword(policy.activities.first(), text=factories.text(f"Kurs, {phrase}"))
    found = kinds(policy)["jargon"]
    assert found[0].url.endswith(f"/activity/{policy.activities.first().pk}/")
    assert any(plain in each.sentence for each in found)


@pytest.mark.parametrize(
    "slip", ["do 2041 r.", "do 31.12.2041", "w latach 2027–2041", "do 31 grudnia 2033 roku"]
)
def test_a_date_outside_the_term_is_seen_however_it_is_written(policy: Policy, slip: str) -> None:
    reword(policy.activities.first(), text=factories.text(f"Kurs {slip}"))
    assert "dates" in kinds(policy)


@pytest.mark.parametrize(
    "years", ["w roku 2024", "w latach 2027–2032", "do 31.12.2029", "uchwała z 2023 r."]
)
def test_dates_within_the_term_and_of_the_past_are_no_slips(policy: Policy, years: str) -> None:
    reword(policy.activities.first(), text=factories.text(f"Kurs {years}"))
    assert "dates" not in kinds(policy)


def test_a_translation_that_is_hard_is_not_the_policys_fault(policy: Policy) -> None:
    activity = policy.activities.first()
    reword(
        activity,
        text=activity.text.written("en", "utilization of the aforementioned facilities " * 10),
    )
    assert kinds(policy) == {}


def test_the_page_of_a_policy_in_writing_from_the_model_opens_every_link(
    town: Municipality, coordinator: User, signed_in: Callable[[User], Client]
) -> None:
    policy = draft(town, aspects=("education", "mediation"))
    activity = policy.activities.first()
    reword(
        activity,
        text=factories.text(
            f"{OFFICIALESE} {LONG} Do {date(2050, 1, 1):%d.%m.%Y} i w 2051 roku, § 77."
        ),
    )
    client = signed_in(coordinator)
    findings = policy_findings(contents_of(fresh(policy)))
    assert len(findings) > 20
    urls = {finding.url for finding in findings}
    assert {url: client.get(url).status_code for url in urls} == dict.fromkeys(urls, 200)
