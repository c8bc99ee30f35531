"""Every form of every page: whatever happens when it is sent, its words are kept for who sent them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db import OperationalError, transaction
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from lxml import html

from splot.core.models import UnsavedEntry
from splot.people.models import Membership, PersonalLink, User
from splot.people.unsaved import restoring_address
from splot.reporting.actions.links import make_link
from tests import factories
from tests.browser import Fields, browser, end_session, sign_in, words_of
from tests.faults import breaking_writes
from tests.world import Town, addresses_to_write_at

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
WORDS = "Słowo, które nie ginie."
# Of no municipality, in which words would be kept; one's own name stands there and nothing else.
OF_NOBODY = {"/en/account/"}


@dataclass
class SomeForm:
    """A form of a page: where it goes, what stands in it, the names of its fields for words."""

    page: str
    action: str
    fields: Fields
    written: list[str]

    def filled(self) -> Fields:
        return self.fields | {name: f"{name}: {WORDS}" for name in self.written}


def forms_with_words(client: Client, address: str) -> list[SomeForm]:
    page = client.get(address)
    if page.status_code != 200 or "html" not in page["Content-Type"]:
        return []
    found = []
    for form in html.fromstring(page.content.decode()).xpath("//form[@method='post']"):
        is_secret = bool(form.xpath(".//input[@type='password']"))
        names = form.xpath(".//textarea/@name | .//input[@type='text']/@name")
        if names and not is_secret:
            fields = {
                name: list(value) if isinstance(value, set | list) else value
                for name, value in form.form_values()
            }
            action = form.get("action") or address
            found.append(SomeForm(address, action, fields, [str(name) for name in names]))
    return found


def send_after_session(client: Client, user: User, form: SomeForm) -> None:
    """A link has no session; it ends with its last day."""
    PersonalLink.objects.update(expires_at=timezone.now() - timedelta(days=1))
    end_session(client)
    client.post(form.action, form.filled())


def send_without_role(client: Client, user: User, form: SomeForm) -> None:
    """Whose role was taken away, or whose link was withdrawn."""
    PersonalLink.objects.update(withdrawn_at=timezone.now())
    Membership.objects.filter(user=user).delete()
    client.post(form.action, form.filled())


def send_to_a_full_disk(client: Client, user: User, form: SomeForm) -> None:
    with breaking_writes(OperationalError("database or disk is full")):
        client.post(form.action, form.filled())


def send_to_a_fault(client: Client, user: User, form: SomeForm) -> None:
    with breaking_writes(ZeroDivisionError()):
        client.post(form.action, form.filled())


Send = Callable[[Client, User, SomeForm], None]
MISFORTUNES: list[Send] = [
    send_after_session,
    send_without_role,
    send_to_a_full_disk,
    send_to_a_fault,
]


@pytest.mark.parametrize("send", MISFORTUNES)
def test_no_form_loses_its_words(db: None, send: Send) -> None:
    town = Town("poznan")
    user = factories.user(town.municipality, "coordinator")
    lost, tried, pages = [], 0, set()
    for address in set(addresses_to_write_at(town)) - OF_NOBODY:
        for place in range(len(forms_with_words(browser(user), address))):
            with transaction.atomic():
                client = browser(user)
                client.raise_request_exception = False
                form = forms_with_words(client, address)[place]
                send(client, user, form)
                lost += [f"{form.action} {name}" for name in words_not_kept(form, user, town)]
                tried, pages = tried + 1, pages | {address}
                transaction.set_rollback(True)
    assert lost == []
    assert tried > 25 and town.addresses["personal_report"] in pages


def words_not_kept(form: SomeForm, user: User, town: Town) -> list[str]:
    """The fields whose words stand in no entry, or whose entry does not open their form again."""
    is_by_link = form.page == town.addresses["personal_report"]
    writer = f"link of organisation {town.organisation.pk}" if is_by_link else f"user {user.pk}"
    entry = UnsavedEntry.objects.filter(writer=writer).first()
    if entry is None:
        return form.written
    kept = QueryDict(entry.data)
    lost = [name for name in form.written if kept.get(name) != f"{name}: {WORDS}"]
    if is_by_link:
        return lost + words_not_shown(form, town)
    if entry.address and Membership.objects.filter(user=user).exists():
        client = browser()
        sign_in(client, user)
        again = forms_with_words(client, restoring_address(entry))
        stands = {str(value).strip() for opened in again for value in opened.fields.values()}
        lost += [name for name in form.written if f"{name}: {WORDS}" not in stands]
    return lost


def words_not_shown(form: SomeForm, town: Town) -> list[str]:
    """The fields whose words the next link of the same owner does not show."""
    __, token = make_link(by=None, municipality=town.municipality, owner=town.organisation)
    shown = words_of(browser().get(reverse("personal_report", args=["poznan", token])))
    return [name for name in form.written if f"{name}: {WORDS}" not in shown]


def test_control_a_form_that_is_not_kept_is_noticed(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("splot.people.door.keep_after_fault", lambda *arguments: None)
    town = Town("poznan")
    user = factories.user(town.municipality, "coordinator")
    client = browser(user)
    client.raise_request_exception = False
    (form,) = forms_with_words(client, town.addresses["edit_cell"])
    send_to_a_fault(client, user, form)
    assert words_not_kept(form, user, town) == ["audience"]
