"""One's own language and mail, and an institution's."""

import pytest
from django.test import Client

from splot.people.models import Municipality, Organisation
from tests import factories

pytestmark = pytest.mark.django_db


def test_people_choose_their_language_and_whether_mail_comes(town: Municipality, signed_in) -> None:
    person, other = factories.user(town, "leader"), factories.user(town, "leader")
    client = signed_in(person)
    assert client.get("/en/account/").context["form"]["wants_mail"].value() is True
    client.post("/en/account/", {"language": "uk"})
    for each in (person, other):
        each.refresh_from_db()
    assert (person.language, person.wants_mail) == ("uk", False)
    assert (other.language, other.wants_mail) == ("pl", True)
    assert (
        client.post("/en/account/", {"language": "xx", "wants_mail": "on"})
        .context["form"]
        .errors["language"]
    )


def test_an_account_page_needs_an_account() -> None:
    assert "/sign-in/" in Client().get("/en/account/")["Location"]


def test_an_institution_gets_an_address_and_may_want_no_mail(
    town: Municipality, coordinator, signed_in
) -> None:
    client = signed_in(coordinator)
    form = {
        "name": "Wydział",
        "kind": "municipal_unit",
        "email": "unit@poznan.example",
        "wants_mail": "on",
    }
    client.post("/en/poznan/organisations/add/", form)
    unit = Organisation.objects.get()
    assert (unit.email, unit.wants_mail) == ("unit@poznan.example", True)
    address = f"/en/poznan/organisations/{unit.pk}/"
    del form["wants_mail"]
    client.post(
        address, {**form, "email": "unit@poznan.example\nBcc: a@evil.example", "version": 1}
    )
    client.post(address, {**form, "email": "new@poznan.example", "version": 1})
    unit.refresh_from_db()
    assert (unit.email, unit.wants_mail) == ("new@poznan.example", False)
