"""Acts as a council gets them: the policy as an annex, what is refused before it is published, the
amending resolution, and the consolidated text with the acts that changed it.
"""

from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from django.test import Client
from lxml import html
from pypdf import PdfReader

from splot.core.actions import Refused
from splot.documents.readers import read_document
from splot.documents.tree import JUSTIFICATION, SIGNATURE, Document
from splot.documents.writers import write_document
from splot.people.actions import name_authorities
from splot.people.models import Municipality, User
from splot.policy.actions.passages import add_part, change_part, drop_part
from splot.policy.actions.policies import (
    adopt_amendment,
    change_policy,
    publish_policy,
    start_amendment,
)
from splot.policy.actions.suggestions import adopt_provisions
from splot.policy.amending_act import current_amending_act
from splot.policy.contents import contents_of
from splot.policy.models import Activity, Policy, Provision
from splot.policy.publication import Unfinished, check_publication
from splot.policy.text import current_text
from tests import factories
from tests.policy.writing import address, draft, fresh

pytestmark = pytest.mark.django_db


@pytest.fixture
def policy(town: Municipality) -> Policy:
    name_authorities(
        by=None,
        municipality=town,
        executive_kind="burmistrz",
        executive_name="Burmistrz Kórnika",
        council_kind="rada_miejska",
        council_name="Rada Miejska w Kórniku",
    )
    return draft(town, aspects=("mediation", "culture"))


def provide(policy: Policy, kind: str, wording: str) -> Provision:
    return add_part(
        by=None,
        model=Provision,
        policy=policy,
        kind=Provision.Kind(kind),
        text=factories.text(wording),
    )


def publish(policy: Policy, by: User | None = None) -> Policy:
    policy = fresh(policy)
    publish_policy(
        by=by,
        policy=policy,
        version=policy.version,
        status="in_force",
        number="XXI/7/2027",
        body="Rada Miejska w Kórniku",
        adopted_on=date(2027, 2, 25),
    )
    return fresh(policy)


def amend(policy: Policy) -> Policy:
    """An amendment in which a point is reworded, one is dropped and two are added."""
    amendment = start_amendment(by=None, policy=policy)
    first, second = amendment.areas.get(aspect="mediation").activities.all()[:2]
    change_part(
        by=None, part=first, version=first.version, text=factories.text("prowadzenie listy")
    )
    drop_part(by=None, part=second, version=second.version)
    for words in ("otwarcie poradni", "nocny telefon"):
        add_part(
            by=None,
            model=Activity,
            policy=amendment,
            area=first.area,
            aim=first.aim,
            text=factories.text(words),
        )
    return fresh(amendment)


def adopt(amendment: Policy) -> Policy:
    return adopt_amendment(
        by=None,
        amendment=amendment,
        version=amendment.version,
        number="II/3/2028",
        body="Rada Miejska w Kórniku",
        adopted_on=date(2028, 3, 1),
        in_force_from=date(2028, 3, 15),
    )


def plain(document: Document, **options: object) -> str:
    return write_document(document, "txt", language="pl", **options).decode()


class TestTheResolution:
    def test_adopts_the_policy_as_its_annex_and_ends_in_its_final_provisions(
        self, policy: Policy
    ) -> None:
        provide(policy, "final", "Traci moc uchwała nr I/2/2020 w sprawie integracji.")
        adopt_provisions(by=None, policy=policy, chosen=["provisions.execution"])
        document, __ = current_text(fresh(policy), "pl")
        texts = [node.text for node in document.nodes if node.kind == "paragraph"]
        assert texts == [
            "Przyjmuje się politykę „Polityka integracji”, stanowiącą załącznik do uchwały.",
            "Wykonanie uchwały powierza się Burmistrzowi Kórnika.",
            "Traci moc uchwała nr I/2/2020 w sprawie integracji.",
            "Uchwała wchodzi w życie z dniem podjęcia.",
        ]
        annex = next(node for node in document.nodes if node.kind == "attachment")
        assert annex.heading == "do uchwały nr …… Rady Miasta z dnia …… r. Polityka integracji"
        assert "values" in {node.ref for node in annex.children[0].children}
        signature = next(node for node in document.nodes if node.ref == SIGNATURE)
        assert signature.text.startswith("Przewodniczący Rady Miasta\n")

    def test_is_justified_where_somebody_has_written_why(self, policy: Policy) -> None:
        change_policy(
            by=None,
            policy=policy,
            version=policy.version,
            justification=factories.text("Przybywa mieszkańców.\n\nPolityka nic nie kosztuje."),
        )
        document, __ = current_text(fresh(policy), "pl")
        last = document.nodes[-1]
        assert (last.num, last.ref) == ("Uzasadnienie", JUSTIFICATION)
        assert last.text == "Przybywa mieszkańców.\nPolityka nic nie kosztuje."

    @pytest.mark.parametrize(
        ("language", "form"),
        [(language, form) for language in ("pl", "en") for form in ("txt", "md", "docx", "xml")]
        + [("uk", "xml")],
    )
    def test_reads_back_as_it_was_written(self, policy: Policy, language: str, form: str) -> None:
        change_policy(
            by=None,
            policy=policy,
            version=policy.version,
            justification=factories.text("Powód.", en="A reason.", uk="Причина."),
        )
        document, __ = current_text(fresh(policy), language)
        again = read_document(write_document(document, form, language=language), f"act.{form}")
        assert [(node.kind, node.num, node.heading, node.text) for node, __ in again.walk()] == [
            (node.kind, node.num, node.heading, node.text) for node, __ in document.walk()
        ]

    def test_an_activity_bears_its_number_in_the_policy(self, policy: Policy) -> None:
        policy = publish(policy)
        activity = policy.areas.get(aspect="mediation").activities.first()
        assert (activity.number, activity.slug) == ("§ 6 ust. 2 pkt 1", "6-2-1")


class TestWhatIsRefused:
    @pytest.mark.parametrize(
        ("kind", "wording", "open_words"),
        [
            ("general", "Kurs trwa od [data].", "[data] – „Kurs trwa od [data].”"),
            (
                "final",
                "Uchwała wchodzi w życie po upływie 14 dni od dnia ogłoszenia.",
                "„Uchwała wchodzi w życie z dniem podjęcia.”",
            ),
        ],
    )
    def test_a_gap_and_a_second_entry_into_force(
        self, policy: Policy, kind: str, wording: str, open_words: str
    ) -> None:
        provide(policy, kind, wording)
        with pytest.raises(Unfinished) as refusal:
            publish(policy)
        assert open_words in str(refusal.value)
        assert not fresh(policy).versions.exists()
        assert not fresh(policy).is_public

    def test_a_missing_legal_basis(self, policy: Policy) -> None:
        Policy.objects.filter(pk=policy.pk).update(basis=factories.text(""))
        with pytest.raises(Unfinished):
            publish(policy)

    def test_the_model_does_not_give_a_second_entry_into_force(self, policy: Policy) -> None:
        with pytest.raises(Refused):
            adopt_provisions(by=None, policy=policy, chosen=["provisions.entry-into-force"])
        assert policy.provisions.filter(kind="final").count() == 1

    def test_other_open_things_are_said_and_refuse_nothing(self, policy: Policy) -> None:
        provide(policy, "general", "Nowe zdanie.")
        for activity in policy.areas.get(aspect="culture").activities.all():
            drop_part(by=None, part=activity, version=activity.version)
        check = check_publication(contents_of(fresh(policy)))
        assert check.refused == []
        assert {finding.kind.code for finding in check.warnings} == {"area_empty", "untranslated"}
        assert publish(policy).is_public

    def test_an_act_that_was_imported_is_published_as_it_was_printed(
        self, town: Municipality
    ) -> None:
        gap = factories.ACT.replace("coroczne sprawozdanie", "[coroczne] sprawozdanie")
        policy = factories.policy(town, status="draft")
        provision = policy.provisions.filter(kind="council").first()
        assert provision is not None
        Provision.objects.filter(pk=provision.pk).update(text=factories.text(gap[-200:]))
        assert check_publication(contents_of(policy)).refused == []

    def test_the_page_shows_what_is_open_and_offers_no_button(
        self, policy: Policy, coordinator: User, signed_in
    ) -> None:
        provision = provide(policy, "general", "Kurs trwa od [data].")
        client, url = signed_in(coordinator), address("publish_policy", policy)
        page = client.get(url).content.decode()
        assert address("write_passage", policy, "provision", provision.pk) in page
        assert "Publish</button>" not in page
        drop_part(by=None, part=provision, version=provision.version)
        page = client.get(url).content.decode()
        assert "What cannot be undone" in page
        assert "Publish</button>" in page


class TestTheAmendingResolution:
    def test_says_every_change_in_its_formula(self, policy: Policy) -> None:
        amendment = amend(publish(policy))
        document, __ = current_amending_act(amendment, "pl")
        assert document.act.subject.startswith("zmieniająca uchwałę w sprawie przyjęcia polityki")
        opening, *__ = document.nodes
        assert opening.text == (
            "W uchwale nr XXI/7/2027 Rady Miasta z dnia 25 lutego 2027 r. w sprawie przyjęcia "
            "polityki integracji migrantów na lata 2027–2032 wprowadza się następujące zmiany:"
        )
        within = "w załączniku do uchwały w § 6 ust. 2"
        assert [point.text for point in opening.children] == [
            f"{within} pkt 1 otrzymuje brzmienie:\n„1) prowadzenie listy;”;",
            f"{within} uchyla się pkt 2;",
            f"{within} pkt 3 kropkę zastępuje się średnikiem;",
            f"{within} po pkt 3 dodaje się pkt 4 w brzmieniu:\n„4) otwarcie poradni;”;",
            f"{within} po pkt 4 dodaje się pkt 5 w brzmieniu:\n„5) nocny telefon.”.",
        ]
        assert document.nodes[1].text == "Uchwała wchodzi w życie z dniem podjęcia."

    @pytest.mark.parametrize("language", ["en", "uk"])
    def test_is_there_in_every_language_of_the_act(self, policy: Policy, language: str) -> None:
        amendment = amend(publish(policy))
        document, really_in = current_amending_act(amendment, language)
        assert really_in == language
        assert len(document.nodes[0].children) == 5

    def test_is_kept_with_the_text_that_it_led_to(self, policy: Policy, coordinator: User) -> None:
        policy = adopt(amend(publish(policy, coordinator)))
        version = policy.versions.first()
        document, __ = version.amending_document("pl")
        assert (document.act.number, document.act.date) == ("II/3/2028", "1 marca 2028 r.")
        second = amend(policy)
        opening = current_amending_act(second, "pl")[0].nodes[0].text
        assert "zmienionej uchwałą nr II/3/2028 Rady Miejskiej w Kórniku z dnia 1 marca" in opening

    def test_is_a_page_and_a_file(self, policy: Policy, coordinator: User, signed_in) -> None:
        policy = publish(policy, coordinator)
        amendment = amend(policy)
        draft_url = f"/pl/poznan/policy/{amendment.term}/amending-act"
        assert Client().get(f"{draft_url}/").status_code == 302
        page = signed_in(coordinator).get(f"{draft_url}/").content.decode()
        assert "otrzymuje brzmienie" in page
        assert signed_in(coordinator).get(f"{draft_url}.docx").status_code == 200
        adopt(amendment)
        url = f"/pl/poznan/policy/{policy.term}/versions/2/amending-act"
        assert "otrzymuje brzmienie" in Client().get(f"{url}/").content.decode()
        assert "otrzymuje brzmienie" in Client().get(f"{url}.txt").content.decode()
        assert (
            Client().get(f"/pl/poznan/policy/{policy.term}/versions/1/amending-act/").status_code
            == 404
        )


class TestWhichTextOneReads:
    @pytest.fixture
    def amended(self, policy: Policy, coordinator: User) -> Policy:
        return adopt(amend(publish(policy, coordinator)))

    def test_a_consolidated_text_names_the_acts_that_changed_it(self, amended: Policy) -> None:
        page = Client().get(f"/pl/poznan/policy/{amended.term}/text/").content.decode()
        assert "ze zmianami wprowadzonymi uchwałą nr II/3/2028 Rady Miejskiej w Kórniku" in page
        assert "stan od dnia 15 marca 2028 r." in page
        assert "prowadzenie listy" in page

    def test_the_original_stays_as_it_was_passed(self, amended: Policy) -> None:
        answer = Client().get(f"/pl/poznan/policy/{amended.term}/text/adopted/")
        assert answer.status_code == 302
        page = Client().get(answer["Location"]).content.decode()
        assert "Tekst pierwotny, w brzmieniu uchwalonym dnia 25 lutego 2027 r." in page
        assert "prowadzenie listy" not in page
        assert "Przewodniczący Rady Miasta" in page

    @pytest.mark.parametrize("form", ["pdf", "docx", "txt", "xml", "html", "md"])
    def test_every_form_says_which_it_is(self, amended: Policy, form: str) -> None:
        def words(url: str) -> str:
            data = Client().get(f"/pl/poznan/policy/{amended.term}/{url}.{form}").content
            if form == "pdf":
                text = " ".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages)
            elif form == "docx":
                text = read_document(data, "act.docx").title
            else:
                text = data.decode()
            return " ".join(text.split())

        assert "Tekst ujednolicony" in words("text")
        assert "II/3/2028" in words("text")
        assert "Tekst pierwotny" in words("versions/1")

    def test_a_text_that_nothing_changed_says_nothing_of_itself(
        self, policy: Policy, coordinator: User
    ) -> None:
        policy = publish(policy, coordinator)
        words = Client().get(f"/pl/poznan/policy/{policy.term}/text.txt").content.decode()
        assert words.startswith("UCHWAŁA NR XXI/7/2027")

    def test_a_draft_says_so_and_bears_no_day_that_never_was(
        self, policy: Policy, coordinator: User, signed_in
    ) -> None:
        client = signed_in(coordinator)
        words = client.get(f"/pl/poznan/policy/{policy.term}/text.txt").content.decode()
        assert words.startswith("Projekt\n\nUCHWAŁA NR ……")
        xml = client.get(f"/pl/poznan/policy/{policy.term}/text.xml").content
        assert b"0001-01-01" not in xml
        assert read_document(xml, "act.xml").act.date == "…… r."


class TestTheLabel:
    @pytest.mark.parametrize("page", ["text/", "versions/", "versions/1/", "numbers/6-2-1/"])
    def test_stands_whole_on_every_page_of_the_text(
        self, policy: Policy, coordinator: User, page: str
    ) -> None:
        changed = change_policy(
            by=coordinator,
            policy=policy,
            version=policy.version,
            responsible=factories.text("Biuro Integracji"),
            made_on=date(2027, 2, 1),
        )
        publish(changed, coordinator)
        Policy.objects.update(
            published_at=datetime(2027, 3, 1, 11, 30, tzinfo=UTC),
            changed_at=datetime(2028, 7, 1, 7, 5, tzinfo=UTC),
        )
        words = Client().get(f"/pl/poznan/policy/{policy.term}/{page}").content.decode()
        label = html.document_fromstring(words).find_class("publication")[0]
        terms = [" ".join(term.text_content().split()) for term in label.iter("dt", "dd")]
        assert dict(zip(terms[::2], terms[1::2], strict=True)) == {
            "Podmiot udostępniający": "Poznan",
            "Odpowiada za treść": "Biuro Integracji",
            "Osoba wprowadzająca": coordinator.name,
            "Data wytworzenia": "1 lutego 2027",
            "Data publikacji": "1 marca 2027, 12:30",
            "Ostatnia zmiana": "1 lipca 2028, 09:05 Co się zmieniło",
        }
