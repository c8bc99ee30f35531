"""From a file to a policy, in the browser's own way: upload, correct, save; all of it or
nothing.
"""

from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from splot.core.languages import Text
from splot.core.models import AuditEntry
from splot.documents.readers import read_document
from splot.documents.tree import Act, Document
from splot.people.models import Municipality, User
from splot.policy.act_mapping.proposal import suggested_title
from splot.policy.actions.act_imports import (
    ActImportRefused,
    add_act_translation,
    apply_act_import,
    change_act_import,
)
from splot.policy.labels import CLEANING_LABELS
from splot.policy.models import ActImport, Activity, Policy, address_of_number
from tests import factories
from tests.factories import ACT
from tests.policy.writing import management

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]
UPLOAD = "/en/poznan/policy/import/"


def upload(client, content: bytes, name: str = "act.txt", **more):
    return client.post(
        UPLOAD, {"act": SimpleUploadedFile(name, content), "idempotency_key": str(uuid4()), **more}
    )


def save_values(**values: str) -> dict[str, str]:
    return {
        "title": "Polityka",
        "starts": "2023",
        "ends": "2024",
        "status": "in_force",
        "idempotency_key": str(uuid4()),
        **values,
    }


@pytest.mark.parametrize(
    "subject, title",
    [
        ("przyjęcia Programu integracji na lata 2024-2027", "Program integracji na lata 2024-2027"),
        ("uchwalenia Polityki integracji", "Polityka integracji"),
        ("przyjęcia „Strategii Otwartość”", "Strategii Otwartość"),
        ("przyjęcia programowania", "przyjęcia programowania"),
    ],
)
def test_a_policy_is_called_by_what_the_council_adopts(subject: str, title: str) -> None:
    document = Document(title=f"UCHWAŁA NR I/1/2024 w sprawie {subject}", act=Act(subject=subject))
    assert suggested_title(document) == title


def test_the_seed_becomes_a_policy_with_its_printed_numbers(
    seed: Path, coordinator: User, signed_in
) -> None:
    client = signed_in(coordinator)
    upload(client, seed.read_bytes(), seed.name)
    act_import = ActImport.objects.get()
    assert act_import.language == "en"
    assert not Policy.objects.exists()
    answer = client.post(
        f"{UPLOAD}{act_import.pk}/save/", save_values(status="draft", number="LXXX/1")
    )
    policy = Policy.objects.get()
    assert answer["Location"] == f"/en/poznan/policy/{policy.term}/"
    assert [area.name.texts["en"] for area in policy.areas.all()][:2] == [
        "Education",
        "Anti-discrimination",
    ]
    activity = policy.activities.get(slug="4-1-2")
    assert activity.number == "§ 4 ust. 1 pkt 2"
    assert activity.text.texts["en"].startswith("developing standards for the acceptance")
    assert not activity.text.texts["en"].endswith((";", "."))
    assert activity.aim.number == "§ 3 pkt 1"
    duties = policy.provisions.filter(kind="team")
    assert [duty.number for duty in duties] == [
        "§ 7 ust. 2 pkt 1",
        "§ 7 ust. 2 pkt 2",
        "§ 7 ust. 2 pkt 3",
    ]
    assert policy.provisions.get(kind="council").number == "§ 7 ust. 4"
    assert client.get(f"/en/poznan/policy/{policy.term}/activities/4-1-2/").status_code == 200


def test_what_was_cleaned_is_said_in_words(
    town: Municipality, coordinator: User, signed_in
) -> None:
    client = signed_in(coordinator)
    upload(client, ACT.replace("służy wszystkim", "służy  wszystkim").encode())
    page = client.get(f"{UPLOAD}{ActImport.objects.get().pk}/").content.decode()
    assert "superfluous space" in page


def test_every_cleaning_has_its_words() -> None:
    source = "".join(
        path.read_text("utf-8") for path in (ROOT / "splot/documents/readers").glob("*.py")
    )
    assert all(f'"{code}"' in source for code in CLEANING_LABELS)


def test_number_body_and_day_of_the_act_wait_in_the_last_form(
    town: Municipality, coordinator: User, signed_in
) -> None:
    act_import = factories.act_import(town)
    form = signed_in(coordinator).get(f"{UPLOAD}{act_import.pk}/save/").context["form"]
    assert form.initial["number"] == "I/1/2023"
    assert form.initial["body"] == "Rada Miasta"
    assert form.initial["adopted_on"] == date(2023, 2, 7)


def areas(*names: str) -> dict[str, Any]:
    """What the form sends of the areas' names."""
    sent = management("areas", len(names))
    for at, name in enumerate(names):
        sent |= {f"areas-{at}-key": at + 1, f"areas-{at}-name": name}
    return sent


def test_choices_are_kept_and_followed(town: Municipality, coordinator: User, signed_in) -> None:
    client = signed_in(coordinator)
    upload(client, ACT.encode())
    act_import = ActImport.objects.get()
    page = f"{UPLOAD}{act_import.pk}/"
    links = {f"link-{eid}": role for eid, role in act_import.links.items()}
    links["link-para_3__subpara_1__point_2"] = ""
    links["link-para_1"] = "activity:2"
    client.post(page, {**links, **areas("Szkoła", "Praca"), "version": act_import.version})
    client.post(f"{page}save/", save_values())
    policy = Policy.objects.get()
    assert [area.name.texts["pl"] for area in policy.areas.all()] == ["Szkoła", "Praca"]
    assert sorted(policy.activities.values_list("slug", "area__number")) == [
        ("1", 2),
        ("3-1-1", 1),
        ("3-2-1", 2),
        ("3-2-2", 2),
    ]


def test_two_coordinators_cannot_overwrite_each_others_choices(
    town, coordinator: User, signed_in
) -> None:
    client = signed_in(coordinator)
    upload(client, ACT.encode())
    act_import = ActImport.objects.get()
    page = f"{UPLOAD}{act_import.pk}/"
    client.post(page, {**areas("Pierwsza", "Praca"), "version": 1})
    mine = {**areas("Druga", "Praca"), "link-para_1": "final"}
    answer = client.post(page, {**mine, "version": 1}).content.decode()
    assert "Somebody else changed this proposal" in answer
    assert "saved by somebody else: general provision" in answer
    assert 'value="Druga"' in answer  # mine waits in the form
    assert "Pierwsza" in answer  # theirs stands beside
    assert ActImport.objects.get().areas[0] == "Pierwsza"
    client.post(page, {**mine, "version": 2})
    assert (ActImport.objects.get().areas[0], ActImport.objects.get().links["para_1"]) == (
        "Druga",
        "final",
    )


def test_a_name_that_is_too_long_keeps_every_choice(town, coordinator: User, signed_in) -> None:
    client = signed_in(coordinator)
    upload(client, ACT.encode())
    before = ActImport.objects.get().areas
    page = f"{UPLOAD}{ActImport.objects.get().pk}/"
    sent = {**areas("Szkoła" * 30, "Praca"), "link-para_1": "final", "version": 1}
    answer = client.post(page, sent).content.decode()
    assert "form-errors" in answer
    assert "Szkoła" * 30 in answer
    assert (
        '<option value="final" selected>'
        in answer.split('name="link-para_1"')[1].split("/select")[0]
    )
    assert ActImport.objects.get().areas == before


def test_a_role_that_does_not_exist_is_not_taken(town, coordinator: User, signed_in) -> None:
    client = signed_in(coordinator)
    upload(client, ACT.encode())
    before = ActImport.objects.get().links
    client.post(
        f"{UPLOAD}{ActImport.objects.get().pk}/",
        {
            "link-para_1": "activity:99",
            "link-para_5": "admin",
            **areas("A", "B"),
            "version": 1,
        },
    )
    after = ActImport.objects.get().links
    assert (after["para_1"], after["para_5"]) == (before["para_1"], before["para_5"])


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "act.txt"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 200, "act.pdf"),
        (b"PK\x03\x04" + b"\0" * 200, "act.docx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "act.doc"),
        (b"%PDF-1.4\n%%EOF", "act.pdf"),
    ],
)
def test_a_bad_file_is_refused_at_its_field_and_leaves_nothing(
    town, coordinator: User, signed_in, content: bytes, name: str
) -> None:
    before = AuditEntry.objects.count()
    answer = upload(signed_in(coordinator), content, name)
    assert answer.status_code == 200
    assert answer.context["form"].errors["act"]
    assert not ActImport.objects.exists()
    assert AuditEntry.objects.count() == before


def test_the_same_upload_twice_makes_one_import(town, coordinator: User, signed_in) -> None:
    client, key = signed_in(coordinator), str(uuid4())
    upload(client, ACT.encode(), idempotency_key=key)
    upload(client, ACT.encode(), idempotency_key=key)
    assert ActImport.objects.count() == 1


def test_a_taken_term_is_refused_and_nothing_is_half_made(town: Municipality) -> None:
    factories.policy(town)
    act_import = factories.act_import(town)
    counts = (Policy.objects.count(), Activity.objects.count(), AuditEntry.objects.count())
    with pytest.raises(ActImportRefused, match="2023-2024"):
        apply_act_import(
            by=None, act_import=act_import, term=(2023, 2024), title="Druga", status="draft"
        )
    assert (Policy.objects.count(), Activity.objects.count(), AuditEntry.objects.count()) == counts


def test_an_activity_without_an_area_stops_the_whole(town: Municipality) -> None:
    act_import = factories.act_import(town)
    act_import.links["para_1"] = "activity:9"
    with pytest.raises(ActImportRefused, match="§ 1"):
        apply_act_import(
            by=None, act_import=act_import, term=(2023, 2024), title="Druga", status="draft"
        )
    assert not Policy.objects.exists()


def test_a_translation_finds_its_passages_by_their_place(policy: Policy) -> None:
    english = ACT.replace("uczenia języka polskiego", "teaching Polish").replace(
        "wydziały urzędu", "departments"
    )
    add_act_translation(
        by=None, policy=policy, document=read_document(english.encode(), "act.txt"), language="en"
    )
    activity = policy.activities.get(slug="3-1-1")
    assert activity.text.shown("en").text == "teaching Polish"
    assert activity.text.state("en") == "current"
    document, language = policy.versions.first().document("en")
    assert language == "en"
    assert document.find("para_3__subpara_1__point_1").text.startswith("teaching Polish")


def test_terms_follow_each_other(town: Municipality) -> None:
    first = factories.policy(town, term=(2021, 2022))
    assert factories.policy(town, term=(2023, 2024)).previous == first


def test_a_passage_without_a_number_can_be_an_activity(
    town: Municipality, signed_in, coordinator: User
) -> None:
    act_import = factories.act_import(
        town, "Pierwsze zdanie, które niczego nie numeruje.\n\nDrugie zdanie też nie."
    )
    eid = next(iter(act_import.links))
    act_import = change_act_import(
        by=None, act_import=act_import, version=1, areas=["Szkoła"], links={eid: "activity:1"}
    )
    apply_act_import(
        by=None, act_import=act_import, term=(2023, 2024), title="Luźna", status="draft"
    )
    page = signed_in(coordinator).get("/en/poznan/policy/2023-2024/areas/1/")
    assert f"/activities/{eid}/" in page.content.decode()
    assert (
        signed_in(coordinator).get(f"/en/poznan/policy/2023-2024/activities/{eid}/").status_code
        == 200
    )


@pytest.mark.parametrize(
    ("number", "address"),
    [
        ("§ 4 ust. 1 pkt 2", "4-1-2"),
        ("§ 4a ust. 1 pkt 2 lit. a", "4a-1-2-a"),
        ("2.1.2a", "2-1-2a"),
        ("1.A.4.II", "1-a-4-ii"),
        ("art. 5", "5"),
        ("“Pierwsze zdanie, które…”", ""),
    ],
)
def test_a_printed_number_is_an_address(number: str, address: str) -> None:
    assert address_of_number(number) == address


def test_texts_of_the_policy_know_their_source(policy: Policy) -> None:
    assert isinstance(policy.title, Text)
    assert policy.title.state("pl") == "source"


def test_a_table_of_the_act_is_a_table_on_the_page_of_the_text(
    town: Municipality, signed_in, coordinator: User
) -> None:
    table = "Działanie\tKto\tKiedy\nKurs języka\tMOPR\t2024\n"
    act_import = factories.act_import(town, factories.ACT + f"§ 8. Tabela:\n{table}")
    apply_act_import(
        by=None, act_import=act_import, term=(2023, 2024), title="A", status="in_force"
    )
    page = signed_in(coordinator).get("/en/poznan/policy/2023-2024/text/").content.decode()
    shown = page.split('id="para_8__table_1"')[1].split("</table>")[0]
    assert shown.count("<tr>") == 2 and shown.count('scope="col"') == 3
    assert page.count("Kurs języka") == 1


def test_the_page_shows_all_that_the_policy_would_hold(
    town: Municipality, coordinator: User, signed_in
) -> None:
    client = signed_in(coordinator)
    plan = (
        "PROGRAM INTEGRACJI\n\nObszar 1. Edukacja\nCel 1.1. Dobra szkoła\n"
        "Działanie 1.1.1. Kurs języka\nGrupa docelowa: dorośli\nLider: Biblioteka\n"
        "Obszar 2. Praca\nDziałanie 2.1. Doradztwo\n"
    )
    upload(client, plan.encode(), "plan.txt")
    page = client.get(f"{UPLOAD}{ActImport.objects.get().pk}/").content.decode()
    shown = page.split('id="proposal"')[1].split("</section>")[0]
    for words in ("1. Edukacja · activities: 1", "Dobra szkoła", "Kurs języka", "dorośli"):
        assert words in shown
    assert "Biblioteka" in shown and "2. Praca · activities: 1" in shown
    assert "No areas were found" not in shown


def test_a_file_without_areas_says_what_to_do(
    town: Municipality, coordinator: User, signed_in
) -> None:
    client = signed_in(coordinator)
    upload(client, "Zwykły list.\n\nDrugi akapit.\n".encode(), "list.txt")
    page = client.get(f"{UPLOAD}{ActImport.objects.get().pk}/").content.decode()
    shown = page.split('id="proposal"')[1].split("</section>")[0]
    assert "No areas were found" in shown
    assert f'href="{UPLOAD}"' in shown and 'href="#areas"' in shown
